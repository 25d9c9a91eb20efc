//! What becomes of each kind of record when something that it refers to is removed.
//!
//! Whose it is decides: what is said *about* the removed person alone, or *by* them (their view,
//! their reading, their voice), goes; what is somebody else's stays without the reference. Every kind
//! is named here, so that a new one can't be forgotten.

use super::{Remove, gone::Gone};
use crate::{
    ids::{EntryId, PersonId},
    model::{Content, Party, Record, SafetyPlan, Supervision},
};

impl Gone {
    /// The record without what is gone; `None` when it goes itself.
    pub(super) fn strip(&self, record: &Record) -> Option<Record> {
        if self.is_dropped(record) {
            return None;
        }
        let mut stripped = record.clone();
        let stays = match &mut stripped.content {
            Content::Covers(_)
            | Content::People(_)
            | Content::Households(_)
            | Content::Professionals(_)
            | Content::SupervisionPlans(_)
            | Content::Contributions(_)
            | Content::ManagementDecisions(_) => true,
            Content::Facts(it) => {
                it.supersedes = self.heirs(&it.supersedes);
                let origin = it.entry;
                !self.person(it.person) && self.keep_origin(&mut it.entry, origin, record)
            }
            Content::Memberships(it) => !self.person(it.person),
            Content::Relationships(it) => !self.person(it.person) && !self.person(it.of),
            Content::PlanStatuses(it) => {
                it.supersedes = self.heirs(&it.supersedes);
                !self.person(it.child)
            }
            Content::Entries(it) => {
                self.strip_entry(&record.id, it);
                true
            }
            Content::Appendments(it) => !self.entry(it.entry),
            Content::Withdrawals(it) => !self.entry(it.entry),
            Content::Concerns(it) => {
                self.keep_people(&mut it.children);
                self.keep_people(&mut it.adults);
                let origin = it.entry;
                self.keep_origin(&mut it.entry, origin, record)
            }
            Content::ConcernClosures(it) => !self.concern(it.concern),
            Content::Actions(it) => {
                it.owner = it.owner.take().filter(|owner| !self.party(owner));
                let origin = it.entry;
                let others = self.keep_unless_alone(&mut it.about);
                self.keep_origin(&mut it.entry, origin, record) && others
            }
            Content::ActionUpdates(it) => !self.action(it.action),
            Content::Goals(it) => {
                self.keep_people(&mut it.children);
                let origin = it.entry;
                self.keep_origin(&mut it.entry, origin, record)
            }
            Content::GoalUpdates(it) => !self.goal(it.goal),
            Content::SafetyPlans(it) => self.strip_safety_plan(it, record),
            Content::ChronologyEvents(it) => self.keep_unless_alone(&mut it.people),
            Content::Supervisions(it) => {
                self.strip_supervision(it);
                true
            }
        };
        stays.then_some(stripped)
    }

    /// Takes a removed entry out of a record that names it as its origin; whether the record stays.
    fn keep_origin(
        &self,
        entry: &mut Option<EntryId>,
        origin: Option<EntryId>,
        record: &Record,
    ) -> bool {
        *entry = origin.filter(|id| !self.entry(*id));
        !self.goes_with_entry(origin, record)
    }

    fn strip_entry(&self, id: &str, entry: &mut crate::model::Entry) {
        if let Remove::Statement { entry: of, index } = self.remove
            && of.to_string() == id
            && index < entry.statements.len()
        {
            entry.statements.remove(index);
        }
        self.keep_parties(&mut entry.present);
        self.keep_parties(&mut entry.absent);
        entry.children.retain(|it| !self.person(it.child));
        entry
            .statements
            .retain_mut(|it| self.keep_unless_alone(&mut it.about));
        for statement in &mut entry.statements {
            statement.source = statement.source.take().filter(|it| !self.party(it));
        }
        if let Some(analysis) = &mut entry.analysis {
            analysis.meaning.retain(|it| !self.person(it.child));
        }
        entry
            .strengths
            .retain_mut(|it| self.keep_unless_alone(&mut it.about));
        entry
            .views
            .retain(|it| !self.party(&it.holder) && !self.concern(it.concern));
        entry.readings.retain(|it| !self.party(&it.holder));
        entry.tools.retain_mut(|it| {
            let nobody = it.with.is_empty();
            self.keep_parties(&mut it.with);
            // A score with nobody left belongs to the removed person.
            nobody || !it.with.is_empty()
        });
        entry.action_updates.retain(|it| !self.action(it.action));
        if let Some(event) = &mut entry.significant_event
            && !self.keep_unless_alone(&mut event.about)
        {
            entry.significant_event = None;
        }
    }

    fn strip_safety_plan(&self, plan: &mut SafetyPlan, record: &Record) -> bool {
        self.keep_parties(&mut plan.agreed_with);
        self.keep_parties(&mut plan.must_not_be_shared_with);
        plan.supersedes = self.heirs(&plan.supersedes);
        let origin = plan.entry;
        self.keep_origin(&mut plan.entry, origin, record)
    }

    fn strip_supervision(&self, supervision: &mut Supervision) {
        self.keep_parties(&mut supervision.attendees);
        self.keep_parties(&mut supervision.apologies);
        for disagreement in &mut supervision.disagreements {
            self.keep_parties(&mut disagreement.between);
        }
        supervision
            .minority_views
            .retain(|it| !self.party(&it.holder));
    }

    fn keep_parties(&self, parties: &mut Vec<Party>) {
        parties.retain(|it| !self.party(it));
    }

    fn keep_people(&self, people: &mut Vec<PersonId>) {
        people.retain(|it| !self.person(*it));
    }

    /// Takes the person out; whether what is left is still about somebody, or was about nobody.
    fn keep_unless_alone(&self, people: &mut Vec<PersonId>) -> bool {
        let nobody = people.is_empty();
        self.keep_people(people);
        nobody || !people.is_empty()
    }
}
