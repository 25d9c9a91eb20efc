//! A refused change goes to quarantine, and what was built on it is written anew.

use record::{LoadError, Rule, ids::EntryId, model::Record};
use sync::{
    replica::{ProtocolError, Replica},
    wire::Bytes,
};

use crate::{
    family::{first_visit, id, recovery_worker, social_worker, visit},
    forge::{BOMB, run},
    forge_document::Parts,
    network::{Device, Server},
};

#[test]
fn what_follows_a_refused_change_still_joins() {
    let mut server = Server::new();
    let mut device = Device::new(social_worker());
    device.sync(&mut server);
    // The device believes that it belongs to somebody else: the server knows better.
    device.writer = recovery_worker();
    let wrong = visit(&recovery_worker(), 6);
    device
        .write(&[Record::new(id::<EntryId>(90), wrong)])
        .unwrap();
    device.writer = social_worker();
    device.write(&first_visit()).unwrap();
    assert_eq!(device.replica.outbox().len(), 2);

    device.sync(&mut server);
    assert_eq!(device.quarantine.len(), 1);
    assert_eq!(device.quarantine[0].refusal.rule, Rule::AuthorIsNotYou);
    let readable = record::contents(&device.quarantine[0].change).unwrap();
    assert_eq!(readable[0].path(), format!("entries/{}", id::<EntryId>(90)));
    let workbook = server.document.read();
    assert!(
        workbook.entries.contains_key(&id(21)),
        "the later visit is in the workbook"
    );
    assert!(!workbook.entries.contains_key(&id(90)));
    assert_eq!(device.replica.working().heads(), server.document.heads());
}

#[test]
fn two_devices_that_complete_the_same_entry_keep_one_and_quarantine_the_other() {
    let mut server = Server::new();
    let mut first = Device::new(social_worker());
    let mut second = Device::new(social_worker());
    for device in [&mut first, &mut second] {
        device.sync(&mut server);
    }
    second.writer.device = id(150);
    first.write(&first_visit()).unwrap();
    let mut other = visit(&second.writer, 6);
    other.purpose = Some("the same visit, told otherwise".into());
    second
        .write(&[Record::new(id::<EntryId>(21), other)])
        .unwrap();

    first.sync(&mut server);
    second.sync(&mut server);
    first.sync(&mut server);
    assert_eq!(second.quarantine.len(), 1);
    assert_eq!(
        second.quarantine[0].refusal.rule,
        Rule::CompleteEntryImmutable
    );
    assert_eq!(
        first.replica.working().heads(),
        second.replica.working().heads()
    );
}

/// A server that was taken over, or a disk that was tampered with.
#[test]
fn a_hostile_snapshot_is_refused_unread_and_nothing_changes() {
    let server = Server::new();
    let mut device = Device::new(social_worker());
    device.sync(&mut server.clone());
    device.write(&first_visit()).unwrap();
    let honest = Parts::of(&server.document.save());
    let deflated = honest.with(1, 0x57, vec![0; 64 * 1024 * 1024]).bytes(true);
    let run_length = honest.with(1, 0x42, run(BOMB, &[1])).bytes(false);
    let cut = server.document.save()[..200].to_vec();
    for (bytes, too_large) in [(deflated, true), (run_length, true), (cut, false)] {
        let as_expected = |it: &LoadError| match it {
            LoadError::TooLarge => too_large,
            LoadError::Damaged { .. } => !too_large,
            LoadError::NotAWorkbook => false,
        };
        let mut news = server.pull_snapshot(device.replica.pull());
        news.snapshot.as_mut().unwrap().bytes = Bytes(bytes.clone());
        let before = device.replica.clone();
        let refused = device
            .replica
            .pulled(&news, &social_worker(), &[77; 16], &record::Context::team())
            .unwrap_err();
        assert!(
            matches!(&refused, ProtocolError::Snapshot(why) if as_expected(why)),
            "{refused}"
        );
        assert_eq!(device.replica.outbox(), before.outbox());
        assert_eq!(device.replica.cursor(), before.cursor());
        assert_eq!(device.replica.working().heads(), before.working().heads());
        // The same from the device's own disk.
        let opened = Replica::open(device.replica.cursor(), &bytes, &[]);
        assert!(matches!(&opened, Err(ProtocolError::Snapshot(why)) if as_expected(why)));
    }
}
