//! The audit log: who read, wrote, was refused, signed in, was let in or took something out.
//!
//! **Chains.** Rows stand in chains; each row's hash covers the row and the hash before it, so that
//! none can be altered, taken out, put in or moved without every later one being written anew. There
//! is a chain for each document, one for each account and one for the house, and not one for all:
//! appending to a chain waits for whoever appends to it at the same moment, and a single chain would
//! make every request of every server process queue for one row. A document's chain is appended to
//! under the document's own lock, which a push holds anyway; a person's is their own; the house's
//! gets what an operator does, a few rows a day.
//!
//! **Anchors.** A chain whose newest rows are cut off still fits together, and so does one that was
//! written anew from some row on. So each export notes the heads of all chains that have moved in
//! the house's chain ([`kind::ANCHOR`]), and its own head is for somebody to keep who can't write to
//! the database: [`verify`](mod@verify) compares. Whoever can rewrite the whole database, and whose
//! exports nobody keeps, can rewrite its history; no log can prevent that from within.
//!
//! **No personal data** stands in a row: ids, numbers, times and codes of this program only.
//!
//! ```
//! use record::ids::{DocumentId, ProfessionalId, mint};
//! use store::audit::{Chain, Event, ZERO, hash, kind};
//!
//! let document = DocumentId::from(mint(1, [1; 10]));
//! let event = Event {
//!     who: Some(ProfessionalId::from(mint(1, [2; 10]))),
//!     first: Some(1),
//!     last: Some(3),
//!     ..Event::new(1_772_000_000_000, kind::PULLED).on(document)
//! };
//! let first = hash(Chain::of_document(document), 1, &event, &ZERO);
//! let second = hash(Chain::of_document(document), 2, &event, &first);
//! assert_ne!(first, second);
//! ```

mod event;
pub mod export;
pub mod kind;
pub mod verify;

pub use event::{Chain, Code, Event, Row, ZERO, canonical, hash};
