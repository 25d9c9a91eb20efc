//! Something is erased on the server: no device keeps it, none brings it back, and what was never
//! erased is lost nowhere.

use proptest::prelude::*;
use record::{
    Remove, Rule, Writer,
    ids::{EntryId, RecordId},
    model::{Appendment, Record},
    terms::AppendmentReason,
};
use sync::{
    replica::{Quarantined, Standing},
    wire::Answer,
};

use crate::{
    family::{at, first_visit, id, recovery_worker, social_worker, visit},
    network::{Device, Server, document_id},
};

/// What only the first visit says.
const WORDS: &str = "I count to a hundred";

const VISIT: u8 = 21;

fn erasing(entry: u8) -> Remove {
    Remove::Entry(id(entry))
}

fn said(entry: u8) -> String {
    format!("what entry {entry} says")
}

/// A session with words of its own.
fn session(writer: &Writer, n: u8) -> Vec<Record> {
    let mut entry = visit(writer, 7);
    entry.purpose = Some(said(n));
    vec![Record::new(id::<EntryId>(n), entry)]
}

fn appended(writer: &Writer, n: u8, to: u8) -> Record {
    let appendment = Appendment {
        entry: id(to),
        reason: AppendmentReason::LateInformation,
        text: format!("appended to {to}"),
        by: writer.professional,
        at: at(),
    };
    Record::new(id::<RecordId>(n), appendment)
}

/// Amira's visit is accepted, and Joe has it too.
fn visited() -> (Server, Device, Device) {
    let mut server = Server::new();
    let mut amira = Device::new(social_worker());
    let mut joe = Device::new(recovery_worker());
    amira.sync(&mut server);
    amira.write(&first_visit()).unwrap();
    amira.sync(&mut server);
    joe.sync(&mut server);
    assert!(holds(&joe, WORDS) && holds(&amira, WORDS));
    (server, amira, joe)
}

/// Whether a device has these words anywhere: in either state, in the outbox or in quarantine.
fn holds(device: &Device, words: &str) -> bool {
    let (accepted, working) = (device.replica.accepted(), device.replica.working());
    let mut changes = accepted.changes();
    changes.extend(working.changes());
    changes.extend(device.replica.outbox().iter().cloned());
    changes.extend(device.quarantine.iter().map(|it| it.change.clone()));
    changes
        .iter()
        .flat_map(|it| record::contents(it).unwrap())
        .any(|it| serde_json::to_string(&it.content).unwrap().contains(words))
}

fn same(device: &Device, server: &Server) {
    assert_eq!(device.replica.working().heads(), server.document.heads());
    assert!(device.replica.outbox().is_empty());
    assert!(device.replica.standing().returning.is_empty());
}

#[test]
fn neither_its_author_nor_anybody_else_keeps_or_returns_it() {
    for page in [usize::MAX, 1] {
        let (mut server, mut amira, mut joe) = visited();
        server.page = page;
        joe.write(&session(&recovery_worker(), 91)).unwrap();
        joe.sync(&mut server);
        server.erase(erasing(VISIT));
        let length = server.log.len();
        for device in [&mut amira, &mut joe] {
            device.sync(&mut server);
            assert!(!holds(device, WORDS));
            assert!(device.quarantine.is_empty());
            same(device, &server);
        }
        assert_eq!(server.log.len(), length, "nobody sends anything again");
        assert!(holds(&amira, &said(91)));
    }
}

#[test]
fn what_waits_is_written_anew_and_what_refers_to_it_is_kept_for_its_author() {
    let (mut server, _, mut joe) = visited();
    joe.write(&session(&recovery_worker(), 91)).unwrap();
    joe.write(&[appended(&recovery_worker(), 92, VISIT)])
        .unwrap();
    joe.write(&session(&recovery_worker(), 93)).unwrap();
    server.erase(erasing(VISIT));
    joe.sync(&mut server);
    same(&joe, &server);
    let workbook = server.document.read();
    assert!(workbook.entries.contains_key(&id(91)) && workbook.entries.contains_key(&id(93)));
    assert!(!workbook.entries.contains_key(&id(VISIT)));
    assert_eq!(joe.quarantine.len(), 1);
    assert_eq!(joe.quarantine[0].refusal.rule, Rule::UnknownReference);
    assert!(!holds(&joe, WORDS));
}

/// Accepted, and the answer never arrives; then something is erased.
fn answer_lost(remove: Remove, pull_first: bool) -> (Server, Device) {
    let (mut server, mut amira, _) = visited();
    amira.write(&session(&social_worker(), 91)).unwrap();
    amira.push(&mut server, true);
    amira.write(&session(&social_worker(), 92)).unwrap();
    server.erase(remove);
    if pull_first {
        let news = server.pull(amira.replica.pull());
        amira.pull(&news);
    } else {
        let part = amira.replica.push(9).unwrap();
        let answers = server.push(&amira.writer, &part).answers;
        assert_eq!(answers, [Answer::Forgotten, Answer::Blocked]);
    }
    amira.sync(&mut server);
    same(&amira, &server);
    assert!(server.document.read().entries.contains_key(&id(92)));
    assert!(amira.quarantine.is_empty());
    (server, amira)
}

#[test]
fn accepted_without_an_answer_and_then_erased_it_is_not_sent_again() {
    for pull_first in [false, true] {
        let (server, amira) = answer_lost(erasing(91), pull_first);
        assert!(!holds(&amira, &said(91)));
        assert!(!server.document.read().entries.contains_key(&id(91)));
    }
}

#[test]
fn accepted_without_an_answer_and_then_written_anew_it_stands_once() {
    for pull_first in [false, true] {
        let (server, amira) = answer_lost(erasing(VISIT), pull_first);
        assert!(server.document.read().entries.contains_key(&id(91)));
        let length = server.log.len();
        assert_eq!(length, 3, "the set-up and two sessions");
        assert!(!holds(&amira, WORDS));
    }
}

#[test]
fn two_erasures_while_a_device_was_away() {
    let (mut server, mut amira, mut joe) = visited();
    amira.write(&session(&social_worker(), 91)).unwrap();
    amira.write(&session(&social_worker(), 92)).unwrap();
    amira.sync(&mut server);
    joe.sync(&mut server);
    server.erase(erasing(VISIT));
    server.erase(erasing(91));
    for device in [&mut amira, &mut joe] {
        device.sync(&mut server);
        same(device, &server);
        assert!(!holds(device, WORDS) && !holds(device, &said(91)));
        assert!(holds(device, &said(92)) && device.quarantine.is_empty());
    }
}

#[test]
fn a_backup_of_before_brings_it_back_until_it_is_erased_again() {
    let (mut server, mut amira, mut joe) = visited();
    let backup = server.clone();
    server.erase(erasing(VISIT));
    amira.sync(&mut server);
    amira.write(&session(&social_worker(), 91)).unwrap();
    amira.sync(&mut server);
    let lost = server.epoch;
    server.restore(&backup);
    server.epoch = lost + 1;
    // What Amira wrote after the erasure is on her device alone: she sends it again.
    amira.sync(&mut server);
    joe.sync(&mut server);
    assert!(server.document.read().entries.contains_key(&id(91)));
    assert!(holds(&joe, WORDS), "the backup held it");
    server.erase(erasing(VISIT));
    for device in [&mut amira, &mut joe] {
        device.sync(&mut server);
        same(device, &server);
        assert!(!holds(device, WORDS) && holds(device, &said(91)));
        assert!(device.quarantine.is_empty());
    }
}

#[test]
fn a_proof_of_before_gives_nothing_back() {
    let (mut server, amira, mut joe) = visited();
    let backup = server.clone();
    let mut server_of_before = backup.clone();
    joe.write(&session(&recovery_worker(), 91)).unwrap();
    joe.sync(&mut server);
    drop(amira);
    // Restored from a backup of before Joe's session; Joe takes the news and holds a proof.
    server_of_before.restore(&backup);
    let news = server_of_before.pull(joe.replica.pull());
    joe.pull(&news);
    assert!(!joe.replica.standing().returning.is_empty());
    // Then the visit is erased, before he has given anything back.
    server_of_before.erase(erasing(VISIT));
    joe.sync(&mut server_of_before);
    same(&joe, &server_of_before);
    assert!(!holds(&joe, WORDS) && holds(&joe, &said(91)));
}

#[test]
fn quarantined_rows_of_it_go_and_others_stay() {
    let (mut server, mut amira, mut joe) = visited();
    let backup = server.clone();
    // Joe's device holds a colleague's change that a restored server had lost: without a proof.
    amira.write(&session(&social_worker(), 91)).unwrap();
    amira.sync(&mut server);
    joe.sync(&mut server);
    let standing = Standing {
        newest: None,
        ..joe.replica.standing().clone()
    };
    joe.replica = joe.replica.with_standing(standing);
    server.restore(&backup);
    joe.sync(&mut server);
    assert!(joe.quarantine.len() == 1 && holds(&joe, &said(91)));
    // And two of his own that were refused: one refers to the visit.
    for records in [
        vec![appended(&recovery_worker(), 92, VISIT)],
        session(&recovery_worker(), 93),
    ] {
        let change = joe.write(&records).unwrap();
        joe.quarantine.push(Quarantined {
            change,
            refusal: record::Refusal::new(Rule::NotAllocated, "for the test"),
        });
        joe.replica =
            sync::replica::Replica::open(joe.replica.cursor(), &joe.replica.accepted().save(), &[])
                .unwrap()
                .with_standing(joe.replica.standing().clone());
    }
    server.erase(erasing(VISIT));
    joe.sync(&mut server);
    assert_eq!(joe.quarantine.len(), 1, "{:?}", joe.quarantine);
    assert!(holds(&joe, &said(93)) && !holds(&joe, &said(91)) && !holds(&joe, WORDS));
}

#[test]
fn a_copy_of_before_lineages_were_told_is_dropped_as_well() {
    let (mut server, mut amira, mut joe) = visited();
    for device in [&mut amira, &mut joe] {
        let standing = Standing {
            lineage: None,
            ..device.replica.standing().clone()
        };
        device.replica = device.replica.clone().with_standing(standing);
    }
    // A restore is told from an erasure by the lineage, which is then not the epoch.
    let backup = server.clone();
    joe.write(&session(&recovery_worker(), 91)).unwrap();
    joe.sync(&mut server);
    server.restore(&backup);
    joe.sync(&mut server);
    assert!(server.document.read().entries.contains_key(&id(91)));
    server.erase(erasing(VISIT));
    for device in [&mut amira, &mut joe] {
        device.sync(&mut server);
        same(device, &server);
        assert!(!holds(device, WORDS) && device.quarantine.is_empty());
        assert_eq!(device.replica.standing().lineage, Some(server.epoch));
    }
    assert_eq!(document_id(), amira.replica.cursor().document);
}

#[derive(Debug, Clone)]
enum Step {
    Write(usize),
    Append(usize, prop::sample::Index),
    Push { device: usize, lost: bool },
    Pull { device: usize, lost: bool },
    Erase(prop::sample::Index),
}

fn step() -> impl Strategy<Value = Step> {
    let device = 0..3_usize;
    prop_oneof![
        4 => device.clone().prop_map(Step::Write),
        1 => (device.clone(), any::<prop::sample::Index>())
            .prop_map(|(device, to)| Step::Append(device, to)),
        3 => (device.clone(), any::<bool>()).prop_map(|(device, lost)| Step::Push { device, lost }),
        3 => (device, any::<bool>()).prop_map(|(device, lost)| Step::Pull { device, lost }),
        1 => any::<prop::sample::Index>().prop_map(Step::Erase),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever order writing, losing answers and erasing come in: what was erased is nowhere, and
    /// every other entry stands, once, with every device.
    #[test]
    fn erased_is_nowhere_and_the_rest_is_everywhere(
        page in 1..4_usize,
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut server = Server::new();
        server.page = page;
        let mut laptop = social_worker();
        laptop.device = id(150);
        let mut devices =
            [social_worker(), laptop, recovery_worker()].map(Device::new);
        for device in &mut devices {
            device.sync(&mut server);
        }
        let mut written: Vec<u8> = Vec::new();
        let mut erased: Vec<u8> = Vec::new();
        let mut appendments = 0;
        for step in &steps {
            match step {
                Step::Write(device) => {
                    let n = 80 + u8::try_from(written.len()).unwrap();
                    let writer = devices[*device].writer.clone();
                    devices[*device].write(&session(&writer, n)).unwrap();
                    written.push(n);
                }
                Step::Append(device, to) if !written.is_empty() => {
                    let writer = devices[*device].writer.clone();
                    let n = 150 + appendments;
                    let record = appended(&writer, n, *to.get(&written));
                    // Refused where the entry is not on this device.
                    if devices[*device].write(&[record]).is_ok() {
                        appendments += 1;
                    }
                }
                Step::Push { device, lost } => devices[*device].push(&mut server, *lost),
                Step::Pull { device, lost } => {
                    let news = server.pull(devices[*device].replica.pull());
                    if !lost {
                        devices[*device].pull(&news);
                    }
                }
                Step::Erase(which) => {
                    let workbook = server.document.read();
                    let there: Vec<_> = written
                        .iter()
                        .filter(|n| workbook.entries.contains_key(&id(**n)))
                        .collect();
                    if !there.is_empty() {
                        let n = **which.get(&there);
                        server.erase(erasing(n));
                        erased.push(n);
                    }
                }
                Step::Append(..) => {}
            }
        }
        for _ in 0..2 {
            for device in &mut devices {
                device.sync(&mut server);
            }
        }
        let workbook = server.document.read();
        prop_assert_eq!(&workbook.unreadable, &vec![]);
        for device in &devices {
            same(device, &server);
            for n in &erased {
                prop_assert!(!holds(device, &said(*n)), "{n} is still here");
            }
        }
        for n in &written {
            let stands = workbook.entries.contains_key(&id(*n));
            prop_assert_eq!(stands, !erased.contains(n), "{}", n);
        }
    }
}
