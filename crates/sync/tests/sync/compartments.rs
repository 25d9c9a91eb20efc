//! A compartment's document on its way between a device and a server, each beside the team's.

use record::{
    Change, Context, Document, Rule, Writer,
    ids::{EntryId, FamilyId, PersonId},
    model::{Cover, Entry, Party, Record},
    propose_in,
    terms::Compartment,
};
use sync::{
    receive::{Receiver, Verdict},
    replica::Replica,
    wire::{Answer, Bytes, Cursor, Numbered, PulledDocument, PushedDocument},
};

use crate::family::{at, donna, id, manager, recovery_worker, set_up, visit};

const ACTOR: [u8; 16] = [7; 16];

fn context(team: &Document) -> Context<'_> {
    Context::compartment(Compartment::VictimSafe, team)
}

/// A compartment in which nothing stands but what it is.
fn begun(team: &Document) -> (Document, Change) {
    let cover = Cover {
        family: id::<FamilyId>(200),
        compartment: Compartment::VictimSafe,
        schema: 1,
        by: manager().professional,
        at: at(),
    };
    let mut document = Document::genesis();
    let change = propose_in(
        &context(team),
        &mut document,
        &[Record::new("cover", cover)],
        &manager(),
        &[1; 16],
        at(),
    )
    .unwrap();
    (document, change)
}

fn replica(document: &Document) -> Replica {
    let cursor = Cursor {
        document: id(202),
        epoch: 1,
        seq: 1,
    };
    Replica::open(cursor, &document.save(), &[]).unwrap()
}

/// A session with somebody of the team's document.
fn session(writer: &Writer, n: u8, with: PersonId) -> Record {
    let entry = Entry {
        present: vec![Party::Person(with)],
        ..visit(writer, 9)
    };
    Record::new(id::<EntryId>(n), entry)
}

#[test]
fn both_halves_judge_a_compartment_beside_the_team() {
    let team = set_up();
    let (mut document, _) = begun(&team);
    let mut device = replica(&document);
    let writer = recovery_worker();
    let change = device
        .write(
            &[session(&writer, 61, donna())],
            &writer,
            &ACTOR,
            at(),
            &context(&team),
        )
        .unwrap();
    let stranger = device
        .write(
            &[session(&writer, 62, id(199))],
            &writer,
            &ACTOR,
            at(),
            &context(&team),
        )
        .unwrap_err();
    assert_eq!(stranger.rule, Rule::UnknownReference);
    assert_eq!(device.outbox(), std::slice::from_ref(&change));

    // As the team's own document it is in the wrong place, and without its team it names nobody.
    let refused = |context| {
        let mut document = document.clone();
        match Receiver::new(&mut document, &writer, context).offer(&change) {
            Verdict::Refused(refusal) => refusal.rule,
            other => panic!("not refused: {other:?}"),
        }
    };
    assert_eq!(refused(Context::team()), Rule::WrongCompartment);
    let nobody = Document::genesis();
    assert_eq!(refused(context(&nobody)), Rule::UnknownReference);
    let health = Context::compartment(Compartment::Health, &team);
    assert_eq!(refused(health), Rule::WrongCompartment);
    let owners = Context::author_only(writer.professional, &team);
    assert_eq!(refused(owners), Rule::WrongCompartment);

    let verdict = Receiver::new(&mut document, &writer, context(&team)).offer(&change);
    assert_eq!(verdict, Verdict::New);
    assert_eq!(document.heads(), device.working().heads());
}

#[test]
fn what_is_written_anew_keeps_the_compartments_rules() {
    let team = set_up();
    let (document, _) = begun(&team);
    let writer = recovery_worker();
    let mut device = replica(&document);
    for n in [61, 62] {
        let records = [session(&writer, n, donna())];
        device
            .write(&records, &writer, &ACTOR, at(), &context(&team))
            .unwrap();
    }
    let refusal = record::Refusal::new(Rule::NotAllocated, "for the test");
    let answers = PushedDocument {
        document: id(202),
        answers: vec![Answer::Refused { refusal }, Answer::Blocked],
    };
    let moved = device
        .pushed(&answers, &writer, &[8; 16], &context(&team))
        .unwrap();
    assert_eq!((moved.quarantined.len(), moved.rewritten.len()), (1, 1));
    let held = device.working().read().entries;
    assert_eq!(held.keys().collect::<Vec<_>>(), [&id::<EntryId>(62)]);
}

#[test]
fn a_compartment_is_pulled_from_nothing_and_then_written() {
    let team = set_up();
    let (document, cover) = begun(&team);
    let cursor = Cursor {
        document: id(202),
        epoch: 1,
        seq: 0,
    };
    let mut device = Replica::open(cursor, &Document::genesis().save(), &[]).unwrap();
    let writer = recovery_worker();
    let records = [session(&writer, 61, donna())];
    let too_early = device
        .write(&records, &writer, &ACTOR, at(), &context(&team))
        .unwrap_err();
    assert_eq!(too_early.rule, Rule::WrongCompartment);

    let news = PulledDocument {
        document: id(202),
        family: id(200),
        family_name: "Brennan".into(),
        compartment: "victim-safe".into(),
        epoch: 1,
        lineage: Some(1),
        forgotten: vec![],
        head: 1,
        snapshot: None,
        changes: vec![Numbered {
            seq: 1,
            bytes: Bytes(cover.bytes().to_vec()),
        }],
        more: false,
        proof: None,
    };
    device
        .pulled(&news, &writer, &ACTOR, &context(&team))
        .unwrap();
    assert_eq!(device.working().heads(), document.heads());
    device
        .write(&records, &writer, &ACTOR, at(), &context(&team))
        .unwrap();
}
