//! Honest changes altered at random, operation by operation or byte by byte, and what must hold for
//! whatever comes of it. The property test and the fuzz target `rules` share this.

use std::num::NonZeroU64;

use automerge::{
    ActorId, Change as AutomergeChange, ExpandedChange, ObjType, ScalarValue,
    legacy::{ElementId, Key, MarkData, ObjectId, Op, OpId, OpType},
};
use record::{
    Change, Document, Workbook, check, contents,
    ids::{EntryId, RecordId},
    model::{ActionUpdate, Record},
    terms::ActionStatus,
};

use crate::{
    family::{action, at, id, social_worker, visit, with_visit, write},
    forge::chunk,
};

/// A family with a visit, and an honest change that it does not hold yet.
pub(crate) fn subject() -> (Document, Change) {
    let (document, _) = with_visit();
    let writer = social_worker();
    let mut later = document.clone();
    let mut entry = visit(&writer, 8);
    entry.purpose = Some("A second visit".into());
    entry.strengths = vec![record::model::Strength {
        text: "Tyler reads".into(),
        about: vec![crate::family::tyler()],
    }];
    let update = ActionUpdate {
        action: action(),
        status: ActionStatus::Done,
        note: None,
        by: writer.professional,
        at: at(),
    };
    let records = [
        Record::new(id::<EntryId>(23), entry),
        Record::new(id::<RecordId>(24), update),
    ];
    let change = write(&mut later, &records, &writer).unwrap();
    (document, change)
}

/// One alteration, as the fuzzer writes it: what, where, and how (twice).
pub(crate) type Mutation = [u8; 4];

/// The change with all alterations, in Automerge's own encoding and with the right checksum.
pub(crate) fn mutated(honest: &Change, mutations: &[Mutation]) -> Vec<u8> {
    let inner = AutomergeChange::from_bytes(honest.bytes().to_vec()).unwrap();
    let mut expanded = inner.decode();
    for mutation in mutations {
        mutate(&mut expanded, *mutation);
    }
    let mut bytes = AutomergeChange::from(expanded).raw_bytes().to_vec();
    for [what, high, low, with] in mutations {
        if what % 32 == 31 {
            let body = body(&bytes);
            let mut altered = bytes[body..].to_vec();
            let at = usize::from(*high) << 8 | usize::from(*low);
            let at = at % altered.len();
            altered[at] ^= with;
            bytes = chunk(1, &altered, &altered);
        }
    }
    bytes
}

/// Where the body of a plain chunk begins: behind magic, checksum, type and length.
fn body(bytes: &[u8]) -> usize {
    10 + bytes[9..].iter().take_while(|it| **it & 0x80 != 0).count()
}

fn mutate(change: &mut ExpandedChange, [what, place, how, more]: Mutation) {
    let actors = [
        change.actor_id.clone(),
        ActorId::from([0; 16]),
        ActorId::from([1; 16]),
    ];
    let some = OpId(
        u64::from(how) + u64::from(more) * 3,
        actors[usize::from(more) % 3].clone(),
    );
    match what % 32 {
        0 => change.seq = how.into(),
        1 => {
            change.start_op =
                NonZeroU64::new(u64::from(how) << (more % 24)).unwrap_or(NonZeroU64::MIN);
        }
        2 => change.deps.truncate(usize::from(how) % 3),
        3 => change.actor_id = actors[usize::from(more) % 3].clone(),
        4 => change.time = i64::from(how) << (more % 56),
        5 => change.message = Some("hidden".to_owned()),
        6 => change.extra_bytes = vec![how, more],
        _ => {}
    }
    let count = change.operations.len();
    if count == 0 {
        return;
    }
    let at = usize::from(place) % count;
    let other = usize::from(how) % count;
    match what % 32 {
        7 => change.operations.swap(at, other),
        8 => drop(change.operations.remove(at)),
        9 => {
            let again = change.operations[other].clone();
            change.operations.insert(at, again);
        }
        10 => change.operations.truncate(at + 1),
        _ => mutate_op(&mut change.operations[at], what % 32, how, more, some),
    }
}

fn mutate_op(op: &mut Op, what: u8, how: u8, more: u8, some: OpId) {
    const KEYS: [&str; 6] = ["purpose", "by", "at", "text", "nobody", ""];
    let existing = id::<EntryId>(21).to_string();
    match what {
        11 => op.action = OpType::Put(scalar(how, more)),
        12 => {
            let kinds = [ObjType::Map, ObjType::List, ObjType::Text, ObjType::Table];
            op.action = OpType::Make(kinds[usize::from(how) % 4]);
        }
        13 => op.action = OpType::Delete,
        14 => op.action = OpType::Increment(how.into()),
        15 => op.action = OpType::MarkEnd(how.is_multiple_of(2)),
        16 => {
            op.action = OpType::MarkBegin(MarkData {
                name: "bold".into(),
                value: scalar(how, more),
                expand: how.is_multiple_of(2),
            });
        }
        17 => op.key = Key::Map(KEYS[usize::from(how) % 6].into()),
        18 => op.key = Key::Map(existing.as_str().into()),
        19 => op.key = Key::Seq(ElementId::Head),
        20 => op.key = Key::Seq(ElementId::Id(some)),
        21 => op.obj = ObjectId::Root,
        22 => op.obj = ObjectId::Id(some),
        23 => op.obj = ObjectId::Id(OpId(u64::from(how % 30), ActorId::from([0; 16]))),
        24 => op.pred = vec![some].into(),
        25 => op.insert = !op.insert,
        _ => {}
    }
}

fn scalar(how: u8, more: u8) -> ScalarValue {
    match how % 10 {
        0 => ScalarValue::Null,
        1 => ScalarValue::Counter(i64::from(more).into()),
        2 => ScalarValue::Bytes(vec![more; 3]),
        3 => ScalarValue::Timestamp(more.into()),
        4 => ScalarValue::F64(if more == 0 { f64::NAN } else { f64::from(more) }),
        5 => ScalarValue::Uint(more.into()),
        6 => ScalarValue::Int(-i64::from(more)),
        7 => ScalarValue::Boolean(more.is_multiple_of(2)),
        8 => ScalarValue::Str(String::new().into()),
        _ => ScalarValue::Str("changed".into()),
    }
}

/// What must hold whatever the bytes are: nobody panics, and what the rules accept can be applied,
/// saved and loaded, and leaves every record that was there as it was.
pub(crate) fn must_hold(document: &Document, bytes: &[u8]) {
    let Ok(change) = Change::decode(bytes) else {
        return;
    };
    let _ = (contents(&change), change.written());
    let Ok(records) = check(document, &change, &social_worker()) else {
        return;
    };
    let mut after = document.clone();
    assert!(
        after.apply(&change).is_ok(),
        "accepted, but can't be applied"
    );
    let (old, new) = (document.read(), after.read());
    assert_eq!(new.unreadable, vec![]);
    assert!(keeps(&old, &new), "a record was altered");
    assert_eq!(total(&new), total(&old) + records.len());
    let loaded = Document::load(&after.save()).unwrap();
    assert_eq!(loaded.heads(), after.heads());
    assert!(loaded.read() == new);
}

fn values(workbook: &Workbook) -> Vec<(String, serde_json::Value)> {
    let serde_json::Value::Object(collections) = serde_json::to_value(workbook).unwrap() else {
        return vec![];
    };
    let mut records = vec![];
    for (collection, held) in collections {
        match held {
            serde_json::Value::Object(held) if collection != "cover" => records.extend(
                held.into_iter()
                    .map(|(id, value)| (format!("{collection}/{id}"), value)),
            ),
            serde_json::Value::Null | serde_json::Value::Array(_) => {}
            other => records.push((collection, other)),
        }
    }
    records
}

fn total(workbook: &Workbook) -> usize {
    values(workbook).len()
}

fn keeps(old: &Workbook, new: &Workbook) -> bool {
    let new = values(new);
    values(old).iter().all(|record| new.contains(record))
}
