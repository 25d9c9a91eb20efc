//! The first screen: my families, what is due, what waits.

use jiff::civil::Date;
use record::{
    ids::{ActionId, DocumentId, FamilyId, PersonId},
    terms::Compartment,
};
use serde::{Deserialize, Serialize};

use super::{draft::DraftCard, sync::Refused};

/// Today's list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Today {
    /// The local day.
    pub day: Date,
    /// My families: what is overdue first, then what is due soonest, then by name.
    pub families: Vec<FamilyCard>,
    /// Drafts that wait for me, newest first.
    pub drafts: Vec<DraftCard>,
    /// What the server refused, newest first.
    pub refused: Vec<Refused>,
    /// How many complete entries and other changes are on this phone only.
    pub waiting: u32,
    /// Rows that can't be read. They are kept.
    pub damaged: Vec<Damaged>,
}

/// One family of the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct FamilyCard {
    /// The family.
    pub family: FamilyId,
    /// Its name.
    pub name: String,
    /// Each child: last seen, and what is due.
    pub children: Vec<ChildCard>,
    /// Open actions: overdue first, then by day.
    pub actions: Vec<ActionCard>,
    /// My next contact, where my newest entry names a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_contact: Option<NextContact>,
    /// Sentences about the safety of whoever visits, where the record has any.
    pub worker_safety: Vec<String>,
    /// The names of those who must not learn of the safety plan.
    pub must_not_be_shared_with: Vec<String>,
    /// The compartments that this phone holds, the team's among them.
    pub compartments: Vec<CompartmentCard>,
    /// How many drafts of this family wait.
    pub drafts: u32,
    /// How many changes are on this phone only.
    pub waiting: u32,
    /// How many changes the server refused.
    pub refused: u32,
    /// Why the family can't be opened, and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// When I said that I would see the family next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct NextContact {
    /// The day.
    pub day: Date,
    /// Whether it has passed.
    pub overdue: bool,
    /// The compartment that says so: not to be said outside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compartment: Option<Compartment>,
}

/// One child of a family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct ChildCard {
    /// The child.
    pub child: PersonId,
    /// Their name.
    pub name: String,
    /// The last day on which they were seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Date>,
    /// The last day on which they were seen alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_alone: Option<Date>,
    /// What is due, by rule.
    pub due: Vec<DueCard>,
    /// The compartment without which less would be known of when they were seen: not to be said
    /// outside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compartment: Option<Compartment>,
}

/// A visit that is due under a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct DueCard {
    /// The rule's code.
    pub rule: String,
    /// The rule's name.
    pub title: String,
    /// The last day on which the next visit is in time.
    pub due: Date,
    /// By how many days it is overdue; 0 when it is not.
    pub overdue_days: u32,
    /// The last visit that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// Since when the rule applies: visits before do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// The code of the plan that it applies under.
    #[serde(default)]
    pub plan: String,
}

/// An open action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct ActionCard {
    /// The action.
    pub id: ActionId,
    /// In words.
    pub text: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Whether it is mine.
    pub mine: bool,
    /// The compartment that it is in: not to be said outside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compartment: Option<Compartment>,
}

/// One of a family's documents on this phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CompartmentCard {
    /// Which.
    pub compartment: Compartment,
    /// Its label.
    pub label: String,
    /// Its document.
    pub document: DocumentId,
}

/// A row that can't be read: it is never deleted, and goes into the rescue export as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Damaged {
    /// Its key.
    pub key: String,
    /// What is wrong, without its content, and what to do.
    pub why: String,
}
