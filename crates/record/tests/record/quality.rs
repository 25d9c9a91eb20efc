//! Quality: what it finds, what it leaves alone, and that every line opens what it is about.

use jiff::{Timestamp, civil::date as day};
use record::{
    Configuration, Quality, Workbook,
    ids::EntryId,
    model::{Analysis, ChildSeen, Entry, FactField, Party, Voice},
    quality,
    terms::{EntryKind, ImmediateSafety, Outcome, Seen, SeenAlone},
};

use crate::family::{craig, date, fact, id, set_up, social_worker, tyler, visit};

fn seen(alone: SeenAlone) -> ChildSeen {
    ChildSeen {
        child: tyler(),
        seen: Seen::Awake,
        alone: Some(alone),
        voice: Some(Voice {
            words: "I like my new school".into(),
            how: None,
        }),
    }
}

/// A whole visit on a day of September, completed at an instant.
fn entry(september: i8, completed: &str) -> Entry {
    let mut entry = visit(&social_worker(), september);
    entry.at = completed.parse::<Timestamp>().unwrap();
    entry.children = vec![seen(SeenAlone::Yes)];
    entry.analysis = Some(Analysis {
        changed: Some("he sleeps".into()),
        ..Analysis::default()
    });
    entry
}

fn family(entries: Vec<Entry>) -> Workbook {
    let mut workbook = set_up().read();
    for (n, entry) in (21..).zip(entries) {
        workbook.entries.insert(id::<EntryId>(n), entry);
    }
    workbook
}

fn of(workbook: &Workbook) -> Quality {
    quality(workbook, &Configuration::built_in().unwrap(), date(30))
}

#[test]
fn recording_is_late_by_the_rule_that_fits() {
    type Change = fn(&mut Entry);
    let statutory: Change = |_| {};
    let other: Change = |it| it.kind = EntryKind::Phone;
    let critical: Change = |it| it.immediate_safety = Some(ImmediateSafety::ManagerInformed);
    // The contact is on Friday 4 September at 16:15, British Summer Time.
    let table = [
        (
            statutory,
            "2026-09-04T20:00:00Z",
            "record-statutory-visit",
            0,
            false,
        ),
        (
            statutory,
            "2026-09-08T22:59:00Z",
            "record-statutory-visit",
            4,
            false,
        ),
        (
            statutory,
            "2026-09-08T23:00:00Z",
            "record-statutory-visit",
            5,
            true,
        ),
        (other, "2026-09-11T12:00:00Z", "record-other", 7, false),
        (other, "2026-09-12T12:00:00Z", "record-other", 8, true),
        (
            critical,
            "2026-09-05T15:15:00Z",
            "record-critical",
            1,
            false,
        ),
        (critical, "2026-09-05T15:15:01Z", "record-critical", 1, true),
        (
            statutory,
            "2026-09-01T12:00:00Z",
            "record-statutory-visit",
            0,
            false,
        ),
    ];
    for (change, completed, rule, days, late) in table {
        let mut entry = entry(4, completed);
        change(&mut entry);
        let quality = of(&family(vec![entry]));
        let it = &quality.recorded[0];
        assert_eq!(
            (it.rule.as_deref(), it.days, it.late),
            (Some(rule), days, late),
            "{completed}: {}",
            it.line.text
        );
    }
}

#[test]
fn a_late_draft_says_so() {
    let mut late = entry(4, "2026-09-20T12:00:00Z");
    late.finished_late_days = Some(6);
    assert_eq!(
        of(&family(vec![late])).recorded[0].line.text,
        "The statutory visit (CP) on 4 September 2026 was complete 16 days later, late: it was due \
         within 2 working days, by 8 September 2026; its draft had timed out 6 days before."
    );
}

#[test]
fn missing_voice_and_analysis_are_found_where_a_draft_would_ask() {
    let mut thin = entry(4, "2026-09-04T20:00:00Z");
    thin.children[0].voice = None;
    thin.analysis = None;
    let mut attempted = thin.clone();
    attempted.outcome = Outcome::NoReply;
    let mut call = thin.clone();
    call.kind = EntryKind::Phone;
    let quality = of(&family(vec![thin, attempted, call]));
    let voices: Vec<_> = quality.voice_missing.iter().map(|it| &it.line).collect();
    assert_eq!(voices.len(), 1);
    assert_eq!(
        voices[0].text,
        "Tyler Brennan’s voice is missing from the statutory visit (CP) on 4 September 2026."
    );
    assert_eq!(voices[0].citations[0].entry, Some(id(21)));
    assert_eq!(quality.analysis_missing.len(), 1);
    assert_eq!(quality.analysis_missing[0].entry, id(21));
}

#[test]
fn a_father_is_absent_after_the_councils_days_without_contact_or_mention() {
    let configuration = Configuration::built_in().unwrap();
    let mut with_craig = entry(1, "2026-09-01T20:00:00Z");
    with_craig.present = vec![Party::Person(craig())];
    let mut knocked = entry(20, "2026-09-20T20:00:00Z");
    knocked.outcome = Outcome::NoReply;
    knocked.present = vec![Party::Person(craig())];
    let mut workbook = family(vec![with_craig, knocked]);
    let absent =
        |workbook: &Workbook, as_of| quality(workbook, &configuration, as_of).fathers_absent;
    assert_eq!(absent(&workbook, day(2026, 10, 12)), vec![]);
    let lines = absent(&workbook, day(2026, 10, 13));
    assert_eq!(
        lines[0].line.text,
        "No contact with, or mention of, Craig Brennan for 42 days, since 1 September 2026."
    );
    assert_eq!(lines[0].line.citations[0].entry, Some(id(21)));

    workbook
        .facts
        .insert(id(66), fact(craig(), FactField::LeftOn, "2026-10-01"));
    assert_eq!(absent(&workbook, day(2026, 10, 13)), vec![]);
}

#[test]
fn a_father_in_no_entry_is_cited_by_his_own_record() {
    let configuration = Configuration::built_in().unwrap();
    let quality = quality(&family(vec![]), &configuration, day(2027, 1, 1));
    let line = &quality.fathers_absent[0].line;
    assert!(line.text.contains("in any entry"), "{}", line.text);
    assert_eq!(line.citations[0].record, format!("people/{}", craig()));
}

#[test]
fn a_child_seen_and_not_alone_is_named_with_the_reasons() {
    let at = "2026-09-10T20:00:00Z";
    let with = |september, alone| {
        let mut entry = entry(september, at);
        entry.children = vec![seen(alone)];
        entry
    };
    let workbook = family(vec![
        with(1, SeenAlone::Yes),
        with(8, SeenAlone::ParentRefused),
        with(9, SeenAlone::ChildDeclined),
    ]);
    let quality = of(&workbook);
    assert_eq!(
        quality.not_seen_alone[0].line.text,
        "Tyler Brennan has not been seen alone since 1 September 2026 (seen 2 times: child \
         declined, parent refused)."
    );
    assert_eq!(quality.not_seen_alone[0].line.citations.len(), 3);

    let baby = family(vec![with(8, SeenAlone::TooYoung)]);
    assert_eq!(of(&baby).not_seen_alone, vec![]);
    let alone_last = family(vec![
        with(1, SeenAlone::ParentRefused),
        with(2, SeenAlone::Yes),
    ]);
    assert_eq!(of(&alone_last).not_seen_alone, vec![]);
}

#[test]
fn every_line_cites_a_record_that_exists() {
    let mut thin = entry(4, "2026-09-20T20:00:00Z");
    thin.children = vec![ChildSeen {
        voice: None,
        ..seen(SeenAlone::ParentRefused)
    }];
    thin.analysis = None;
    let workbook = family(vec![thin]);
    let configuration = Configuration::built_in().unwrap();
    let quality = quality(&workbook, &configuration, day(2027, 1, 1));
    assert_eq!(quality.lines().len(), 5, "one of each");
    for line in quality.lines() {
        assert!(!line.citations.is_empty(), "{line:?}");
        for citation in &line.citations {
            match citation.entry {
                Some(entry) => assert!(workbook.entries.contains_key(&entry)),
                None => assert_eq!(citation.record, format!("people/{}", craig())),
            }
        }
    }
}
