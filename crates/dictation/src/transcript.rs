//! What the engine heard, in the shape that is stored, shown and drafted from.
//!
//! Invariants: all times are milliseconds from the start of the *original* recording (silence that
//! was cut before recognition is counted); segments and words are in order of time; `text` is the
//! segments' texts joined by single spaces. The JSON form is a contract with the phone and with
//! `workbook draft`: fields may be added, never renamed or removed.
//!
//! Not here: how the words were recognised (`engine`, `whisper`), and any interpretation of them
//! (`spoken`, `draft`).

use serde::{Deserialize, Serialize};

/// A whole recording as text.
///
/// As JSON:
///
/// ```json
/// {
///   "text": "Go forward ten metres.",
///   "segments": [{
///     "start_ms": 300, "end_ms": 2100, "text": "Go forward ten metres.",
///     "words": [{ "start_ms": 300, "end_ms": 520, "text": "Go", "confidence": 0.93 }]
///   }],
///   "language": "en",
///   "model": { "name": "tiny.en-q5_1", "sha256": "c77c…" },
///   "audio_ms": 2600,
///   "engine_ms": 410
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Transcript {
    /// Everything that was heard. Empty when nobody spoke.
    pub text: String,
    /// Stretches of speech, usually a sentence each.
    pub segments: Vec<Segment>,
    /// Spoken language, ISO 639-1; always `en` with the English models in the catalogue.
    pub language: String,
    /// Which model wrote this: part of the record's provenance.
    pub model: ModelStamp,
    /// Length of the recording in milliseconds, silence included.
    pub audio_ms: u64,
    /// Time that recognition took in milliseconds, by the caller's clock; 0 when the engine did
    /// not run. `engine_ms / audio_ms` is the real-time factor.
    pub engine_ms: u64,
    /// What the engine wrote although, by all signs, nobody said it: not part of `text`, and reported
    /// because an author may know better. Usually empty, and then left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suppressed: Vec<Suppressed>,
}

/// Words that were taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Suppressed {
    /// Start in milliseconds of the original recording.
    pub start_ms: u64,
    /// End in milliseconds of the original recording.
    pub end_ms: u64,
    /// The words.
    pub text: String,
    /// Why.
    pub reason: Reason,
}

/// Why words were taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Reason {
    /// The engine doubts them, and nobody speaks where they were heard.
    #[serde(rename = "no speech")]
    NoSpeech,
    /// A note on a sound ("[music]").
    #[serde(rename = "sound")]
    Sound,
    /// The same phrase again and again, as the engine does when it is lost.
    #[serde(rename = "repetition")]
    Repetition,
}

/// A stretch of speech.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Segment {
    /// Start in milliseconds of the original recording.
    pub start_ms: u64,
    /// End in milliseconds of the original recording.
    pub end_ms: u64,
    /// The text with the engine's punctuation, without space at either end.
    pub text: String,
    /// The same text word by word.
    pub words: Vec<Word>,
}

/// One word with the punctuation that hangs on it ("station,").
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Word {
    /// Start in milliseconds of the original recording; good to about a fifth of a second.
    pub start_ms: u64,
    /// End in milliseconds of the original recording.
    pub end_ms: u64,
    /// The word, without surrounding space.
    pub text: String,
    /// How sure the engine was, 0 to 1: the *lowest* probability among the word's tokens (one
    /// guessed syllable makes a name wrong). Below 0.5 it is worth a second look.
    pub confidence: f32,
}

/// Names the model exactly, so that a record says what wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ModelStamp {
    /// The name in the catalogue, or the one given at import.
    pub name: String,
    /// SHA-256 of the model file in lower-case hex.
    pub sha256: String,
}

impl Transcript {
    /// A transcript of `segments`, with `text` derived from them.
    pub fn from_segments(
        segments: Vec<Segment>,
        model: ModelStamp,
        audio_ms: u64,
        engine_ms: u64,
    ) -> Self {
        let text = segments
            .iter()
            .map(|segment| segment.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        Self {
            text,
            segments,
            language: "en".to_owned(),
            model,
            audio_ms,
            engine_ms,
            suppressed: Vec::new(),
        }
    }

    /// The same with what was taken out.
    #[must_use]
    pub fn with_suppressed(self, suppressed: Vec<Suppressed>) -> Self {
        Self { suppressed, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_the_documented_shape_and_reads_back() {
        let word = Word {
            start_ms: 300,
            end_ms: 520,
            text: "Go".into(),
            confidence: 0.5,
        };
        let segment = Segment {
            start_ms: 300,
            end_ms: 520,
            text: "Go".into(),
            words: vec![word],
        };
        let stamp = ModelStamp {
            name: "tiny".into(),
            sha256: "00".into(),
        };
        let transcript = Transcript::from_segments(vec![segment], stamp, 600, 7);
        let json = serde_json::to_string(&transcript).unwrap();
        assert_eq!(
            json,
            r#"{"text":"Go","segments":[{"start_ms":300,"end_ms":520,"text":"Go","words":[{"start_ms":300,"end_ms":520,"text":"Go","confidence":0.5}]}],"language":"en","model":{"name":"tiny","sha256":"00"},"audio_ms":600,"engine_ms":7}"#
        );
        assert_eq!(
            serde_json::from_str::<Transcript>(&json).unwrap(),
            transcript
        );
        let gone = Suppressed {
            start_ms: 1,
            end_ms: 2,
            text: "you".into(),
            reason: Reason::NoSpeech,
        };
        let json = serde_json::to_string(&transcript.with_suppressed(vec![gone])).unwrap();
        assert!(json.ends_with(
            r#","suppressed":[{"start_ms":1,"end_ms":2,"text":"you","reason":"no speech"}]}"#
        ));
    }
}
