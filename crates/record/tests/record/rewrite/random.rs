//! Removal from random families: what remains is what it was.

use std::collections::BTreeMap;

use proptest::prelude::*;
use record::{
    Document, Remove, RewriteError, Writer, contents,
    ids::{ActionId, ConcernId, EntryId, PersonId, RecordId, mint},
    model::{Collection, Content, Record},
    propose, rewrite,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{bytes, fresh, keeps_the_rules};
use crate::family::{at, manager, recovery_worker, set_up, social_worker, visit};

/// What somebody does: who, what, and two numbers that choose what it refers to.
type Step = (u8, u8, u8, u8);

/// What there is to refer to.
#[derive(Default)]
struct Pool {
    people: Vec<PersonId>,
    entries: Vec<EntryId>,
    concerns: Vec<ConcernId>,
    actions: Vec<ActionId>,
    facts: BTreeMap<PersonId, Vec<RecordId>>,
}

fn pick<T: Copy>(from: &[T], n: u8) -> Option<T> {
    from.get(usize::from(n) % from.len().max(1)).copied()
}

fn record(writer: &Writer, collection: Collection, id: &impl ToString, mut value: Value) -> Record {
    value["by"] = json!(writer.professional);
    value["at"] = json!(at());
    value.as_object_mut().unwrap().retain(|_, it| !it.is_null());
    Record {
        id: id.to_string(),
        content: Content::from_value(collection, value).unwrap(),
    }
}

/// Ids of what comes in one step with an entry.
fn key<T: From<Uuid>>(kind: u8, n: u8) -> T {
    let mut random = [n; 10];
    random[0] = kind;
    mint(1_700_000_100_000, random).into()
}

/// The records of one step. Every text has a word of its own, `word<n>x`.
fn records(pool: &mut Pool, n: u8, (who, what, a, b): Step) -> (Writer, Vec<Record>) {
    let writer = [manager(), social_worker(), recovery_worker()][usize::from(who % 3)].clone();
    let word = format!("word{n}x");
    let (one, other) = (pick(&pool.people, a), pick(&pool.people, b));
    let entry = pick(&pool.entries, a);
    let by = &writer;
    let records = match what % 8 {
        0 => {
            let person: PersonId = key(3, n);
            pool.people.push(person);
            vec![record(
                by,
                Collection::People,
                &person,
                json!({"role": "child"}),
            )]
        }
        1 | 2 => {
            let (new, raised, agreed) = (
                key::<EntryId>(3, n),
                key::<ConcernId>(1, n),
                key::<ActionId>(2, n),
            );
            let mut content = serde_json::to_value(visit(by, 9)).unwrap();
            content["purpose"] = json!(word);
            let about: Vec<_> = [one, other].into_iter().take(usize::from(b % 3)).collect();
            content["statements"] = json!([
                {"text": format!("first {word}"), "nature": "observed-fact", "about": about},
                {"text": format!("second {word}"), "nature": "reported", "source": {"person": other}},
            ]);
            content["present"] = json!([{"person": one}, {"person": other}]);
            content["readings"] =
                json!([{"scale": "safety", "holder": {"person": one}, "value": 3}]);
            if let Some(seen) = pick(&pool.concerns, b) {
                content["views"] = json!([{"concern": seen, "holder": {"person": other},
                    "agreement": "shares-fully", "words": word}]);
            }
            let mut all = vec![record(by, Collection::Entries, &new, content)];
            if a % 2 == 0 {
                let value =
                    json!({"entry": new, "statement": format!("concern {word}"), "adults": [one]});
                all.push(record(by, Collection::Concerns, &raised, value));
                pool.concerns.push(raised);
            }
            if b % 2 == 0 {
                let value = json!({"entry": new, "text": format!("action {word}"), "owner": {"person": other}});
                all.push(record(by, Collection::Actions, &agreed, value));
                pool.actions.push(agreed);
            }
            pool.entries.push(new);
            all
        }
        3 => {
            let person = one.unwrap();
            let facts = pool.facts.entry(person).or_default();
            let supersedes: Vec<_> = pick(facts, b).into_iter().collect();
            facts.push(key(3, n));
            let value = json!({"person": person, "field": "communication", "value": format!("fact {word}"),
                "supersedes": supersedes, "entry": entry});
            vec![record(by, Collection::Facts, &key::<RecordId>(3, n), value)]
        }
        4 => entry.map_or(vec![], |entry| {
            let value =
                json!({"entry": entry, "reason": "correction", "text": format!("appended {word}")});
            vec![record(
                by,
                Collection::Appendments,
                &key::<RecordId>(3, n),
                value,
            )]
        }),
        5 => pick(&pool.actions, a).map_or(vec![], |action| {
            let value = json!({"action": action, "status": "done", "note": format!("news {word}")});
            vec![record(
                by,
                Collection::ActionUpdates,
                &key::<RecordId>(3, n),
                value,
            )]
        }),
        6 => pick(&pool.concerns, a).map_or(vec![], |concern| {
            let value = json!({"concern": concern, "reason": format!("closed {word}")});
            vec![record(
                by,
                Collection::ConcernClosures,
                &key::<RecordId>(3, n),
                value,
            )]
        }),
        _ => {
            let value = json!({"person": one, "kind": "parent", "of": other});
            vec![record(
                by,
                Collection::Relationships,
                &key::<RecordId>(3, n),
                value,
            )]
        }
    };
    (writer, records)
}

fn family(steps: &[Step]) -> (Document, Pool) {
    let mut document = set_up();
    let mut pool = Pool {
        people: document.read().people.into_keys().collect(),
        ..Pool::default()
    };
    for (n, step) in (70u8..).zip(steps) {
        let (writer, records) = records(&mut pool, n, *step);
        if !records.is_empty() {
            let actor = [writer.professional.as_uuid().as_bytes()[15]; 16];
            propose(&mut document, &records, &writer, &actor, at()).unwrap();
        }
    }
    (document, pool)
}

/// Every record of a document by its path, as JSON.
fn all(document: &Document) -> BTreeMap<String, Value> {
    let changes = document.changes();
    let records = changes.iter().flat_map(|it| contents(it).unwrap());
    records
        .map(|it| (it.path(), serde_json::to_value(&it.content).unwrap()))
        .collect()
}

/// Whether a value is an older one with nothing but fields and items missing.
fn is_kept(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => new
            .iter()
            .all(|(key, value)| old.get(key).is_some_and(|was| is_kept(was, value))),
        (Value::Array(old), Value::Array(new)) => {
            let mut old = old.iter();
            new.iter().all(|value| old.any(|was| is_kept(was, value)))
        }
        _ => before == after,
    }
}

/// What a fact supersedes then: in the place of each that was dropped stands what that one had superseded,
/// which would be current again otherwise.
fn heirs(before: &BTreeMap<String, Value>, dropped: &[String], superseded: &Value) -> Vec<Value> {
    let ids = superseded.as_array().into_iter().flatten();
    ids.flat_map(|id| {
        let path = format!("facts/{}", id.as_str().unwrap());
        if dropped.contains(&path) {
            heirs(before, dropped, &before[&path]["supersedes"])
        } else {
            vec![id.clone()]
        }
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn everything_else_is_what_it_was(
        steps in prop::collection::vec(any::<Step>(), 1..40),
        kind in 0u8..4,
        which in any::<u8>(),
    ) {
        let (document, pool) = family(&steps);
        let before = all(&document);
        let entry = pick(&pool.entries, which);
        let (remove, target, words) = match (kind, entry, pick(&pool.concerns, which)) {
            (0, Some(entry), _) => {
                let content = &document.read().entries[&entry];
                (Remove::Entry(entry), entry.to_string(), content.purpose.clone().into_iter()
                    .flat_map(|it| [format!("first {it}"), format!("second {it}")]).collect())
            }
            (1, Some(entry), _) => {
                let content = &document.read().entries[&entry];
                let text = content.statements[0].text.clone();
                (Remove::Statement { entry, index: 0 }, text.clone(), vec![text])
            }
            (2, _, Some(concern)) => {
                let text = document.read().concerns[&concern].statement.clone();
                (Remove::Concern(concern), concern.to_string(), vec![text])
            }
            _ => {
                let person = pick(&pool.people, which).unwrap();
                let workbook = document.read();
                let facts = workbook.facts.values().filter(|it| it.person == person);
                (Remove::Person(person), person.to_string(), facts.map(|it| it.value.clone()).collect())
            }
        };
        prop_assert!(bytes(&document).contains(&target));
        let rewritten = rewrite(&document, remove, fresh).unwrap();
        let after = all(&rewritten.document);
        let bytes = bytes(&rewritten.document);

        prop_assert!(!bytes.contains(&target));
        for word in &words {
            prop_assert!(!bytes.contains(word), "{word}");
        }
        for path in &rewritten.dropped {
            let (_, id) = path.split_once('/').unwrap();
            prop_assert!(!after.contains_key(path));
            prop_assert!(!bytes.contains(id), "{path}");
        }
        prop_assert_eq!(before.len(), after.len() + rewritten.dropped.len());
        for (path, value) in &after {
            if rewritten.altered.contains(path) {
                let mut was = before[path].clone();
                if was["supersedes"].is_array() {
                    let heirs = heirs(&before, &rewritten.dropped, &was["supersedes"]);
                    let now = value["supersedes"].as_array().cloned().unwrap_or_default();
                    prop_assert_eq!(&now, &heirs, "{}", path);
                    was["supersedes"] = heirs.into();
                }
                prop_assert!(is_kept(&was, value), "{path}");
                for attribution in ["by", "at", "device", "discipline", "attestation"] {
                    prop_assert_eq!(&before[path][attribution], &value[attribution]);
                }
            } else {
                prop_assert_eq!(&before[path], value);
            }
        }
        keeps_the_rules(&rewritten.document);
        prop_assert_eq!(rewritten.document.read().unreadable, vec![]);
        let again = rewrite(&rewritten.document, remove, fresh).map(|_| ());
        if !matches!(remove, Remove::Statement { .. }) {
            prop_assert_eq!(again, Err(RewriteError::NotThere));
        }
    }
}
