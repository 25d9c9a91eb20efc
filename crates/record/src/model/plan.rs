//! Plans: under which plan a child is, the family's goals, and the safety plan.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::Party;
use crate::{
    ids::{EntryId, PersonId, ProfessionalId, RecordId},
    terms::{CpCategory, Domain, GoalStatus, PlanStatus},
};

/// That a child is under a plan from a day on. The change before it ends there. One that was recorded
/// wrongly is corrected by another that supersedes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PlanStatusChange {
    /// The child.
    pub child: PersonId,
    /// The plan.
    pub status: PlanStatus,
    /// The category, of a child protection plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CpCategory>,
    /// From which day.
    pub from: Date,
    /// The changes that this one corrects, by their ids: known to its author, and of the same child.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<RecordId>,
    /// Who says so.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// A goal of the family's plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Goal {
    /// What is to be different for the children.
    pub text: String,
    /// What part of family life.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
    /// For which children.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<PersonId>,
    /// The entry in which it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// Who wrote it down.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// News of a goal. Two that contradict each other both stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GoalUpdate {
    /// The goal.
    pub goal: RecordId,
    /// How it stands.
    pub status: GoalStatus,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who says so.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// A safety plan as agreed on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SafetyPlan {
    /// What everybody does when, a step each.
    pub steps: Vec<String>,
    /// With whom it was agreed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreed_with: Vec<Party>,
    /// Who **must not** learn of it: shown at the top, in every view.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_not_be_shared_with: Vec<Party>,
    /// The plans that this one replaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<RecordId>,
    /// The entry in which it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// Who wrote it down.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}
