//! What PostgreSQL adds to the suite: whose database it is, other processes, and being killed.

#![expect(clippy::unwrap_used, reason = "in a test, failing is panicking")]

mod audit;
mod databases;
mod forgetting;
mod isolation;
mod killed;
mod leavers;
mod news;
mod queries;
mod same_schema;
mod sessions;
mod verify;

use std::time::Duration;

use record::ids::{DeviceId, DocumentId, FamilyId, ProfessionalId, mint};
use sqlx::{ConnectOptions, PgConnection, postgres::PgConnectOptions};
use store::server::{Document, Family, NewChange, Store};
use store_postgres::{PostgresStore, testing::Cluster};

fn document() -> DocumentId {
    DocumentId::from(mint(1, [1; 10]))
}

fn change(n: u64) -> NewChange {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&n.to_be_bytes());
    NewChange {
        hash,
        bytes: vec![7; 100],
        author: ProfessionalId::from(mint(1, [3; 10])),
        device: DeviceId::from(mint(1, [4; 10])),
        received: 1,
    }
}

/// An empty database's URL.
async fn database() -> String {
    Cluster::shared().unwrap().new_database().await.unwrap()
}

/// A store with one family and its empty document.
async fn with_document(url: &str) -> PostgresStore {
    let store = PostgresStore::open(url).await.unwrap();
    let mut txn = store.begin().await.unwrap();
    let family = FamilyId::from(mint(1, [2; 10]));
    txn.create_family(&Family {
        id: family,
        name: "Brennan".to_owned(),
        created: 1,
    })
    .await
    .unwrap();
    txn.create_document(&Document {
        id: document(),
        family,
        compartment: "team".to_owned(),
        epoch: 1,
        head: 0,
        owner: None,
    })
    .await
    .unwrap();
    txn.commit().await.unwrap();
    store
}

/// Appends one change in a transaction of its own.
async fn append(store: &PostgresStore, n: u64) -> u64 {
    let mut txn = store.begin().await.unwrap();
    let seq = txn.append_change(document(), &change(n)).await.unwrap();
    txn.commit().await.unwrap();
    seq
}

/// A connection as another program has it.
async fn stranger(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().unwrap();
    options.connect().await.unwrap()
}

/// Returns when somebody waits for a lock: PostgreSQL itself says so.
async fn somebody_waits(url: &str) {
    let mut watching = stranger(url).await;
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    loop {
        let waiting: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
             AND wait_event_type = 'Lock'",
        )
        .fetch_one(&mut watching)
        .await
        .unwrap();
        if waiting > 0 {
            return;
        }
        assert!(tokio::time::Instant::now() < deadline, "nobody waits");
    }
}

/// Runs SQL as another program would.
async fn tamper(url: &str, sql: &'static str) {
    let mut db = stranger(url).await;
    sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
}
