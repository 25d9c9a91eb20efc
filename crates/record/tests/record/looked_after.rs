//! Looked-after children: regulation 28(2) of the 2010 Regulations.

use jiff::civil::date as day;
use record::{
    configuration::OriginKind,
    model::{ChronologyEvent, Precision, RoughDate},
    terms::{EntryKind, PlanStatus, SignificantEventKind},
};

use crate::{
    family::{at, id, manager, tyler},
    timescales::{add, only, seen, under},
};

#[test]
fn looked_after_within_a_week_then_six_weeks_and_anew_in_a_new_placement() {
    let mut workbook = under(&[(PlanStatus::LookedAfter, day(2026, 1, 5))]);
    let first = only(&workbook, day(2026, 1, 6));
    assert_eq!(
        (first.due, first.origin.kind),
        (day(2026, 1, 12), OriginKind::Law)
    );

    add(
        &mut workbook,
        21,
        seen(EntryKind::StatutoryVisitLookedAfter, day(2026, 1, 9)),
    );
    assert_eq!(only(&workbook, day(2026, 1, 12)).due, day(2026, 2, 20));

    let mut moved = ChronologyEvent {
        when: RoughDate {
            date: day(2026, 2, 2),
            precision: Precision::Month,
        },
        kind: SignificantEventKind::PlacementChange,
        text: "moved to his aunt".into(),
        people: vec![tyler()],
        source: "placement order".into(),
        effect: None,
        by: manager().professional,
        at: at(),
    };
    workbook.chronology_events.insert(id(75), moved.clone());
    assert_eq!(
        only(&workbook, day(2026, 2, 3)).since,
        day(2026, 1, 5),
        "a rough date"
    );
    moved.when.precision = Precision::Exact;
    workbook.chronology_events.insert(id(75), moved);
    let it = only(&workbook, day(2026, 2, 3));
    assert_eq!(
        (it.since, it.last, it.due),
        (day(2026, 2, 2), None, day(2026, 2, 9))
    );
}

#[test]
fn three_months_only_after_the_first_year_of_a_placement_until_18() {
    let until_18 = PlanStatus::Added("looked-after-until-18".into());
    let mut workbook = under(&[
        (PlanStatus::LookedAfter, day(2025, 1, 6)),
        (until_18, day(2025, 6, 1)),
    ]);
    add(
        &mut workbook,
        21,
        seen(EntryKind::StatutoryVisitLookedAfter, day(2026, 1, 5)),
    );
    let it = only(&workbook, day(2026, 1, 5));
    assert_eq!((it.since, it.due), (day(2025, 1, 6), day(2026, 2, 16)));
    assert!(
        it.line.text.contains("intended to last until 18"),
        "{}",
        it.line.text
    );

    add(
        &mut workbook,
        22,
        seen(EntryKind::StatutoryVisitLookedAfter, day(2026, 1, 6)),
    );
    assert_eq!(only(&workbook, day(2026, 1, 7)).due, day(2026, 4, 6));
}
