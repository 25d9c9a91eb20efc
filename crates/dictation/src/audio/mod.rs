//! A recording on disk becomes what the engine hears: 16 kHz, mono, `f32` in [-1, 1].
//!
//! Invariants: the kind of file is told by its content, never by its name; a file that breaks off
//! early is an error that says how much was readable, never a shorter recording; hostile bytes give
//! an error, never a panic; memory follows the *decoded* length at 16 kHz (about 230 MB an hour),
//! not the file's.
//!
//! Not here: finding speech (`silence`) and cutting it up (`chunk`).

#[cfg(feature = "audio")]
mod container;
#[cfg(feature = "audio")]
mod decode;
#[cfg(feature = "audio")]
mod error;
#[cfg(feature = "audio")]
mod fmt_chunk;
#[cfg(feature = "audio")]
mod resample;

#[cfg(feature = "audio")]
use std::{
    fs::File,
    io::{Read, Seek},
    path::Path,
};

#[cfg(feature = "audio")]
pub use error::AudioError;

/// The rate that the engine hears, in samples a second.
pub const SAMPLE_RATE: u32 = 16_000;

/// The longest recording that is accepted: four hours. A dictation after a visit takes minutes;
/// beyond this it is a recorder left running, and some 900 MB of samples.
pub const MAX_MINUTES: u64 = 240;

/// A decoded recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Audio {
    samples: Vec<f32>,
}

impl Audio {
    /// Takes samples that are already 16 kHz mono in [-1, 1] (from a microphone, or a test).
    pub fn from_samples(samples: Vec<f32>) -> Self {
        Self { samples }
    }

    /// 16 kHz mono samples in [-1, 1].
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// Length in milliseconds.
    pub fn duration_ms(&self) -> u64 {
        samples_to_ms(self.samples.len())
    }
}

/// Decodes the WAV or FLAC file at `path`.
#[cfg(feature = "audio")]
pub fn open(path: &Path) -> Result<Audio, AudioError> {
    decode(File::open(path).map_err(AudioError::Read)?)
}

/// Decodes WAV or FLAC from anything that can seek.
#[cfg(feature = "audio")]
pub fn decode<R: Read + Seek + Send + Sync>(source: R) -> Result<Audio, AudioError> {
    decode::decode(source).map(Audio::from_samples)
}

/// Milliseconds that `samples` at 16 kHz last, rounded down.
pub(crate) fn samples_to_ms(samples: usize) -> u64 {
    samples as u64 * 1000 / u64::from(SAMPLE_RATE)
}
