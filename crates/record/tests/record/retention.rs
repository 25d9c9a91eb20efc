//! Retention: until when a child's part of the record is kept, and that doubt keeps it longer.

use jiff::civil::{Date, date as day};
use proptest::prelude::*;
use record::{
    Configuration, Gap, PersonRetention, RetentionRules, Workbook,
    configuration::{ConfigurationError, OriginKind},
    family_until,
    ids::{EntryId, PersonId, RecordId},
    model::{ChronologyEvent, FactField, Precision, RoughDate, SignificantEvent},
    retention,
    terms::{EntryKind, PersonRole, PlanStatus, SignificantEventKind},
};
use serde_json::{Value, json};

use crate::{
    family::{at, fact, id, manager, tyler},
    timescales::{add, seen, under},
};

const ON: Date = day(2026, 11, 23);

fn built_in() -> RetentionRules {
    RetentionRules::built_in(&Configuration::built_in().unwrap()).unwrap()
}

/// The rules that come with the program, changed.
fn changed(change: impl FnOnce(&mut Value)) -> Result<RetentionRules, ConfigurationError> {
    let mut value: Value =
        serde_json::from_str(include_str!("../../src/retention/default.json")).unwrap();
    change(&mut value);
    RetentionRules::from_json(&value.to_string(), &Configuration::built_in().unwrap())
}

/// Only Tyler, with these dates of birth and plans.
fn tyler_alone(born: &[&str], plans: &[(PlanStatus, Date)]) -> Workbook {
    let mut workbook = under(plans);
    workbook.people.retain(|id, _| *id == tyler());
    workbook.facts.clear();
    workbook.entries.clear();
    for (n, born) in (120..).zip(born) {
        let fact = fact(tyler(), FactField::DateOfBirth, born);
        workbook.facts.insert(id::<RecordId>(n), fact);
    }
    workbook
}

fn of(workbook: &Workbook) -> PersonRetention {
    let mut all = retention(workbook, &built_in(), ON);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn closed_in(year: i16) -> (PlanStatus, Date) {
    (PlanStatus::Closed, day(year, 3, 1))
}

fn died(workbook: &mut Workbook, people: Vec<PersonId>, when: RoughDate) {
    let event = ChronologyEvent {
        when,
        kind: SignificantEventKind::Death,
        text: "died".into(),
        people,
        source: "hospital".into(),
        effect: None,
        by: manager().professional,
        at: at(),
    };
    workbook
        .chronology_events
        .insert(id::<RecordId>(130), event);
}

fn exactly(date: Date) -> RoughDate {
    RoughDate {
        date,
        precision: Precision::Exact,
    }
}

#[test]
fn a_looked_after_child_is_kept_until_the_seventy_fifth_birthday_by_law() {
    let looked_after = (PlanStatus::LookedAfter, day(2020, 1, 1));
    let it = of(&tyler_alone(
        &["2012-02-29"],
        &[looked_after, closed_in(2021)],
    ));
    // 2087 has no 29 February.
    assert_eq!(it.until(), Some(day(2087, 3, 1)));
    let by_law: Vec<_> = it
        .rules
        .iter()
        .filter(|rule| rule.origin.kind == OriginKind::Law)
        .map(|rule| (rule.rule.as_str(), rule.until))
        .collect();
    assert_eq!(by_law, [("looked-after", Some(day(2087, 3, 1)))]);
    assert!(it.rules[0].origin.citation.contains("regulation 50"));
}

#[test]
fn of_several_rules_the_latest_day_decides() {
    let in_need = (PlanStatus::ChildInNeed, day(2024, 1, 1));
    let it = of(&tyler_alone(
        &["2012-05-04"],
        &[in_need.clone(), closed_in(2025)],
    ));
    assert_eq!(it.until(), Some(day(2037, 5, 4)));
    let protected = (PlanStatus::ChildProtectionPlan, day(2024, 6, 1));
    let it = of(&tyler_alone(
        &["2012-05-04"],
        &[in_need, protected, closed_in(2025)],
    ));
    assert_eq!(it.until(), Some(day(2060, 3, 1)));
    assert_eq!(it.rules.len(), 2);
}

#[test]
fn what_is_not_known_or_not_over_keeps_the_record() {
    let in_need = (PlanStatus::ChildInNeed, day(1990, 1, 1));
    let both = [in_need.clone(), closed_in(1991)];
    for (born, plans, gap) in [
        (&[] as &[&str], &both[..], Gap::DateOfBirth),
        (&["about 1980"], &both[..], Gap::DateOfBirth),
        (&["1980-01-01", "unknown"], &both[..], Gap::DateOfBirth),
        (&["1980-01-01"], &both[..1], Gap::Closure),
        (&["1980-01-01"], &[], Gap::Closure),
    ] {
        let it = of(&tyler_alone(born, plans));
        assert_eq!((it.until(), it.gaps()), (None, vec![gap]), "{born:?}");
    }
    let mut workbook = tyler_alone(&["1980-01-01"], &both);
    assert_eq!(of(&workbook).until(), Some(day(2005, 1, 1)));
    workbook.unreadable.push(record::Unreadable {
        record: "planStatuses/x".into(),
        why: "x".into(),
    });
    assert_eq!(of(&workbook).gaps(), [Gap::Unreadable]);
}

#[test]
fn of_disputed_dates_of_birth_the_latest_counts_and_a_due_date_a_month_more() {
    let plans = [(PlanStatus::LookedAfter, day(1990, 1, 1)), closed_in(1991)];
    let mut workbook = tyler_alone(&["1980-01-01", "1981-02-03"], &plans);
    assert_eq!(of(&workbook).until(), Some(day(2056, 2, 3)));
    workbook.people.get_mut(&tyler()).unwrap().role = PersonRole::UnbornChild;
    assert_eq!(of(&workbook).until(), Some(day(2056, 3, 3)));
}

#[test]
fn an_entry_after_the_closure_counts_as_the_end() {
    let plans = [(PlanStatus::ChildInNeed, day(2010, 1, 1)), closed_in(2011)];
    let mut workbook = tyler_alone(&["1990-01-01"], &plans);
    assert_eq!(of(&workbook).until(), Some(day(2018, 3, 1)));
    add(
        &mut workbook,
        140,
        seen(EntryKind::HomeVisit, day(2012, 7, 9)),
    );
    assert_eq!(of(&workbook).until(), Some(day(2019, 7, 9)));
}

#[test]
fn the_death_of_a_young_child_counts_only_where_the_record_is_sure() {
    let looked_after = (PlanStatus::LookedAfter, day(2009, 1, 1));
    let plans = [looked_after, closed_in(2010)];
    let alive = tyler_alone(&["2005-01-01"], &plans);
    let birthday = Some(day(2080, 1, 1));
    let law = |workbook: &Workbook| {
        let it = of(workbook);
        (it.rules[0].until, it.rules[0].by_death)
    };
    assert_eq!(law(&alive), (birthday, false));

    let mut dead = alive.clone();
    died(&mut dead, vec![tyler()], exactly(day(2010, 2, 3)));
    assert_eq!(law(&dead), (Some(day(2025, 2, 3)), true));
    let mut told = alive.clone();
    let mut entry = seen(EntryKind::Phone, day(2010, 2, 5));
    entry.children.clear();
    entry.significant_event = Some(SignificantEvent {
        kind: SignificantEventKind::Death,
        text: "died".into(),
        effect: None,
        about: vec![tyler()],
    });
    add(&mut told, 140, entry);
    assert_eq!(law(&told), (Some(day(2025, 2, 5)), true));

    // Of age; somebody else's death too; seen afterwards; dated roughly.
    let mut of_age = alive.clone();
    died(&mut of_age, vec![tyler()], exactly(day(2023, 1, 1)));
    let mut others = alive.clone();
    let both = vec![tyler(), id(12)];
    died(&mut others, both, exactly(day(2010, 2, 3)));
    let mut seen_after = dead.clone();
    let visit = seen(EntryKind::HomeVisit, day(2010, 2, 4));
    seen_after.entries.insert(id::<EntryId>(141), visit);
    let mut rough = alive;
    let about = RoughDate {
        date: day(2010, 2, 3),
        precision: Precision::About,
    };
    died(&mut rough, vec![tyler()], about);
    for workbook in [of_age, others, seen_after, rough] {
        assert_eq!(law(&workbook), (birthday, false));
    }
}

#[test]
fn a_family_is_kept_as_long_as_the_child_who_is_kept_longest() {
    let rules = built_in();
    let plans = [(PlanStatus::ChildInNeed, day(2010, 1, 1)), closed_in(2011)];
    let mut workbook = tyler_alone(&["1990-01-01"], &plans);
    let all = retention(&workbook, &rules, ON);
    assert_eq!(family_until(&all), Some(day(2018, 3, 1)));
    let sister = workbook.people[&tyler()].clone();
    workbook.people.insert(id(150), sister);
    let all = retention(&workbook, &rules, ON);
    assert_eq!(family_until(&all), None, "of her nothing is known");
    workbook.people.clear();
    assert_eq!(family_until(&retention(&workbook, &rules, ON)), None);
}

#[test]
fn a_rule_counts_while_it_is_in_force_and_without_one_the_record_is_kept() {
    let rules = changed(|it| {
        for rule in it["retention"].as_array_mut().unwrap() {
            rule["effective"]["until"] = "2025-12-31".into();
        }
    });
    let rules = rules.unwrap();
    let plans = [(PlanStatus::ChildInNeed, day(2010, 1, 1)), closed_in(2011)];
    let workbook = tyler_alone(&["1990-01-01"], &plans);
    let then = retention(&workbook, &rules, day(2025, 12, 31));
    assert_eq!(then[0].until(), Some(day(2018, 3, 1)));
    let now = retention(&workbook, &rules, ON);
    assert_eq!((now[0].until(), now[0].gaps()), (None, vec![Gap::Rule]));
}

fn any_day() -> impl Strategy<Value = Date> {
    (1960_i16..2026, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, of)| day(year, month, of))
}

fn any_plan() -> impl Strategy<Value = PlanStatus> {
    prop::sample::select(vec![
        PlanStatus::ChildInNeed,
        PlanStatus::ChildProtectionPlan,
        PlanStatus::LookedAfter,
        PlanStatus::SupervisionOrder,
        PlanStatus::Closed,
    ])
}

proptest! {
    /// Never earlier than any rule that fits, and nothing without a date of birth.
    #[test]
    fn no_rule_is_cut_short(
        born in prop::option::of(any_day()),
        plans in prop::collection::vec((any_plan(), any_day()), 0..5),
        visited in prop::option::of(any_day()),
    ) {
        let text = born.map(|it| it.to_string());
        let text: Vec<_> = text.as_deref().into_iter().collect();
        let mut workbook = tyler_alone(&text, &plans);
        if let Some(on) = visited {
            add(&mut workbook, 140, seen(EntryKind::HomeVisit, on));
        }
        let it = of(&workbook);
        let Some(until) = it.until() else {
            prop_assert!(!it.gaps().is_empty());
            return Ok(());
        };
        let born = born.unwrap();
        let years = |from: Date, years: i16| day(from.year() + years, from.month(), from.day());
        let had = |plan| plans.iter().any(|(status, _)| *status == plan);
        let ended = plans.iter().map(|(_, from)| *from).chain(visited).max().unwrap();
        prop_assert!(until >= years(born, 25));
        prop_assert!(until >= years(ended, 7));
        prop_assert!(!had(PlanStatus::LookedAfter) || until >= years(born, 75));
        prop_assert!(!had(PlanStatus::ChildProtectionPlan) || until >= years(ended, 35));
        let last = plans.iter().map(|(_, from)| *from).max().unwrap();
        let open = |(status, from): &(PlanStatus, Date)| *from == last && *status != PlanStatus::Closed;
        prop_assert!(!plans.iter().any(open));
    }
}

#[test]
fn a_rule_about_keeping_that_cannot_be_meant_is_refused_and_named() {
    type Break = fn(&mut Value);
    let cases: [(&str, Break); 7] = [
        ("this program reads version 1", |it| {
            it["version"] = json!(2);
        }),
        ("names no end", |it| {
            it["retention"][1]["yearsAfterClosure"].take();
            it["retention"][1]
                .as_object_mut()
                .unwrap()
                .remove("yearsAfterClosure");
        }),
        ("no birthday", |it| {
            it["retention"][1]["diedYoung"] = json!({"beforeAge": 18, "yearsAfter": 15});
        }),
        ("1 to 150", |it| {
            it["retention"][1]["yearsAfterClosure"] = json!(0);
        }),
        ("not among the plan statuses", |it| {
            it["retention"][1]["plans"] = json!(["child-protection"]);
        }),
        ("no citation", |it| {
            it["retention"][1]["origin"]["citation"] = json!("");
        }),
        ("in force at once", |it| {
            let rule = it["retention"][1].clone();
            it["retention"].as_array_mut().unwrap().push(rule);
        }),
    ];
    for (says, change) in cases {
        let refusal = changed(change).unwrap_err().to_string();
        assert!(refusal.contains(says), "{says}: {refusal}");
        let names = refusal.contains("child-protection") || says.contains("version");
        assert!(names, "{refusal}");
    }
}
