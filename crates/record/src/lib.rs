//! The family workbook: one record that merges without losing anyone's voice.
//!
//! No I/O, no clock and no randomness of its own: times, ids and actors are arguments.

mod about;
mod bands;
mod board;
pub mod calendar;
mod change;
mod changes;
mod child_file;
mod chronology;
pub mod configuration;
mod document;
mod draft;
mod encoded;
mod facts;
mod family;
pub mod ids;
pub mod json;
pub mod model;
mod page;
pub mod quality;
mod refusal;
mod retention;
mod rewrite;
mod rules;
mod source;
pub mod summary;
pub mod terms;
pub mod timescales;
mod wording;
mod workbook;

pub use bands::{Band, band};
pub use board::{Board, BoardAction, BoardChild, BoardEntry, BoardVisit};
pub use change::{Change, MAX_CHANGE_BYTES};
pub use changes::{ActionChange, Changed, Changes, ChildSince, diff, since_last_supervision};
pub use child_file::{ChildFile, FactLines, VisitLines, child_file};
pub use chronology::{Category, Chronology, Event, chronology};
pub use configuration::{Configuration, ConfigurationError};
pub use document::{Document, LoadError, UnknownPoint};
pub use draft::{DraftState, EntryDraft, Missing, Unconfirmed, Unsaid, missing};
pub use facts::Disagreement;
pub use family::{NotOfThisFamily, WholeFamily};
pub use page::{Page, Stale};
pub use quality::{Quality, quality};
pub use refusal::{Refusal, Rule};
pub use retention::{
    DiedYoung, Gap, Kept, PersonRetention, RetentionRule, RetentionRules, family_until, retention,
};
pub use rewrite::{Remove, RewriteError, Rewritten, mentions_of, rewrite};
pub use rules::{Context, Writer, check, check_again, check_in, contents, propose, propose_in};
pub use summary::{Summary, summary};
pub use timescales::{Timescale, timescales};
pub use workbook::{Unreadable, Workbook};
