//! The builder: steps in order, each one change of one author; a workbook with or without an entry.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use record::{
    Document, Writer,
    ids::{EntryId, mint},
    model::{Action, Concern, Content, Entry, Occurred, Record},
    propose,
    terms::EntryKind,
};
use uuid::Uuid;

use crate::family::visit;

/// One change.
pub(crate) struct Step {
    pub(crate) by: Writer,
    pub(crate) at: Timestamp,
    pub(crate) record: Record,
}

/// A family's changes in the order in which they were made.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) steps: Vec<Step>,
    minted: u16,
}

/// An id that is the same in every run.
pub(crate) fn number<T: From<Uuid>>(n: u16) -> T {
    let mut random = [0; 10];
    random[8..].copy_from_slice(&n.to_be_bytes());
    mint(1_770_000_000_000 + u64::from(n), random).into()
}

/// Early evening of a day.
pub(crate) fn evening(day: Date) -> Timestamp {
    let at = day.at(18, 0, 0, 0).to_zoned(TimeZone::UTC);
    at.unwrap().timestamp()
}

impl Book {
    /// Writes a record under a known id.
    pub(crate) fn put(
        &mut self,
        by: &Writer,
        day: Date,
        id: impl std::fmt::Display,
        content: impl Into<Content>,
    ) {
        self.steps.push(Step {
            by: by.clone(),
            at: evening(day),
            record: Record::new(id, content),
        });
    }

    /// Writes a record under the next id.
    pub(crate) fn add<T>(&mut self, by: &Writer, day: Date, content: impl Into<Content>) -> T
    where
        T: From<Uuid> + std::fmt::Display + Copy,
    {
        self.minted += 1;
        let id: T = number(1_000 + self.minted);
        self.put(by, day, id, content);
        id
    }

    /// Writes an entry.
    pub(crate) fn entry(
        &mut self,
        by: &Writer,
        day: Date,
        kind: EntryKind,
        fill: impl FnOnce(&mut Entry),
    ) -> EntryId {
        let mut entry = visit(by, 1);
        entry.kind = kind;
        entry.occurred = Occurred::at(day.at(16, 0, 0, 0), None);
        entry.at = evening(day);
        fill(&mut entry);
        self.add(by, day, entry)
    }

    /// The document that all changes make.
    pub(crate) fn document(&self) -> Document {
        let mut document = Document::genesis();
        for step in &self.steps {
            let actor = *step.by.professional.as_uuid().as_bytes();
            let records = [step.record.clone()];
            propose(&mut document, &records, &step.by, &actor, step.at).unwrap();
        }
        document
    }

    /// The same family as it stood on the evening of a day.
    pub(crate) fn until(mut self, day: Date) -> Self {
        self.steps.retain(|step| step.at <= evening(day));
        self
    }

    /// The same family without one entry and what was written in it, as if it had never been made.
    pub(crate) fn without(mut self, entry: EntryId) -> Self {
        let mut gone = vec![entry.to_string()];
        self.steps.retain_mut(|step| {
            let written_in = match &mut step.record.content {
                Content::Concerns(it) => it.entry == Some(entry),
                Content::Actions(it) => it.entry == Some(entry),
                Content::Facts(it) => it.entry == Some(entry),
                Content::Goals(it) => it.entry == Some(entry),
                Content::SafetyPlans(it) => it.entry == Some(entry),
                Content::Withdrawals(it) => it.entry == entry,
                Content::Appendments(it) => it.entry == entry,
                Content::ActionUpdates(it) => gone.contains(&it.action.to_string()),
                Content::Entries(it) => {
                    it.views
                        .retain(|it| !gone.contains(&it.concern.to_string()));
                    it.action_updates
                        .retain(|it| !gone.contains(&it.action.to_string()));
                    step.record.id == entry.to_string()
                }
                _ => false,
            };
            if written_in {
                gone.push(step.record.id.clone());
            }
            !written_in
        });
        self
    }
}

/// A concern raised in an entry.
pub(crate) fn concern(by: &Writer, day: Date, entry: EntryId, statement: &str) -> Concern {
    Concern {
        entry: Some(entry),
        statement: statement.into(),
        domain: None,
        children: vec![],
        adults: vec![],
        by: by.professional,
        at: evening(day),
    }
}

/// An action agreed in an entry, or elsewhere.
pub(crate) fn action(by: &Writer, day: Date, entry: Option<EntryId>, text: &str) -> Action {
    Action {
        about: vec![],
        entry,
        supervision: None,
        text: text.into(),
        owner: None,
        due: None,
        effect: None,
        by: by.professional,
        at: evening(day),
    }
}
