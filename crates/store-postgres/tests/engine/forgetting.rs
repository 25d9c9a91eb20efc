//! What was erased stands in no file of the cluster: its bytes are looked for. Who must not read on in
//! a log that is no more, and what keeps a scrub from being done.

use std::{fs, path::Path};

use store::{
    conformance::traces::{self, Traces},
    server::{Rewriting, Store},
};
use store_postgres::{
    PostgresStore,
    testing::{Cluster, Disk},
};

use super::{append, change, database, document, stranger, tamper, with_document};

/// Which of the traces stand in any file of the folder or of those in it.
fn found(folder: &Path, traces: &Traces) -> Vec<&'static str> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(self::found(&path, traces));
        } else {
            found.extend(traces.found_in(&fs::read(path).unwrap_or_default()));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A cluster of its own, since all of its files are read.
async fn filled() -> (Cluster, String, PostgresStore, Traces) {
    let cluster = Cluster::start(Disk::Skipped).unwrap();
    let url = cluster.new_database().await.unwrap();
    let store = PostgresStore::open(&url).await.unwrap();
    let traces = traces::leave(&store).await.unwrap();
    // Everything to the tables' files, and samples of it to the statistics.
    tamper(&url, "ANALYZE").await;
    tamper(&url, "CHECKPOINT").await;
    (cluster, url, store, traces)
}

#[tokio::test]
async fn an_erased_family_stands_in_no_file() {
    let (cluster, _url, store, traces) = filled().await;
    assert_eq!(found(&cluster.data().join("base"), &traces), traces.all());
    assert_ne!(found(&cluster.data().join("pg_wal"), &traces), [""; 0]);
    traces::erase_family(&store).await.unwrap();
    store.scrub().await.unwrap();
    assert_eq!(found(&cluster.data(), &traces), [""; 0]);
    assert_eq!(store.verify().await.unwrap(), []);
}

#[tokio::test]
async fn a_log_written_anew_leaves_nothing_of_the_old_one() {
    let (cluster, _url, store, traces) = filled().await;
    traces::rewrite(&store).await.unwrap();
    store.scrub().await.unwrap();
    assert_eq!(found(&cluster.data(), &traces), traces.of_the_family());
    assert_eq!(store.verify().await.unwrap(), []);
}

/// Also where it had been kept under a new name before the setting was right.
#[tokio::test]
async fn a_log_that_is_used_again_is_told_of_and_then_gone() {
    let (cluster, url, store, traces) = filled().await;
    for sql in [
        "ALTER SYSTEM SET wal_recycle = on",
        "SELECT pg_reload_conf()",
        "SELECT pg_switch_wal()",
        "CHECKPOINT",
        "CHECKPOINT",
    ] {
        tamper(&url, sql).await;
    }
    traces::erase_family(&store).await.unwrap();
    let refused = store.scrub().await.unwrap_err().to_string();
    assert!(refused.contains("wal_recycle"), "{refused}");
    assert_ne!(found(&cluster.data().join("pg_wal"), &traces), [""; 0]);
    for sql in ["ALTER SYSTEM RESET wal_recycle", "SELECT pg_reload_conf()"] {
        tamper(&url, sql).await;
    }
    store.scrub().await.unwrap();
    assert_eq!(found(&cluster.data(), &traces), [""; 0]);
}

/// A slot that nobody fetches from keeps the log.
#[tokio::test]
async fn a_log_that_is_kept_for_others_is_told_of() {
    let (_cluster, url, store, _traces) = filled().await;
    tamper(
        &url,
        "SELECT pg_create_physical_replication_slot('standby', true)",
    )
    .await;
    traces::erase_family(&store).await.unwrap();
    let refused = store.scrub().await.unwrap_err().to_string();
    assert!(refused.contains("pg_replication_slots"), "{refused}");
    tamper(&url, "SELECT pg_drop_replication_slot('standby')").await;
    store.scrub().await.unwrap();
}

/// A transaction that may still see what was erased is waited for.
#[tokio::test]
async fn an_older_reader_is_waited_for() {
    let (cluster, url, store, traces) = filled().await;
    let mut reader = stranger(&url).await;
    for sql in [
        "BEGIN ISOLATION LEVEL REPEATABLE READ",
        "SELECT count(*) FROM accounts",
    ] {
        sqlx::raw_sql(sql).execute(&mut reader).await.unwrap();
    }
    traces::erase_family(&store).await.unwrap();
    let scrubbing = {
        let store = store.clone();
        tokio::spawn(async move { store.scrub().await })
    };
    // It goes on trying: the table has been written anew and yet the reader is there.
    let first = first_table(&url).await;
    while first_table(&url).await == first {
        tokio::task::yield_now().await;
    }
    assert!(!scrubbing.is_finished());
    sqlx::raw_sql("COMMIT").execute(&mut reader).await.unwrap();
    scrubbing.await.unwrap().unwrap();
    assert_eq!(found(&cluster.data(), &traces), [""; 0]);
}

/// The file of the table that a scrub writes first.
async fn first_table(url: &str) -> i64 {
    sqlx::query_scalar("SELECT pg_relation_filenode('restrictions')::bigint")
        .fetch_one(&mut stranger(url).await)
        .await
        .unwrap()
}

/// A user who owns the tables but may not look after the log is told what to ask for.
#[tokio::test]
async fn a_user_without_the_right_is_told_which() {
    let cluster = Cluster::start(Disk::Skipped).unwrap();
    let url = cluster.new_database().await.unwrap();
    tamper(
        &url,
        "CREATE ROLE workbook LOGIN; ALTER DATABASE test0 OWNER TO workbook",
    )
    .await;
    let own = url.replace("postgres@", "workbook@");
    let store = PostgresStore::open(&own).await.unwrap();
    let traces = traces::leave(&store).await.unwrap();
    traces::erase_family(&store).await.unwrap();
    let refused = store.scrub().await.unwrap_err().to_string();
    assert!(
        refused.contains("GRANT pg_checkpoint, pg_monitor"),
        "{refused}"
    );
    tamper(
        &url,
        "GRANT pg_checkpoint, pg_monitor TO workbook;
         GRANT EXECUTE ON FUNCTION pg_switch_wal() TO workbook",
    )
    .await;
    store.scrub().await.unwrap();
    assert_eq!(found(&cluster.data(), &traces), [""; 0]);
}

/// Half of the old log and half of the new one would be no log.
#[tokio::test]
async fn nobody_reads_on_in_a_log_that_was_written_anew() {
    let url = database().await;
    let store = with_document(&url).await;
    for n in 1..=3 {
        append(&store, n).await;
    }
    let mut reader = store.begin().await.unwrap();
    reader.document(document()).await.unwrap();
    assert_eq!(
        reader.changes_after(document(), 0, 2).await.unwrap().len(),
        2
    );
    let rewriting = Rewriting {
        epoch: 500,
        changes: (11..=14).map(|n| (change(n), vec![1; 16])).collect(),
        forgotten: Vec::new(),
        at: 9,
    };
    let mut writer = store.begin().await.unwrap();
    writer.rewrite_log(document(), &rewriting).await.unwrap();
    writer.commit().await.unwrap();
    let refused = reader.changes_after(document(), 2, 2).await.unwrap_err();
    let source = std::error::Error::source(&refused).unwrap().to_string();
    assert!(source.contains("written anew"), "{source}");
    assert!(reader.document(document()).await.is_err());
    assert!(reader.lineage(document()).await.is_err());
    drop(reader);
    let mut again = store.begin().await.unwrap();
    let log = again.changes_after(document(), 0, 10).await.unwrap();
    assert_eq!(log.len(), 4);
}
