//! The storage contract: what the server and a device keep, stated once for every engine. No SQL.
//!
//! [`server`] is the contract of the council's server, [`device`] that of one phone or laptop. An
//! engine implements the two traits of a contract; [`memory`] is the reference engine, and the
//! `conformance` suite (a feature, for tests only) is what every engine runs, so that two engines
//! stay one truth.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! use record::ids::{DeviceId, DocumentId, FamilyId, ProfessionalId, mint};
//! use store::memory::MemoryStore;
//! use store::server::{Document, Family, NewChange, Store};
//!
//! // Times and random bytes are arguments: here they are made up.
//! let (family, document) = (FamilyId::from(mint(1, [1; 10])), DocumentId::from(mint(1, [2; 10])));
//! let store = MemoryStore::default();
//!
//! let mut txn = store.begin().await?;
//! txn.create_family(&Family { id: family, name: "Brennan".to_owned(), created: 1 }).await?;
//! let compartment = "team".to_owned();
//! let empty =
//!     Document { id: document, family, compartment, epoch: u64::MAX, head: 0, owner: None };
//! txn.create_document(&empty).await?;
//! txn.commit().await?;
//!
//! // Nobody else appends to this document between the look and the append.
//! let mut txn = store.begin().await?;
//! let head = txn.lock_document(document).await?.map(|document| document.head);
//! assert_eq!(head, Some(0));
//! let change = NewChange {
//!     hash: [3; 32],
//!     bytes: b"an Automerge change".to_vec(),
//!     author: ProfessionalId::from(mint(1, [4; 10])),
//!     device: DeviceId::from(mint(1, [5; 10])),
//!     received: 2,
//! };
//! assert_eq!(txn.append_change(document, &change).await?, 1);
//! txn.commit().await?; // acknowledge only after this
//! # Ok(())
//! # })
//! # }
//! ```

pub mod audit;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod device;
mod error;
pub mod memory;
pub mod server;

pub use error::StoreError;
