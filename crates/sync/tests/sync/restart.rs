//! A server restored from a backup: devices give back what it lost.

use record::{ids::EntryId, model::Record};
use sync::{proof::Proof, replica::Standing};

use crate::{
    family::{first_visit, id, recovery_worker, social_worker, visit},
    network::{Device, Server, document_id},
};

/// Amira's visit and Joe's session on top of it, both accepted and known to both; and the server as
/// it was before.
fn accepted_then_lost() -> (Server, Device, Device) {
    let mut server = Server::new();
    let mut amira = Device::new(social_worker());
    let mut joe = Device::new(recovery_worker());
    amira.sync(&mut server);
    let backup = server.clone();
    amira.write(&first_visit()).unwrap();
    amira.sync(&mut server);
    joe.sync(&mut server);
    joe.write(&[Record::new(id::<EntryId>(91), visit(&recovery_worker(), 7))])
        .unwrap();
    joe.sync(&mut server);
    amira.sync(&mut server);
    let mut server = backup;
    server.epoch = 2;
    (server, amira, joe)
}

#[test]
fn a_restored_server_gets_its_entries_back_page_by_page() {
    let (mut server, mut amira, mut joe) = accepted_then_lost();
    server.page = 1;
    // Joe comes first: his session was built on Amira's visit, which the server no longer has.
    joe.sync(&mut server);
    amira.sync(&mut server);
    joe.sync(&mut server);

    let workbook = server.document.read();
    assert!(workbook.entries.contains_key(&id(21)));
    assert!(workbook.entries.contains_key(&id(91)));
    for device in [&joe, &amira] {
        assert_eq!(device.replica.working().heads(), server.document.heads());
        assert!(device.quarantine.is_empty());
        assert!(device.replica.standing().returning.is_empty());
    }
}

#[test]
fn any_device_gives_back_what_others_wrote_under_their_names() {
    let (mut server, amira, mut joe) = accepted_then_lost();
    let before = amira.replica.working().read();
    // Amira's phone lies in a drawer. Joe wrote something offline meanwhile.
    joe.write(&[Record::new(id::<EntryId>(92), visit(&recovery_worker(), 8))])
        .unwrap();
    joe.reopen();
    joe.sync(&mut server);
    let after = server.document.read();
    assert_eq!(after.entries[&id(21)], before.entries[&id(21)]);
    assert_eq!(after.entries[&id(91)], before.entries[&id(91)]);
    assert!(after.entries.contains_key(&id(92)));
    assert_eq!(after.entries[&id(21)].by, social_worker().professional);
    let length = server.log.len();

    let mut amira = amira;
    amira.sync(&mut server);
    assert_eq!(server.log.len(), length, "nothing comes twice");
    assert_eq!(amira.replica.working().heads(), server.document.heads());
    assert!(amira.quarantine.is_empty() && joe.quarantine.is_empty());
}

#[test]
fn killed_half_way_through_giving_back_a_device_goes_on() {
    let (mut server, _, mut joe) = accepted_then_lost();
    let news = server.pull(joe.replica.pull());
    joe.pull(&news);
    // The answer to the push is lost, and the app is killed.
    joe.push(&mut server, true);
    joe.reopen();
    joe.sync(&mut server);
    assert!(server.document.read().entries.contains_key(&id(21)));
    assert!(joe.quarantine.is_empty());
}

#[test]
fn restored_twice_before_a_device_came_back() {
    let (mut server, mut amira, mut joe) = accepted_then_lost();
    let again = server.clone();
    let news = server.pull(joe.replica.pull());
    joe.pull(&news);
    // Amira gives back; then the same backup is restored once more.
    amira.sync(&mut server);
    let mut server = again;
    server.epoch = 3;
    joe.sync(&mut server);
    let workbook = server.document.read();
    assert!(workbook.entries.contains_key(&id(21)) && workbook.entries.contains_key(&id(91)));
    assert!(joe.quarantine.is_empty());
}

#[test]
fn without_a_genuine_proof_only_an_authors_own_come_back() {
    let forged = Proof::of(&[0; 32], document_id(), 1, &[[1; 32]]);
    for newest in [None, forged] {
        let (mut server, mut amira, mut joe) = accepted_then_lost();
        let heads = joe.replica.standing().newest.clone().unwrap().heads;
        let newest = newest.map(|it| Proof { heads, ..it });
        let standing = Standing {
            newest,
            ..joe.replica.standing().clone()
        };
        joe.replica = joe.replica.with_standing(standing);
        joe.sync(&mut server);
        assert!(!server.document.read().entries.contains_key(&id(21)));
        assert!(!joe.quarantine.is_empty());
        amira.sync(&mut server);
        joe.sync(&mut server);
        let workbook = server.document.read();
        assert!(workbook.entries.contains_key(&id(21)) && workbook.entries.contains_key(&id(91)));
    }
}
