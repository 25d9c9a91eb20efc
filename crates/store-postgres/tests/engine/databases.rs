//! What is not a database of ours is refused in one clear line and stays as it was.

use store::{StoreError, server::Store};
use store_postgres::{PostgresStore, testing::Cluster};

use super::{append, database, stranger, tamper, with_document};

async fn refused(url: &str, expected: &str) {
    let error = PostgresStore::open(url).await.unwrap_err();
    assert!(matches!(error, StoreError::Unusable { .. }), "{error}");
    let text = error.to_string();
    assert!(text.contains(expected), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
}

/// The names of all tables.
async fn tables(url: &str) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
    )
    .fetch_all(&mut stranger(url).await)
    .await
    .unwrap()
}

#[tokio::test]
async fn another_programs_database() {
    for sql in [
        "CREATE TABLE bookmarks (url TEXT)",
        "CREATE TABLE documents (id INT)",
        "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY)",
    ] {
        let url = database().await;
        tamper(&url, sql).await;
        let before = tables(&url).await;
        refused(&url, "is another program's").await;
        assert_eq!(tables(&url).await, before, "{sql}");
    }
}

#[tokio::test]
async fn a_schema_of_a_newer_program_or_an_altered_one() {
    for (sql, expected) in [
        (
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'later', TRUE, '', 0)",
            "update this program",
        ),
        (
            "UPDATE _sqlx_migrations SET checksum = ''",
            "differs from the released one",
        ),
        ("DROP TABLE _sqlx_migrations", "lost the list"),
    ] {
        let url = database().await;
        PostgresStore::open(&url).await.unwrap().close().await;
        tamper(&url, sql).await;
        refused(&url, expected).await;
    }
}

#[tokio::test]
async fn an_address_that_leads_nowhere() {
    let cluster = Cluster::shared().unwrap();
    refused(&cluster.url("not_there"), "create it with `createdb`").await;
    refused(
        "postgres://localhost:1/x",
        "check that PostgreSQL runs there",
    )
    .await;
    let secret = "postgres://u:kept-to-myself@localhost:no/x";
    let error = PostgresStore::open(secret).await.unwrap_err().to_string();
    assert!(!error.contains("kept-to-myself"), "{error}");
    let secret = "postgres://u:kept-to-myself@localhost:1/x";
    let error = PostgresStore::open(secret).await.unwrap_err().to_string();
    assert!(!error.contains("kept-to-myself"), "{error}");
}

#[tokio::test]
async fn processes_that_start_together_on_an_empty_database() {
    let url = database().await;
    let open = async || PostgresStore::open(&url).await.map(drop).unwrap();
    tokio::join!(open(), open(), open(), open(), open());
}

#[tokio::test]
async fn extensions_of_an_empty_database_are_nobodys_data() {
    let url = database().await;
    // As hosted databases have it: it puts views of its own beside our tables.
    tamper(&url, "CREATE EXTENSION pg_stat_statements").await;
    assert!(!tables(&url).await.is_empty());
    PostgresStore::open(&url).await.unwrap();
}

#[tokio::test]
async fn a_transaction_that_failed_can_not_be_committed_as_if_nothing_had_been() {
    let url = database().await;
    let store = with_document(&url).await;
    let mut txn = store.begin().await.unwrap();
    txn.append_change(super::document(), &super::change(1))
        .await
        .unwrap();
    let session = store::server::Session {
        token_sha256: [1; 32],
        professional: super::change(1).author,
        expires: 1,
    };
    let refused = txn.create_session(&session).await;
    assert!(
        matches!(refused, Err(StoreError::Missing { .. })),
        "{refused:?}"
    );
    // PostgreSQL answers COMMIT with a roll-back, and no error, here.
    assert!(txn.commit().await.is_err());
    assert_eq!(append(&store, 1).await, 1);
}
