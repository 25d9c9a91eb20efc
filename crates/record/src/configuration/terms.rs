//! Terms that a council adds to the field's enumerations.

use serde::{Deserialize, Serialize};

use crate::terms::{
    Agreement, AppendmentReason, CpCategory, Discipline, Domain, EntryKind, ImmediateSafety,
    Outcome, PersonRole, PlanStatus, RelationshipKind, SeenAlone, SignificantEventKind,
    StageOfChange, Tool,
};

/// A term that the council added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AddedTerm {
    /// What stands in the record: lower-case words joined by hyphens.
    pub code: String,
    /// What people read.
    pub label: String,
}

macro_rules! enumerations {
    ($($term:ident = $name:literal;)+) => {
        /// The enumerations that a council may add to. Compartments are not among them: each is a
        /// document with its own access. Nor are action statuses, on which the program acts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Enumeration { $(#[doc = $name] $term,)+ }

        impl Enumeration {
            /// Its name in sentences.
            pub fn name(self) -> &'static str {
                match self { $(Self::$term => $name,)+ }
            }

            /// Whether the program knows this code without the council's help.
            pub(super) fn is_built_in(self, code: &str) -> bool {
                match self {
                    $(Self::$term => $term::from_code(code)
                        .is_some_and(|it| !matches!(it, $term::Added(_))),)+
                }
            }
        }
    };
}

enumerations! {
    Discipline = "disciplines";
    PersonRole = "person roles";
    RelationshipKind = "relationships";
    PlanStatus = "plan statuses";
    CpCategory = "child protection categories";
    EntryKind = "entry kinds";
    Outcome = "outcomes";
    SeenAlone = "reasons for not seeing a child alone";
    Domain = "domains";
    Agreement = "agreements with a concern";
    StageOfChange = "stages of change";
    Tool = "tools";
    ImmediateSafety = "immediate safety";
    SignificantEventKind = "significant events";
    AppendmentReason = "appendment reasons";
}
