//! Why a recording could not be read, and what the person can do about it.

/// What is wrong with a recording. Each message says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum AudioError {
    /// The file could not be opened or read.
    #[error("the file could not be read")]
    Read(#[source] std::io::Error),
    /// The file has no bytes at all.
    #[error("the file is empty (0 bytes): record again, or copy it again from the recorder")]
    Empty,
    /// The content is not sound, whatever the name says.
    #[error("this is not an audio file, whatever its name says: give a recording (WAV, FLAC, MP3, Ogg, WebM or M4A)")]
    NotAudio,
    /// Sound, but in a format that is not decoded here.
    #[error("{format} audio is not supported: convert it to WAV or FLAC and try again")]
    UnsupportedFormat {
        /// The format's everyday name.
        format: &'static str,
    },
    /// A file of a known kind whose contents are of an unusual kind.
    #[error(
        "the sound inside this {container} file is of a kind that is not supported ({reason}): convert it to 16-bit WAV and try again"
    )]
    UnsupportedCodec {
        /// "WAV", "MP4" …
        container: &'static str,
        /// The decoder's words.
        reason: String,
    },
    /// The file ends before the sound that its header announces.
    #[error(
        "the recording breaks off: {} announced, only {} of it in the file; copy the file again from the recorder", seconds(*declared_ms), seconds(*readable_ms)
    )]
    Truncated {
        /// Length that the header announces, in milliseconds.
        declared_ms: u64,
        /// Length that could be decoded, in milliseconds.
        readable_ms: u64,
    },
    /// The bytes are damaged in the header or on the way.
    #[error(
        "the recording is damaged after {} ({reason}); copy the file again from the recorder", seconds(*readable_ms)
    )]
    Damaged {
        /// Length that could be decoded before the damage, in milliseconds.
        readable_ms: u64,
        /// The decoder's words.
        reason: String,
    },
    /// Longer than [`MAX_MINUTES`](super::MAX_MINUTES).
    #[error(
        "the recording is longer than {} hours: split it and transcribe the parts",
        super::MAX_MINUTES / 60
    )]
    TooLong,
    /// A sound header followed by no sound.
    #[error("the recording holds no sound (0 samples): record again")]
    NoSamples,
    /// The sample rate could not be converted; a fault of ours.
    #[error("the sample rate of {rate} Hz could not be converted to 16 kHz: {reason}")]
    Resample {
        /// Samples a second in the file.
        rate: u32,
        /// The resampler's words.
        reason: String,
    },
}

/// Milliseconds as a person reads them.
fn seconds(ms: u64) -> String {
    format!("{}.{} s", ms / 1000, ms % 1000 / 100)
}
