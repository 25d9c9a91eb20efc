//! What an entry says about the family: strengths, concerns and views, readings, tools, direction,
//! actions, significant events.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Party, ScaleValue};
use crate::{
    ids::{ActionId, ConcernId, EntryId, PersonId, ProfessionalId, RecordId},
    terms::{
        ActionStatus, Agreement, Direction as DirectionTerm, Domain, SignificantEventKind, Tool,
    },
};

/// Something that goes well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Strength {
    /// What.
    pub text: String,
    /// Whom it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub about: Vec<PersonId>,
}

/// A concern: who is worried about what behaviour, with what effect on which child. It is raised
/// once and then gathers views over many entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Concern {
    /// The entry in which it was raised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// The concern in words.
    pub statement: String,
    /// What part of family life.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
    /// The children affected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub children: Vec<PersonId>,
    /// The adults whose behaviour it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub adults: Vec<PersonId>,
    /// Who raised it.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// Whether somebody shares a concern. Views are only ever added; each stands under its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct View {
    /// The concern.
    pub concern: ConcernId,
    /// Whose view it is.
    pub holder: Party,
    /// Whether they share it.
    pub agreement: Agreement,
    /// In their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// A reading on a scale, which belongs to its holder: readings of different holders are shown side
/// by side and never averaged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Reading {
    /// The scale's code: `safety`, `importance`, `confidence`, or one that the council added.
    pub scale: String,
    /// Whose reading it is.
    pub holder: Party,
    /// 0 is the worst or unsafe, 10 safe enough to close.
    pub value: ScaleValue,
    /// Why not lower, why not higher, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// A tool that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct ToolUse {
    /// Which.
    pub tool: Tool,
    /// With whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub with: Vec<Party>,
    /// Its score, where it has one. The band is derived by [`crate::band`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u32>,
    /// An earlier score that was named for comparison.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<u32>,
    /// The answer to item 9 of the PHQ-9 (thoughts of being better off dead or of self-harm), 0 to 3:
    /// anything above 0 raises a safety prompt, whatever the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item9: Option<u32>,
    /// A professional's own judgement of the level, which stands above the score (DASH).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<String>,
    /// What came of using it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reflection: Option<String>,
}

/// Direction of travel in one domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename = "DirectionOfTravel", optional_fields))]
pub struct Direction {
    /// The domain; absent when the author spoke of the family as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
    /// Which way.
    pub direction: DirectionTerm,
    /// Why the author says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// An action: who does what by when, and what difference it makes to the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Action {
    /// The entry in which it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// The group supervision in which it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervision: Option<RecordId>,
    /// What.
    pub text: String,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Party>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// What it is to change for the child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
    /// Whom it is about: in whose own file it belongs, and the basis of redaction. Where nobody says,
    /// the names in its words decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub about: Vec<PersonId>,
    /// Who wrote it down.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// News of an action. Two that contradict each other both stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct ActionUpdate {
    /// The action.
    pub action: ActionId,
    /// How it stands.
    pub status: ActionStatus,
    /// Why, or with what effect on the child. Required when it was not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who says so.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// What makes an entry a line of the chronology.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct SignificantEvent {
    /// What kind.
    pub kind: SignificantEventKind,
    /// What happened.
    pub text: String,
    /// What it did to the child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
    /// Whom it is about, where that is not everybody whom the entry is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub about: Vec<PersonId>,
}
