//! All events in order, each with what tells whom it is about.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    Category, Event,
    decided::{from_decision, from_plan, from_supervision},
    happened::{from_entry, from_history, withdrawn},
    place_in_time,
};
use crate::{
    about::Children,
    ids::PersonId,
    model::{Precision, RoughDate},
    source::{Citation, Source},
    wording::{capital, rough_date, sentence},
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
    let plans = workbook.standing_plan_changes().into_iter();
    told.extend(plans.map(|(id, it)| from_plan(source, id, it)));
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

pub(super) fn on(date: Date) -> RoughDate {
    RoughDate {
        date,
        precision: Precision::Exact,
    }
}

/// The line of an event: when, what kind, what happened, what it did to the child.
pub(super) fn event(
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
