//! The family workbook: one record that merges without losing anyone's voice.
//!
//! No I/O, no clock and no randomness of its own: times, ids and actors are arguments.

mod bands;
pub mod calendar;
mod change;
pub mod configuration;
mod document;
mod draft;
mod facts;
mod family;
pub mod ids;
pub mod model;
pub mod quality;
mod refusal;
mod rewrite;
mod rules;
pub mod summary;
pub mod terms;
pub mod timescales;
mod workbook;

pub use bands::{Band, band};
pub use change::{Change, MAX_CHANGE_BYTES};
pub use configuration::{Configuration, ConfigurationError};
pub use document::{Document, LoadError};
pub use draft::{DraftState, EntryDraft, Missing, missing};
pub use facts::Disagreement;
pub use family::{NotOfThisFamily, WholeFamily};
pub use quality::{Quality, quality};
pub use refusal::{Refusal, Rule};
pub use rewrite::{Remove, RewriteError, Rewritten, rewrite};
pub use rules::{Context, Writer, check, check_in, contents, propose, propose_in};
pub use summary::{Summary, summary};
pub use timescales::{Timescale, timescales};
pub use workbook::{Unreadable, Workbook};
