//! Rows that are damaged, missing or somebody else's: told of, never deleted, nothing else suffers.

use device::{Need, Row};
use proptest::prelude::*;

use crate::world::{Phone, Server, TEAM, VISIT, family, now, open, social_worker};

fn phone_with_work(server: &mut Server) -> Phone {
    let mut phone = Phone::synced(social_worker(), server);
    let kept = phone.note(VISIT);
    phone.complete(&kept).unwrap();
    phone.note("Phone call with Donna Brennan.");
    phone
}

#[test]
fn damaged_small_rows_are_set_aside_and_rescued() {
    let mut server = Server::new();
    let phone = phone_with_work(&mut server);
    for kind in ["card", "outbox", "draft"] {
        let key = phone.rows.keys().find(|it| it.contains(kind)).unwrap();
        for bytes in [vec![], vec![0xff; 40], br#"{"version":99}"#.to_vec()] {
            let mut rows = phone.rows.clone();
            rows.insert(key.clone(), bytes);
            let device = open(&phone.profile, &rows);
            assert_eq!(device.damaged().len(), 1, "{key}");
            assert_eq!(device.damaged()[0].key, *key);
            assert!(device.rescue().damaged.contains_key(key));
            let today = device.today(now());
            let others = today.waiting as usize + today.drafts.len();
            assert!(others >= 1, "{key}: the other rows are still read");
        }
    }
}

#[test]
fn a_missing_or_damaged_record_comes_again_and_what_waits_is_not_lost() {
    for kind in ["document", "card"] {
        for damage in [None, Some(vec![0x85, 1, 2, 3])] {
            let mut server = Server::new();
            let mut phone = phone_with_work(&mut server);
            let key = phone
                .rows
                .keys()
                .find(|it| it.contains(&format!("/{kind}/")))
                .unwrap()
                .clone();
            match &damage {
                Some(bytes) => phone.rows.insert(key, bytes.clone()),
                None => phone.rows.remove(&key),
            };
            phone.reopen();
            assert_eq!(phone.device.today(now()).waiting, 1, "{kind} {damage:?}");
            phone.sync(&mut server);
            assert_eq!(server.workbook(TEAM).entries.len(), 1, "{kind} {damage:?}");
            phone.reopen();
            assert_eq!(phone.device.today(now()).waiting, 0);
            assert!(phone.device.damaged().is_empty());
            phone.ready(Need::Page);
            assert!(phone.device.family(family(), now()).is_ok());
        }
    }
}

#[test]
fn nonsense_from_the_server_changes_nothing() {
    let mut server = Server::new();
    let mut phone = phone_with_work(&mut server);
    phone.device.push_request();
    let rows = phone.rows.clone();
    for body in ["", "{}", r#"{"documents":[]}"#, "[1]", "\u{0}"] {
        assert!(phone.take(body.as_bytes()).is_err(), "{body:?}");
        assert!(
            phone
                .device
                .pushed(body.as_bytes(), now(), &[1; 32])
                .is_err()
                || body.contains("documents")
        );
    }
    // Answers to changes that were never sent, and a gap in the numbers.
    let document = phone.device.pull_request().documents[0].document;
    let answers = format!(
        r#"{{"documents":[{{"document":"{document}","answers":[{{"answer":"accepted","seq":9}},{{"answer":"accepted","seq":10}}]}}]}}"#
    );
    phone.ready(Need::Record);
    let (effects, syncing) = phone
        .device
        .pushed(answers.as_bytes(), now(), &[1; 32])
        .unwrap();
    assert!(effects.put.is_empty() && effects.delete.is_empty());
    assert_eq!(syncing.problems.len(), 1);
    assert_eq!(phone.rows, rows);
    assert_eq!(phone.device.today(now()).waiting, 1);
}

#[test]
fn a_lost_answer_is_mended_by_asking_again() {
    let mut server = Server::new();
    let mut phone = phone_with_work(&mut server);
    let request = phone.device.push_request().unwrap();
    server.push(&phone.profile, &serde_json::to_string(&request).unwrap());
    phone.reopen();
    phone.sync(&mut server);
    assert_eq!(server.workbook(TEAM).entries.len(), 1);
    assert_eq!(phone.device.today(now()).waiting, 0);
}

#[test]
fn wiping_leaves_nothing() {
    let mut server = Server::new();
    let mut phone = phone_with_work(&mut server);
    phone.rows.insert("profile".into(), vec![1]);
    phone.rows.insert("recording/abc/head".into(), vec![1]);
    let effects = phone.device.wipe();
    phone.store(&effects);
    assert!(phone.rows.is_empty(), "{:?}", phone.rows.keys());
    assert!(phone.device.today(now()).families.is_empty());
}

#[test]
fn the_rescue_export_holds_everything_that_no_server_has() {
    let mut server = Server::new();
    let phone = phone_with_work(&mut server);
    let rescue = phone.device.rescue();
    assert_eq!((rescue.waiting.len(), rescue.drafts.len()), (1, 1));
    let text = serde_json::to_string(&rescue).unwrap();
    assert!(text.contains("count to a hundred") && text.contains("Brennan"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_rows_open_without_a_panic(
        rows in prop::collection::vec((
            prop_oneof![
                "[a-z/0-9-]{0,40}",
                Just("draft/0198f1a0-0000-7000-8000-000000000001".to_owned()),
                Just("outbox/0198f1a0-0000-7000-8000-000000000001/000000000001".to_owned()),
                Just("quarantine/0198f1a0-0000-7000-8000-000000000001".to_owned()),
                Just("family/0198f1a0-0000-7000-8000-000000000001/card/0198f1a0-0000-7000-8000-000000000002".to_owned()),
            ],
            prop::collection::vec(any::<u8>(), 0..200),
        ), 0..8)
    ) {
        let rows = rows.into_iter().map(|(key, bytes)| Row { key, bytes }).collect();
        let device = device::Device::open(social_worker(), rows).unwrap();
        device.today(now());
        device.rescue();
        device.pull_request();
    }
}
