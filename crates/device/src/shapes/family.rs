//! A family as one reader sees it.

use jiff::{Timestamp, civil::Date};
use record::{
    Summary, Timescale,
    ids::{ActionId, ConcernId, DocumentId, EntryId, FamilyId, PersonId, ProfessionalId, RecordId},
    model::FactField,
    summary::{ActionLine, GoalLine, Line, SafetyPlanLines},
    terms::{Discipline, Domain, PersonRole},
};
use serde::Serialize;

use super::{entry::SyncState, today::CompartmentCard};

/// The family's page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FamilyPage {
    /// The family.
    pub family: FamilyId,
    /// Its name.
    pub name: String,
    /// The compartments that this phone holds.
    pub compartments: Vec<CompartmentCard>,
    /// The holistic summary, with the reader's own chapter first.
    pub summary: Summary,
    /// The label of the reader's own discipline.
    pub discipline: String,
    /// What to know before the visit.
    pub prepare: Prepare,
    /// When each child is due to be seen.
    pub timescales: Vec<Timescale>,
    /// Children for whom no rule says when.
    pub uncovered: Vec<Line>,
    /// What people say differently about a person, to be settled.
    pub disagreements: Vec<FactDispute>,
    /// My own latest entries and whether the server has them, newest first.
    pub own: Vec<OwnEntry>,
}

/// The prepare card: what to know before the visit.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Prepare {
    /// Sentences about the safety of whoever visits, where the record has any.
    pub worker_safety: Vec<Line>,
    /// Safety plans in force, with who must not learn of them first.
    pub safety_plans: Vec<SafetyPlanLines>,
    /// Prompts about somebody's own safety.
    pub prompts: Vec<Line>,
    /// Each child: when last seen, when last seen alone, what is due.
    pub children: Vec<PrepareChild>,
    /// Open actions.
    pub actions: Vec<ActionLine>,
    /// What each person said last, newest first.
    pub said: Vec<SaidLast>,
}

/// One child of the prepare card.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct PrepareChild {
    /// The child.
    pub child: PersonId,
    /// Their name.
    pub name: String,
    /// The last day on which they were seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Date>,
    /// The last day on which they were seen alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen_alone: Option<Date>,
    /// What is due, in words, cited.
    pub due: Vec<Line>,
}

/// What somebody said last.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SaidLast {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they said, as it was recorded.
    pub words: String,
    /// The day.
    pub day: Date,
    /// Who recorded it.
    pub author: String,
    /// The entry to open.
    pub entry: EntryId,
}

/// One field of one person about which the record disagrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FactDispute {
    /// Whom it is about.
    pub person: PersonId,
    /// Their name or names.
    pub name: String,
    /// Which field.
    pub field: FactField,
    /// The field in words.
    pub label: String,
    /// What is said, by whom.
    pub facts: Vec<FactLine>,
    /// The document that the facts are in.
    pub document: DocumentId,
}

/// What one author says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FactLine {
    /// The fact.
    pub id: RecordId,
    /// What it says.
    pub value: String,
    /// Who says so.
    pub author: String,
    /// When, by their device's clock.
    pub at: Timestamp,
}

/// One of my entries, and whether the server has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OwnEntry {
    /// The entry.
    pub id: EntryId,
    /// The label of its kind.
    pub kind: String,
    /// Its day.
    pub day: Date,
    /// Whether the server has it.
    pub state: SyncState,
}

/// Who and what a draft of this family can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Cast {
    /// The family and its network, children first, then by name.
    pub people: Vec<CastPerson>,
    /// The professionals, by name.
    pub professionals: Vec<CastProfessional>,
    /// Concerns that nobody has closed.
    pub concerns: Vec<CastConcern>,
    /// Open actions.
    pub actions: Vec<CastAction>,
    /// The compartments that this phone holds.
    pub compartments: Vec<CompartmentCard>,
}

/// A member of the family or its network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CastPerson {
    /// The person.
    pub id: PersonId,
    /// Their name; several where it is disputed.
    pub name: String,
    /// Names that the family uses.
    pub known_as: Vec<String>,
    /// What they are to the children.
    pub role: PersonRole,
    /// That in words.
    pub role_label: String,
    /// Whether they are one of the workbook's children.
    pub child: bool,
}

/// A professional.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CastProfessional {
    /// The professional.
    pub id: ProfessionalId,
    /// Their name.
    pub name: String,
    /// Their discipline.
    pub discipline: Discipline,
    /// That in words.
    pub discipline_label: String,
    /// Whether it is me.
    pub me: bool,
}

/// A concern that nobody has closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct CastConcern {
    /// The concern.
    pub id: ConcernId,
    /// In words.
    pub statement: String,
    /// What part of family life.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
}

/// An open action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CastAction {
    /// The action.
    pub id: ActionId,
    /// In words.
    pub text: String,
}

/// The family's plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Plan {
    /// Under which plan each child is, newest change first.
    pub statuses: Vec<PlanLine>,
    /// Goals and their news.
    pub goals: Vec<GoalLine>,
    /// Open actions.
    pub actions: Vec<ActionLine>,
    /// Safety plans in force.
    pub safety_plans: Vec<SafetyPlanLines>,
    /// When each child is due to be seen.
    pub timescales: Vec<Timescale>,
}

/// That a child is under a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct PlanLine {
    /// The child.
    pub child: PersonId,
    /// Their name.
    pub name: String,
    /// The plan in words.
    pub status: String,
    /// The category in words, of a child protection plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// From which day.
    pub from: Date,
    /// Who says so.
    pub author: String,
}
