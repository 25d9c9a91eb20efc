//! What was erased stands in no file of the database: its bytes are looked for.

#![expect(clippy::unwrap_used, reason = "in a test, failing is panicking")]

use std::{fs, path::Path, time::Duration};

use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use store::{
    conformance::traces::{self, Traces},
    server::Store,
};
use store_sqlite::SqliteStore;
use tempfile::TempDir;

/// Which of the traces stand in any file of the folder.
fn found(folder: &Path, traces: &Traces) -> Vec<&'static str> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        found.extend(traces.found_in(&fs::read(entry.unwrap().path()).unwrap()));
    }
    found.sort_unstable();
    found.dedup();
    found
}

async fn filled() -> (TempDir, SqliteStore, Traces) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("server.sqlite"))
        .await
        .unwrap();
    let traces = traces::leave(&store).await.unwrap();
    (folder, store, traces)
}

#[tokio::test]
async fn an_erased_family_stands_in_no_file() {
    let (folder, store, traces) = filled().await;
    assert_eq!(found(folder.path(), &traces), traces.all());
    traces::erase_family(&store).await.unwrap();
    store.scrub().await.unwrap();
    assert_eq!(found(folder.path(), &traces), [""; 0]);
    assert_eq!(store.verify().await.unwrap(), []);
}

#[tokio::test]
async fn a_log_written_anew_leaves_nothing_of_the_old_one() {
    let (folder, store, traces) = filled().await;
    assert_eq!(found(folder.path(), &traces), traces.all());
    traces::rewrite(&store).await.unwrap();
    store.scrub().await.unwrap();
    assert_eq!(found(folder.path(), &traces), traces.of_the_family());
    assert_eq!(store.verify().await.unwrap(), []);
}

/// Somebody who reads as of before keeps the log from being cut: an error says so, and it can be done
/// again.
#[tokio::test]
async fn a_reader_of_before_is_told_of() {
    let (folder, store, traces) = filled().await;
    let path = folder.path().join("server.sqlite");
    let reading = SqliteConnectOptions::new().filename(&path);
    let mut reader = reading.connect().await.unwrap();
    let mut reads = reader.begin().await.unwrap();
    let families: i64 = sqlx::query_scalar("SELECT count(*) FROM families")
        .fetch_one(&mut *reads)
        .await
        .unwrap();
    assert!(families > 0);
    traces::erase_family(&store).await.unwrap();
    let scrubbed = tokio::time::timeout(Duration::from_mins(2), store.scrub()).await;
    let refused = scrubbed.unwrap().unwrap_err().to_string();
    assert!(refused.contains("another program reads"), "{refused}");
    reads.rollback().await.unwrap();
    store.scrub().await.unwrap();
    assert_eq!(found(folder.path(), &traces), [""; 0]);
}
