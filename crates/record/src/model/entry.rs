//! An entry: one visit or contact, complete and attested by its author.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
};
use serde::{Deserialize, Serialize};

use super::{
    ActionUpdate, Attestation, Direction, Provenance, Reading, SignificantEvent, Span, Strength,
    ToolUse, View,
};
use crate::{
    Writer,
    ids::{DeviceId, PersonId, ProfessionalId},
    terms::{
        Discipline, EntryKind, ImmediateSafety, Nature, Outcome, Seen, SeenAlone, StageOfChange,
    },
};

/// A visit or contact. It never changes once it is in the record; corrections are appendments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Entry {
    /// What kind of contact.
    pub kind: EntryKind,
    /// What came of it.
    pub outcome: Outcome,
    /// When it happened, in local time.
    pub occurred: Occurred,
    /// When it was completed, by the device's clock: evidence, never an order of events.
    pub at: Timestamp,
    /// The author.
    pub by: ProfessionalId,
    /// The author's discipline: the chapter that the entry belongs to.
    pub discipline: Discipline,
    /// The device that it was written on.
    pub device: DeviceId,
    /// Where, in words that name no address ("at home", "Wellington Street clinic").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether the family knew that the visit would come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced: Option<bool>,
    /// What it was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Who was there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub present: Vec<Party>,
    /// Who was expected and was not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub absent: Vec<Party>,
    /// Each child: seen, seen alone, voice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub children: Vec<ChildSeen>,
    /// Everything said that has no field of its own, in the order in which it was said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub statements: Vec<Statement>,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
    /// What goes well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub strengths: Vec<Strength>,
    /// Who shares which concern, whether raised here or before. Concerns and actions are records of
    /// their own that name this entry, and come in the same change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub views: Vec<View>,
    /// Readings on scales.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub readings: Vec<Reading>,
    /// Tools used, with scores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub tools: Vec<ToolUse>,
    /// Where the adult stands in the cycle of change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_of_change: Option<StageOfChange>,
    /// Direction of travel by domain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub direction: Vec<Direction>,
    /// What was done about safety there and then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub immediate_safety: Option<ImmediateSafety>,
    /// News of actions agreed before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub action_updates: Vec<ActionUpdate>,
    /// When the next contact is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_contact: Option<Date>,
    /// What makes this entry a line of the chronology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub significant_event: Option<SignificantEvent>,
    /// How the text came about.
    pub provenance: Provenance,
    /// By how many calendar days its draft was past the council's time-out when it was finished.
    /// Absent when it was in time; never 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_late_days: Option<u32>,
    /// The author's word. Required: without it an entry is a draft, and drafts stay on the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<Attestation>,
}

impl Entry {
    /// An entry with nothing in it yet, by a writer on their device.
    pub fn begun(
        kind: EntryKind,
        outcome: Outcome,
        occurred: Occurred,
        writer: &Writer,
        at: Timestamp,
        provenance: Provenance,
    ) -> Self {
        Self {
            kind,
            outcome,
            occurred,
            at,
            by: writer.professional,
            discipline: writer.discipline.clone(),
            device: writer.device,
            place: None,
            announced: None,
            purpose: None,
            present: vec![],
            absent: vec![],
            children: vec![],
            statements: vec![],
            analysis: None,
            strengths: vec![],
            views: vec![],
            readings: vec![],
            tools: vec![],
            stage_of_change: None,
            direction: vec![],
            immediate_safety: None,
            action_updates: vec![],
            next_contact: None,
            significant_event: None,
            provenance,
            finished_late_days: None,
            attestation: None,
        }
    }
}

/// When a contact happened, in local civil time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Occurred {
    /// Its start.
    pub start: DateTime,
    /// Its end, if known; not before the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<DateTime>,
    /// That its author knows the day and not the time. Then the start is midnight and there is no
    /// end; readers show the day alone. Absent when the time is known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub time_unknown: bool,
}

impl Occurred {
    /// From a start to an end, if the end is known.
    pub fn at(start: DateTime, end: Option<DateTime>) -> Self {
        Self {
            start,
            end,
            time_unknown: false,
        }
    }

    /// On a day, at a time that its author does not know.
    pub fn on(day: Date) -> Self {
        Self {
            start: day.to_datetime(Time::midnight()),
            end: None,
            time_unknown: true,
        }
    }
}

/// Somebody who takes part: a family member, a professional, or a person known only by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Party {
    /// A member of the family or network.
    Person(PersonId),
    /// A professional.
    Professional(ProfessionalId),
    /// Somebody who is not in the record (yet), by the name that was used.
    Named(String),
}

/// Whether a child was seen, seen alone, and what the child said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct ChildSeen {
    /// The child.
    pub child: PersonId,
    /// Whether seen, awake or asleep.
    pub seen: Seen,
    /// Whether seen alone, or why not. Absent when it was not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<SeenAlone>,
    /// What the child said or showed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<Voice>,
}

/// A child's voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Voice {
    /// In the child's own words.
    pub words: String,
    /// How it was communicated (speech, play, drawing …), where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
}

/// One statement, with what kind it is and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Statement {
    /// The words.
    pub text: String,
    /// Fact, report, opinion …
    pub nature: Nature,
    /// Who reported it, when somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Party>,
    /// Whom it is about: the basis of redaction for subject access.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub about: Vec<PersonId>,
    /// Where in the transcript it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// What the author makes of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Analysis {
    /// What has changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<String>,
    /// What it means for each child.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub meaning: Vec<Meaning>,
    /// What is uncertain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertain: Option<String>,
}

/// What something means for one child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Meaning {
    /// The child.
    pub child: PersonId,
    /// What it means.
    pub text: String,
}
