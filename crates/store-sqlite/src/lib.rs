//! The SQLite engine of the storage contract: one file, no set-up, durable when it says so.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! use record::ids::{FamilyId, mint};
//! use store::server::{Family, Store};
//! use store_sqlite::SqliteStore;
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("workbook.sqlite");
//! let family = Family {
//!     id: FamilyId::from(mint(1_000, [7; 10])),
//!     name: "Brennan".to_owned(),
//!     created: 1_000,
//! };
//!
//! let store = SqliteStore::open(&path).await?;
//! let mut txn = store.begin().await?;
//! txn.create_family(&family).await?;
//! txn.commit().await?; // durable from here on
//! drop(store.begin().await?); // a transaction that is dropped leaves nothing
//! store.close().await;
//!
//! let store = SqliteStore::open(&path).await?;
//! assert_eq!(store.begin().await?.families().await?, [family]);
//! assert!(store.verify().await?.is_empty());
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! **Where things stand.** [`SqliteStore`] and [`SqliteDeviceStore`] each have a file per subject,
//! named as in every other engine; the schemas are in `migrations/sqlite`. `inspect` decides whether
//! a file may be touched, `open` how it is, `schema` which of the two it must be.
//!
//! **Durability.** Write-ahead log with `synchronous=FULL`: a commit returns after its pages are on
//! the disk. **Concurrency.** One connection writes and its users queue in order; a transaction
//! takes the write lock at once (`BEGIN IMMEDIATE`), so another *process* waits instead of failing
//! half-way. **Erasure.** `secure_delete` overwrites what is deleted with zeros, but not every trace
//! of it; the write-ahead log keeps older pages. `scrub` sees to both.
//!
//! **Queries** are checked against the migrations when the crate is compiled, from the committed
//! `.sqlx`; after changing one, run `crates/store-sqlite/prepare`. No query is put together from
//! strings.

mod backup;
mod device;
mod inspect;
mod open;
mod schema;
mod scrub;
mod server;
mod values;
mod verify;

pub use device::SqliteDeviceStore;
pub use server::SqliteStore;
pub use verify::Finding;
