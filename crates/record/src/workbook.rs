//! The record as it reads: every record of a document, typed, with its id.
//!
//! Reading never guesses. A record that can't be read as what it should be (a Text where a scalar
//! belongs, two concurrent values, an unknown field) is listed under [`Workbook::unreadable`]: it is
//! shown as such, never taken for absent.

mod absorb;

use std::collections::BTreeMap;

use automerge::{ChangeHash, ObjId, ReadDoc};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

use crate::{
    Document, document,
    ids::{ActionId, ConcernId, EntryId, HouseholdId, PersonId, ProfessionalId, RecordId},
    json,
    model::{
        Action, ActionUpdate, Appendment, ChronologyEvent, Collection, Concern, ConcernClosure,
        Content, Contribution, Cover, Entry, Fact, Goal, GoalUpdate, Household, ManagementDecision,
        Membership, Person, PlanStatusChange, Professional, Relationship, SafetyPlan, Supervision,
        SupervisionPlan, Withdrawal,
    },
};

/// A record that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unreadable {
    /// The record, as `collection/id`.
    pub record: String,
    /// Why, without its content.
    pub why: String,
}

/// Everything in a document, by id. Ids sort by the time they were minted.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Workbook {
    /// Which family and compartment this is; absent before set-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover: Option<Cover>,
    /// Members of the family and network.
    pub people: BTreeMap<PersonId, Person>,
    /// What is said about them.
    pub facts: BTreeMap<RecordId, Fact>,
    /// Households.
    pub households: BTreeMap<HouseholdId, Household>,
    /// Who lives where.
    pub memberships: BTreeMap<RecordId, Membership>,
    /// Who is what to whom.
    pub relationships: BTreeMap<RecordId, Relationship>,
    /// Professionals involved.
    pub professionals: BTreeMap<ProfessionalId, Professional>,
    /// Complete entries.
    pub entries: BTreeMap<EntryId, Entry>,
    /// Concerns.
    pub concerns: BTreeMap<ConcernId, Concern>,
    /// Actions.
    pub actions: BTreeMap<ActionId, Action>,
    /// What was appended to entries.
    pub appendments: BTreeMap<RecordId, Appendment>,
    /// Withdrawn entries.
    pub withdrawals: BTreeMap<RecordId, Withdrawal>,
    /// News of actions between visits.
    pub action_updates: BTreeMap<RecordId, ActionUpdate>,
    /// Closed concerns.
    pub concern_closures: BTreeMap<RecordId, ConcernClosure>,
    /// Under which plan a child is.
    pub plan_statuses: BTreeMap<RecordId, PlanStatusChange>,
    /// Goals.
    pub goals: BTreeMap<RecordId, Goal>,
    /// News of goals.
    pub goal_updates: BTreeMap<RecordId, GoalUpdate>,
    /// Safety plans.
    pub safety_plans: BTreeMap<RecordId, SafetyPlan>,
    /// Back-history.
    pub chronology_events: BTreeMap<RecordId, ChronologyEvent>,
    /// Planned group supervisions.
    pub supervision_plans: BTreeMap<RecordId, SupervisionPlan>,
    /// What disciplines bring to them.
    pub contributions: BTreeMap<RecordId, Contribution>,
    /// Group supervisions held.
    pub supervisions: BTreeMap<RecordId, Supervision>,
    /// Management decisions.
    pub management_decisions: BTreeMap<RecordId, ManagementDecision>,
    /// Records that can't be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<Unreadable>,
}

/// A record at a time, in the way in which a document is read: a derived reader would be a second one
/// for each collection, and the phone's core has a budget.
impl<'de> Deserialize<'de> for Workbook {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut workbook = Self::default();
        for (name, value) in Map::<String, Value>::deserialize(deserializer)? {
            if name == "unreadable" {
                workbook.unreadable = json::from_value(value).map_err(D::Error::custom)?;
                continue;
            }
            let collection = Collection::from_name(&name)
                .ok_or_else(|| D::Error::custom("there is no such collection"))?;
            let records = match value {
                _ if collection == Collection::Covers => Map::from_iter([(name, value)]),
                Value::Object(records) => records,
                _ => return Err(D::Error::custom("a collection is a map")),
            };
            for (id, value) in records {
                let content = Content::from_value(collection, value).map_err(D::Error::custom)?;
                workbook.put(&id, content).map_err(D::Error::custom)?;
            }
        }
        Ok(workbook)
    }
}

impl Document {
    /// Reads the whole document, a record at a time: all of it at once would be in memory twice.
    pub fn read(&self) -> Workbook {
        self.read_as_of(None)
    }

    /// Reads the document as it is, or as it was at a point of its history.
    pub(crate) fn read_as_of(&self, heads: Option<&[ChangeHash]>) -> Workbook {
        let mut workbook = Workbook::default();
        for collection in Collection::ALL {
            let map = document::collection_id(*collection);
            let items = match heads {
                None => self.inner().map_range(&map, ..),
                Some(heads) => self.inner().map_range_at(&map, .., heads),
            };
            for item in items {
                let id = item.key.as_ref();
                let read = if item.conflict {
                    Err("two records stand under one id".to_owned())
                } else {
                    self.read_record(*collection, &item.id(), heads)
                };
                if let Err(why) = read.and_then(|content| workbook.put(id, content)) {
                    let record = format!("{}/{id}", collection.name());
                    workbook.unreadable.push(Unreadable { record, why });
                }
            }
        }
        workbook
    }

    fn read_record(
        &self,
        collection: Collection,
        id: &ObjId,
        heads: Option<&[ChangeHash]>,
    ) -> Result<Content, String> {
        // Only objects can be read this way: anything else is no record.
        let hydrated =
            ReadDoc::hydrate(self.inner(), id, heads).map_err(|_| "it is not a map".to_owned())?;
        let value = document::value_of(&hydrated)?;
        Content::from_value(collection, value)
            .map_err(|_| "a field is missing, unknown or of the wrong type".to_owned())
    }
}

impl Workbook {
    pub(crate) fn put(&mut self, id: &str, content: Content) -> Result<(), String> {
        fn into<K, V>(map: &mut BTreeMap<K, V>, id: &str, value: V) -> Result<(), String>
        where
            K: std::str::FromStr + Ord,
        {
            let key = id.parse().map_err(|_| "its id is not a UUID".to_owned())?;
            map.insert(key, value);
            Ok(())
        }
        match content {
            Content::Covers(cover) => {
                self.cover = Some(*cover);
                Ok(())
            }
            Content::People(it) => into(&mut self.people, id, *it),
            Content::Facts(it) => into(&mut self.facts, id, *it),
            Content::Households(it) => into(&mut self.households, id, *it),
            Content::Memberships(it) => into(&mut self.memberships, id, *it),
            Content::Relationships(it) => into(&mut self.relationships, id, *it),
            Content::Professionals(it) => into(&mut self.professionals, id, *it),
            Content::Entries(it) => into(&mut self.entries, id, *it),
            Content::Concerns(it) => into(&mut self.concerns, id, *it),
            Content::Actions(it) => into(&mut self.actions, id, *it),
            Content::Appendments(it) => into(&mut self.appendments, id, *it),
            Content::Withdrawals(it) => into(&mut self.withdrawals, id, *it),
            Content::ActionUpdates(it) => into(&mut self.action_updates, id, *it),
            Content::ConcernClosures(it) => into(&mut self.concern_closures, id, *it),
            Content::PlanStatuses(it) => into(&mut self.plan_statuses, id, *it),
            Content::Goals(it) => into(&mut self.goals, id, *it),
            Content::GoalUpdates(it) => into(&mut self.goal_updates, id, *it),
            Content::SafetyPlans(it) => into(&mut self.safety_plans, id, *it),
            Content::ChronologyEvents(it) => into(&mut self.chronology_events, id, *it),
            Content::SupervisionPlans(it) => into(&mut self.supervision_plans, id, *it),
            Content::Contributions(it) => into(&mut self.contributions, id, *it),
            Content::Supervisions(it) => into(&mut self.supervisions, id, *it),
            Content::ManagementDecisions(it) => into(&mut self.management_decisions, id, *it),
        }
    }
}
