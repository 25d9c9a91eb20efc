//! The family workbook: one record that merges without losing anyone's voice.
//!
//! No I/O, no clock and no randomness of its own: times, ids and actors are arguments.

mod bands;
mod change;
mod document;
mod draft;
mod facts;
pub mod ids;
pub mod model;
mod page;
mod refusal;
mod rules;
pub mod summary;
pub mod terms;
mod workbook;

pub use bands::{Band, band};
pub use change::{Change, MAX_CHANGE_BYTES};
pub use document::{Document, LoadError};
pub use draft::EntryDraft;
pub use facts::Disagreement;
pub use page::{Page, Stale};
pub use refusal::{Refusal, Rule};
pub use rules::{Writer, check, contents, propose};
pub use summary::{Summary, summary};
pub use workbook::{Unreadable, Workbook};
