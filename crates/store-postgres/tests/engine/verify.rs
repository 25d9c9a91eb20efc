//! `verify` finds what was changed behind the program's back, and nothing in a sound database.

use sqlx::Executor as _;
use store::{
    audit::{Chain, Event, kind},
    server::{Snapshot, Store},
};
use store_postgres::PostgresStore;

use super::{append, database, document, stranger, tamper, with_document};

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

/// Three rows in a document's chain, and the house's chain that knows of them.
async fn logged(url: &str) -> PostgresStore {
    let store = PostgresStore::open(url).await.unwrap();
    let chain = Chain::of_document(document());
    let mut txn = store.begin().await.unwrap();
    for at in 1..=3 {
        let event = Event::new(at, kind::PULLED).on(document());
        txn.append_audit(chain, &event).await.unwrap();
    }
    let head = txn.audit_chains(None).await.unwrap()[0].head;
    let anchor = Event {
        last: Some(3),
        head: Some(head),
        ..Event::new(4, kind::ANCHOR).about(*chain.as_uuid())
    };
    txn.append_audit(Chain::HOUSE, &anchor).await.unwrap();
    txn.commit().await.unwrap();
    store
}

#[tokio::test]
async fn the_audit_log_can_only_be_appended_to() {
    let url = database().await;
    let store = logged(&url).await;
    let mut db = stranger(&url).await;
    for sql in [
        "UPDATE audit SET at = 9",
        "DELETE FROM audit",
        "TRUNCATE audit",
    ] {
        let error = db.execute(sql).await.unwrap_err().to_string();
        assert!(error.contains("only appended to"), "{error}");
    }
    assert_eq!(store.verify().await.unwrap(), []);
}

#[tokio::test]
async fn whoever_gets_round_that_is_found() {
    for (sql, expected) in [
        (
            "DROP TRIGGER audit_is_not_altered ON audit; UPDATE audit SET at = 9 WHERE seq = 2",
            "row 2 or one before it was altered",
        ),
        (
            "DROP TRIGGER audit_is_not_deleted ON audit; DELETE FROM audit WHERE seq = 2",
            "lacks row 2",
        ),
        (
            "DROP TRIGGER audit_is_not_deleted ON audit; DELETE FROM audit WHERE seq = 3",
            "ends with row 2, but its head says 3",
        ),
        // Cut off, with the head put right: the house's chain still knows.
        (
            "DROP TRIGGER audit_is_not_deleted ON audit; DELETE FROM audit WHERE seq = 3;
             UPDATE audit_chains SET length = 2,
                 head = (SELECT hash FROM audit a WHERE a.chain = audit_chains.chain AND seq = 2)
             WHERE length = 3",
            "had 3 rows once",
        ),
        (
            "DELETE FROM audit_chains WHERE length = 3",
            "3 rows stand in no chain",
        ),
    ] {
        let url = database().await;
        let store = logged(&url).await;
        tamper(&url, sql).await;
        let findings = store.verify().await.unwrap();
        let texts: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(
            texts.iter().any(|text| text.contains(expected)),
            "{sql}: {texts:?}"
        );
    }
}
