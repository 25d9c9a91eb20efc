//! Group supervision, once a month: every discipline contributes, disagreement is kept, decisions
//! have a rationale. It closes the period. Management decisions between supervisions.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Party, ScaleValue};
use crate::{
    ids::{ProfessionalId, RecordId},
    terms::{Direction, Discipline},
};

/// A group supervision that is planned, so that disciplines can contribute beforehand, offline too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SupervisionPlan {
    /// The day.
    pub date: Date,
    /// Who chairs it.
    pub chair: ProfessionalId,
    /// Who planned it.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// What one professional brings to a group supervision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Contribution {
    /// The planned supervision.
    pub plan: RecordId,
    /// The contributor's discipline.
    pub discipline: Discipline,
    /// What is going well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub going_well: Option<String>,
    /// What they are worried about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worried_about: Option<String>,
    /// Their own reading of safety.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<ScaleValue>,
    /// Direction of travel as they see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Who contributes.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// A group supervision that was held. It closes the period that began with the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Supervision {
    /// The plan that contributions were gathered under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<RecordId>,
    /// The day.
    pub date: Date,
    /// Who chaired it.
    pub chair: ProfessionalId,
    /// Who came.
    pub attendees: Vec<Party>,
    /// Who sent apologies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apologies: Vec<Party>,
    /// What those present disagreed about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
    /// What somebody sees otherwise than the decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub minority_views: Vec<MinorityView>,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<SupervisionDecision>,
    /// When the next one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Date>,
    /// Who wrote it down: the chair.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// A disagreement, in words, between named people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Disagreement {
    /// Who disagree.
    pub between: Vec<Party>,
    /// What about.
    pub text: String,
}

/// A view that the decision did not follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MinorityView {
    /// Whose.
    pub holder: Party,
    /// In words.
    pub text: String,
}

/// A decision with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SupervisionDecision {
    /// What.
    pub text: String,
    /// Why.
    pub rationale: String,
}

/// A manager's decision between supervisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ManagementDecision {
    /// What was to be decided.
    pub question: String,
    /// What could have been done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// What was decided.
    pub decision: String,
    /// Why.
    pub rationale: String,
    /// On which day.
    pub on: Date,
    /// The manager.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}
