//! Who may do what, on which family or document: one pure decision, deny by default.
//!
//! The server gathers the facts (is this professional allocated? is this device revoked?) and asks
//! [`decide`]. A yes is a [`Granted`], which only this crate can make and which names what was
//! granted; the server's loading functions take one, so that no route gets at data without having
//! asked. This crate does no I/O and knows no other crate of ours.
//!
//! ```
//! use access::{Allocated, Compartment, Denied, DocumentFacts, PullDocument, Subject, Way, decide};
//! use uuid::Uuid;
//!
//! let worker = Subject {
//!     professional: Uuid::from_u128(1),
//!     discipline: Some("recovery-worker".into()),
//!     way: Way::Device { id: Uuid::from_u128(2), revoked: false },
//! };
//! let document = DocumentFacts {
//!     document: Uuid::from_u128(3),
//!     family: Uuid::from_u128(4),
//!     compartment: Compartment::from_code("team"),
//!     allocated: Allocated::Yes,
//!     members: vec![],
//!     owner: None,
//! };
//! let granted = decide::<PullDocument>(&worker, document.clone())?;
//! assert_eq!(granted.resource().document, document.document);
//!
//! let stranger = DocumentFacts { allocated: Allocated::No, ..document };
//! assert_eq!(decide::<PullDocument>(&worker, stranger).unwrap_err(), Denied::NotAllocated);
//! # Ok::<(), Denied>(())
//! ```

mod action;
mod decision;
mod facts;

pub use action::{
    Action, ListDevices, ListFamilies, PullDocument, PushDocument, ReadFamily, RevokeDevice,
};
pub use decision::{Denied, Granted, decide};
pub use facts::{Allocated, Compartment, DeviceFacts, DocumentFacts, FamilyFacts, Subject, Way};
