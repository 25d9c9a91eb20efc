//! One workbook read together with another: the team's with a compartment's.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fmt::Display,
};

use super::{Unreadable, Workbook};
use crate::model::Collection;

impl Workbook {
    /// What of the team's record says for whom a compartment's visits count: people, what is said about
    /// them, their plans, and who writes. Without what the team itself did.
    #[must_use]
    pub fn for_compartments(&self) -> Self {
        Self {
            people: self.people.clone(),
            facts: self.facts.clone(),
            plan_statuses: self.plan_statuses.clone(),
            professionals: self.professionals.clone(),
            ..Self::default()
        }
    }

    /// That with a compartment's own records.
    #[must_use]
    pub fn with_compartment(mut self, compartment: &Self) -> Self {
        self.absorb(compartment.clone());
        self
    }

    /// Takes in the records of a compartment. Its cover says nothing about the family and stays out.
    pub(crate) fn absorb(&mut self, other: Self) {
        let lost = &mut self.unreadable;
        let at = Collection::People;
        join(&mut self.people, other.people, at, lost);
        join(&mut self.facts, other.facts, Collection::Facts, lost);
        let at = Collection::Households;
        join(&mut self.households, other.households, at, lost);
        let at = Collection::Memberships;
        join(&mut self.memberships, other.memberships, at, lost);
        let at = Collection::Relationships;
        join(&mut self.relationships, other.relationships, at, lost);
        let at = Collection::Professionals;
        join(&mut self.professionals, other.professionals, at, lost);
        join(&mut self.entries, other.entries, Collection::Entries, lost);
        let at = Collection::Concerns;
        join(&mut self.concerns, other.concerns, at, lost);
        join(&mut self.actions, other.actions, Collection::Actions, lost);
        let at = Collection::Appendments;
        join(&mut self.appendments, other.appendments, at, lost);
        let at = Collection::Withdrawals;
        join(&mut self.withdrawals, other.withdrawals, at, lost);
        let at = Collection::ActionUpdates;
        join(&mut self.action_updates, other.action_updates, at, lost);
        let at = Collection::ConcernClosures;
        join(&mut self.concern_closures, other.concern_closures, at, lost);
        let at = Collection::PlanStatuses;
        join(&mut self.plan_statuses, other.plan_statuses, at, lost);
        join(&mut self.goals, other.goals, Collection::Goals, lost);
        let at = Collection::GoalUpdates;
        join(&mut self.goal_updates, other.goal_updates, at, lost);
        let at = Collection::SafetyPlans;
        join(&mut self.safety_plans, other.safety_plans, at, lost);
        let (mine, theirs) = (&mut self.chronology_events, other.chronology_events);
        join(mine, theirs, Collection::ChronologyEvents, lost);
        let (mine, theirs) = (&mut self.supervision_plans, other.supervision_plans);
        join(mine, theirs, Collection::SupervisionPlans, lost);
        let at = Collection::Contributions;
        join(&mut self.contributions, other.contributions, at, lost);
        let at = Collection::Supervisions;
        join(&mut self.supervisions, other.supervisions, at, lost);
        let (mine, theirs) = (&mut self.management_decisions, other.management_decisions);
        join(mine, theirs, Collection::ManagementDecisions, lost);
        lost.extend(other.unreadable);
    }
}

/// Adds records under ids that are free; the others are named as lost.
fn join<K: Ord + Display, V>(
    mine: &mut BTreeMap<K, V>,
    theirs: BTreeMap<K, V>,
    collection: Collection,
    lost: &mut Vec<Unreadable>,
) {
    for (id, record) in theirs {
        match mine.entry(id) {
            Entry::Vacant(free) => {
                free.insert(record);
            }
            Entry::Occupied(taken) => lost.push(Unreadable {
                record: format!("{}/{}", collection.name(), taken.key()),
                why: "it stands in two documents".to_owned(),
            }),
        }
    }
}
