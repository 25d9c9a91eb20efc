//! `verify` finds what was changed behind the program's back, and nothing in a sound database.

use store::server::{Snapshot, Store};

use super::{append, database, document, tamper, with_document};

#[tokio::test]
async fn each_kind_of_damage_is_found() {
    for (sql, expected) in [
        (
            "DELETE FROM changes WHERE seq = 3",
            "holds 4 changes numbered 1 to 5, but its head is 5",
        ),
        (
            "DELETE FROM changes WHERE seq = 1",
            "holds 4 changes numbered 2 to 5, but its head is 5",
        ),
        (
            "DELETE FROM changes",
            "holds 0 changes numbered 1 to 0, but its head is 5",
        ),
        (
            "UPDATE documents SET head = 9",
            "holds 5 changes numbered 1 to 5, but its head is 9",
        ),
        (
            "UPDATE snapshots SET seq = 6",
            "has a snapshot as of 6, but its head is 5",
        ),
    ] {
        let url = database().await;
        let store = with_document(&url).await;
        for n in 1..=5 {
            append(&store, n).await;
        }
        let mut txn = store.begin().await.unwrap();
        let snapshot = Snapshot {
            seq: 5,
            bytes: vec![1],
        };
        txn.put_snapshot(document(), &snapshot).await.unwrap();
        txn.commit().await.unwrap();
        let writing = store.begin().await.unwrap();
        assert_eq!(store.verify().await.unwrap(), []);
        drop(writing);
        tamper(&url, sql).await;
        let findings = store.verify().await.unwrap();
        let texts: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(
            texts.iter().any(|text| text.contains(expected)),
            "{sql}: {texts:?}"
        );
    }
}
