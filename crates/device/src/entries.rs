//! Complete entries, from the whole record.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use record::{
    Chronology, Workbook, chronology, contents,
    ids::{DocumentId, EntryId, FamilyId},
    model::Entry,
};

use crate::{
    Device, DeviceError,
    device::Need,
    quarantine::Quarantined,
    shapes::{AppendmentLine, EntryLine, EntryPage, Raised, SyncState, WithdrawalLine},
};

/// How much of an entry its line shows, in characters.
const FIRST_WORDS: usize = 140;

impl Device {
    /// Records that wait in the outbox, as `collection/id`.
    fn waiting_records(&self) -> BTreeSet<String> {
        let waiting = self
            .documents
            .values()
            .flat_map(|it| it.outbox.iter().chain(&it.stranded));
        let orphans = self.orphans.values().flatten();
        waiting
            .chain(orphans)
            .filter_map(|it| contents(&it.change).ok())
            .flatten()
            .map(|record| record.path())
            .collect()
    }

    /// The entries that the server does not have. All others are in the workbook.
    pub fn states(&self) -> BTreeMap<EntryId, SyncState> {
        let refused = self.quarantine.values().filter_map(Quarantined::entry);
        let mut states: BTreeMap<_, _> = refused.map(|id| (id, SyncState::Refused)).collect();
        for path in self.waiting_records() {
            if let Some(id) = path.strip_prefix("entries/").and_then(|id| id.parse().ok()) {
                states.insert(id, SyncState::OnThisPhone);
            }
        }
        states
    }

    /// Reads every document of the family whole.
    fn read_all(
        &mut self,
        family: FamilyId,
        now: Timestamp,
    ) -> Result<Vec<(DocumentId, Workbook)>, DeviceError> {
        self.require(family, Need::Record, now)?;
        let documents = self.of_family(family);
        let books = documents.into_iter().filter_map(|document| {
            let held = self.documents.get_mut(&document)?;
            Some((document, held.workbook()?.clone()))
        });
        Ok(books.collect())
    }

    /// The family's entries, newest first.
    ///
    /// # Errors
    /// [`DeviceError::NeedsRows`] until the record has been handed over.
    pub fn entries(
        &mut self,
        family: FamilyId,
        now: Timestamp,
    ) -> Result<Vec<EntryLine>, DeviceError> {
        let books = self.read_all(family, now)?;
        let states = self.states();
        let Some((_, team)) = books.first() else {
            return Err(DeviceError::UnknownFamily);
        };
        let mut lines: Vec<_> = books
            .iter()
            .flat_map(|(document, book)| {
                book.entries
                    .iter()
                    .map(|(id, entry)| self.line(*document, (team, book), (*id, entry), &states))
            })
            .collect();
        lines.sort_by_key(|it| std::cmp::Reverse((it.occurred.start, it.id)));
        Ok(lines)
    }

    fn line(
        &self,
        document: DocumentId,
        (team, book): (&Workbook, &Workbook),
        (id, entry): (EntryId, &Entry),
        states: &BTreeMap<EntryId, SyncState>,
    ) -> EntryLine {
        let appended = book
            .appendments
            .values()
            .filter(|it| it.entry == id)
            .count();
        EntryLine {
            id,
            document,
            kind: entry.kind.label().to_owned(),
            outcome: entry.outcome.label().to_owned(),
            occurred: entry.occurred,
            author: team.professional_name(entry.by).to_owned(),
            discipline: entry.discipline.label().to_owned(),
            compartment: self.compartment_of(document),
            mine: entry.by == self.profile.professional,
            state: states.get(&id).copied().unwrap_or(SyncState::InTheWorkbook),
            withdrawn: book.withdrawals.values().any(|it| it.entry == id),
            appendments: u32::try_from(appended).unwrap_or(u32::MAX),
            summary: first_words(entry),
        }
    }

    /// One entry with everything that belongs to it.
    ///
    /// # Errors
    /// [`DeviceError::NeedsRows`], or [`DeviceError::UnknownEntry`].
    pub fn entry(
        &mut self,
        family: FamilyId,
        id: EntryId,
        now: Timestamp,
    ) -> Result<EntryPage, DeviceError> {
        let books = self.read_all(family, now)?;
        let (document, book) = books
            .iter()
            .find(|(_, book)| book.entries.contains_key(&id))
            .ok_or(DeviceError::UnknownEntry)?;
        let team = &books.first().ok_or(DeviceError::UnknownFamily)?.1;
        let entry = book.entries.get(&id).ok_or(DeviceError::UnknownEntry)?;
        let states = self.states();
        let waiting = self.waiting_records();
        let line = self.line(*document, (team, book), (id, entry), &states);
        let concerns = [team, book].into_iter().flat_map(|it| &it.concerns);
        let concerns = concerns
            .filter(|(concern, it)| {
                it.entry == Some(id) || entry.views.iter().any(|view| view.concern == **concern)
            })
            .map(|(concern, it)| (*concern, raised(it, it.entry == Some(id))));
        let actions = book.actions.iter().filter(|(action, it)| {
            it.entry == Some(id)
                || entry
                    .action_updates
                    .iter()
                    .any(|news| news.action == **action)
        });
        let actions = actions.map(|(action, it)| (*action, raised(it, it.entry == Some(id))));
        let mut appendments: Vec<_> = book
            .appendments
            .iter()
            .filter(|(_, it)| it.entry == id)
            .map(|(record, it)| AppendmentLine {
                reason: it.reason.clone(),
                label: it.reason.label().to_owned(),
                text: it.text.clone(),
                author: team.professional_name(it.by).to_owned(),
                at: it.at,
                state: if waiting.contains(&format!("appendments/{record}")) {
                    SyncState::OnThisPhone
                } else {
                    SyncState::InTheWorkbook
                },
            })
            .collect();
        appendments.sort_by_key(|it| it.at);
        let withdrawal = book.withdrawals.values().find(|it| it.entry == id);
        Ok(EntryPage {
            family,
            concerns: concerns.collect(),
            actions: actions.collect(),
            people: team
                .people
                .keys()
                .map(|id| (*id, team.person_name(*id)))
                .collect(),
            professionals: team
                .professionals
                .iter()
                .map(|(id, it)| (*id, it.name.clone()))
                .collect(),
            appendments,
            withdrawal: withdrawal.map(|it| WithdrawalLine {
                reason: it.reason.clone(),
                author: team.professional_name(it.by).to_owned(),
                at: it.at,
            }),
            entry: entry.clone(),
            line,
        })
    }

    /// The family's chronology, with what the compartments on this phone add to it.
    ///
    /// # Errors
    /// [`DeviceError::NeedsRows`] until the record has been handed over.
    pub fn chronology(
        &mut self,
        family: FamilyId,
        now: Timestamp,
    ) -> Result<Chronology, DeviceError> {
        let mut books = self
            .read_all(family, now)?
            .into_iter()
            .map(|(_, book)| book);
        let team = books.next().ok_or(DeviceError::UnknownFamily)?;
        let mut whole = record::WholeFamily::new(team);
        for book in books {
            whole = match whole.clone().with(book) {
                Ok(with) => with,
                Err(_) => whole,
            };
        }
        Ok(chronology(&whole.whole()))
    }
}

fn raised<T: Clone>(record: &T, here: bool) -> Raised<T> {
    Raised {
        record: record.clone(),
        here,
    }
}

/// The first words of an entry that say something.
fn first_words(entry: &Entry) -> String {
    let statement = entry.statements.first().map(|it| it.text.as_str());
    let voice = entry.children.iter().find_map(|it| it.voice.as_ref());
    let text = statement
        .or(voice.map(|it| it.words.as_str()))
        .or(entry.purpose.as_deref())
        .unwrap_or_default();
    if text.chars().count() <= FIRST_WORDS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(FIRST_WORDS).collect();
    let whole = cut
        .rsplit_once(char::is_whitespace)
        .map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}
