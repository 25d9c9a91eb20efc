//! The PostgreSQL engine of the storage contract: any number of server processes on one database.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! use record::ids::{FamilyId, mint};
//! use store::server::{Family, Store};
//! use store_postgres::{PostgresStore, testing::Cluster};
//!
//! // A database of a real PostgreSQL; yours is `postgres://user@host/database`.
//! let url = Cluster::shared()?.new_database().await?;
//! let family = Family {
//!     id: FamilyId::from(mint(1_000, [7; 10])),
//!     name: "Brennan".to_owned(),
//!     created: 1_000,
//! };
//!
//! let store = PostgresStore::open(&url).await?;
//! let mut txn = store.begin().await?;
//! txn.create_family(&family).await?;
//! txn.commit().await?; // durable from here on
//! drop(store.begin().await?); // a transaction that is dropped leaves nothing
//!
//! let other_process = PostgresStore::open(&url).await?;
//! assert_eq!(other_process.begin().await?.families().await?, [family]);
//! assert!(other_process.verify().await?.is_empty());
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! **Where things stand.** [`PostgresStore`] has a file per subject, named as in every other engine;
//! the schema is in `migrations/postgres`. `inspect` decides whether a database may be touched,
//! `open` how it is, `news` how processes hear of each other's changes, `backup` how all of it becomes
//! a file and is put back.
//!
//! **Isolation.** Transactions run as READ COMMITTED, and each document's row lock is taken before
//! anything of the document is written. REPEATABLE READ was the other choice, and fails half-way:
//! who has looked before waiting for a lock gets a serialization failure after the wait, and would
//! have to do all of its work anew. What READ COMMITTED lacks, a log that stays as it was first seen,
//! the engine keeps itself: a transaction reads no change and no snapshot beyond the head that it
//! was shown (`server::view`). What is known of people (allocations, members, devices) is as fresh as
//! each call: an access that has just ended ends here too.
//! The audit log's chains are kept like documents' logs: a row lock each, and a transaction reads no
//! row beyond the length that it was shown (`server::chains`). Anchors wait for nobody.
//!
//! **Durability.** Every connection has `synchronous_commit` on, or stronger where the database says
//! so. **Waiting.** A transaction waits for a lock for 10 s, a statement runs for 30 s, an idle
//! transaction is ended after 60 s: a stuck process never holds a document for good. **Erasure.**
//! Deleted rows stay in PostgreSQL's files and in its log until they are scrubbed, which needs
//! `wal_recycle = off` and some rights (`scrub`); what was copied elsewhere stays there.
//!
//! **Queries** are checked against the migrations when the crate is compiled, from the committed
//! `.sqlx`; after changing one, run `crates/store-postgres/prepare`. No query is put together from
//! strings.

mod backup;
mod inspect;
mod marks;
mod news;
mod open;
mod scrub;
mod server;
#[cfg(feature = "testing")]
pub mod testing;
mod values;
mod verify;

pub use backup::restore;
pub use server::PostgresStore;
pub use verify::Finding;
