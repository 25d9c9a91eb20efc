//! More of what no honest device writes: reopening, another's actor, lists and doubled keys.

use automerge::{ObjId, ObjType, legacy::OpType, transaction::Transactable};
use record::{Change, Rule, check, ids::RecordId};

use crate::{
    adversarial::{entry_path, object, refused, tamper},
    family::{id, recovery_worker, social_worker, with_visit},
};

#[test]
fn a_complete_entry_is_not_reopened() {
    let path = entry_path();
    let emptied = refused(|copy| {
        let entry = object(copy, &["entries", &path]);
        copy.delete(&entry, "attestation").unwrap();
    });
    assert_eq!(emptied.rule, Rule::CompleteEntryImmutable);
    let unsaid = refused(|copy| {
        let attestation = object(copy, &["entries", &path, "attestation"]);
        copy.put(&attestation, "statement", "not yet").unwrap();
    });
    assert_eq!(unsaid.rule, Rule::CompleteEntryImmutable);
}

#[test]
fn a_list_where_a_scalar_belongs_is_refused() {
    let refusal = refused(|copy| {
        let appendments = object(copy, &["appendments"]);
        let key = id::<RecordId>(81).to_string();
        let it = copy.put_object(&appendments, &key, ObjType::Map).unwrap();
        let list: ObjId = copy.put_object(&it, "text", ObjType::List).unwrap();
        copy.insert(&list, 0, "in a list").unwrap();
    });
    assert_eq!(refusal.rule, Rule::WrongType);
}

#[test]
fn a_key_is_not_written_twice() {
    let (document, _) = with_visit();
    let honest = tamper(&document, |copy| {
        let appendments = object(copy, &["appendments"]);
        let key = id::<RecordId>(81).to_string();
        let it = copy.put_object(&appendments, &key, ObjType::Map).unwrap();
        copy.put(&it, "text", "one").unwrap();
    });
    let mut forged = automerge::Change::from_bytes(honest.bytes().to_vec())
        .unwrap()
        .decode();
    let mut again = forged.operations[1].clone();
    again.action = OpType::Put("two".into());
    forged.operations.push(again);
    let twice = Change::decode(automerge::Change::from(forged).raw_bytes()).unwrap();
    let refusal = check(&document, &twice, &social_worker()).unwrap_err();
    assert_eq!(refusal.rule, Rule::MalformedChange);
}

#[test]
fn another_devices_actor_can_not_be_taken() {
    let (document, visit) = with_visit();
    let stolen = tamper(&document, |copy| {
        copy.set_actor(automerge::ActorId::from([7; 16]));
        let appendments = object(copy, &["appendments"]);
        copy.put_object(&appendments, "x", ObjType::Map).unwrap();
    });
    let mut forged = automerge::Change::from_bytes(stolen.bytes().to_vec())
        .unwrap()
        .decode();
    forged.actor_id = automerge::ActorId::from(visit.actor());
    let change = Change::decode(automerge::Change::from(forged).raw_bytes()).unwrap();
    let refusal = check(&document, &change, &recovery_worker()).unwrap_err();
    assert_eq!(refusal.rule, Rule::MalformedChange);
}
