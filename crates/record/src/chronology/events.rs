//! Where events come from, each with whom it is about.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Category, Event, place_in_time};
use crate::{
    about::Children,
    ids::{EntryId, PersonId, RecordId},
    model::{
        ChronologyEvent, Entry, ManagementDecision, Party, PlanStatusChange, Precision, RoughDate,
        SignificantEvent, Supervision,
    },
    source::{Citation, Source},
    wording::{capital, long_date, rough_date, sentence},
};

/// An event with what tells whom it is about.
pub(crate) struct Told {
    pub(crate) event: Event,
    /// Whom its author says that it is about.
    pub(crate) tags: Vec<PersonId>,
    /// The children whom the entry that tells it is about.
    pub(crate) around: BTreeSet<PersonId>,
    /// Its words.
    pub(crate) words: Vec<String>,
}

/// Every event of the workbook up to the day, in order.
pub(crate) fn told(source: &Source<'_>) -> Vec<Told> {
    let workbook = source.workbook;
    let children = Children::of(workbook);
    let mut told = Vec::new();
    for (id, entry) in &source.entries {
        if let Some(event) = &entry.significant_event {
            told.push(from_entry(source, &children, *id, entry, event));
        }
    }
    told.extend(withdrawn(source, &children));
    let history = workbook.chronology_events.iter();
    told.extend(history.map(|(id, it)| from_history(source, *id, it)));
    let plans = workbook.plan_statuses.iter();
    told.extend(plans.map(|(id, it)| from_plan(source, *id, it)));
    for (id, it) in &workbook.supervisions {
        told.extend(from_supervision(source, *id, it));
    }
    let decisions = workbook.management_decisions.iter();
    told.extend(decisions.map(|(id, it)| from_decision(source, *id, it)));
    told.retain(|it| place_in_time(it.event.when).0 <= source.as_of);
    // Stable: what one record tells stays in its order.
    told.sort_by_cached_key(|it| {
        let record = it.event.line.citations.first().map(|it| it.record.clone());
        (place_in_time(it.event.when), record)
    });
    told
}

fn on(date: Date) -> RoughDate {
    RoughDate {
        date,
        precision: Precision::Exact,
    }
}

/// The line of an event: when, what kind, what happened, what it did to the child.
fn event(
    source: &Source<'_>,
    when: RoughDate,
    category: Category,
    people: Vec<PersonId>,
    words: (&str, Option<&str>),
    known_from: String,
    citation: Citation,
) -> Event {
    let (what, effect) = words;
    let mut text = format!(
        "{}: {}: {}",
        capital(&rough_date(when)),
        category.label(),
        sentence(what)
    );
    if let Some(effect) = effect {
        text.push_str(&format!(" Effect on the child: {}", sentence(effect)));
    }
    Event {
        when,
        category,
        names: source.names(&people),
        people,
        effect: effect.map(str::to_owned),
        source: known_from,
        line: citation.says(text),
    }
}

fn from_entry(
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
    let mut people: Vec<_> = around.iter().copied().chain(present).collect();
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
        tags: Vec::new(),
        around,
        words: words.into_iter().flatten().cloned().collect(),
    }
}

/// Markers for withdrawn entries that told a significant event.
fn withdrawn(source: &Source<'_>, children: &Children) -> Vec<Told> {
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

fn from_history(source: &Source<'_>, id: RecordId, it: &ChronologyEvent) -> Told {
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

fn from_plan(source: &Source<'_>, id: RecordId, it: &PlanStatusChange) -> Told {
    let citation = source.cite_dated(format!("planStatuses/{id}"), it.by, it.from);
    let name = source.workbook.person_name(it.child);
    let mut what = format!("{name}: {}", it.status.label());
    if let Some(category) = &it.category {
        what.push_str(&format!(" ({})", category.label()));
    }
    let known_from = format!(
        "plan status recorded by {}",
        source.workbook.professional_name(it.by)
    );
    Told {
        event: event(
            source,
            on(it.from),
            Category::Plan,
            vec![it.child],
            (&what, None),
            known_from,
            citation,
        ),
        tags: vec![it.child],
        around: BTreeSet::new(),
        words: Vec::new(),
    }
}

/// The supervision itself, then each of its decisions: they can be about different children.
fn from_supervision(source: &Source<'_>, id: RecordId, it: &Supervision) -> Vec<Told> {
    let chair = source.workbook.professional_name(it.chair);
    let known_from = format!("group supervision of {}", long_date(it.date));
    let tell = |what: String, words: Vec<String>| Told {
        event: event(
            source,
            on(it.date),
            Category::Supervision,
            Vec::new(),
            (&what, None),
            known_from.clone(),
            source.cite_dated(format!("supervisions/{id}"), it.by, it.date),
        ),
        tags: Vec::new(),
        around: BTreeSet::new(),
        words,
    };
    let mut told = vec![tell(format!("held, chaired by {chair}"), Vec::new())];
    told.extend(it.decisions.iter().map(|decision| {
        let what = format!(
            "decided: {} Why: {}",
            sentence(&decision.text),
            sentence(&decision.rationale)
        );
        tell(
            what,
            vec![decision.text.clone(), decision.rationale.clone()],
        )
    }));
    told
}

fn from_decision(source: &Source<'_>, id: RecordId, it: &ManagementDecision) -> Told {
    let what = format!(
        "{} Decided: {} Why: {}",
        sentence(&it.question),
        sentence(&it.decision),
        sentence(&it.rationale)
    );
    let known_from = format!(
        "management decision by {}",
        source.workbook.professional_name(it.by)
    );
    Told {
        event: event(
            source,
            on(it.on),
            Category::Decision,
            Vec::new(),
            (&what, None),
            known_from,
            source.cite_dated(format!("managementDecisions/{id}"), it.by, it.on),
        ),
        tags: Vec::new(),
        around: BTreeSet::new(),
        words: vec![
            it.question.clone(),
            it.decision.clone(),
            it.rationale.clone(),
        ],
    }
}
