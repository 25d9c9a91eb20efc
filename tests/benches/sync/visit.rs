//! What is written: a family as its manager sets it up, and visits of 2.5 kB.

use jiff::{SignedDuration, Timestamp};
use record::{
    Writer,
    ids::{EntryId, FamilyId, PersonId, RecordId, mint},
    model::{ATTESTATION, Collection, Content, Record},
};
use serde_json::{Value, json};

/// How long a visit is as JSON, in bytes.
const LENGTH: usize = 2_500;

/// Some time in 2026, a minute later for each `n`.
pub(crate) fn at(n: u32) -> Timestamp {
    Timestamp::constant(1_775_000_000, 0) + SignedDuration::from_secs(i64::from(n) * 60)
}

/// A sequence of ids that no other `series` has.
fn id<T: From<uuid::Uuid>>(series: u32, n: u32) -> T {
    let mut random = [7; 10];
    random[1..5].copy_from_slice(&series.to_be_bytes());
    random[5..9].copy_from_slice(&n.to_be_bytes());
    mint(1_775_000_000_000 + u64::from(n), random).into()
}

fn record(id: impl std::fmt::Display, collection: Collection, value: Value) -> Record {
    Record {
        id: id.to_string(),
        #[expect(clippy::expect_used, reason = "a bench may fail loudly")]
        content: Content::from_value(collection, value).expect("a record"),
    }
}

/// The cover and four people, as a manager writes them.
pub(crate) fn set_up(family: FamilyId, by: &Writer) -> Vec<Record> {
    let (at, by) = (at(0), by.professional);
    let cover = json!({"family": family, "compartment": "team", "schema": 1, "by": by, "at": at});
    let mut records = vec![record("cover", Collection::Covers, cover)];
    for (n, role) in (0..).zip(["mother", "father", "child", "child"]) {
        let person: PersonId = id(u32::MAX, n);
        let value = json!({"role": role, "by": by, "at": at});
        records.push(record(person, Collection::People, value));
        let fact = json!({
            "person": person, "field": "name", "value": format!("Person {n}"), "by": by, "at": at,
        });
        records.push(record(
            id::<RecordId>(u32::MAX - 1, n),
            Collection::Facts,
            fact,
        ));
    }
    records
}

/// Visit `n` of `series`, a number of its author's own.
pub(crate) fn visit(by: &Writer, series: u32, n: u32) -> Record {
    record(
        id::<EntryId>(series, n),
        Collection::Entries,
        content(by, series, n),
    )
}

/// The same as plain data, for whoever keeps no record of ours.
pub(crate) fn content(by: &Writer, series: u32, n: u32) -> Value {
    let at = at(n);
    let mut value = json!({
        "kind": "home-visit", "outcome": "took-place",
        "occurred": {"start": "2026-03-31T16:15:00"},
        "at": at, "by": by.professional, "discipline": by.discipline, "device": by.device,
        "children": [{"child": id::<PersonId>(u32::MAX, 2 + n % 2), "seen": "awake", "alone": "yes",
            "voice": {"words": format!("I count to {n}")}}],
        "statements": [],
        "provenance": {"how": "typed"},
        "attestation": {"statement": ATTESTATION, "at": at},
    });
    let mut short = LENGTH.saturating_sub(value.to_string().len());
    let mut seed = series.wrapping_mul(7_919).wrapping_add(n);
    while short > 0 {
        let words = said(&mut seed, short.clamp(20, 400));
        short = short.saturating_sub(words.len());
        if let Some(statements) = value["statements"].as_array_mut() {
            statements.push(json!({"nature": "observed-fact", "text": words}));
        }
    }
    value
}

/// Some `length` bytes of talk.
fn said(seed: &mut u32, length: usize) -> String {
    let mut text = String::new();
    while text.len() < length {
        *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(WORDS[(*seed >> 24) as usize % WORDS.len()]);
        text.push(' ');
    }
    text.trim_end().to_owned()
}

const WORDS: [&str; 32] = [
    "said", "that", "calmer", "since", "session", "sleeps", "through", "nights", "school", "rang",
    "about", "lunch", "late", "contact", "stayed", "until", "kitchen", "clean", "food", "fridge",
    "heating", "off", "visits", "Sundays", "worried", "money", "rent", "arrears", "nurse",
    "weighed", "well", "and",
];
