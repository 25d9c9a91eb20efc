//! The life cycle of a draft: what is missing, when it times out, and that late is marked.

use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use record::{
    Configuration, DraftState, EntryDraft, Missing, Rule, Unsaid,
    ids::EntryId,
    missing,
    model::{Analysis, ChildSeen, Content, Entry, Occurred, Record, Voice},
    terms::{EntryKind, ImmediateSafety, Outcome, Seen, SeenAlone},
};

use crate::family::{at, id, set_up, social_worker, tyler, visit, write};

fn draft(entry: Entry) -> EntryDraft {
    EntryDraft {
        id: id(21),
        entry: Entry {
            attestation: None,
            ..entry
        },
        concerns: std::collections::BTreeMap::new(),
        actions: std::collections::BTreeMap::new(),
        unsaid: std::collections::BTreeSet::new(),
    }
}

/// A visit in which nothing is missing.
fn whole() -> Entry {
    let mut entry = visit(&social_worker(), 6);
    entry.children = vec![ChildSeen {
        child: tyler(),
        seen: Seen::Awake,
        alone: Some(SeenAlone::Yes),
        voice: Some(Voice {
            words: "I count to a hundred".into(),
            how: None,
        }),
    }];
    entry.analysis = Some(Analysis {
        changed: Some("Tyler sleeps through".into()),
        ..Analysis::default()
    });
    entry.immediate_safety = Some(ImmediateSafety::NoConcern);
    entry
}

fn days_later(days: i64) -> Timestamp {
    at().checked_add((days * 24).hours()).unwrap()
}

#[test]
fn what_is_missing_depends_on_kind_outcome_and_child() {
    type Change = fn(&mut Entry);
    let table: [(&str, Change, &[Missing]); 10] = [
        ("whole", |_| {}, &[]),
        (
            "empty",
            |it| *it = visit(&social_worker(), 6),
            &[
                Missing::Account,
                Missing::Children,
                Missing::Analysis,
                Missing::ImmediateSafety,
            ],
        ),
        (
            "no reply",
            |it| {
                *it = visit(&social_worker(), 6);
                it.outcome = Outcome::NoReply;
            },
            &[],
        ),
        (
            "no voice",
            |it| it.children[0].voice = None,
            &[Missing::Voice(id(13))],
        ),
        (
            "asleep",
            |it| {
                it.children[0].voice = None;
                it.children[0].seen = Seen::Asleep;
            },
            &[],
        ),
        (
            "not said whether alone",
            |it| it.children[0].alone = None,
            &[Missing::SeenAlone(id(13))],
        ),
        (
            "not seen",
            |it| {
                it.children[0] = ChildSeen {
                    child: id(13),
                    seen: Seen::NotSeen,
                    alone: None,
                    voice: None,
                };
            },
            &[],
        ),
        (
            "hollow analysis",
            |it| it.analysis = Some(Analysis::default()),
            &[Missing::Analysis],
        ),
        (
            "a call",
            |it| {
                it.kind = EntryKind::Phone;
                it.analysis = None;
                it.immediate_safety = None;
            },
            &[],
        ),
        (
            "some kind",
            |it| it.kind = EntryKind::Other,
            &[Missing::Kind],
        ),
    ];
    for (name, change, expected) in table {
        let mut entry = whole();
        change(&mut entry);
        assert_eq!(missing(&draft(entry)), expected, "{name}");
    }
}

#[test]
fn a_draft_is_ready_when_whole_and_timed_out_after_the_councils_days() {
    let configuration = Configuration::built_in().unwrap();
    let ready = draft(whole());
    let thin = draft(visit(&social_worker(), 6));
    for (days, of_whole, of_thin) in [
        (0, DraftState::Ready, DraftState::Draft),
        (10, DraftState::Ready, DraftState::Draft),
        (11, DraftState::TimedOut, DraftState::TimedOut),
    ] {
        let now = days_later(days);
        assert_eq!(ready.state(&configuration, now), of_whole, "{days}");
        assert_eq!(thin.state(&configuration, now), of_thin, "{days}");
    }
    // A clock that was set back makes nothing late.
    assert_eq!(
        ready.state(&configuration, days_later(-3)),
        DraftState::Ready
    );
}

fn attested(days: i64) -> Vec<Record> {
    let configuration = Configuration::built_in().unwrap();
    draft(whole())
        .attest(&configuration, days_later(days))
        .unwrap()
}

fn late_days(records: &[Record]) -> Option<u32> {
    match &records[0].content {
        Content::Entries(entry) => entry.finished_late_days,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_timed_out_draft_can_be_completed_and_is_marked() {
    assert_eq!(late_days(&attested(10)), None);
    let records = attested(13);
    assert_eq!(late_days(&records), Some(3));

    let mut document = set_up();
    write(&mut document, &records, &social_worker()).unwrap();
    let read = document.read();
    assert_eq!(read.unreadable, vec![]);
    assert_eq!(read.entries[&id::<EntryId>(21)].finished_late_days, Some(3));
}

#[test]
fn an_entry_in_time_is_written_as_before_and_no_days_late_is_refused() {
    let json = serde_json::to_value(&attested(1)[0].content).unwrap();
    assert_eq!(json.get("finishedLateDays"), None);

    let mut entry = visit(&social_worker(), 6);
    entry.finished_late_days = Some(0);
    let record = Record::new(id::<EntryId>(21), entry);
    let refusal = write(&mut set_up(), &[record], &social_worker()).unwrap_err();
    assert_eq!(refusal.rule, Rule::InvalidValue);
    assert_eq!(refusal.field.as_deref(), Some("finishedLateDays"));
}

#[test]
fn what_nobody_said_must_be_said_before_it_counts() {
    let configuration = Configuration::built_in().unwrap();
    let mut said = draft(whole());
    said.unsaid = Unsaid::ALL.into();
    let expected = [Missing::Kind, Missing::Outcome, Missing::Start];
    assert_eq!(missing(&said), expected);
    assert_eq!(said.state(&configuration, at()), DraftState::Draft);

    said.say_kind(EntryKind::HomeVisit);
    said.say_outcome(Outcome::TookPlace);
    let refused = said.clone().attest(&configuration, at()).unwrap_err();
    assert_eq!(refused.fields, [Unsaid::Start].into());
    assert!(refused.to_string().contains("do not know the time"));

    let day = said.entry.occurred.start.date();
    said.say_occurred(Occurred::on(day));
    let records = said.attest(&configuration, at()).unwrap();
    write(&mut set_up(), &records, &social_worker()).unwrap();
}

#[test]
fn a_draft_of_an_earlier_program_has_nothing_unsaid() {
    let json = serde_json::to_value(draft(whole())).unwrap();
    assert_eq!(json.get("unsaid"), None);
    let read: EntryDraft = serde_json::from_value(json).unwrap();
    assert_eq!(read, draft(whole()));
}

#[test]
fn an_unknown_time_is_midnight_without_an_end() {
    let day = whole().occurred.start.date();
    let known = Occurred::at(day.at(9, 0, 0, 0), None);
    let ends = Some(day.at(9, 0, 0, 0));
    for wrong in [
        Occurred {
            time_unknown: true,
            ..known
        },
        Occurred {
            end: ends,
            ..Occurred::on(day)
        },
    ] {
        let mut entry = visit(&social_worker(), 6);
        entry.occurred = wrong;
        let record = Record::new(id::<EntryId>(21), entry);
        let refusal = write(&mut set_up(), &[record], &social_worker()).unwrap_err();
        assert_eq!(refusal.rule, Rule::InvalidValue);
        assert_eq!(refusal.field.as_deref(), Some("occurred/timeUnknown"));
    }
    let json = serde_json::to_value(known).unwrap();
    assert_eq!(json.get("timeUnknown"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn only_what_is_timed_out_is_marked_late(days in 0..400_i64) {
        let configuration = Configuration::built_in().unwrap();
        let state = draft(whole()).state(&configuration, days_later(days));
        let late = late_days(&attested(days));
        prop_assert_eq!(state == DraftState::TimedOut, late.is_some());
        prop_assert_ne!(late, Some(0));
    }
}
