//! How good dictation is: words, the words that matter, and the drafts' fields.
//!
//! The story: somebody has recordings or texts, what was really said, and perhaps what a good draft
//! holds (`gold`). [`compare`] counts word errors as Whisper's authors do ([`normalise`]); [`score`]
//! lays a draft beside its gold field by field. `workbook eval` runs both over a folder.
//!
//! Invariants: nothing is forgiven silently: what a gold file says and is not scored is named
//! ([`Scored::unscored`]), and no gold is ever seen by what is measured.
//!
//! Not here: files, models, time (`crates/cli`).

mod align;
mod corrected;
mod fields;
mod gold;
mod normalise;
mod numbers;
mod tally;
mod words;

pub use corrected::{Replaced, replaced};
pub use fields::score;
pub use gold::{Gold, GoldError};
pub use normalise::normalise;
pub use tally::{Count, Miss, Scored};
pub use words::{Kind, Words, compare};
