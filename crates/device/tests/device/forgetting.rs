//! The council erases something, or a whole family: nothing of it stays in the phone's rows.

use record::{ids::DocumentId, ids::EntryId};

use crate::world::{Phone, Server, TEAM, VISIT, id, manager, social_worker, victim_worker};

const NOTICE: &str = "notice/erased";

/// Amira's visit is in the workbook.
fn visited(server: &mut Server) -> (Phone, EntryId) {
    let mut phone = Phone::synced(social_worker(), server);
    let kept = phone.note(VISIT);
    phone.complete(&kept).unwrap();
    phone.sync(server);
    assert!(server.workbook(TEAM).entries.contains_key(&kept.id));
    (phone, kept.id)
}

/// Whether any small row says so. Documents are packed: see [`knows`].
fn in_rows(phone: &Phone, words: &str) -> bool {
    let holds = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(words);
    phone.rows.values().any(holds)
}

/// Whether the stored copy of the team's document has the entry.
fn knows(phone: &Phone, entry: EntryId) -> bool {
    let row = phone
        .rows
        .iter()
        .find(|(key, _)| key.ends_with(&document_key()));
    let document = record::Document::load(row.unwrap().1).unwrap();
    document.read().entries.contains_key(&entry)
}

fn document_key() -> String {
    format!("/document/{}", id::<DocumentId>(TEAM))
}

#[test]
fn an_erased_entry_leaves_copy_page_card_and_quarantine() {
    for page in [usize::MAX, 1] {
        let mut server = Server::new();
        let (mut amira, entry) = visited(&mut server);
        let mut morgan = Phone::synced(manager(), &mut server);
        server.page = page;
        // Amira has written more, which no server has yet.
        let more = amira.note("Telephone call to Donna Brennan on Monday the 12th of October.");
        amira.complete(&more).unwrap();
        server.erase_entry(entry);
        for phone in [&mut amira, &mut morgan] {
            phone.sync(&mut server);
            assert!(!knows(phone, entry));
            assert!(!in_rows(phone, "count to a hundred"));
            assert!(phone.device.quarantine().is_empty());
            assert!(
                !phone.rows.contains_key(NOTICE),
                "only a family's end is told"
            );
            phone.reopen();
            phone.sync(&mut server);
        }
        assert!(server.workbook(TEAM).entries.contains_key(&more.id));
        assert!(!server.workbook(TEAM).entries.contains_key(&entry));
    }
}

#[test]
fn of_an_erased_family_nothing_stays_but_the_notice() {
    let mut server = Server::new();
    let (mut amira, _) = visited(&mut server);
    let mut ruth = Phone::synced(victim_worker(), &mut server);
    // A draft with a recording, something complete, something refused.
    let mut draft = amira.note(VISIT);
    draft.recording = Some("r-1".into());
    let effects = amira.device.keep(draft).unwrap();
    amira.store(&effects);
    for key in ["recording/r-1/0", "transcript/r-1/0", "shell/lease"] {
        amira.rows.insert(key.into(), b"x".to_vec());
    }
    let waiting = amira.note(VISIT);
    amira.complete(&waiting).unwrap();
    server.erase_family();
    for phone in [&mut amira, &mut ruth] {
        let syncing = phone.pull(&server);
        assert_eq!(syncing.erased, [crate::world::family()]);
        assert!(syncing.gone.is_empty() && syncing.refused.is_empty());
        assert!(phone.device.push_request().is_none());
        assert!(phone.device.today(crate::world::now()).families.is_empty());
    }
    let left: Vec<_> = amira.rows.keys().map(String::as_str).collect();
    assert_eq!(left, [NOTICE, "shell/lease"]);
    let left: Vec<_> = ruth.rows.keys().map(String::as_str).collect();
    assert_eq!(left, [NOTICE]);
    amira.reopen();
    assert!(amira.device.damaged().is_empty());
    assert!(amira.pull(&server).erased.is_empty(), "told once");
}

#[test]
fn what_was_refused_goes_even_when_the_family_was_no_longer_here() {
    let mut server = Server::new();
    let (mut amira, _) = visited(&mut server);
    let waiting = amira.note(VISIT);
    amira.complete(&waiting).unwrap();
    let log = server.logs.get_mut(&id::<DocumentId>(TEAM)).unwrap();
    log.members.clear();
    amira.pull(&server);
    assert_eq!(amira.device.quarantine().len(), 1);
    amira.reopen();
    // Nothing is known of it, and nothing happens, until it is erased.
    assert!(amira.pull(&server).erased.is_empty());
    assert_eq!(amira.device.quarantine().len(), 1);
    server.erase_family();
    assert_eq!(amira.pull(&server).erased, [crate::world::family()]);
    let left: Vec<_> = amira.rows.keys().map(String::as_str).collect();
    assert_eq!(left, [NOTICE]);
}
