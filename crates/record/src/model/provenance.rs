//! Where an entry's words came from, and its author's word that they are right.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What an author confirms. Nothing completes itself: dictated text is a draft until then.
pub const ATTESTATION: &str = "I have read this and it is my record";

/// The author's confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The words that were confirmed: [`ATTESTATION`].
    pub statement: String,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// How an entry's text came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", tag = "how")]
pub enum Provenance {
    /// Typed by the author.
    Typed,
    /// Dictated and recognised on the device.
    #[serde(rename_all = "camelCase")]
    Dictated {
        /// Name of the speech model.
        model: String,
        /// SHA-256 of the model file, lower-case hex.
        model_sha256: String,
        /// Length of the audio in milliseconds.
        audio_ms: u64,
        /// SHA-256 of the audio file, lower-case hex. The audio itself never leaves the device.
        audio_sha256: String,
        /// How many words the author changed before completing.
        words_edited: u32,
    },
}
