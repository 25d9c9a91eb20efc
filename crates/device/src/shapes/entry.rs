//! Complete entries, in a list and on a page of their own.

use std::collections::BTreeMap;

use jiff::Timestamp;
use record::{
    ids::{ActionId, ConcernId, DocumentId, EntryId, FamilyId, PersonId, ProfessionalId},
    model::{Action, Concern, Entry, Occurred},
    terms::{ActionStatus, AppendmentReason, Compartment},
};
use serde::{Deserialize, Serialize};

/// What has become of something that was written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum SyncState {
    /// On this phone only. (Whether it is being sent just now, the worker knows.)
    OnThisPhone,
    /// The server holds it for good.
    InTheWorkbook,
    /// The server refused it; it is in quarantine.
    Refused,
}

/// An entry in a list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct EntryLine {
    /// The entry.
    pub id: EntryId,
    /// The document that it is in.
    pub document: DocumentId,
    /// The label of its kind.
    pub kind: String,
    /// The label of its outcome.
    pub outcome: String,
    /// When it happened. With `timeUnknown` show the day alone.
    pub occurred: Occurred,
    /// Its author's name.
    pub author: String,
    /// The label of its author's discipline.
    pub discipline: String,
    /// The compartment that it is in.
    pub compartment: Compartment,
    /// Whether it is mine.
    pub mine: bool,
    /// Whether the server has it.
    pub state: SyncState,
    /// Whether a manager withdrew it.
    pub withdrawn: bool,
    /// How many appendments it has.
    pub appendments: u32,
    /// Its first words.
    pub summary: String,
}

/// An entry with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct EntryPage {
    /// Its line.
    pub line: EntryLine,
    /// The family.
    pub family: FamilyId,
    /// The entry itself.
    pub entry: Entry,
    /// Concerns raised in it, or viewed.
    pub concerns: BTreeMap<ConcernId, Raised<Concern>>,
    /// Actions agreed in it, or with news in it.
    pub actions: BTreeMap<ActionId, Raised<Action>>,
    /// Names of the people in it.
    pub people: BTreeMap<PersonId, String>,
    /// Names of the professionals in it.
    pub professionals: BTreeMap<ProfessionalId, String>,
    /// What was appended, oldest first.
    pub appendments: Vec<AppendmentLine>,
    /// That it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<WithdrawalLine>,
}

/// A concern or action, and whether it is this entry's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Raised<T> {
    /// What it says.
    pub record: T,
    /// Whether it was raised or agreed in this entry.
    pub here: bool,
}

/// Something appended to an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AppendmentLine {
    /// Why.
    pub reason: AppendmentReason,
    /// Why, in words.
    pub label: String,
    /// What.
    pub text: String,
    /// Who.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// Whether the server has it.
    pub state: SyncState,
}

/// That a manager withdrew an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WithdrawalLine {
    /// Why.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When.
    pub at: Timestamp,
}

/// News of an action, as a screen gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct ActionNews {
    /// The action.
    pub action: ActionId,
    /// How it stands.
    pub status: ActionStatus,
    /// Why, or with what effect; required when it was not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
