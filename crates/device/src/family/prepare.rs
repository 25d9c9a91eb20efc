//! The prepare card: read in the car, before the visit.

use std::collections::BTreeMap;

use record::{
    Summary, Timescale, Workbook,
    ids::{EntryId, PersonId},
    model::{Entry, Party},
};

use crate::shapes::{Prepare, PrepareChild, SaidLast};

/// Draws up the card.
pub(super) fn prepare(workbook: &Workbook, summary: &Summary, due: &[Timescale]) -> Prepare {
    let children = summary.children.iter().map(|child| PrepareChild {
        child: child.child,
        name: child.name.clone(),
        last_seen: child.last_seen,
        last_seen_alone: child.last_seen_alone,
        due: due
            .iter()
            .filter(|it| it.child == child.child)
            .map(|it| it.line.clone())
            .collect(),
    });
    Prepare {
        worker_safety: summary.workers_safety.clone(),
        safety_plans: summary.safety_plans.clone(),
        prompts: summary.prompts.clone(),
        children: children.collect(),
        actions: summary.actions.clone(),
        said: said_last(workbook, summary),
    }
}

/// What each person said last, newest first. Withdrawn entries and those still to come say nothing.
fn said_last(workbook: &Workbook, summary: &Summary) -> Vec<SaidLast> {
    let withdrawn: Vec<_> = workbook.withdrawals.values().map(|it| it.entry).collect();
    let mut entries: Vec<_> = workbook
        .entries
        .iter()
        .filter(|(id, entry)| {
            entry.occurred.start.date() <= summary.as_of && !withdrawn.contains(id)
        })
        .collect();
    entries.sort_by_key(|(id, entry)| std::cmp::Reverse((entry.occurred.start, **id)));
    let mut last: BTreeMap<PersonId, SaidLast> = BTreeMap::new();
    for (id, entry) in entries {
        for (person, words) in said_in(entry) {
            last.entry(person)
                .or_insert_with(|| said(workbook, (*id, entry), person, words));
        }
    }
    let mut said: Vec<_> = last.into_values().collect();
    said.sort_by(|a, b| (b.day, &a.name).cmp(&(a.day, &b.name)));
    said
}

fn said(
    workbook: &Workbook,
    (entry, said_in): (EntryId, &Entry),
    person: PersonId,
    words: &str,
) -> SaidLast {
    SaidLast {
        person,
        name: workbook.person_name(person),
        words: words.to_owned(),
        day: said_in.occurred.start.date(),
        author: workbook.professional_name(said_in.by).to_owned(),
        entry,
    }
}

/// Who said what in an entry: children's voices first, then views in people's own words, then what was
/// reported.
fn said_in(entry: &Entry) -> Vec<(PersonId, &str)> {
    let voices = entry
        .children
        .iter()
        .filter_map(|it| Some((it.child, it.voice.as_ref()?.words.as_str())));
    let views = entry.views.iter().filter_map(|it| match &it.holder {
        Party::Person(person) => Some((*person, it.words.as_deref()?)),
        _ => None,
    });
    let reported = entry.statements.iter().filter_map(|it| match &it.source {
        Some(Party::Person(person)) => Some((*person, it.text.as_str())),
        _ => None,
    });
    voices.chain(views).chain(reported).collect()
}
