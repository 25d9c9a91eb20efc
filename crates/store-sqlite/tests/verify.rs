//! `verify` finds what was changed behind the program's back, and nothing in a sound database.

#![expect(clippy::unwrap_used, reason = "in a test, failing is panicking")]

use std::path::PathBuf;

use record::ids::{DeviceId, DocumentId, FamilyId, ProfessionalId, mint};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use store::{
    audit::{Chain, Event, kind},
    server::{Document, Family, NewChange, Snapshot, Store},
};
use store_sqlite::{SqliteDeviceStore, SqliteStore};
use tempfile::TempDir;

/// Two documents with five changes and a snapshot each.
async fn sound() -> (TempDir, PathBuf, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workbook.sqlite");
    let store = SqliteStore::open(&path).await.unwrap();
    for n in [1, 2] {
        let (id, family) = (
            DocumentId::from(mint(1, [n; 10])),
            FamilyId::from(mint(1, [n; 10])),
        );
        let mut txn = store.begin().await.unwrap();
        let name = "Brennan".to_owned();
        txn.create_family(&Family {
            id: family,
            name,
            created: 1,
        })
        .await
        .unwrap();
        let compartment = "team".to_owned();
        let document = Document {
            id,
            family,
            compartment,
            epoch: 1,
            head: 0,
            owner: None,
        };
        txn.create_document(&document).await.unwrap();
        for hash in 1..=5 {
            let change = NewChange {
                hash: [hash; 32],
                bytes: vec![hash],
                author: ProfessionalId::from(mint(1, [1; 10])),
                device: DeviceId::from(mint(1, [1; 10])),
                received: 1,
            };
            txn.append_change(id, &change).await.unwrap();
        }
        txn.put_snapshot(
            id,
            &Snapshot {
                seq: 5,
                bytes: vec![1],
            },
        )
        .await
        .unwrap();
        txn.commit().await.unwrap();
    }
    (folder, path, store)
}

#[tokio::test]
async fn a_sound_database_has_no_findings_even_during_a_transaction() {
    let (_folder, _path, store) = sound().await;
    let writing = store.begin().await.unwrap();
    assert_eq!(store.verify().await.unwrap(), []);
    drop(writing);

    let folder = tempfile::tempdir().unwrap();
    let device = SqliteDeviceStore::open(folder.path().join("device.sqlite"))
        .await
        .unwrap();
    assert_eq!(device.verify().await.unwrap(), []);
}

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
            "DELETE FROM changes WHERE seq = 5",
            "holds 4 changes numbered 1 to 4, but its head is 5",
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
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM families",
            "a row names one of families",
        ),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM documents",
            "a row names one of documents",
        ),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE changes SET hash = randomblob(5)",
            "CHECK",
        ),
    ] {
        let (_folder, path, store) = sound().await;
        let mut db = SqliteConnectOptions::new()
            .filename(&path)
            .connect()
            .await
            .unwrap();
        sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
        db.close().await.unwrap();
        let findings = store.verify().await.unwrap();
        let texts: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(
            texts.iter().any(|text| text.contains(expected)),
            "{sql}: {texts:?}"
        );
    }
}

/// Three rows in a document's chain, and the house's chain that knows of them.
async fn logged() -> (TempDir, PathBuf, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workbook.sqlite");
    let store = SqliteStore::open(&path).await.unwrap();
    let document = DocumentId::from(mint(1, [1; 10]));
    let chain = Chain::of_document(document);
    let mut txn = store.begin().await.unwrap();
    for at in 1..=3 {
        let event = Event::new(at, kind::PULLED).on(document);
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
    (folder, path, store)
}

async fn run(path: &PathBuf, sql: &'static str) -> Result<(), sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(path);
    let mut db = options.connect().await?;
    let done = sqlx::raw_sql(sql).execute(&mut db).await.map(|_| ());
    db.close().await?;
    done
}

#[tokio::test]
async fn the_audit_log_can_only_be_appended_to() {
    let (_folder, path, store) = logged().await;
    for sql in ["UPDATE audit SET at = 9", "DELETE FROM audit"] {
        let error = run(&path, sql).await.unwrap_err().to_string();
        assert!(error.contains("only appended to"), "{error}");
    }
    assert_eq!(store.verify().await.unwrap(), []);
}

#[tokio::test]
async fn whoever_gets_round_that_is_found() {
    for (sql, expected) in [
        (
            "DROP TRIGGER audit_is_not_altered; UPDATE audit SET at = 9 WHERE seq = 2",
            "row 2 or one before it was altered",
        ),
        (
            "DROP TRIGGER audit_is_not_deleted; DELETE FROM audit WHERE seq = 2",
            "lacks row 2",
        ),
        (
            "DROP TRIGGER audit_is_not_deleted; DELETE FROM audit WHERE seq = 3",
            "ends with row 2, but its head says 3",
        ),
        // Cut off, with the head put right: the house's chain still knows.
        (
            "DROP TRIGGER audit_is_not_deleted; DELETE FROM audit WHERE seq = 3;
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
        let (_folder, path, store) = logged().await;
        run(&path, sql).await.unwrap();
        let findings = store.verify().await.unwrap();
        let texts: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(
            texts.iter().any(|text| text.contains(expected)),
            "{sql}: {texts:?}"
        );
    }
}
