//! What is gone from a document when one thing is: the thing, and the records that have no meaning
//! without it.

use std::collections::{BTreeMap, BTreeSet};

use super::Remove;
use crate::{
    ids::{ActionId, ConcernId, EntryId, PersonId, ProfessionalId, RecordId},
    model::{Collection, Content, Party, Record},
};

/// Everything that the new document will not hold.
pub(super) struct Gone {
    pub(super) remove: Remove,
    /// The removed entry's author.
    pub(super) author: Option<ProfessionalId>,
    dropped: BTreeSet<(Collection, String)>,
    /// What each dropped fact, change of plan or safety plan had superseded.
    superseded: BTreeMap<RecordId, Vec<RecordId>>,
    /// What other entries and records have built on since.
    built_on: BTreeSet<(Collection, String)>,
}

impl Gone {
    /// Finds what goes, until nothing more does.
    pub(super) fn find(records: &[&Record], remove: Remove) -> Self {
        let target = match remove {
            Remove::Entry(id) => Some((Collection::Entries, id.to_string())),
            Remove::Person(id) => Some((Collection::People, id.to_string())),
            Remove::Concern(id) => Some((Collection::Concerns, id.to_string())),
            Remove::Statement { .. } => None,
        };
        let author = records
            .iter()
            .find(|it| Some((it.content.collection(), it.id.clone())) == target)
            .map(|it| it.content.by());
        let mut gone = Self {
            remove,
            author,
            dropped: target.into_iter().collect(),
            superseded: BTreeMap::new(),
            built_on: BTreeSet::new(),
        };
        for record in records {
            gone.note_what_it_builds_on(record);
        }
        loop {
            let more: Vec<_> = records
                .iter()
                .map(|it| (it.content.collection(), it.id.clone(), it))
                .filter(|(collection, id, _)| !gone.dropped.contains(&(*collection, id.clone())))
                .filter(|(_, _, it)| gone.strip(it).is_none())
                .map(|(collection, id, _)| (collection, id))
                .collect();
            if more.is_empty() {
                break;
            }
            gone.dropped.extend(more);
        }
        for record in records {
            if gone.has(record.content.collection(), &record.id) {
                gone.note_what_it_superseded(record);
            }
        }
        gone
    }

    fn note_what_it_builds_on(&mut self, record: &Record) {
        let mut note = |collection, id: String| {
            self.built_on.insert((collection, id));
        };
        match &record.content {
            Content::Entries(entry)
                if !self
                    .dropped
                    .contains(&(Collection::Entries, record.id.clone())) =>
            {
                for view in &entry.views {
                    note(Collection::Concerns, view.concern.to_string());
                }
                for update in &entry.action_updates {
                    note(Collection::Actions, update.action.to_string());
                }
            }
            Content::ConcernClosures(it) => note(Collection::Concerns, it.concern.to_string()),
            Content::ActionUpdates(it) => note(Collection::Actions, it.action.to_string()),
            Content::GoalUpdates(it) => note(Collection::Goals, it.goal.to_string()),
            _ => {}
        }
    }

    fn note_what_it_superseded(&mut self, record: &Record) {
        let superseded = match &record.content {
            Content::Facts(fact) => &fact.supersedes,
            Content::SafetyPlans(plan) => &plan.supersedes,
            Content::PlanStatuses(change) => &change.supersedes,
            _ => return,
        };
        if let Ok(id) = record.id.parse() {
            self.superseded.insert(id, superseded.clone());
        }
    }

    fn has(&self, collection: Collection, id: &str) -> bool {
        self.dropped.contains(&(collection, id.to_owned()))
    }

    /// Whether a record that names an entry as its origin goes with it: it is the same author's, and
    /// nobody has built on it since.
    pub(super) fn goes_with_entry(&self, entry: Option<EntryId>, record: &Record) -> bool {
        entry.is_some_and(|id| self.entry(id))
            && self.author == Some(record.content.by())
            && !self
                .built_on
                .contains(&(record.content.collection(), record.id.clone()))
    }

    pub(super) fn is_dropped(&self, record: &Record) -> bool {
        self.has(record.content.collection(), &record.id)
    }

    pub(super) fn person(&self, id: PersonId) -> bool {
        self.remove == Remove::Person(id)
    }

    pub(super) fn party(&self, party: &Party) -> bool {
        matches!(party, Party::Person(id) if self.person(*id))
    }

    pub(super) fn entry(&self, id: EntryId) -> bool {
        self.remove == Remove::Entry(id)
    }

    pub(super) fn concern(&self, id: ConcernId) -> bool {
        self.has(Collection::Concerns, &id.to_string())
    }

    pub(super) fn action(&self, id: ActionId) -> bool {
        self.has(Collection::Actions, &id.to_string())
    }

    pub(super) fn goal(&self, id: RecordId) -> bool {
        self.has(Collection::Goals, &id.to_string())
    }

    /// A list of superseded records without what is gone. What a dropped record had superseded is
    /// superseded by its successor: it would stand as current again otherwise.
    pub(super) fn heirs(&self, supersedes: &[RecordId]) -> Vec<RecordId> {
        let mut heirs = Vec::new();
        let mut waiting: Vec<RecordId> = supersedes.iter().rev().copied().collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            match self.superseded.get(&id) {
                Some(before) => waiting.extend(before.iter().rev()),
                None => heirs.push(id),
            }
        }
        heirs
    }
}
