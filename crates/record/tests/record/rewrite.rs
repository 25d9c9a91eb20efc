//! Erasure: a document written anew without one thing, and without a trace of it.

mod random;

use automerge::{Automerge, ObjType, transaction::Transactable};
use record::{
    Document, Remove, RewriteError, Rewritten, check,
    ids::{ConcernId, EntryId, PersonId, RecordId},
    model::{FactField, Party, Person, Record},
    rewrite,
    terms::PersonRole,
};

use crate::{
    adversarial::{object, tamper},
    family::{
        at, concern, craig, donna, id, manager, recovery_worker, social_worker, tyler, write,
    },
    full::{self, ids},
};

/// New actors: the old with a new first byte.
pub(crate) fn fresh(old: &[u8]) -> Vec<u8> {
    let mut new = old.to_vec();
    new[0] = 200;
    new
}

fn without(remove: Remove) -> Rewritten {
    rewrite(&full::team(), remove, fresh).unwrap()
}

/// A document's bytes, packed and unpacked, and those of its changes, as text to search in.
pub(crate) fn bytes(document: &Document) -> String {
    let mut bytes = document.save();
    bytes.extend(Automerge::load(&bytes).unwrap().save_nocompress());
    for change in document.changes() {
        bytes.extend(change.bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a text stands anywhere in a document's bytes.
pub(crate) fn holds(document: &Document, text: &str) -> bool {
    bytes(document).contains(text)
}

/// Every change of the new document keeps every rule, in order from the genesis.
pub(crate) fn keeps_the_rules(document: &Document) {
    let mut replayed = Document::genesis();
    for change in document.changes() {
        let by = record::contents(&change).unwrap()[0].content.by();
        let writer = [manager(), social_worker(), recovery_worker()]
            .into_iter()
            .find(|it| it.professional == by)
            .unwrap();
        check(&replayed, &change, &writer).unwrap();
        replayed.apply(&change).unwrap();
    }
    assert_eq!(replayed.heads(), document.heads());
}

fn visit() -> EntryId {
    id(ids::VISIT)
}

#[test]
fn an_entry_goes_with_what_was_appended_and_others_words_stay() {
    let before = full::team();
    assert!(holds(&before, "Tyler spoke of the night"));
    let rewritten = without(Remove::Entry(visit()));
    keeps_the_rules(&rewritten.document);
    for trace in [
        visit().to_string().as_str(),
        "Tyler spoke of the night",
        "It was the back door",
        "Nobody has looked at the stairs",
    ] {
        assert!(holds(&before, trace), "{trace}");
        assert!(!holds(&rewritten.document, trace), "{trace}");
    }
    let workbook = rewritten.document.read();
    // The recovery worker has viewed the concern and told news of action and goal: those stay.
    assert_eq!(workbook.concerns.keys().collect::<Vec<_>>(), [&concern()]);
    assert_eq!(workbook.concerns[&concern()].entry, None);
    assert_eq!(workbook.actions.len(), 2);
    assert_eq!(workbook.goals.len(), 1);
    assert_eq!(workbook.action_updates, before.read().action_updates);
    // The date of birth that came with the entry was settled since: it stays settled.
    let born = workbook.current_facts(tyler(), FactField::DateOfBirth);
    assert_eq!(born.len(), 1);
    assert_eq!(born[0].0, id::<RecordId>(ids::BORN_SETTLED));
    assert_eq!(workbook.unreadable, vec![]);
}

#[test]
fn a_removed_fact_leaves_its_heirs_in_its_place() {
    let rewritten = without(Remove::Entry(visit()));
    let plan = rewritten.document.read().safety_plans;
    assert_eq!(plan.len(), 1, "the superseded plan went with its entry");
    assert_eq!(plan.values().next().unwrap().supersedes, vec![]);
}

#[test]
fn a_person_goes_with_what_is_theirs_and_others_words_stay() {
    let before = full::team();
    let rewritten = without(Remove::Person(craig()));
    keeps_the_rules(&rewritten.document);
    for trace in [
        craig().to_string().as_str(),
        "Craig",
        "Whitlock-only remark",
        "nonsense, all of it",
        "nothing to see",
        "He laughed it off",
        "leave us be",
        "Got up early",
        "Police came",
    ] {
        assert!(holds(&before, trace), "{trace}");
        assert!(!holds(&rewritten.document, trace), "{trace}");
    }
    let (before, after) = (before.read(), rewritten.document.read());
    assert_eq!(after.people.len(), 2);
    assert_eq!(after.relationships.len(), 0);
    assert_eq!(after.memberships.len(), 2);
    let (was, is) = (&before.entries[&visit()], &after.entries[&visit()]);
    let texts: Vec<_> = is.statements.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["The kitchen was clean", "The dog barked"]);
    assert_eq!(is.statements[0].about, [donna()]);
    assert_eq!(is.statements[1].source, None);
    assert_eq!(is.views, was.views[..1]);
    assert_eq!(is.tools.len(), 1);
    assert_eq!(is.tools[0].with, [Party::Person(donna())]);
    assert_eq!((is.by, is.device, is.at), (was.by, was.device, was.at));
    assert_eq!(is.attestation, was.attestation);
    let raised = &after.concerns[&concern()];
    assert_eq!(raised.adults, vec![]);
    assert_eq!(raised.statement, before.concerns[&concern()].statement);
    assert_eq!(after.unreadable, vec![]);
}

#[test]
fn narrative_that_names_a_removed_person_is_pointed_out() {
    let rewritten = without(Remove::Person(tyler()));
    let entry = format!("entries/{}", visit());
    assert!(rewritten.mentions.contains(&entry));
    assert!(!holds(&rewritten.document, "I count to a hundred"));
    assert!(without(Remove::Person(craig())).mentions.is_empty());
}

#[test]
fn a_statement_goes_and_its_entry_stays() {
    let index = 1;
    let rewritten = without(Remove::Statement {
        entry: visit(),
        index,
    });
    keeps_the_rules(&rewritten.document);
    assert!(!holds(&rewritten.document, "Whitlock-only remark"));
    let mut expected = full::team().read();
    let entry = expected.entries.get_mut(&visit()).unwrap();
    entry.statements.remove(index);
    assert_eq!(rewritten.document.read(), expected);
    assert_eq!(rewritten.altered, [format!("entries/{}", visit())]);
}

#[test]
fn a_concern_goes_with_all_views_of_it_in_compartments_too() {
    let rewritten = without(Remove::Concern(concern()));
    keeps_the_rules(&rewritten.document);
    assert!(!holds(&rewritten.document, &concern().to_string()));
    let (_, compartment) = full::compartments(&full::team()).remove(0);
    let beside = rewrite(&compartment, Remove::Concern(concern()), fresh).unwrap();
    assert!(!holds(&beside.document, &concern().to_string()));
    assert!(
        beside
            .document
            .read()
            .entries
            .values()
            .all(|it| it.views.is_empty())
    );
}

#[test]
fn the_same_genesis_other_actors_and_the_same_times() {
    let before = full::team();
    let after = without(Remove::Person(craig())).document;
    let genesis = Document::genesis().heads()[0];
    assert!(after.holds(&genesis));
    let old = before.changes();
    for (old, new) in old.iter().zip(after.changes()) {
        assert_eq!(new.actor(), fresh(old.actor()));
        assert_eq!(new.written(), old.written());
        assert!(!after.holds(&old.hash()));
    }
    assert!(Document::load(&after.save()).is_ok());
}

#[test]
fn what_is_not_there_can_not_be_removed() {
    for remove in [
        Remove::Entry(id(1)),
        Remove::Person(id::<PersonId>(1)),
        Remove::Concern(id::<ConcernId>(1)),
        Remove::Statement {
            entry: visit(),
            index: 99,
        },
    ] {
        let error = rewrite(&full::team(), remove, fresh).unwrap_err();
        assert_eq!(error, RewriteError::NotThere);
    }
}

#[test]
fn what_can_not_be_read_is_not_rewritten_by_guess() {
    let team = full::team();
    let hidden = tamper(&team, |copy| {
        let people = object(copy, &["people"]);
        copy.put_object(&people, "stranger", ObjType::Text).unwrap();
    });
    let mut forged = team.clone();
    forged.apply(&hidden).unwrap();
    let error = rewrite(&forged, Remove::Entry(visit()), fresh).unwrap_err();
    assert!(matches!(error, RewriteError::Unreadable(_)), "{error:?}");

    let person = id::<PersonId>(90).to_string();
    let twin = tamper(&team, |copy| {
        let people = object(copy, &["people"]);
        let it = copy.put_object(&people, &person, ObjType::Map).unwrap();
        copy.put(&it, "role", "child").unwrap();
        copy.put(&it, "by", manager().professional.to_string())
            .unwrap();
        copy.put(&it, "at", at().to_string()).unwrap();
    });
    let mut twice = team;
    let child = Person {
        role: PersonRole::Child,
        by: manager().professional,
        at: at(),
    };
    write(&mut twice, &[Record::new(&person, child)], &manager()).unwrap();
    twice.apply(&twin).unwrap();
    let error = rewrite(&twice, Remove::Entry(visit()), fresh).unwrap_err();
    assert_eq!(error, RewriteError::Twice(format!("people/{person}")));
}
