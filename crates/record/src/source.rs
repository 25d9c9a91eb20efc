//! What every reading reads: the workbook up to a day, without withdrawn entries, and how to cite it.
//!
//! A record counts by the day that people gave it (when a visit took place, when a supervision was
//! held), never by a device's clock: a phone whose clock is fast must not make its records
//! disappear. To see what was known at an earlier moment, read the document at that point of its
//! history instead ([`crate::Document::read_at`]).

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    Workbook,
    calendar::local,
    ids::{EntryId, PersonId, ProfessionalId},
    model::{Collection, Entry, Party},
    terms::Compartment,
};

/// Where a sentence comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Citation {
    /// Who wrote it.
    pub author: String,
    /// Their discipline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discipline: Option<String>,
    /// The date of the contact, or of the record.
    pub date: Date,
    /// The record, as `collection/id`.
    pub record: String,
    /// The entry to open, where the record is one or belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
}

/// A sentence with what it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Line {
    /// The sentence.
    pub text: String,
    /// Its sources, never empty.
    pub citations: Vec<Citation>,
    /// The compartments that it would not stand without: what must not be said outside them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub compartments: Vec<Compartment>,
}

impl Line {
    /// A sentence of the team's.
    pub(crate) fn new(text: impl Into<String>, citations: Vec<Citation>) -> Self {
        Self {
            text: text.into(),
            citations,
            compartments: Vec::new(),
        }
    }
}

/// The workbook up to a day, with its usable entries.
pub(crate) struct Source<'a> {
    pub(crate) workbook: &'a Workbook,
    pub(crate) as_of: Date,
    /// Entries up to that day that nobody has withdrawn, newest first.
    pub(crate) entries: Vec<(EntryId, &'a Entry)>,
    withdrawn: BTreeSet<EntryId>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(workbook: &'a Workbook, as_of: Date) -> Self {
        let withdrawn: BTreeSet<_> = workbook.withdrawals.values().map(|it| it.entry).collect();
        let mut entries: Vec<_> = workbook
            .entries
            .iter()
            .filter(|(id, entry)| entry.occurred.start.date() <= as_of && !withdrawn.contains(id))
            .map(|(id, entry)| (*id, entry))
            .collect();
        entries.sort_by_key(|(id, entry)| std::cmp::Reverse((entry.occurred.start, *id)));
        Self {
            workbook,
            as_of,
            entries,
            withdrawn,
        }
    }

    /// The workbook without an end.
    pub(crate) fn whole(workbook: &'a Workbook) -> Self {
        Self::new(workbook, Date::MAX)
    }

    /// An entry that counts.
    pub(crate) fn entry(&self, id: EntryId) -> Option<&'a Entry> {
        let entry = self.workbook.entries.get(&id)?;
        let counts = entry.occurred.start.date() <= self.as_of && !self.withdrawn.contains(&id);
        counts.then_some(entry)
    }

    pub(crate) fn cite(&self, id: EntryId, entry: &Entry) -> Citation {
        Citation {
            author: self.workbook.professional_name(entry.by).to_owned(),
            discipline: Some(entry.discipline.label().to_owned()),
            date: entry.occurred.start.date(),
            record: format!("{}/{id}", Collection::Entries.name()),
            entry: Some(id),
        }
    }

    pub(crate) fn line(&self, text: impl Into<String>, id: EntryId, entry: &Entry) -> Line {
        Line {
            compartments: vec![],
            text: text.into(),
            citations: vec![self.cite(id, entry)],
        }
    }

    /// Cites a record that is no entry, by the day on which it was written, as the calendar on the
    /// wall had it.
    pub(crate) fn cite_record(
        &self,
        record: String,
        by: ProfessionalId,
        at: Timestamp,
    ) -> Citation {
        self.cite_dated(record, by, local(at).date())
    }

    /// Cites a record that is no entry, by the day that it is about.
    pub(crate) fn cite_dated(&self, record: String, by: ProfessionalId, date: Date) -> Citation {
        Citation {
            author: self.workbook.professional_name(by).to_owned(),
            discipline: self
                .workbook
                .professionals
                .get(&by)
                .map(|it| it.discipline.label().to_owned()),
            date,
            record,
            entry: None,
        }
    }

    /// Cites a record that may have been written in an entry: by that entry where there is one.
    /// `None` when that entry does not count.
    pub(crate) fn cite_written_in(
        &self,
        entry: Option<EntryId>,
        record: String,
        by: ProfessionalId,
        at: Timestamp,
    ) -> Option<Citation> {
        match entry {
            Some(id) => self.entry(id).map(|entry| self.cite(id, entry)),
            None => Some(self.cite_record(record, by, at)),
        }
    }

    pub(crate) fn names(&self, people: &[PersonId]) -> Vec<String> {
        people
            .iter()
            .map(|id| self.workbook.person_name(*id))
            .collect()
    }

    pub(crate) fn parties(&self, parties: &[Party]) -> Vec<String> {
        parties
            .iter()
            .map(|party| self.workbook.party_name(party))
            .collect()
    }
}

impl Citation {
    /// A sentence with this one source.
    pub(crate) fn says(self, text: impl Into<String>) -> Line {
        Line {
            compartments: vec![],
            text: text.into(),
            citations: vec![self],
        }
    }
}
