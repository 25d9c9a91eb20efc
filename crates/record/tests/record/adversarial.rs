//! Changes that no honest device writes, each refused for the right reason.

use automerge::{
    ActorId, AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value,
    transaction::Transactable,
};
use record::{
    Change, Document, Refusal, Rule, Writer, check,
    ids::{EntryId, RecordId},
    model::{Record, Withdrawal},
};

use crate::family::{
    at, id, manager, recovery_worker, set_up, social_worker, visit, with_visit, write,
};

/// What a tampered device would send: edits made with Automerge itself, past our rules.
pub(crate) fn tamper(document: &Document, edit: impl FnOnce(&mut AutoCommit)) -> Change {
    let mut copy = AutoCommit::load(&document.save()).unwrap();
    copy.set_actor(ActorId::from([66; 16]));
    edit(&mut copy);
    let bytes = copy.get_last_local_change().unwrap().raw_bytes().to_vec();
    Change::decode(&bytes).unwrap()
}

pub(crate) fn object(copy: &AutoCommit, path: &[&str]) -> ObjId {
    path.iter().fold(ROOT, |at, key| {
        match copy.get(&at, *key).unwrap().unwrap() {
            (Value::Object(_), id) => id,
            other => panic!("{key} is {other:?}"),
        }
    })
}

pub(crate) fn entry_path() -> String {
    id::<EntryId>(21).to_string()
}

pub(crate) fn refused(edit: impl FnOnce(&mut AutoCommit)) -> Refusal {
    refused_for(&social_worker(), edit)
}

fn refused_for(writer: &Writer, edit: impl FnOnce(&mut AutoCommit)) -> Refusal {
    let (document, _) = with_visit();
    check(&document, &tamper(&document, edit), writer).unwrap_err()
}

#[test]
fn a_complete_entry_takes_no_edit_even_with_the_same_value() {
    let (document, _) = with_visit();
    let edited = tamper(&document, |copy| {
        let entry = object(copy, &["entries", &entry_path()]);
        copy.put(&entry, "outcome", "no-reply").unwrap();
    });
    // Automerge itself writes no operation for an unchanged value: forge one.
    let mut forged = automerge::Change::from_bytes(edited.bytes().to_vec())
        .unwrap()
        .decode();
    forged.operations[0].action = automerge::legacy::OpType::Put("took-place".into());
    let same = Change::decode(automerge::Change::from(forged).raw_bytes()).unwrap();
    for change in [edited, same] {
        let refusal = check(&document, &change, &social_worker()).unwrap_err();
        assert_eq!(refusal.rule, Rule::CompleteEntryImmutable);
        assert_eq!(refusal.record, Some(format!("entries/{}", entry_path())));
    }
}

#[test]
fn a_change_that_unpacks_to_a_gigabyte_is_refused_unread() {
    use std::io::Write as _;
    let mut body = flate2::write::DeflateEncoder::new(vec![], flate2::Compression::best());
    for _ in 0..64 {
        body.write_all(&vec![0; 1024 * 1024]).unwrap();
    }
    let body = body.finish().unwrap();
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 2];
    let mut length = body.len();
    while length > 0x7f {
        bytes.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
        length >>= 7;
    }
    bytes.push(u8::try_from(length).unwrap());
    bytes.extend(body);
    assert_eq!(Change::decode(&bytes).unwrap_err().rule, Rule::TooLarge);
}

#[test]
fn a_complete_entry_takes_no_new_field_deeper_down() {
    let refusal = refused(|copy| {
        let views = object(copy, &["entries", &entry_path(), "views"]);
        let (_, view) = copy.get(&views, 0).unwrap().unwrap();
        copy.put(&view, "agreement", "shares-fully").unwrap();
    });
    assert_eq!(refusal.rule, Rule::CompleteEntryImmutable);
    assert_eq!(refusal.field.as_deref(), Some("views/0"));
}

#[test]
fn a_complete_entry_is_neither_deleted_nor_replaced() {
    let deleted = refused(|copy| {
        let entries = object(copy, &["entries"]);
        copy.delete(&entries, entry_path()).unwrap();
    });
    assert_eq!(deleted.rule, Rule::CompleteEntryImmutable);
    let replaced = refused(|copy| {
        let entries = object(copy, &["entries"]);
        copy.put_object(&entries, entry_path(), ObjType::Map)
            .unwrap();
    });
    assert_eq!(replaced.rule, Rule::CompleteEntryImmutable);
}

#[test]
fn a_replacement_dated_before_the_entry_is_refused_too() {
    let (document, _) = with_visit();
    let before = set_up();
    let backdated = tamper(&before, |copy| {
        let entries = object(copy, &["entries"]);
        copy.put_object(&entries, entry_path(), ObjType::Map)
            .unwrap();
    });
    let refusal = check(&document, &backdated, &social_worker()).unwrap_err();
    assert_eq!(refusal.rule, Rule::CompleteEntryImmutable);
}

#[test]
fn an_insert_that_is_deleted_in_the_same_change_is_refused() {
    let refusal = refused(|copy| {
        let views = object(copy, &["entries", &entry_path(), "views"]);
        copy.insert_object(&views, 0, ObjType::Map).unwrap();
        copy.delete(&views, 0).unwrap();
    });
    assert_eq!(refusal.rule, Rule::CompleteEntryImmutable);
}

#[test]
fn what_is_not_an_entry_is_append_only() {
    let refusal = refused_for(&manager(), |copy| {
        let person = object(copy, &["people", &crate::family::tyler().to_string()]);
        copy.put(&person, "role", "mother").unwrap();
    });
    assert_eq!(refusal.rule, Rule::AppendOnly);
}

#[test]
fn there_are_no_other_collections() {
    let refusal = refused(|copy| {
        copy.put_object(ROOT, "secrets", ObjType::Map).unwrap();
    });
    assert_eq!(refusal.rule, Rule::UnknownField);
}

#[test]
fn text_counters_and_nulls_are_refused_where_a_scalar_belongs() {
    let appendment = id::<RecordId>(81).to_string();
    let with = |put: &dyn Fn(&mut AutoCommit, &ObjId)| {
        refused(|copy| {
            let appendments = object(copy, &["appendments"]);
            let it = copy
                .put_object(&appendments, &appendment, ObjType::Map)
                .unwrap();
            put(copy, &it);
        })
    };
    let text = with(&|copy, it| {
        copy.put_object(it, "text", ObjType::Text).unwrap();
    });
    assert_eq!(
        (text.rule, text.field.as_deref()),
        (Rule::WrongType, Some("text"))
    );
    let counter = with(&|copy, it| copy.put(it, "text", ScalarValue::counter(1)).unwrap());
    assert_eq!(counter.rule, Rule::WrongType);
    let null = with(&|copy, it| copy.put(it, "text", ScalarValue::Null).unwrap());
    assert_eq!(null.rule, Rule::WrongType);
    let number = with(&|copy, it| copy.put(it, "text", 5).unwrap());
    assert_eq!(number.rule, Rule::WrongType);
    let unknown = with(&|copy, it| copy.put(it, "colour", "red").unwrap());
    assert_eq!(unknown.rule, Rule::UnknownField);
}

#[test]
fn deep_nesting_is_refused() {
    let refusal = refused(|copy| {
        let entries = object(copy, &["entries"]);
        let mut at = copy
            .put_object(&entries, id::<EntryId>(82).to_string(), ObjType::Map)
            .unwrap();
        for _ in 0..20 {
            at = copy.put_object(&at, "deeper", ObjType::Map).unwrap();
        }
    });
    assert_eq!(refusal.rule, Rule::TooLarge);
}

#[test]
fn a_long_text_is_refused() {
    let (mut document, _) = with_visit();
    let mut entry = visit(&social_worker(), 9);
    entry.purpose = Some("a".repeat(10_000_000));
    let refusal = write(
        &mut document,
        &[Record::new(id::<EntryId>(83), entry)],
        &social_worker(),
    )
    .unwrap_err();
    assert_eq!(
        (refusal.rule, refusal.field.as_deref()),
        (Rule::TooLarge, Some("purpose"))
    );
    assert_eq!(
        Change::decode(&vec![0; 2_000_000]).unwrap_err().rule,
        Rule::TooLarge
    );
}

#[test]
fn nobody_writes_as_somebody_else_or_without_attestation() {
    let (mut document, _) = with_visit();
    let record = |entry| [Record::new(id::<EntryId>(84), entry)];
    let as_other = write(
        &mut document,
        &record(visit(&social_worker(), 9)),
        &recovery_worker(),
    );
    assert_eq!(as_other.unwrap_err().rule, Rule::AuthorIsNotYou);

    let mut elsewhere = visit(&social_worker(), 9);
    elsewhere.device = recovery_worker().device;
    let refusal = write(&mut document, &record(elsewhere), &social_worker()).unwrap_err();
    assert_eq!(
        (refusal.rule, refusal.field.as_deref()),
        (Rule::AuthorIsNotYou, Some("device"))
    );

    let mut unsigned = visit(&social_worker(), 9);
    unsigned.attestation = None;
    let refusal = write(&mut document, &record(unsigned), &social_worker()).unwrap_err();
    assert_eq!(refusal.rule, Rule::NotAttested);
}

#[test]
fn only_a_manager_withdraws() {
    let (mut document, _) = with_visit();
    let withdrawal = Withdrawal {
        entry: id(21),
        reason: "I changed my mind".into(),
        by: social_worker().professional,
        at: at(),
    };
    let refusal = write(
        &mut document,
        &[Record::new(id::<RecordId>(85), withdrawal)],
        &social_worker(),
    )
    .unwrap_err();
    assert_eq!(refusal.rule, Rule::ManagerOnly);
}

#[test]
fn a_reference_to_nobody_is_refused() {
    let (mut document, _) = with_visit();
    let mut entry = visit(&social_worker(), 9);
    entry.present = vec![record::model::Party::Person(id(199))];
    let refusal = write(
        &mut document,
        &[Record::new(id::<EntryId>(86), entry)],
        &social_worker(),
    )
    .unwrap_err();
    assert_eq!(
        (refusal.rule, refusal.field.as_deref()),
        (Rule::UnknownReference, Some("present/0"))
    );
}

#[test]
fn a_change_without_its_foundations_is_refused() {
    let (_, visit) = with_visit();
    let refusal = check(&Document::genesis(), &visit, &social_worker()).unwrap_err();
    assert_eq!(refusal.rule, Rule::MissingDependencies);
    assert_eq!(
        Document::genesis().apply(&visit).unwrap_err().rule,
        Rule::MissingDependencies
    );
}

#[test]
fn a_document_with_text_where_a_scalar_belongs_is_shown_as_unreadable() {
    let (document, _) = with_visit();
    let forged = tamper(&document, |copy| {
        let appendments = object(copy, &["appendments"]);
        let it = copy
            .put_object(&appendments, id::<RecordId>(87).to_string(), ObjType::Map)
            .unwrap();
        let text = copy.put_object(&it, "text", ObjType::Text).unwrap();
        copy.splice_text(&text, 0, 0, "hidden").unwrap();
    });
    let mut document = document;
    document.apply(&forged).unwrap();
    let workbook = document.read();
    assert_eq!(workbook.unreadable.len(), 1);
    let summary = record::summary::summary(&workbook, crate::family::date(30));
    assert!(
        summary
            .gaps
            .iter()
            .any(|line| line.text.contains("can't be read"))
    );
}

proptest::proptest! {
    #[test]
    fn random_bytes_are_refused_and_never_panic(bytes in proptest::collection::vec(0u8.., 0..400)) {
        proptest::prop_assert!(Change::decode(&bytes).is_err());
        proptest::prop_assert!(Document::load(&bytes).is_err());
    }

    /// Any byte of a real change altered: refused, or (in the padding of its packing) the same.
    #[test]
    fn an_altered_change_is_refused(at in 0usize..600, with in 0u8..) {
        let (_, change) = with_visit();
        let mut bytes = change.bytes().to_vec();
        let at = at % bytes.len();
        proptest::prop_assume!(bytes[at] != with);
        bytes[at] = with;
        if let Ok(altered) = Change::decode(&bytes) {
            proptest::prop_assert_eq!(altered.hash(), change.hash());
        }
    }
}
