//! The demo's recordings, and where their text came from.

use std::{fs, io::Cursor, path::Path};

use anyhow::{Context, Result, ensure};
use dictation::audio;
use record::model::Provenance;
use sha2::{Digest as _, Sha256};

use crate::ear::Ear;

/// The bytes of a recording: a file's, or the one that comes with the program.
pub fn recording(file: Option<&Path>, built_in: &[u8]) -> Result<Vec<u8>> {
    match file {
        None => Ok(built_in.to_vec()),
        Some(path) => fs::read(path).with_context(|| format!("{} can't be read", path.display())),
    }
}

/// Recognises a recording, and says where the text came from.
pub(super) fn hear(ear: &mut Ear, recording: &[u8]) -> Result<(String, Provenance)> {
    let audio = audio::decode(Cursor::new(recording.to_vec()))?;
    let transcript = ear.hear(&audio)?;
    ensure!(
        !transcript.text.is_empty(),
        "nobody speaks in the recording: give one with speech"
    );
    let provenance = Provenance::Dictated {
        model: transcript.model.name,
        model_sha256: transcript.model.sha256,
        audio_ms: transcript.audio_ms,
        audio_sha256: hex::encode(Sha256::digest(recording)),
        words_edited: 0,
    };
    Ok((transcript.text, provenance))
}
