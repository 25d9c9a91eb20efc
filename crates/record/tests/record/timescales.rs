//! Timescales: which visits count, when the next is due, and what a change of plan does.

use jiff::civil::{Date, date as day};
use record::{
    Configuration, Timescale, Workbook,
    configuration::OriginKind,
    ids::{EntryId, PersonId, RecordId},
    model::{ChildSeen, Entry, Fact, FactField, PlanStatusChange, Withdrawal},
    terms::{EntryKind, Outcome, PersonRole, PlanStatus, Seen},
    timescales,
    timescales::uncovered,
};
use serde_json::json;

use crate::family::{at, fact, id, manager, set_up, social_worker, tyler, visit};

/// The set-up family with Tyler's plans.
pub(crate) fn under(plans: &[(PlanStatus, Date)]) -> Workbook {
    let mut workbook = set_up().read();
    for (n, (status, from)) in (80..).zip(plans) {
        let change = PlanStatusChange {
            supersedes: vec![],
            child: tyler(),
            status: status.clone(),
            category: None,
            from: *from,
            by: manager().professional,
            at: at(),
        };
        workbook.plan_statuses.insert(id::<RecordId>(n), change);
    }
    workbook
}

pub(crate) fn seen(kind: EntryKind, on: Date) -> Entry {
    let mut entry = visit(&social_worker(), 1);
    entry.kind = kind;
    entry.occurred.start = on.at(16, 15, 0, 0);
    entry.children = vec![ChildSeen {
        child: tyler(),
        seen: Seen::Awake,
        alone: None,
        voice: None,
    }];
    entry
}

pub(crate) fn add(workbook: &mut Workbook, n: u8, entry: Entry) {
    workbook.entries.insert(id::<EntryId>(n), entry);
}

fn all(workbook: &Workbook, as_of: Date) -> Vec<Timescale> {
    timescales(workbook, &Configuration::built_in().unwrap(), as_of)
}

pub(crate) fn only(workbook: &Workbook, as_of: Date) -> Timescale {
    let mut all = all(workbook, as_of);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn cp(day: Date) -> (PlanStatus, Date) {
    (PlanStatus::ChildProtectionPlan, day)
}

#[test]
fn without_a_visit_the_first_is_due_by_the_rule_from_the_plans_start() {
    let workbook = under(&[cp(day(2026, 9, 1))]);
    let it = only(&workbook, day(2026, 9, 10));
    assert_eq!(
        (it.last, it.due, it.overdue_days),
        (None, day(2026, 9, 15), 0)
    );
    assert_eq!(it.rule, "child-protection-visit");
    assert_eq!(it.origin.kind, OriginKind::Local);
    assert_eq!(it.line.citations.len(), 1);
    assert_eq!(
        it.line.citations[0].record,
        format!("planStatuses/{}", id::<RecordId>(80))
    );
    assert_eq!(
        it.line.text,
        "Tyler Brennan (child protection plan), child protection visit: no visit counts since \
         1 September 2026, next due by 15 September 2026."
    );
}

#[test]
fn due_and_overdue_at_the_boundary_days() {
    let mut workbook = under(&[cp(day(2026, 8, 1))]);
    add(
        &mut workbook,
        21,
        seen(EntryKind::StatutoryVisitCp, day(2026, 8, 20)),
    );
    // Ten working days from Thursday 20 August, over the summer bank holiday: Friday 4 September.
    for (as_of, overdue) in [
        (day(2026, 8, 20), 0),
        (day(2026, 9, 3), 0),
        (day(2026, 9, 4), 0),
        (day(2026, 9, 5), 1),
        (day(2026, 9, 14), 10),
    ] {
        let it = only(&workbook, as_of);
        assert_eq!(
            (it.due, it.overdue_days),
            (day(2026, 9, 4), overdue),
            "{as_of}"
        );
        assert_eq!(it.last, Some(day(2026, 8, 20)));
        assert_eq!(it.line.citations[0].entry, Some(id(21)));
    }
    // The day before the visit, the record did not have it yet.
    assert_eq!(only(&workbook, day(2026, 8, 19)).last, None);
}

#[test]
fn what_does_not_count_does_not_count() {
    type Spoil = fn(&mut Entry);
    let spoils: [(&str, Spoil); 10] = [
        ("attempted", |it| it.kind = EntryKind::AttemptedVisit),
        ("core group", |it| it.kind = EntryKind::CoreGroup),
        ("another kind of visit", |it| it.kind = EntryKind::CinVisit),
        ("phone", |it| it.kind = EntryKind::Phone),
        ("no reply", |it| it.outcome = Outcome::NoReply),
        ("refused", |it| it.outcome = Outcome::RefusedEntry),
        ("cancelled", |it| it.outcome = Outcome::CancelledByFamily),
        ("not seen", |it| it.children[0].seen = Seen::NotSeen),
        ("seen in a way of the council's own", |it| {
            it.children[0].seen = Seen::Added("seen-on-video".into());
        }),
        ("another child", |it| {
            it.children[0].child = id::<PersonId>(14);
        }),
    ];
    for (why, spoil) in spoils {
        let mut workbook = under(&[cp(day(2026, 9, 1))]);
        let mut entry = seen(EntryKind::StatutoryVisitCp, day(2026, 9, 3));
        spoil(&mut entry);
        add(&mut workbook, 21, entry);
        assert_eq!(only(&workbook, day(2026, 9, 10)).last, None, "{why}");
    }
}

#[test]
fn a_visit_cut_short_and_a_sleeping_child_count_and_a_withdrawn_visit_does_not() {
    let mut workbook = under(&[cp(day(2026, 9, 1))]);
    let mut entry = seen(EntryKind::StatutoryVisitCp, day(2026, 9, 3));
    entry.outcome = Outcome::PartlyCompleted;
    entry.children[0].seen = Seen::Asleep;
    add(&mut workbook, 21, entry);
    assert_eq!(
        only(&workbook, day(2026, 9, 10)).last,
        Some(day(2026, 9, 3))
    );

    let withdrawal = Withdrawal {
        entry: id(21),
        reason: "another family".into(),
        by: manager().professional,
        at: at(),
    };
    workbook.withdrawals.insert(id(71), withdrawal);
    assert_eq!(only(&workbook, day(2026, 9, 10)).last, None);
}

#[test]
fn two_changes_of_plan_each_bring_their_own_rule() {
    let mut workbook = under(&[
        (PlanStatus::ChildInNeed, day(2026, 6, 1)),
        cp(day(2026, 7, 1)),
        (PlanStatus::ChildInNeed, day(2026, 9, 1)),
    ]);
    add(
        &mut workbook,
        21,
        seen(EntryKind::CinVisit, day(2026, 6, 10)),
    );
    add(
        &mut workbook,
        22,
        seen(EntryKind::StatutoryVisitCp, day(2026, 7, 6)),
    );
    let table = [
        (
            day(2026, 6, 15),
            "child-in-need-visit",
            day(2026, 6, 1),
            Some(day(2026, 6, 10)),
            day(2026, 7, 8),
        ),
        (
            day(2026, 7, 1),
            "child-protection-visit",
            day(2026, 7, 1),
            None,
            day(2026, 7, 15),
        ),
        (
            day(2026, 7, 6),
            "child-protection-visit",
            day(2026, 7, 1),
            Some(day(2026, 7, 6)),
            day(2026, 7, 20),
        ),
        // A child in need again: the visit of June belongs to the time before.
        (
            day(2026, 9, 1),
            "child-in-need-visit",
            day(2026, 9, 1),
            None,
            day(2026, 9, 29),
        ),
    ];
    for (as_of, rule, since, last, due) in table {
        let it = only(&workbook, as_of);
        assert_eq!(
            (it.rule.as_str(), it.since, it.last, it.due),
            (rule, since, last, due),
            "{as_of}"
        );
    }
    assert_eq!(all(&workbook, day(2026, 5, 31)), vec![], "no plan yet");
}

#[test]
fn pre_proceedings_go_on_counting_and_closing_ends_it() {
    let mut workbook = under(&[
        cp(day(2026, 7, 1)),
        (PlanStatus::PreProceedings, day(2026, 8, 1)),
        (PlanStatus::Closed, day(2026, 9, 1)),
    ]);
    add(
        &mut workbook,
        21,
        seen(EntryKind::StatutoryVisitCp, day(2026, 7, 30)),
    );
    let it = only(&workbook, day(2026, 8, 3));
    assert_eq!(
        (it.since, it.last),
        (day(2026, 7, 1), Some(day(2026, 7, 30)))
    );
    assert_eq!(it.plan, "pre-proceedings");
    assert_eq!(all(&workbook, day(2026, 9, 1)), vec![]);
}

#[test]
fn two_plans_from_one_day_both_stand() {
    let workbook = under(&[
        (PlanStatus::ChildInNeed, day(2026, 9, 1)),
        cp(day(2026, 9, 1)),
    ]);
    let rules: Vec<_> = all(&workbook, day(2026, 9, 2))
        .into_iter()
        .map(|it| it.rule)
        .collect();
    assert_eq!(rules, ["child-protection-visit", "child-in-need-visit"]);
}

#[test]
fn a_stricter_version_makes_nothing_overdue_before_its_first_day() {
    let mut value = serde_json::to_value(Configuration::built_in().unwrap()).unwrap();
    let mut stricter = value["visits"][1].clone();
    value["visits"][1]["effective"]["until"] = json!("2026-09-06");
    stricter["effective"]["from"] = json!("2026-09-07");
    stricter["every"] = json!({"amount": 7, "unit": "calendar-days"});
    value["visits"].as_array_mut().unwrap().push(stricter);
    let configuration = Configuration::from_json(&value.to_string()).unwrap();

    let mut workbook = under(&[cp(day(2026, 8, 1))]);
    add(
        &mut workbook,
        21,
        seen(EntryKind::StatutoryVisitCp, day(2026, 8, 27)),
    );
    let on = |as_of| timescales(&workbook, &configuration, as_of).remove(0).due;
    assert_eq!(on(day(2026, 9, 6)), day(2026, 9, 11));
    assert_eq!(on(day(2026, 9, 7)), day(2026, 9, 7));
}

#[test]
fn a_visit_about_an_unborn_child_counts_until_the_birth() {
    let mut workbook = under(&[cp(day(2026, 9, 1))]);
    workbook.people.get_mut(&tyler()).unwrap().role = PersonRole::UnbornChild;
    let due_date = Fact {
        ..fact(tyler(), FactField::DateOfBirth, "2026-09-10")
    };
    workbook.facts.insert(id(65), due_date);
    for (n, on) in [(21, day(2026, 9, 9)), (22, day(2026, 9, 10))] {
        let mut entry = seen(EntryKind::StatutoryVisitCp, on);
        entry.children[0].seen = Seen::NotSeen;
        add(&mut workbook, n, entry);
    }
    assert_eq!(
        only(&workbook, day(2026, 9, 12)).last,
        Some(day(2026, 9, 9))
    );
}

#[test]
fn a_child_whom_no_rule_covers_is_named() {
    let configuration = Configuration::built_in().unwrap();
    let workbook = under(&[
        cp(day(2026, 7, 1)),
        (PlanStatus::CareProceedings, day(2026, 8, 1)),
        (PlanStatus::Closed, day(2026, 9, 1)),
    ]);
    for (as_of, expected) in [
        (
            day(2026, 6, 30),
            Some("Tyler Brennan has no plan on record: no visit falls due."),
        ),
        (day(2026, 7, 31), None),
        (
            day(2026, 8, 31),
            Some("Tyler Brennan (care proceedings): no rule says how often to visit."),
        ),
        (day(2026, 9, 1), None),
    ] {
        let lines = uncovered(&workbook, &configuration, as_of);
        assert_eq!(
            lines.first().map(|it| it.text.as_str()),
            expected,
            "{as_of}"
        );
        assert!(lines.iter().all(|it| it.citations.len() == 1));
    }
}
