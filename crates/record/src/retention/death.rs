//! Whether and when a child died, as far as the record is sure of it. Where it is not, they live: a
//! living child's record is kept longer.

use jiff::{ToSpan, civil::Date};

use crate::{
    ids::PersonId,
    model::{Precision, RoughDate},
    source::Source,
    terms::{PlanStatus, Seen, SignificantEventKind},
};

/// The latest day on which a child can have died. None without a death that is about this child and
/// nobody else, where one is dated roughly, and where the record knows the child alive afterwards.
pub(super) fn of(source: &Source<'_>, child: PersonId) -> Option<Date> {
    let in_entries = source.entries.iter().filter_map(|(_, entry)| {
        let event = entry.significant_event.as_ref()?;
        // Told of on that day: the death was then or before.
        (event.kind == SignificantEventKind::Death && event.about == [child])
            .then(|| Some(entry.occurred.start.date()))
    });
    let in_history = source
        .workbook
        .chronology_events
        .values()
        .filter(|event| event.kind == SignificantEventKind::Death && event.people == [child])
        .map(|event| latest(event.when));
    let days: Option<Vec<Date>> = in_entries.chain(in_history).collect();
    let died = days?.into_iter().max()?;
    (!lived_after(source, child, died)).then_some(died)
}

/// The last day that a rough date can be; none for one that has no bounds.
fn latest(when: RoughDate) -> Option<Date> {
    match when.precision {
        Precision::Exact => Some(when.date),
        Precision::Month => Some(when.date.last_of_month()),
        Precision::Year => when.date.checked_add(1.year()).ok(),
        Precision::About => None,
    }
}

fn lived_after(source: &Source<'_>, child: PersonId, died: Date) -> bool {
    let seen = source.entries.iter().any(|(_, entry)| {
        entry.occurred.start.date() > died
            && entry
                .children
                .iter()
                .any(|it| it.child == child && matches!(it.seen, Seen::Awake | Seen::Asleep))
    });
    let planned = source.workbook.standing_plan_changes();
    seen || planned.iter().any(|(_, change)| {
        change.child == child && change.from > died && change.status != PlanStatus::Closed
    })
}
