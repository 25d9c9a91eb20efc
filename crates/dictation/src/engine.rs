//! What the rest of the crate knows of a speech engine: samples in, words out.
//!
//! A small trait, so that cutting, mapping and filtering are tested with a scripted engine and
//! without a model. Not here: any engine (`whisper`), or which audio to give it (`listen`).

use serde::{Deserialize, Serialize};

use crate::transcript::ModelStamp;

/// A speech engine with its model loaded.
pub trait Engine {
    /// The model that is loaded.
    fn model(&self) -> &ModelStamp;

    /// Recognises one window.
    ///
    /// `window` is **16 kHz, mono, `f32` in [-1, 1]**, between 0.1 s and 30 s long. Times in the
    /// answer are milliseconds from its start. An empty answer means that nothing was said.
    fn recognise(&mut self, window: &[f32]) -> Result<Vec<Heard>, EngineError>;
}

/// A stretch of recognised speech inside one window.
///
/// On the phone it crosses between the engine's worker and the core, and is stored for windows that are finished: its
/// JSON form is a contract with `mobile-shell/speech-engine`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heard {
    /// Start in milliseconds of the window.
    pub start_ms: u64,
    /// End in milliseconds of the window.
    pub end_ms: u64,
    /// Its words in order, without empty ones.
    pub words: Vec<HeardWord>,
    /// The engine's own probability, 0 to 1, that the window holds no speech.
    pub no_speech: f32,
}

/// One recognised word inside a window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeardWord {
    /// Start in milliseconds of the window.
    pub start_ms: u64,
    /// End in milliseconds of the window.
    pub end_ms: u64,
    /// The word with the punctuation that hangs on it.
    pub text: String,
    /// 0 to 1; see [`Word::confidence`](crate::transcript::Word::confidence).
    pub confidence: f32,
}

/// Why the engine stopped.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The model file passed its checks but the engine refused it.
    #[error(
        "the speech engine could not load the model ({0}): install it again with `workbook model install`"
    )]
    Load(String),
    /// Recognition broke off.
    #[error("the speech engine failed ({0}): the recording is unchanged, try again")]
    Recognise(String),
    /// Somebody told the engine to stop.
    #[error("cancelled: the recording is unchanged")]
    Cancelled,
}
