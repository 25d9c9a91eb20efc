//! Random edits of a family's record: every kind of record, and each one as an honest device could
//! write it, given what that device holds.

#[path = "edits/family.rs"]
mod around;
#[path = "edits/plan.rs"]
mod plan;
#[path = "edits/visit.rs"]
mod visit;

use std::collections::BTreeMap;

use proptest::prelude::*;
use record::{
    Change, Document, Workbook, Writer,
    ids::{PersonId, mint},
    model::{Collection, Content, Record},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::family::{at, manager, recovery_worker, social_worker, write};

/// What an edit adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A visit, with whatever comes of it.
    Visit,
    /// News of an action between visits: done, not done, open again.
    News,
    /// A manager withdraws an entry.
    Withdraw,
    /// Somebody appends to an entry.
    Append,
    /// Somebody closes a concern.
    Close,
    /// A concern and an action raised later, about an earlier visit or about none.
    Raise,
    /// Something said about a person, whatever others said.
    Fact,
    /// What is said about a person settled by somebody.
    Settle,
    Person,
    Professional,
    Household,
    Membership,
    Relationship,
    /// A child comes under another plan.
    Plan,
    Goal,
    GoalNews,
    SafetyPlan,
    SupervisionPlan,
    Contribution,
    /// A group supervision with an action: it closes the period.
    Supervision,
    /// A management decision.
    Decision,
    /// Back-history.
    History,
}

impl Kind {
    const OFTEN: [Self; 4] = [Self::Visit, Self::Visit, Self::Visit, Self::News];
    const ALL: [Self; 22] = [
        Self::Visit,
        Self::News,
        Self::Withdraw,
        Self::Append,
        Self::Close,
        Self::Raise,
        Self::Fact,
        Self::Settle,
        Self::Person,
        Self::Professional,
        Self::Household,
        Self::Membership,
        Self::Relationship,
        Self::Plan,
        Self::Goal,
        Self::GoalNews,
        Self::SafetyPlan,
        Self::SupervisionPlan,
        Self::Contribution,
        Self::Supervision,
        Self::Decision,
        Self::History,
    ];

    /// Whether only a manager may write it.
    pub(crate) fn needs_manager(self) -> bool {
        matches!(
            self,
            Self::Withdraw
                | Self::Professional
                | Self::SupervisionPlan
                | Self::Supervision
                | Self::Decision
        )
    }
}

/// One edit; the numbers choose among what there is by then, and what is said.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edit {
    pub(crate) kind: Kind,
    /// The day of September that it is about.
    pub(crate) day: i8,
    /// A bit for each thing that may be said.
    pub(crate) says: u32,
    pub(crate) pick: u8,
}

impl Edit {
    fn says(self, bit: u32) -> bool {
        self.says & 1 << bit != 0
    }
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let kind = prop_oneof![
        1 => prop::sample::select(&Kind::OFTEN[..]),
        1 => prop::sample::select(&Kind::ALL[..]),
    ];
    (kind, 1i8..=30, any::<u32>(), any::<u8>()).prop_map(|(kind, day, says, pick)| Edit {
        kind,
        day,
        says,
        pick,
    })
}

/// Who has written what so far: makes ids and words that nobody else has.
pub(crate) struct Written {
    device: u8,
    count: u64,
}

/// What an edit is written from.
struct Hand<'a> {
    written: &'a mut Written,
    /// What its author holds.
    held: &'a Workbook,
    writer: &'a Writer,
    edit: Edit,
}

impl Written {
    pub(crate) fn on(device: u8) -> Self {
        Self { device, count: 0 }
    }

    /// Writes the edit; `None` when there is nothing yet that it could be about.
    pub(crate) fn write(&mut self, document: &mut Document, edit: Edit) -> Option<Change> {
        self.write_holding(&document.read(), document, edit)
    }

    /// The same by somebody who holds no more than a workbook read before.
    pub(crate) fn write_holding(
        &mut self,
        held: &Workbook,
        document: &mut Document,
        edit: Edit,
    ) -> Option<Change> {
        let writer = match (edit.kind.needs_manager(), edit.pick % 3) {
            (true, _) | (_, 0) => manager(),
            (_, 1) => social_worker(),
            _ => recovery_worker(),
        };
        let records = self.records(held, edit, &writer)?;
        Some(write(document, &records, &writer).unwrap())
    }

    /// The records of an edit by a writer who holds this workbook.
    pub(crate) fn records(
        &mut self,
        held: &Workbook,
        edit: Edit,
        writer: &Writer,
    ) -> Option<Vec<Record>> {
        Hand {
            written: self,
            held,
            writer,
            edit,
        }
        .records()
    }
}

impl Hand<'_> {
    fn records(&mut self) -> Option<Vec<Record>> {
        match self.edit.kind {
            Kind::Visit => Some(self.visit()),
            Kind::News => self.news(),
            Kind::Withdraw => self.withdraw(),
            Kind::Append => self.append(),
            Kind::Close => self.close(),
            Kind::Raise => {
                let entry = self.chosen(&self.held.entries).filter(|_| self.says(0));
                let entry = entry.map(|it| it.to_string());
                Some(self.raise(entry.as_deref()))
            }
            Kind::Fact => self.fact(false),
            Kind::Settle => self.fact(true),
            Kind::Person => Some(self.person()),
            Kind::Professional => Some(self.professional()),
            Kind::Household => Some(self.household()),
            Kind::Membership => self.membership(),
            Kind::Relationship => self.relationship(),
            Kind::Plan => self.plan(),
            Kind::Goal => Some(self.goal(None)),
            Kind::GoalNews => self.goal_news(),
            Kind::SafetyPlan => Some(self.safety_plan(None)),
            Kind::SupervisionPlan => Some(self.supervision_plan()),
            Kind::Contribution => self.contribution(),
            Kind::Supervision => Some(self.supervision()),
            Kind::Decision => Some(self.decision()),
            Kind::History => Some(self.history()),
        }
    }

    fn says(&self, bit: u32) -> bool {
        self.edit.says(bit)
    }

    /// The day that it is about, or one a little later.
    fn day(&self, later: i8) -> String {
        format!("2026-09-{:02}", (self.edit.day + later).min(30))
    }

    fn chosen<K: Copy, V>(&self, from: &BTreeMap<K, V>) -> Option<K> {
        let at = usize::from(self.edit.pick) % from.len().max(1);
        from.keys().nth(at).copied()
    }

    fn person_id(&self) -> Option<PersonId> {
        self.chosen(&self.held.people)
    }

    fn child(&self) -> Option<PersonId> {
        let people = self.held.people.iter();
        let children: BTreeMap<_, _> = people.filter(|(_, it)| it.role.is_child()).collect();
        self.chosen(&children).copied()
    }

    /// Whoever takes part: a member of the family, a professional, or somebody known by name.
    fn party(&self) -> Value {
        match (self.person_id(), self.edit.says >> 8 & 7) {
            (_, 0) => json!({"named": "a neighbour"}),
            (_, 1) => json!({"professional": self.writer.professional}),
            (Some(person), _) => json!({"person": person}),
            (None, _) => json!({"named": "somebody"}),
        }
    }

    fn fresh(&mut self) -> String {
        self.written.count += 1;
        let random = [self.written.device; 10];
        let id: Uuid = mint(1_750_000_000_000 + self.written.count, random);
        id.to_string()
    }

    /// Words that nobody else writes.
    fn words(&self, what: &str) -> String {
        format!("{what} {}.{}", self.written.device, self.written.count)
    }

    /// A record by this writer under a fresh id; what is null is left out.
    fn record(&mut self, collection: Collection, mut value: Value) -> Record {
        let id = self.fresh();
        value["by"] = json!(self.writer.professional);
        if value.get("at").is_none() {
            value["at"] = json!(at());
        }
        Record {
            id,
            content: Content::from_value(collection, without_nulls(value)).unwrap(),
        }
    }
}

/// JSON has no way to leave a field out in passing.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, it)| !it.is_null())
            .map(|(key, it)| (key, without_nulls(it)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}
