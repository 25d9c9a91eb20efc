//! PostgreSQL runs the suite that every engine runs.

#![expect(clippy::unwrap_used, reason = "in a test, failing is panicking")]

mod server {
    use store_postgres::{PostgresStore, testing::Cluster};

    async fn fresh() -> PostgresStore {
        let cluster = Cluster::shared().unwrap();
        let url = cluster.new_database().await.unwrap();
        PostgresStore::open(&url).await.unwrap()
    }

    store::conformance_suite!(server: fresh);
}
