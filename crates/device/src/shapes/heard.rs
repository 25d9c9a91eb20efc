//! Words of a draft's text that deserve a second look, and when they were spoken.

use serde::{Deserialize, Serialize};

/// A place in the text: UTF-16 units, as JavaScript counts, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Place {
    /// The first unit.
    pub start: u32,
    /// One past the last unit.
    pub end: u32,
}

/// A stretch of the recording, in milliseconds from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Second {
    /// From.
    pub start_ms: u64,
    /// To.
    pub end_ms: u64,
}

/// Why a word stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum MarkKind {
    /// The engine was not sure of it (confidence below 0.5).
    Doubtful,
    /// A name.
    Name,
    /// A number.
    Number,
    /// A date.
    Date,
    /// "not", "never", "no" …
    Negation,
    /// A word of danger or harm.
    Risk,
}

impl MarkKind {
    /// Whether the author must tap it before completing. The engine doubted only these; the others
    /// are there to be seen.
    pub fn must_be_settled(self) -> bool {
        self == Self::Doubtful
    }
}

/// A word or words to check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Mark {
    /// Its number within this draft, from 0.
    pub id: u32,
    /// Why.
    pub kind: MarkKind,
    /// The words.
    pub text: String,
    /// Where they stand in the draft's text.
    pub place: Place,
    /// When they were spoken; absent in typed text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<Second>,
    /// Whether it must be acknowledged before the draft can be completed.
    pub must: bool,
    /// Whether the author has acknowledged it (checked, or corrected what came of it).
    #[serde(default)]
    pub settled: bool,
}

/// A word of the text with its time: so that any word can be tapped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SpokenWord {
    /// Where it stands in the draft's text.
    pub place: Place,
    /// When it was spoken.
    pub audio: Second,
    /// How sure the engine was, 0 to 1.
    pub confidence: f32,
}
