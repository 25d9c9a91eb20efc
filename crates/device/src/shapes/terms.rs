//! The field's enumerations for the screens: no list is typed again in TypeScript.

use record::terms::{
    ActionStatus, Agreement, AppendmentReason, Compartment, CpCategory, Direction, Discipline,
    Domain, EntryKind, GoalStatus, ImmediateSafety, Nature, Outcome, PersonRole, PlanStatus,
    RelationshipKind, Seen, SeenAlone, SignificantEventKind, StageOfChange, Tool,
};
use serde::Serialize;

/// One term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Term {
    /// What stands in the record.
    pub code: String,
    /// What people read.
    pub label: String,
}

/// The terms of one enumeration, in the field's order.
pub type TermList = Vec<Term>;

macro_rules! lists {
    ($($(#[$doc:meta])* $field:ident: $term:ident;)+) => {
        /// Every enumeration with its codes and labels.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub struct Terms {
            $($(#[$doc])* pub $field: TermList,)+
            /// What an author confirms when completing an entry.
            pub attestation: String,
        }

        impl Terms {
            /// The built-in terms.
            pub fn built_in() -> Self {
                Self {
                    $($field: $term::ALL.iter().map(|term| Term {
                        code: term.code().to_owned(),
                        label: term.label().to_owned(),
                    }).collect(),)+
                    attestation: record::model::ATTESTATION.to_owned(),
                }
            }
        }
    };
}

lists! {
    /// Kinds of entry.
    kinds: EntryKind;
    /// What came of a visit.
    outcomes: Outcome;
    /// Whether a child was seen.
    seen: Seen;
    /// Whether seen alone, or why not.
    seen_alone: SeenAlone;
    /// Why something is appended.
    appendment_reasons: AppendmentReason;
    /// Compartments.
    compartments: Compartment;
    /// Disciplines.
    disciplines: Discipline;
    /// Roles of family members.
    roles: PersonRole;
    /// Relationships.
    relationships: RelationshipKind;
    /// Domains of family life.
    domains: Domain;
    /// How a statement is known.
    natures: Nature;
    /// Who shares a concern.
    agreements: Agreement;
    /// Tools.
    tools: Tool;
    /// Directions of travel.
    directions: Direction;
    /// Stages of change.
    stages_of_change: StageOfChange;
    /// What was done about safety there and then.
    immediate_safety: ImmediateSafety;
    /// How an action stands.
    action_statuses: ActionStatus;
    /// How a goal stands.
    goal_statuses: GoalStatus;
    /// Plans.
    plan_statuses: PlanStatus;
    /// Categories of a child protection plan.
    cp_categories: CpCategory;
    /// Significant events.
    significant_events: SignificantEventKind;
}
