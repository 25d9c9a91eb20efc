//! Dictation: a recording in, checked words out, on the practitioner's own device.
//!
//! The story: a social worker sits in the car and speaks. [`audio`] turns the recording into what
//! a speech engine hears; [`silence`] finds where somebody speaks, because Whisper invents
//! sentences over silence; [`chunk`] cuts that at pauses; an [`engine`] (Whisper, behind the
//! feature `whisper`) recognises each window; [`listen`] puts the words back in their place in the
//! recording as a [`transcript`] ([`listening`] does the same where the engine lives elsewhere).
//! [`spoken`] carries out spoken punctuation and [`draft`] shapes the text into a draft that a
//! person then checks. `model` keeps the model files honest.
//!
//! Without the features `audio` (files) and `model` (model files), what is left is pure text and
//! samples: that half runs in the phone.
//!
//! Invariants: no clock, no randomness, no network; audio never leaves through here; no other
//! crate of ours is known.
//!
//! With an engine of one's own (here one that always hears the same word):
//!
//! ```
//! use std::time::Duration;
//! use dictation::audio::Audio;
//! use dictation::engine::{Engine, EngineError, Heard, HeardWord};
//! use dictation::transcript::ModelStamp;
//!
//! struct Echo(ModelStamp);
//! impl Engine for Echo {
//!     fn model(&self) -> &ModelStamp {
//!         &self.0
//!     }
//!     fn recognise(&mut self, _window: &[f32]) -> Result<Vec<Heard>, EngineError> {
//!         let word = HeardWord { start_ms: 250, end_ms: 900, text: "Hello".into(), confidence: 0.9 };
//!         Ok(vec![Heard { start_ms: 250, end_ms: 900, words: vec![word], no_speech: 0.0 }])
//!     }
//! }
//! let mut engine = Echo(ModelStamp { name: "echo".into(), sha256: String::new() });
//!
//! // Ten seconds of silence with one second of sound at 4 s.
//! let mut samples = vec![0.0; 160_000];
//! for (n, sample) in samples[64_000..80_000].iter_mut().enumerate() {
//!     *sample = if n % 2 == 0 { 0.2 } else { -0.2 };
//! }
//! let audio = Audio::from_samples(samples);
//! let transcript =
//!     dictation::listen::listen(&audio, &mut engine, &|| Duration::ZERO, &mut |_| {})?;
//! assert_eq!(transcript.text, "Hello");
//! assert!(transcript.segments[0].start_ms.abs_diff(4_000) < 50);
//! # Ok::<(), EngineError>(())
//! ```

pub mod audio;
mod bands;
pub mod chunk;
pub mod draft;
pub mod engine;
pub mod listen;
pub mod listening;
#[cfg(feature = "model")]
pub mod model;
pub mod silence;
pub mod speech;
pub mod spoken;
mod suppress;
pub mod transcript;
#[cfg(feature = "voice")]
mod voice;
#[cfg(feature = "whisper")]
pub mod whisper;
