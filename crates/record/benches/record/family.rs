//! A family with a team of twelve that writes entries of 2.5 kB.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};
use record::{
    Change, Document, Writer,
    ids::{ActionId, ConcernId, DeviceId, EntryId, FamilyId, PersonId, RecordId, mint},
    model::{Content, Record},
    propose,
    terms::Discipline,
};
use serde_json::{Value, json};
use uuid::Uuid;

const TEAM: u32 = 12;
const CONCERNS: u32 = 10;
const WORDS: [&str; 48] = [
    "Donna",
    "said",
    "that",
    "he",
    "has",
    "been",
    "calmer",
    "since",
    "the",
    "session",
    "and",
    "Tyler",
    "sleeps",
    "through",
    "most",
    "nights",
    "school",
    "rang",
    "about",
    "lunch",
    "Craig",
    "was",
    "late",
    "for",
    "contact",
    "but",
    "stayed",
    "until",
    "tea",
    "kitchen",
    "clean",
    "food",
    "in",
    "fridge",
    "heating",
    "off",
    "grandmother",
    "visits",
    "on",
    "Sundays",
    "worried",
    "money",
    "rent",
    "arrears",
    "nurse",
    "weighed",
    "Ruby",
    "well",
];

/// The day on which the summary is drawn up.
pub(crate) fn today() -> Date {
    date(2026, 10, 1)
}

fn id<T: From<Uuid>>(kind: u8, n: u32) -> T {
    let mut random = [0; 10];
    random[0] = kind;
    random[1..5].copy_from_slice(&n.to_be_bytes());
    mint(1_700_000_000_000 + u64::from(n), random).into()
}

fn at(n: u32) -> Timestamp {
    Timestamp::constant(1_750_000_000, 0) + SignedDuration::from_secs(i64::from(n) * 60)
}

#[derive(Clone)]
pub(crate) struct Family {
    pub(crate) document: Document,
    /// Tells the devices of one side from those of the other.
    side: u8,
}

impl Family {
    pub(crate) fn with_entries(count: u32) -> Self {
        let mut family = Self {
            document: Document::genesis(),
            side: 1,
        };
        let by = Self::writer(0);
        let records = set_up(&by);
        propose(&mut family.document, &records, &by, &[9; 16], at(0)).unwrap();
        for n in 0..count {
            family.write(n);
        }
        family
    }

    /// From here on written on other devices.
    pub(crate) fn offline(&mut self) {
        self.side += 1;
    }

    pub(crate) fn writer(n: u32) -> Writer {
        let who = n % TEAM;
        Writer {
            professional: id(1, who),
            discipline: if who == 0 {
                Discipline::TeamManager
            } else {
                Discipline::RecoveryWorker
            },
            device: id::<DeviceId>(2, who),
        }
    }

    /// Entry `n`, with what comes with it: now and then a concern, an action, its end.
    pub(crate) fn write(&mut self, n: u32) -> Change {
        let writer = Self::writer(n);
        let mut actor = [self.side; 16];
        actor[15] = u8::try_from(n % TEAM).unwrap();
        let records = entry(&writer, n);
        propose(&mut self.document, &records, &writer, &actor, at(n)).unwrap()
    }
}

fn record(
    id: impl std::fmt::Display,
    collection: record::model::Collection,
    value: Value,
) -> Record {
    Record {
        id: id.to_string(),
        content: Content::from_value(collection, value).unwrap(),
    }
}

fn set_up(by: &Writer) -> Vec<Record> {
    use record::model::Collection as In;
    let (at, by) = (at(0), by.professional);
    let cover = json!({"family": id::<FamilyId>(3, 0), "compartment": "team", "schema": 1, "by": by, "at": at});
    let mut records = vec![record("cover", In::Covers, cover)];
    for (n, (role, name)) in (0..).zip([
        ("mother", "Donna"),
        ("father", "Craig"),
        ("child", "Tyler"),
        ("child", "Ruby"),
    ]) {
        let person: PersonId = id(4, n);
        records.push(record(
            person,
            In::People,
            json!({"role": role, "by": by, "at": at}),
        ));
        let fact = json!({"person": person, "field": "name", "value": name, "by": by, "at": at});
        records.push(record(id::<RecordId>(5, n), In::Facts, fact));
    }
    for n in 0..CONCERNS {
        let concern = json!({"statement": said(n, 80), "children": [id::<PersonId>(4, 2)], "by": by, "at": at});
        records.push(record(id::<ConcernId>(6, n), In::Concerns, concern));
    }
    records
}

fn entry(writer: &Writer, n: u32) -> Vec<Record> {
    use record::model::Collection as In;
    let (by, at) = (writer.professional, at(n));
    let day = date(2010, 1, 1)
        .checked_add(jiff::Span::new().days(i64::from(n % 6_000)))
        .unwrap();
    let child = id::<PersonId>(4, 2 + n % 2);
    let holder = json!({"person": id::<PersonId>(4, n % 2)});
    let mut value = json!({
        "kind": "home-visit", "outcome": "took-place",
        "occurred": {"start": format!("{day}T16:15:00")},
        "at": at, "by": by, "discipline": writer.discipline, "device": writer.device,
        "present": [holder],
        "children": [{"child": child, "seen": "awake", "alone": "yes",
            "voice": {"words": format!("I count to {n}")}}],
        "statements": [],
        "views": [{"concern": id::<ConcernId>(6, n % CONCERNS), "holder": holder, "agreement": "shares-partly"}],
        "readings": [{"scale": "safety", "holder": holder, "value": n % 10}],
        "provenance": {"how": "typed"},
        "attestation": {"statement": record::model::ATTESTATION, "at": at},
    });
    let mut records = vec![];
    if n.is_multiple_of(10) {
        let action =
            json!({"text": "Ring the school", "entry": id::<EntryId>(7, n), "by": by, "at": at});
        records.push(record(id::<ActionId>(8, n), In::Actions, action));
    }
    // Each action is over twenty visits later.
    if let Some(agreed) = n
        .checked_sub(20)
        .filter(|n| n.is_multiple_of(10) && *n < 6_000)
    {
        value["actionUpdates"] =
            json!([{"action": id::<ActionId>(8, agreed), "status": "done", "by": by, "at": at}]);
    }
    // Filled up to 2.5 kB with what was said.
    let mut short = 2_500usize.saturating_sub(value.to_string().len());
    while short > 0 {
        let words = said(n + u32::try_from(short).unwrap(), short.clamp(20, 400));
        short = short.saturating_sub(words.len());
        if let Some(statements) = value["statements"].as_array_mut() {
            statements.push(json!({"nature": "observed-fact", "text": words}));
        }
    }
    records.insert(0, record(id::<EntryId>(7, n), In::Entries, value));
    records
}

/// Some `length` bytes of talk, other talk for each `seed`.
fn said(seed: u32, length: usize) -> String {
    let mut state = seed;
    let mut text = String::new();
    while text.len() < length {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(WORDS[(state >> 24) as usize % WORDS.len()]);
        text.push(' ');
    }
    text.trim_end().to_owned()
}
