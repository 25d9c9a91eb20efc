//! What the record holds, as plain types: the one description of a document's shape.
//!
//! A document is a set of top-level maps, the [`Collection`]s. Each holds records under their ids,
//! and a record is written once, whole, in one change: it is never altered and never deleted.
//! Whatever changes over time is a record of its own (a fact about a person, a status event, an
//! appendment), so that two devices can never overwrite each other. What is current is derived.
//!
//! In Automerge a record is a map whose keys are the fields below, in their JSON names; lists are
//! lists, everything else is a scalar: texts are *scalar strings* (never Text objects), dates ISO
//! 8601 strings, numbers ints or floats. A field that is not set is absent, never null.

mod assessment;
mod chronology;
mod entry;
mod people;
mod plan;
mod provenance;
mod scale;
mod since;
mod supervision;

use serde::{Deserialize, Serialize};

pub use assessment::{
    Action, ActionUpdate, Concern, Direction, Reading, SignificantEvent, Strength, ToolUse, View,
};
pub use chronology::{ChronologyEvent, Precision, RoughDate};
pub use entry::{Analysis, ChildSeen, Entry, Meaning, Occurred, Party, Statement, Voice};
pub use people::{
    Cover, Fact, FactField, Household, Membership, Person, Professional, Relationship,
};
pub use plan::{Goal, GoalUpdate, PlanStatusChange, SafetyPlan};
pub use provenance::{ATTESTATION, Attestation, Provenance};
pub use scale::{BadScaleValue, ScaleValue};
pub use since::{Appendment, ConcernClosure, Withdrawal};
pub use supervision::{
    Contribution, Disagreement, ManagementDecision, MinorityView, Supervision, SupervisionDecision,
    SupervisionPlan,
};

use crate::ids::ProfessionalId;

/// A span of the transcript that something came from: byte offsets, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

macro_rules! collections {
    ($($(#[$doc:meta])* $variant:ident($content:ty) = $name:literal;)+) => {
        /// The top-level maps of a document.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Collection { $($(#[$doc])* $variant,)+ }

        impl Collection {
            /// All of them, in the order in which a new document creates them: never reorder, and
            /// add new ones at the end.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The key at the document's root.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The collection with this key.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }

        /// Any record.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum Content { $($(#[$doc])* $variant(Box<$content>),)+ }

        impl Content {
            /// Where it lives.
            pub fn collection(&self) -> Collection {
                match self { $(Self::$variant(_) => Collection::$variant,)+ }
            }

            /// Who says that they wrote it. Compared with the authenticated session.
            pub fn by(&self) -> ProfessionalId {
                match self { $(Self::$variant(content) => content.by,)+ }
            }

            /// Reads a record of a collection out of a value tree, strictly: unknown fields, wrong
            /// types and missing values are errors.
            ///
            /// # Errors
            /// Says which field is wrong and why.
            pub fn from_value(
                collection: Collection,
                value: serde_json::Value,
            ) -> Result<Self, crate::json::Misfit> {
                Ok(match collection {
                    $(Collection::$variant => Self::$variant(crate::json::from_value(value)?),)+
                })
            }
        }

        $(impl From<$content> for Content {
            fn from(content: $content) -> Self {
                Self::$variant(Box::new(content))
            }
        })+
    };
}

collections! {
    /// One record, `cover`: which family and compartment this document is.
    Covers(Cover) = "cover";
    /// Members of the family and its network.
    People(Person) = "people";
    /// What somebody says about a person: name, date of birth …
    Facts(Fact) = "facts";
    /// Households.
    Households(Household) = "households";
    /// Who lives in which household, from when.
    Memberships(Membership) = "memberships";
    /// Who is what to whom.
    Relationships(Relationship) = "relationships";
    /// Professionals involved.
    Professionals(Professional) = "professionals";
    /// Complete entries: visits and contacts.
    Entries(Entry) = "entries";
    /// Concerns, each raised once and viewed many times.
    Concerns(Concern) = "concerns";
    /// Actions, each agreed once.
    Actions(Action) = "actions";
    /// What was appended to complete entries.
    Appendments(Appendment) = "appendments";
    /// Entries withdrawn by a manager.
    Withdrawals(Withdrawal) = "withdrawals";
    /// Status events of actions, between visits.
    ActionUpdates(ActionUpdate) = "actionUpdates";
    /// Concerns that somebody closed.
    ConcernClosures(ConcernClosure) = "concernClosures";
    /// Under which plan a child is, from when.
    PlanStatuses(PlanStatusChange) = "planStatuses";
    /// Goals of the family's plan.
    Goals(Goal) = "goals";
    /// News of goals.
    GoalUpdates(GoalUpdate) = "goalUpdates";
    /// Safety plans; the newest that nobody has superseded is in force.
    SafetyPlans(SafetyPlan) = "safetyPlans";
    /// Significant events entered from back-history.
    ChronologyEvents(ChronologyEvent) = "chronologyEvents";
    /// Group supervisions that are planned.
    SupervisionPlans(SupervisionPlan) = "supervisionPlans";
    /// What each discipline brings to a planned group supervision.
    Contributions(Contribution) = "contributions";
    /// Group supervisions that were held; each closes the period.
    Supervisions(Supervision) = "supervisions";
    /// Management decisions.
    ManagementDecisions(ManagementDecision) = "managementDecisions";
}

/// A record with its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its key in its collection: a UUID, or `cover` for the one record of that collection.
    pub id: String,
    /// What it says.
    pub content: Content,
}

impl Record {
    /// A record under an id.
    pub fn new(id: impl std::fmt::Display, content: impl Into<Content>) -> Self {
        Self {
            id: id.to_string(),
            content: content.into(),
        }
    }

    /// How refusals and citations name it: `entries/0198…`.
    pub fn path(&self) -> String {
        format!("{}/{}", self.content.collection().name(), self.id)
    }
}
