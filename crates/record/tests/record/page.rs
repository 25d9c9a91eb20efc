//! The page of a family: carried on change by change, it is the page made from scratch.

use proptest::prelude::*;
use record::{
    Change, Document, Page, Stale, Summary, check, contents,
    summary::{Line, summary},
};

use crate::{
    edits::{Edit, Written, edit},
    family::{date, set_up, social_worker, with_visit},
};

/// The parts of a summary that say how things stand, which a page has in full.
fn standing(summary: &Summary) -> impl PartialEq + std::fmt::Debug + use<> {
    let children: Vec<_> = summary
        .children
        .iter()
        .map(|it| (it.name.clone(), it.last_seen, it.last_seen_alone))
        .collect();
    (
        summary.contacts.clone(),
        summary.concerns.clone(),
        summary.direction.clone(),
        summary.actions.clone(),
        summary.gaps.clone(),
        children,
    )
}

/// Lists over time: of each, the page has the newest.
fn over_time(summary: &Summary) -> Vec<&Line> {
    let children = summary.children.iter().flat_map(|it| &it.lines);
    let readings = summary.readings.iter().map(|it| &it.line);
    let tools = summary.tools.iter().map(|it| &it.line);
    children
        .chain(readings)
        .chain(tools)
        .chain(&summary.strengths)
        .collect()
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
        let mut written = Written::default();
        let mut today = 4;
        let mut page = Page::of(&document, date(today));
        for (edit, days) in &edits {
            let before = document.clone();
            let Some(change) = written.write(&mut document, edit) else { continue };
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
        edits in prop::collection::vec(edit(), 1..60),
        drawn_up in 4i8..20,
        read in 0i8..11,
    ) {
        let mut document = set_up();
        let mut written = Written::default();
        for edit in &edits {
            written.write(&mut document, edit);
        }
        let page = Page::of(&document, date(drawn_up));
        let whole = summary(&document.read(), date(drawn_up + read));
        let short = page.summary(date(drawn_up + read)).unwrap();
        prop_assert_eq!(standing(&short), standing(&whole));
        let all = over_time(&whole);
        for line in over_time(&short) {
            prop_assert!(all.contains(&line), "{line:?}");
        }
        let latest = |summary: &Summary| summary.readings.last().cloned();
        prop_assert_eq!(latest(&short), latest(&whole));
    }
}

#[test]
fn a_page_does_not_grow_with_the_visits() {
    let size = |visits: u16| {
        let mut document = set_up();
        let mut written = Written::default();
        for n in 0..visits {
            let edit = Edit::Visit {
                day: i8::try_from(n % 28 + 1).unwrap(),
                by: n % 2 == 0,
                says: if n == 0 { u16::MAX } else { 0b1101_1111_1111 },
                pick: 0,
            };
            written.write(&mut document, &edit);
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
