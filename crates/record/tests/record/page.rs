//! The page of a family: carried on change by change, it is the page made from scratch.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use proptest::prelude::*;
use record::{
    Board, Change, Configuration, Document, Page, Stale, Summary, Workbook, check, contents,
    summary::{Line, summary},
};
use serde_json::Value;

use crate::{
    edits::{Edit, Kind, Written, edit},
    family::{date, set_up, social_worker, with_visit},
};

/// The parts of a summary that a page has in full, as JSON: everything that says how things stand.
fn standing(summary: &Summary) -> Value {
    let mut value = serde_json::to_value(summary).unwrap();
    for list in ["strengths", "readings", "tools"] {
        value[list] = Value::Null;
    }
    for child in value["children"].as_array_mut().unwrap() {
        child["lines"] = Value::Null;
    }
    for chapter in value["chapters"].as_array_mut().unwrap() {
        chapter["thisPeriod"] = Value::Null;
        chapter["earlier"] = Value::Null;
    }
    value
}

/// Lists over time, newest first, each with how many of the newest a page has for certain.
fn over_time(summary: &Summary) -> BTreeMap<String, (usize, Vec<&Line>)> {
    let mut lists = BTreeMap::from([(
        "strengths".to_owned(),
        (12, summary.strengths.iter().collect()),
    )]);
    for child in &summary.children {
        lists.insert(
            format!("child {}", child.child),
            (3, child.lines.iter().collect()),
        );
    }
    for reading in summary.readings.iter().rev() {
        let key = format!("reading {} {}", reading.scale, reading.holder);
        lists
            .entry(key)
            .or_insert((6, vec![]))
            .1
            .push(&reading.line);
    }
    for tool in &summary.tools {
        let key = format!("tool {}", tool.tool);
        lists.entry(key).or_insert((2, vec![])).1.push(&tool.line);
    }
    for chapter in &summary.chapters {
        let entries = chapter.this_period.iter().chain(&chapter.earlier);
        let key = format!("chapter {}", chapter.discipline);
        lists.insert(key, (6, entries.collect()));
    }
    lists
}

/// What is accepted can be applied elsewhere, saved and loaded, and says the same there.
fn check_again(before: &Document, change: &Change) -> bool {
    let mut elsewhere = before.clone();
    elsewhere.apply(change).is_ok()
        && Document::load(&elsewhere.save()).is_ok_and(|loaded| loaded.read() == elsewhere.read())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_page_carried_on_is_the_page_made_anew(
        edits in prop::collection::vec((edit(), 0i8..2), 1..40),
    ) {
        let mut document = set_up();
        let mut written = Written::on(1);
        let mut today = 4;
        let mut page = Page::of(&document, date(today));
        for (edit, days) in &edits {
            let before = document.clone();
            let Some(change) = written.write(&mut document, *edit) else { continue };
            // Every honest change passes the guard, packed or not, and reads back the same.
            let change = Change::decode(change.bytes()).unwrap();
            prop_assert!(before.heads().iter().all(|head| change.deps().contains(head)));
            prop_assert!(check_again(&before, &change));
            today = (today + days).min(30);
            let records = contents(&change).unwrap();
            let anew = Page::of(&document, date(today));
            page = match page.carried_on([(change, records)], date(today)) {
                Ok(page) => page,
                Err(Stale) => anew.clone(),
            };
            prop_assert_eq!(&page, &anew);
        }
        prop_assert!(page.is_of(&document.heads()));
        prop_assert_eq!(Page::from_bytes(&page.to_bytes()), Some(page));
    }

    #[test]
    fn a_page_says_how_things_stand_as_the_document_does(
        edits in prop::collection::vec(edit(), 1..160),
        drawn_up in 4i8..20,
        read in 0i8..45,
    ) {
        let mut document = set_up();
        let mut written = Written::on(1);
        for some in edits.chunks(20) {
            let held = document.read();
            for edit in some {
                written.write_holding(&held, &mut document, *edit);
            }
        }
        let page = Page::of(&document, date(drawn_up));
        let day = date(drawn_up) + i32::from(read).days();
        let whole = summary(&document.read(), day);
        let short = page.summary(day).unwrap();
        prop_assert_eq!(standing(&short), standing(&whole));
        let rules = Configuration::built_in().unwrap();
        let board = |workbook: &Workbook| Board::of(workbook, &rules, day);
        prop_assert_eq!(board(page.workbook()), board(&document.read()));
        let shown = over_time(&short);
        for (list, (sure, all)) in over_time(&whole) {
            let shown = shown.get(&list).map_or(&[][..], |(_, lines)| lines);
            let newest = all.len().min(sure);
            prop_assert_eq!(shown.get(..newest), Some(&all[..newest]), "{}", list);
            let mut rest = all.iter();
            prop_assert!(shown.iter().all(|line| rest.any(|it| it == line)), "{}", list);
        }
    }
}

#[test]
fn a_page_does_not_grow_with_the_visits() {
    let size = |visits: u16| {
        let mut document = set_up();
        let mut written = Written::on(1);
        let mut held = document.read();
        for n in 0..visits {
            // Everything but what stays for good: concerns, actions, facts, goals, safety plans.
            let lasting = 1 << 9 | 1 << 29 | 1 << 30;
            let edit = Edit {
                kind: Kind::Visit,
                day: i8::try_from(n % 28 + 1).unwrap(),
                says: if n < 3 { u32::MAX } else { !lasting },
                pick: u8::try_from(n % 3).unwrap() * 2,
            };
            written.write_holding(&held, &mut document, edit);
            if n == 2 {
                held = document.read();
            }
        }
        Page::of(&document, date(30)).to_bytes().len()
    };
    let (few, many) = (size(60), size(240));
    assert!(many < few * 12 / 10, "{few} bytes became {many}");
}

#[test]
fn a_page_of_another_day_version_or_document_is_not_taken() {
    let (mut document, change) = with_visit();
    let page = Page::of(&set_up(), date(10));
    assert!(!page.is_of(&document.heads()));
    assert_eq!(page.summary(date(9)).err(), Some(Stale));
    let records = check(&set_up(), &change, &social_worker()).unwrap();
    let earlier = page
        .clone()
        .carried_on([(change.clone(), records.clone())], date(9));
    assert_eq!(earlier.err(), Some(Stale));
    let page = page
        .carried_on([(change.clone(), records)], date(10))
        .unwrap();
    assert!(page.is_of(&document.heads()));
    assert_eq!(page, Page::of(&document, date(10)));

    let kept = String::from_utf8(page.to_bytes()).unwrap();
    let other = kept.replacen("\"version\":", "\"version\":9", 1);
    assert_eq!(Page::from_bytes(other.as_bytes()), None);
    assert_eq!(Page::from_bytes(&kept.as_bytes()[..kept.len() - 1]), None);
    assert_eq!(Page::from_bytes(&[]), None);
    document.apply(&change).unwrap();
    assert_eq!(
        Page::of(&Document::genesis(), date(1))
            .workbook()
            .entries
            .len(),
        0
    );
}
