//! Where in the spoken text something was read.
//!
//! Invariant: offsets are UTF-8 bytes into the text as it was given, on character boundaries.

use serde::{Deserialize, Serialize};

/// Byte range `[start, end)` into the input text; JSON `[start, end]`.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span(
    /// First byte.
    pub usize,
    /// One past the last byte.
    pub usize,
);

impl Span {
    /// The words themselves; empty when the span is not one of this text's.
    pub fn of(self, text: &str) -> &str {
        text.get(self.0..self.1).unwrap_or_default()
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.0 <= other.0 && other.1 <= self.1
    }

    /// The span without white space at either end.
    pub(super) fn trimmed(self, text: &str) -> Self {
        let inside = self.of(text);
        let start = self.0 + (inside.len() - inside.trim_start().len());
        Self(start, start + inside.trim().len())
    }
}
