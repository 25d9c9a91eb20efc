//! The golden family, read: every snapshot is what a manager, a child or a chair would read.

use std::collections::BTreeSet;

use record::{
    Category, Document, Workbook, child_file, chronology, diff,
    ids::EntryId,
    model::Content,
    since_last_supervision,
    summary::{Line, summary, to_text},
};

use crate::golden::{Book, Step, craig, day, golden, ruby, tyler};

fn today() -> jiff::civil::Date {
    day(9, 25)
}

fn page(lines: &[&Line]) -> String {
    let cited = |line: &Line| {
        let sources = line.citations.iter().map(|it| {
            let (collection, id) = it.record.split_once('/').unwrap();
            format!("[{}, {}, {collection} …{}]", it.author, it.date, &id[32..])
        });
        sources.collect::<Vec<_>>().join(" ")
    };
    let lines = lines
        .iter()
        .map(|it| format!("{} {}\n", it.text, cited(it)));
    lines.collect()
}

/// Every sentence of every reading.
fn all_lines(document: &Document, as_of: jiff::civil::Date) -> Vec<Line> {
    let workbook = document.read();
    let summary = summary(&workbook, as_of);
    let chronology = chronology(&workbook);
    let files = [ruby(), tyler()].map(|child| child_file(&workbook, child, as_of));
    let changes = since_last_supervision(document, as_of).unwrap();
    let mut lines = summary.lines();
    lines.extend(chronology.lines());
    lines.extend(files.iter().flat_map(record::ChildFile::lines));
    let lines = lines.into_iter().chain(changes.lines());
    lines.cloned().collect()
}

/// Every record of a family, as `collection/id`.
fn records(steps: &[Step]) -> BTreeSet<String> {
    steps.iter().map(|it| it.record.path()).collect()
}

#[test]
fn the_summary_of_six_months() {
    let workbook = golden().document().read();
    assert_eq!(workbook.unreadable, vec![]);
    insta::assert_snapshot!(to_text(&summary(&workbook, today())));
}

#[test]
fn the_chronology_of_six_months() {
    let chronology = chronology(&golden().document().read());
    insta::assert_snapshot!(page(&chronology.lines()));
}

#[test]
fn tylers_own_file() {
    let file = child_file(&golden().document().read(), tyler(), today());
    insta::assert_snapshot!(page(&file.lines()));
}

#[test]
fn what_changed_since_the_last_supervision() {
    let changes = since_last_supervision(&golden().document(), today()).unwrap();
    insta::assert_snapshot!(page(&changes.lines()));
}

#[test]
fn every_sentence_cites_records_that_exist() {
    let book = golden();
    let known = records(&book.steps);
    let lines = all_lines(&book.document(), today());
    assert!(lines.len() > 150, "{}", lines.len());
    for line in lines {
        assert!(!line.citations.is_empty(), "{line:?}");
        assert!(!line.text.trim().is_empty());
        for citation in &line.citations {
            assert!(known.contains(&citation.record), "{line:?}");
            let entry = citation.entry.map(|id| format!("entries/{id}"));
            assert!(entry.is_none_or(|it| known.contains(&it)), "{line:?}");
        }
    }
}

#[test]
fn without_an_entry_its_sentences_are_gone() {
    let book = golden();
    let entries: Vec<EntryId> = book.document().read().entries.into_keys().collect();
    assert!(entries.len() >= 16, "{}", entries.len());
    let told = all_lines(&book.document(), today());
    for entry in entries {
        let cites = |it: &Line| it.citations.iter().any(|it| it.entry == Some(entry));
        let withdrawn = document_withdraws(&book, entry);
        assert_eq!(told.iter().any(cites), !withdrawn, "{entry}");
        let without = golden().without(entry);
        let known = records(&without.steps);
        for line in all_lines(&without.document(), today()) {
            for citation in &line.citations {
                assert_ne!(citation.entry, Some(entry), "{line:?}");
                assert!(known.contains(&citation.record), "{line:?}");
            }
        }
    }
}

fn document_withdraws(book: &Book, entry: EntryId) -> bool {
    book.steps
        .iter()
        .any(|step| matches!(&step.record.content, Content::Withdrawals(it) if it.entry == entry))
}

#[test]
fn an_action_closed_and_reopened_says_both_since_and_now() {
    let [june, july] = [day(6, 30), day(7, 31)].map(|day| golden().until(day).document().read());
    let changes = diff(&june, &july);
    assert_eq!(changes.closed, vec![]);
    let [reopened] = changes.reopened.as_slice() else {
        panic!("{:?}", changes.reopened);
    };
    let text = &reopened.line.text;
    assert!(text.contains("recorded as both done and open") || text.contains("both open and done"));
    assert!(text.ends_with("School heard nothing."), "{text}");
    let action = summary(&july, day(7, 31)).actions;
    let action = action.iter().find(|it| it.id == reopened.id).unwrap();
    assert_eq!(
        action.line.citations.len(),
        3,
        "where it was agreed, closed and reopened"
    );
}

#[test]
fn a_period_runs_from_one_supervision_to_the_next() {
    let summary = summary(&golden().document().read(), today());
    let periods: Vec<_> = summary
        .periods
        .iter()
        .map(|it| (it.number, it.from, it.until))
        .collect();
    assert_eq!(
        periods,
        [
            (3, Some(day(8, 13)), None),
            (2, Some(day(6, 11)), Some(day(8, 12))),
            (1, None, Some(day(6, 10))),
        ]
    );
    let mut held = summary.supervisions.iter();
    assert!(held.next().is_some_and(|it| it.held));
    assert!(
        held.next().is_some_and(|it| !it.held),
        "what is gathered for the next"
    );
}

#[test]
fn a_supervision_keeps_disagreements_and_minority_views() {
    let workbook = golden().until(day(6, 30)).document().read();
    let summary = summary(&workbook, day(6, 30));
    insta::assert_snapshot!(page(
        &summary.supervisions[0]
            .disagreements
            .iter()
            .chain(&summary.supervisions[0].minority_views)
            .chain(&summary.supervisions[0].contributions)
            .collect::<Vec<_>>()
    ));
}

#[test]
fn a_childs_file_holds_nothing_private_of_the_other_child() {
    let workbook = golden().document().read();
    let files = [tyler(), ruby()].map(|child| child_file(&workbook, child, today()));
    let [tylers, rubys] = files.map(|it| page(&it.lines()));
    for private in [
        "pillow",
        "broke her arm",
        "pushed",
        "bag packed",
        "misses school",
    ] {
        assert!(!tylers.contains(private), "{private}");
        assert!(rubys.contains(private), "{private}");
    }
    for private in [
        "copies the shouting",
        "five weeks early",
        "weight",
        "dentist",
    ] {
        assert!(tylers.contains(private), "{private}");
        assert!(!rubys.contains(private), "{private}");
    }
    assert!(
        tylers.contains("proud of him"),
        "of an adult's session, what is about the child"
    );
    assert!(!tylers.contains("father drank"), "and nothing else of it");
    for unsaid in ["wet the bed", "scald"] {
        assert!(
            !tylers.contains(unsaid) && !rubys.contains(unsaid),
            "{unsaid}"
        );
    }
}

#[test]
fn a_file_for_an_adult_has_no_visits() {
    let workbook = golden().document().read();
    let file = child_file(&workbook, craig(), today());
    assert_eq!(file.visits, vec![]);
    assert_eq!(file.gaps, vec![]);
}

#[test]
fn nothing_changed_between_a_point_and_itself() {
    let workbook = golden().document().read();
    let changes = diff(&workbook, &workbook);
    assert_eq!(changes.lines().len(), 2, "both children were not seen");
    assert!(changes.children.iter().all(|it| it.seen == 0));
}

#[test]
fn an_earlier_point_reads_as_it_read_then() {
    let book = golden();
    let half = book.steps.len() / 2;
    let mut document = Document::genesis();
    let mut at_half: Option<(Vec<[u8; 32]>, Workbook)> = None;
    for (position, change) in book.document().changes().iter().enumerate() {
        if position == half {
            at_half = Some((document.heads(), document.read()));
        }
        document.apply(change).unwrap();
    }
    let (heads, then) = at_half.unwrap();
    assert_eq!(document.read_at(&heads), Ok(then));
    assert!(document.read_at(&[[1; 32]]).is_err());
}

#[test]
fn rough_dates_stand_before_exact_ones_and_the_withdrawn_leave_a_marker() {
    let chronology = chronology(&golden().document().read());
    let first: Vec<_> = chronology
        .events
        .iter()
        .take(3)
        .map(|it| it.when.date.year())
        .collect();
    assert_eq!(first, [2020, 2023, 2024]);
    let marker = chronology
        .events
        .iter()
        .find(|it| it.category == Category::Withdrawn);
    let marker = marker.unwrap();
    assert!(!marker.line.text.contains("boy"));
    assert!(marker.line.text.contains("another family"));
}
