//! A server restored from a backup: devices give back what it lost.

use record::{ids::EntryId, model::Record};

use crate::{
    family::{first_visit, id, recovery_worker, social_worker, visit},
    network::{Device, Server},
};

#[test]
fn a_restored_server_gets_its_entries_back_page_by_page() {
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
    server.page = 1;
    // Joe comes first: his session was built on Amira's visit, which the server no longer has.
    joe.sync(&mut server);
    amira.sync(&mut server);
    joe.sync(&mut server);

    let workbook = server.document.read();
    assert!(workbook.entries.contains_key(&id(21)));
    assert!(workbook.entries.contains_key(&id(91)));
    assert_eq!(joe.replica.working().heads(), server.document.heads());
    assert_eq!(amira.replica.working().heads(), server.document.heads());
    assert!(
        joe.quarantine
            .iter()
            .all(|it| it.refusal.message.contains("restored from a backup"))
    );
}
