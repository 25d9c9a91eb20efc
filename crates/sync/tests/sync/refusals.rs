//! A refused change goes to quarantine, and what was built on it is written anew.

use record::{Rule, ids::EntryId, model::Record};

use crate::{
    family::{first_visit, id, recovery_worker, social_worker, visit},
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
