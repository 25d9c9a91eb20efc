//! Whether everything that a record refers to is in the document or comes with the same change; from
//! a compartment also in what it may name of the team's document.

use std::{collections::HashMap, fmt::Display};

use super::{Context, superseded};
use crate::{
    Document, Refusal, Rule,
    ids::{PersonId, RecordId},
    model::{
        ActionUpdate, Collection, Content, Entry, Party, Record, SafetyPlan, Supervision, View,
    },
};

/// What can be referred to: the document's records and those of the change itself.
pub(super) struct Index<'a> {
    context: &'a Context<'a>,
    document: &'a Document,
    records: HashMap<(Collection, &'a str), &'a Content>,
}

impl<'a> Index<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        document: &'a Document,
        records: &'a [Record],
    ) -> Self {
        let records = records
            .iter()
            .map(|r| ((r.content.collection(), r.id.as_str()), &r.content))
            .collect();
        Self {
            context,
            document,
            records,
        }
    }

    pub(super) fn need(
        &self,
        collection: Collection,
        id: impl Display,
        field: &str,
    ) -> Result<(), Refusal> {
        let id = id.to_string();
        let outside = self.context.outside(collection);
        if self.is_here(collection, &id) || outside.is_some_and(|it| it.contains(collection, &id)) {
            Ok(())
        } else {
            Err(unknown(collection.name(), field))
        }
    }

    /// As [`Index::need`], in this very document: what changes how something stands lives with it.
    pub(super) fn need_here(
        &self,
        collection: Collection,
        id: impl Display,
        field: &str,
    ) -> Result<(), Refusal> {
        if self.is_here(collection, &id.to_string()) {
            Ok(())
        } else {
            Err(unknown(collection.name(), field))
        }
    }

    fn is_here(&self, collection: Collection, id: &str) -> bool {
        self.records.contains_key(&(collection, id)) || self.document.contains(collection, id)
    }

    /// A record of this document or of the change itself.
    pub(super) fn record(&self, collection: Collection, id: RecordId) -> Option<Content> {
        let id = id.to_string();
        let here = self
            .records
            .get(&(collection, id.as_str()))
            .map(|content| (*content).clone());
        here.or_else(|| self.document.get(collection, &id))
    }

    fn need_party(&self, party: &Party, field: &str) -> Result<(), Refusal> {
        match party {
            Party::Person(id) => self.need(Collection::People, id, field),
            Party::Professional(id) => self.need(Collection::Professionals, id, field),
            Party::Named(_) => Ok(()),
        }
    }
}

fn unknown(what: &str, field: &str) -> Refusal {
    Refusal::new(
        Rule::UnknownReference,
        format!("this refers to one of {what} that the workbook does not hold: sync, then write it again"),
    )
    .at(field)
}

pub(super) fn check(record: &Record, index: &Index<'_>) -> Result<(), Refusal> {
    check_content(&record.content, index).map_err(|refusal| refusal.on(record.path()))
}

fn check_content(content: &Content, index: &Index<'_>) -> Result<(), Refusal> {
    match content {
        Content::Covers(_)
        | Content::People(_)
        | Content::Households(_)
        | Content::Professionals(_)
        | Content::ManagementDecisions(_) => Ok(()),
        Content::Facts(fact) => {
            index.need(Collection::People, fact.person, "person")?;
            each("supersedes", &fact.supersedes, |id, at| {
                superseded::check_fact(fact, *id, at, index)
            })?;
            fact.entry
                .map_or(Ok(()), |id| index.need(Collection::Entries, id, "entry"))
        }
        Content::Memberships(membership) => {
            index.need(Collection::Households, membership.household, "household")?;
            index.need(Collection::People, membership.person, "person")
        }
        Content::Relationships(relationship) => {
            index.need(Collection::People, relationship.person, "person")?;
            index.need(Collection::People, relationship.of, "of")
        }
        Content::Entries(entry) => check_entry(entry, index),
        Content::Appendments(appendment) => {
            index.need(Collection::Entries, appendment.entry, "entry")
        }
        Content::Withdrawals(withdrawal) => {
            index.need(Collection::Entries, withdrawal.entry, "entry")
        }
        Content::Concerns(concern) => {
            concern
                .entry
                .map_or(Ok(()), |id| index.need(Collection::Entries, id, "entry"))?;
            people("children", &concern.children, index)?;
            people("adults", &concern.adults, index)
        }
        Content::Actions(action) => {
            optional(Collection::Entries, action.entry, "entry", index)?;
            optional(
                Collection::Supervisions,
                action.supervision,
                "supervision",
                index,
            )?;
            people("about", &action.about, index)?;
            action
                .owner
                .as_ref()
                .map_or(Ok(()), |owner| index.need_party(owner, "owner"))
        }
        Content::ActionUpdates(update) => index.need(Collection::Actions, update.action, "action"),
        Content::ConcernClosures(closure) => {
            index.need_here(Collection::Concerns, closure.concern, "concern")
        }
        Content::PlanStatuses(change) => {
            index.need(Collection::People, change.child, "child")?;
            each("supersedes", &change.supersedes, |id, at| {
                superseded::check_plan_change(change, *id, at, index)
            })
        }
        Content::Goals(goal) => {
            people("children", &goal.children, index)?;
            optional(Collection::Entries, goal.entry, "entry", index)
        }
        Content::GoalUpdates(update) => index.need(Collection::Goals, update.goal, "goal"),
        Content::SafetyPlans(plan) => check_safety_plan(plan, index),
        Content::ChronologyEvents(event) => people("people", &event.people, index),
        Content::SupervisionPlans(plan) => {
            index.need(Collection::Professionals, plan.chair, "chair")
        }
        Content::Contributions(contribution) => {
            index.need(Collection::SupervisionPlans, contribution.plan, "plan")
        }
        Content::Supervisions(supervision) => check_supervision(supervision, index),
    }
}

fn optional(
    collection: Collection,
    id: Option<impl Display>,
    field: &str,
    index: &Index<'_>,
) -> Result<(), Refusal> {
    id.map_or(Ok(()), |id| index.need(collection, id, field))
}

fn check_safety_plan(plan: &SafetyPlan, index: &Index<'_>) -> Result<(), Refusal> {
    let party = |it: &Party, at: &str| index.need_party(it, at);
    each("agreedWith", &plan.agreed_with, party)?;
    each("mustNotBeSharedWith", &plan.must_not_be_shared_with, party)?;
    each("supersedes", &plan.supersedes, |id, at| {
        index.need(Collection::SafetyPlans, id, at)
    })?;
    optional(Collection::Entries, plan.entry, "entry", index)
}

fn check_supervision(supervision: &Supervision, index: &Index<'_>) -> Result<(), Refusal> {
    let party = |it: &Party, at: &str| index.need_party(it, at);
    optional(
        Collection::SupervisionPlans,
        supervision.plan,
        "plan",
        index,
    )?;
    index.need(Collection::Professionals, supervision.chair, "chair")?;
    each("attendees", &supervision.attendees, party)?;
    each("apologies", &supervision.apologies, party)?;
    each("disagreements", &supervision.disagreements, |it, at| {
        each(&format!("{at}/between"), &it.between, party)
    })?;
    each("minorityViews", &supervision.minority_views, |it, at| {
        index.need_party(&it.holder, &format!("{at}/holder"))
    })
}

fn check_entry(entry: &Entry, index: &Index<'_>) -> Result<(), Refusal> {
    each("present", &entry.present, |party, at| {
        index.need_party(party, at)
    })?;
    each("absent", &entry.absent, |party, at| {
        index.need_party(party, at)
    })?;
    each("children", &entry.children, |child, at| {
        index.need(Collection::People, child.child, &format!("{at}/child"))
    })?;
    each("statements", &entry.statements, |statement, at| {
        if let Some(source) = &statement.source {
            index.need_party(source, &format!("{at}/source"))?;
        }
        people(&format!("{at}/about"), &statement.about, index)
    })?;
    if let Some(analysis) = &entry.analysis {
        each("analysis/meaning", &analysis.meaning, |meaning, at| {
            index.need(Collection::People, meaning.child, &format!("{at}/child"))
        })?;
    }
    each("strengths", &entry.strengths, |strength, at| {
        people(&format!("{at}/about"), &strength.about, index)
    })?;
    if let Some(event) = &entry.significant_event {
        people("significantEvent/about", &event.about, index)?;
    }
    each("views", &entry.views, |view: &View, at| {
        index.need(Collection::Concerns, view.concern, &format!("{at}/concern"))?;
        index.need_party(&view.holder, &format!("{at}/holder"))
    })?;
    each("readings", &entry.readings, |reading, at| {
        index.need_party(&reading.holder, &format!("{at}/holder"))
    })?;
    each("tools", &entry.tools, |used, at| {
        each(&format!("{at}/with"), &used.with, |party, at| {
            index.need_party(party, at)
        })
    })?;
    each(
        "actionUpdates",
        &entry.action_updates,
        |update: &ActionUpdate, at| {
            index.need(Collection::Actions, update.action, &format!("{at}/action"))
        },
    )
}

fn people(field: &str, ids: &[PersonId], index: &Index<'_>) -> Result<(), Refusal> {
    each(field, ids, |id, at| index.need(Collection::People, id, at))
}

fn each<T>(
    field: &str,
    items: &[T],
    check: impl Fn(&T, &str) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    items
        .iter()
        .enumerate()
        .try_for_each(|(at, item)| check(item, &format!("{field}/{at}")))
}
