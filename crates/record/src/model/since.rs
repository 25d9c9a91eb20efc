//! What happens to entries and concerns after they were written: always a record of its own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{ConcernId, EntryId, ProfessionalId},
    terms::AppendmentReason,
};

/// Something appended to a complete entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Appendment {
    /// The entry.
    pub entry: EntryId,
    /// Why.
    pub reason: AppendmentReason,
    /// What.
    pub text: String,
    /// Who.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// That a manager withdrew an entry. The entry stays, marked; its author can't do this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Withdrawal {
    /// The entry.
    pub entry: EntryId,
    /// Why.
    pub reason: String,
    /// The manager.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// That somebody closed a concern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ConcernClosure {
    /// The concern.
    pub concern: ConcernId,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}
