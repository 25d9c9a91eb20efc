//! Where an entry's words came from, and its author's word that they are right.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

/// What an author confirms. Nothing completes itself: dictated text is a draft until then.
pub const ATTESTATION: &str = "I have read this and it is my record";

/// The author's confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Attestation {
    /// The words that were confirmed: [`ATTESTATION`].
    pub statement: String,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// How an entry's text came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", tag = "how")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Provenance {
    /// Typed by the author.
    #[serde(deserialize_with = "nothing_else")]
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

/// A variant without fields takes unknown ones in silence, whatever `deny_unknown_fields` says: what
/// nobody reads could hide there.
fn nothing_else<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}

    Nothing::deserialize(deserializer).map(|Nothing {}| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_has_no_other_field() {
        let read = |text| serde_json::from_str::<Provenance>(text);
        assert_eq!(read(r#"{"how":"typed"}"#).unwrap(), Provenance::Typed);
        let error = read(r#"{"how":"typed","hidden":"words"}"#).unwrap_err();
        assert!(error.to_string().starts_with("unknown field"), "{error}");
    }
}
