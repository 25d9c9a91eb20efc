//! The family workbook: one record that merges without losing anyone's voice.
//!
//! No I/O, no clock and no randomness of its own: times, ids and actors are arguments.

mod about;
mod bands;
mod change;
mod changes;
mod child_file;
mod chronology;
mod document;
mod draft;
mod facts;
pub mod ids;
pub mod model;
mod refusal;
mod rules;
mod source;
pub mod summary;
pub mod terms;
mod wording;
mod workbook;

pub use bands::{Band, band};
pub use change::{Change, MAX_CHANGE_BYTES};
pub use changes::{ActionChange, Changed, Changes, ChildSince, diff, since_last_supervision};
pub use child_file::{ChildFile, FactLines, VisitLines, child_file};
pub use chronology::{Category, Chronology, Event, chronology};
pub use document::{Document, LoadError, UnknownPoint};
pub use draft::EntryDraft;
pub use facts::Disagreement;
pub use refusal::{Refusal, Rule};
pub use rules::{Writer, check, contents, propose};
pub use summary::{Summary, summary};
pub use workbook::{Unreadable, Workbook};
