//! A recording on disk becomes what the engine hears: 16 kHz, mono, `f32` in [-1, 1].
//!
//! Invariants: the kind of file is told by its content, never by its name; a file that breaks off
//! early is an error that says how much was readable, never a shorter recording; hostile bytes give
//! an error, never a panic; played piece by piece, a recording of any length takes the same memory.
//! Formats without a length of their own (Ogg, WebM and bare AAC from a recorder that was cut off) are read
//! as far as they go.
//!
//! Formats: WAV, FLAC, MP3, Ogg (Vorbis, Opus, FLAC), WebM (Opus, Vorbis), M4A (AAC, Apple Lossless), AAC.
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
    ops::ControlFlow,
    path::{Path, PathBuf},
};

#[cfg(feature = "audio")]
pub use error::AudioError;

/// The rate that the engine hears, in samples a second.
pub const SAMPLE_RATE: u32 = 16_000;

/// The longest recording that is accepted: four hours. A dictation after a visit takes minutes;
/// beyond this it is a recorder left running.
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

/// Decodes the file at `path`.
#[cfg(feature = "audio")]
pub fn open(path: &Path) -> Result<Audio, AudioError> {
    decode(File::open(path).map_err(AudioError::Read)?)
}

/// Decodes from anything that can seek.
#[cfg(feature = "audio")]
pub fn decode<R: Read + Seek + Send + Sync>(source: R) -> Result<Audio, AudioError> {
    let mut samples = Vec::new();
    decode::play(source, &mut |piece| {
        samples.extend_from_slice(piece);
        ControlFlow::Continue(())
    })?;
    Ok(Audio::from_samples(samples))
}

/// Decodes from anything that can seek, in pieces, until told to stop; keeps none of them.
#[cfg(feature = "audio")]
pub fn play<R: Read + Seek + Send + Sync>(
    source: R,
    hear: &mut dyn FnMut(&[f32]) -> ControlFlow<()>,
) -> Result<(), AudioError> {
    decode::play(source, hear)
}

/// A recording on disk, decoded anew each time it is heard: its length costs no memory.
#[cfg(feature = "audio")]
#[derive(Debug, Clone)]
pub struct Recording {
    path: PathBuf,
}

#[cfg(feature = "audio")]
impl Recording {
    /// The one at `path`, which isn't opened yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

#[cfg(feature = "audio")]
impl crate::listen::Sound for Recording {
    type Error = AudioError;

    fn play(&self, hear: &mut dyn FnMut(&[f32]) -> ControlFlow<()>) -> Result<(), AudioError> {
        play(File::open(&self.path).map_err(AudioError::Read)?, hear)
    }
}

/// Milliseconds that `samples` at 16 kHz last, rounded down.
pub(crate) fn samples_to_ms(samples: usize) -> u64 {
    samples as u64 * 1000 / u64::from(SAMPLE_RATE)
}
