//! What happened: significant events of entries, back-history, markers of what was withdrawn.

use std::collections::BTreeSet;

use super::{
    Category,
    events::{Told, event, on},
};
use crate::{
    about::Children,
    ids::{EntryId, RecordId},
    model::{ChronologyEvent, Entry, Party, SignificantEvent},
    source::Source,
};

pub(super) fn from_entry(
    source: &Source<'_>,
    children: &Children,
    id: EntryId,
    entry: &Entry,
    said: &SignificantEvent,
) -> Told {
    let around = children.of_entry(entry);
    let present = entry.present.iter().filter_map(|it| match it {
        Party::Person(id) => Some(*id),
        _ => None,
    });
    let mut people: Vec<_> = if said.about.is_empty() {
        around.iter().copied().chain(present).collect()
    } else {
        said.about.clone()
    };
    people.sort_unstable();
    people.dedup();
    let known_from = format!(
        "{} by {}",
        entry.kind.label(),
        source.workbook.professional_name(entry.by)
    );
    let words = [Some(&said.text), said.effect.as_ref()];
    Told {
        event: event(
            source,
            on(entry.occurred.start.date()),
            Category::Event(said.kind.clone()),
            people,
            (&said.text, said.effect.as_deref()),
            known_from,
            source.cite(id, entry),
        ),
        tags: said.about.clone(),
        around,
        words: words.into_iter().flatten().cloned().collect(),
    }
}

/// Markers for withdrawn entries that told a significant event.
pub(super) fn withdrawn(source: &Source<'_>, children: &Children) -> Vec<Told> {
    let workbook = source.workbook;
    let markers = workbook.withdrawals.iter().filter_map(|(id, it)| {
        let entry = workbook.entries.get(&it.entry)?;
        entry.significant_event.as_ref()?;
        let what = format!(
            "the entry of this day was withdrawn by a manager: {}",
            it.reason
        );
        let record = format!("withdrawals/{id}");
        Some(Told {
            event: event(
                source,
                on(entry.occurred.start.date()),
                Category::Withdrawn,
                Vec::new(),
                (&what, None),
                format!("withdrawal by {}", workbook.professional_name(it.by)),
                source.cite_record(record, it.by, it.at),
            ),
            tags: Vec::new(),
            around: children.of_entry(entry),
            words: Vec::new(),
        })
    });
    markers.collect()
}

pub(super) fn from_history(source: &Source<'_>, id: RecordId, it: &ChronologyEvent) -> Told {
    let citation = source.cite_record(format!("chronologyEvents/{id}"), it.by, it.at);
    Told {
        event: event(
            source,
            it.when,
            Category::Event(it.kind.clone()),
            it.people.clone(),
            (&it.text, it.effect.as_deref()),
            it.source.clone(),
            citation,
        ),
        tags: it.people.clone(),
        around: BTreeSet::new(),
        words: std::iter::once(&it.text)
            .chain(&it.effect)
            .cloned()
            .collect(),
    }
}
