//! Drafts as the screens see, edit and give back.

use jiff::{Timestamp, civil::Date};
use record::{
    DraftState, EntryDraft, Missing, Unsaid,
    ids::{EntryId, FamilyId, PersonId},
    model::Provenance,
    terms::Compartment,
};
use serde::{Deserialize, Serialize};

use super::heard::{Mark, Place, Second, SpokenWord};

/// What to compose a draft from, beside the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct WriteRequest {
    /// The recognised recording; or else `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<dictation::transcript::Transcript>,
    /// Typed text; or else `transcript`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The local day on which it was spoken or typed: "today" counts from it.
    pub recorded_on: Date,
    /// How the text came about. Of a dictation: hash and length of its audio.
    pub provenance: Provenance,
    /// The recording that it was heard in, destroyed when the draft is completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
}

/// A draft as it is kept on the phone. A screen may change `draft`, `compartment` and each mark's
/// `settled`; everything else comes back as it was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Kept {
    /// The id that the entry will have.
    pub id: EntryId,
    /// The family.
    pub family: FamilyId,
    /// Where it is to go. Begins as what the speaker asked for.
    pub compartment: Compartment,
    /// Where the speaker asked that it go; a draft for a compartment never goes to the team.
    pub asked: Compartment,
    /// Names of people who must not learn of it, as spoken.
    pub must_not_share_with: Vec<String>,
    /// The entry with its concerns and actions. Statement spans are bytes of `text`.
    pub draft: EntryDraft,
    /// The text that it came from; empty when it was begun without one.
    pub text: String,
    /// The words of the text in time; empty when it was typed.
    pub words: Vec<SpokenWord>,
    /// Words to check, in the order of the text.
    pub marks: Vec<Mark>,
    /// Where plain values were read.
    pub sources: Vec<Source>,
    /// What the draft is unsure of.
    pub doubts: Vec<Uncertain>,
    /// The recording, while there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
    /// The words of the draft as it was composed, to count what its author changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_heard: Option<EntryDraft>,
    /// The day on which it was spoken or typed.
    pub recorded_on: Date,
}

/// Where a plain value was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Source {
    /// The field: `kind`, `outcome`, `date`, `start`, `end`, `place`, `present` …
    pub field: String,
    /// Of which value, where a field has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Where.
    pub place: Place,
    /// When it was spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<Second>,
}

/// Something that the author should settle, in plain English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Uncertain {
    /// The words as heard.
    pub heard: String,
    /// Why they are doubted.
    pub why: String,
    /// What the draft took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// Where.
    pub place: Place,
    /// When it was spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<Second>,
}

/// A new draft with its review. It is not kept yet: call `keep`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Composed {
    /// The draft.
    pub kept: Kept,
    /// Where it stands.
    pub review: Review,
}

/// What a draft still lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Review {
    /// Where it stands.
    pub state: DraftState,
    /// By how many days it is past the council's time-out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_days: Option<u32>,
    /// What was not said: the author must say it before completing.
    pub unsaid: Vec<UnsaidLine>,
    /// What is missing: the author is asked, and may complete without.
    pub missing: Vec<MissingLine>,
    /// Marks that must be acknowledged and are not.
    pub unsettled: Vec<u32>,
    /// Why it can't leave this phone, in plain English: it asks for a compartment that the phone does
    /// not hold, or names people who must not learn of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
    /// Whether `complete` would take it.
    pub can_complete: bool,
}

/// Something that was not said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UnsaidLine {
    /// Which field.
    pub field: Unsaid,
    /// What to do, in plain English.
    pub message: String,
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct MissingLine {
    /// What.
    pub what: Missing,
    /// Of which child.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child: Option<PersonId>,
    /// That child's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What to add, in plain English.
    pub message: String,
}

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct DraftCard {
    /// The draft.
    pub id: EntryId,
    /// The family.
    pub family: FamilyId,
    /// The family's name, while the phone holds the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    /// The label of its kind; absent while nobody has said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The day of the contact.
    pub day: Date,
    /// When it was begun.
    pub begun: Timestamp,
    /// The compartment that it is to go to.
    pub compartment: Compartment,
    /// Where it stands.
    pub review: Review,
    /// The recording, while there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
}
