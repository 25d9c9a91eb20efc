//! What waits, what was refused, and what can be rescued.

use jiff::Timestamp;
use record::{
    Refusal,
    ids::{DocumentId, EntryId, FamilyId, RecordId},
    terms::Compartment,
};
use serde::{Deserialize, Serialize};

use super::draft::Kept;

/// A refused change: readable, with the reason and what to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Refused {
    /// Its id in the quarantine.
    pub id: RecordId,
    /// The document that it was for.
    pub document: DocumentId,
    /// The family.
    pub family: FamilyId,
    /// The family's name when it was refused.
    pub family_name: String,
    /// The compartment that it was for.
    pub compartment: Compartment,
    /// Why.
    pub refusal: Refusal,
    /// When this phone learnt of it.
    pub refused: Timestamp,
    /// When it was written.
    pub written: Timestamp,
    /// What it says, record by record.
    pub records: Vec<RefusedRecord>,
    /// The entry in it, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// How it can be sent again; empty when the family is not on this phone.
    pub can: Vec<Resubmit>,
}

/// A record of a refused change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RefusedRecord {
    /// Its path, `collection/id`.
    pub record: String,
    /// Its content.
    #[cfg_attr(feature = "ts", ts(type = "unknown"))]
    pub content: serde_json::Value,
}

/// How a refused change is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Resubmit {
    /// As a draft, to be corrected and completed again.
    Draft,
    /// As an appendment to the entry that stands in its way.
    Appendment,
    /// As it is: what holds no entry, once what stood in its way is settled.
    Again,
}

/// What a push or pull did, for the screens to tell.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Syncing {
    /// How many changes the server has taken for good.
    pub accepted: u32,
    /// Ids of what went to the quarantine.
    pub refused: Vec<RecordId>,
    /// Whether to pull or push again at once.
    pub more: bool,
    /// Families whose record is new or changed.
    pub families: Vec<FamilyId>,
    /// Families that are no longer mine: their rows are gone.
    pub gone: Vec<FamilyId>,
    /// Families whose record the council erased: everything of them is gone, recordings that no draft
    /// has taken up excepted, which whoever keeps them drops.
    pub erased: Vec<FamilyId>,
    /// What of the answer made no sense, in plain English; everything else has been taken.
    pub problems: Vec<String>,
}

/// Everything that no server has: for the encrypted export.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Rescue {
    /// 1.
    pub version: u32,
    /// Whose it is.
    pub name: String,
    /// Complete, not acknowledged.
    pub waiting: Vec<RescuedChange>,
    /// Refused.
    pub refused: Vec<Refused>,
    /// Drafts.
    pub drafts: Vec<Kept>,
    /// Rows that can't be read, as base64 by key.
    pub damaged: std::collections::BTreeMap<String, String>,
}

/// A change that waits for the server's word.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RescuedChange {
    /// The document that it is for.
    pub document: DocumentId,
    /// The family's name, where it is known.
    pub family_name: String,
    /// When it was written.
    pub written: Timestamp,
    /// What it says.
    pub records: Vec<RefusedRecord>,
    /// The change itself, base64.
    pub change: String,
}
