//! Who may do what, on which family or document: one pure decision, deny by default.
//!
//! The server gathers the facts (is this professional allocated? is this device revoked?) and asks
//! [`decide`]. A yes is a [`Granted`], which only this crate can make and which names what was
//! granted; the server's loading functions take one, so that no route gets at data without having
//! asked. This crate does no I/O and knows no other crate of ours.
//!
//! Every role, action and situation stands in `docs/access-table.md`, which a test draws up from
//! [`decide`] itself.
//!
//! ```
//! use access::{
//!     Allocated, Compartment, Denied, DocumentFacts, Glass, PullDocument, Restricted, Standing, Subject,
//!     TeamRole, Way, decide,
//! };
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
//!     standing: Standing {
//!         allocated: Allocated::Yes,
//!         team: TeamRole::None,
//!         restricted: Restricted::No,
//!         glass: Glass::Whole,
//!     },
//!     members: vec![],
//!     owner: None,
//! };
//! let granted = decide::<PullDocument>(&worker, document.clone())?;
//! assert_eq!(granted.resource().document, document.document);
//!
//! let stranger = DocumentFacts { standing: Standing::STRANGER, ..document };
//! assert_eq!(decide::<PullDocument>(&worker, stranger).unwrap_err(), Denied::NotAllocated);
//! # Ok::<(), Denied>(())
//! ```

mod action;
mod decision;
mod facts;
#[cfg(test)]
mod table;

pub use action::{
    Action, BreakGlass, FindFamily, ListDevices, ListFamilies, PullDocument, PushDocument,
    ReadFamily, RevokeDevice, SeeNotice,
};
pub use decision::{Denied, Granted, decide};
pub use facts::{
    Allocated, Compartment, DeviceFacts, DocumentFacts, FamilyFacts, Glass, NoticeFacts,
    Restricted, Standing, Subject, TeamRole, Way,
};
