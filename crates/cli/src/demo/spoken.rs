//! From a recording to its text, on this machine.

use std::{fs, io::Cursor, path::Path, thread::available_parallelism};

use anyhow::{Context, Result};
use dictation::{
    audio,
    engine::Engine as _,
    listen,
    model::cache::{self, Cache},
    whisper::Whisper,
};
use record::model::Provenance;
use sha2::{Digest as _, Sha256};

use crate::{ambient, terminal};

/// The bytes of a recording: a file's, or the one that comes with the program.
pub fn recording(file: Option<&Path>, built_in: &[u8]) -> Result<Vec<u8>> {
    match file {
        None => Ok(built_in.to_vec()),
        Some(path) => fs::read(path).with_context(|| format!("{} can't be read", path.display())),
    }
}

/// A loaded speech model.
pub(super) struct Ear {
    engine: Whisper,
}

impl Ear {
    pub(super) fn open(model: Option<&str>) -> Result<Self> {
        let path = Cache::of_user()?.find(model)?;
        let threads = available_parallelism().map_or(1, usize::from);
        Ok(Self {
            engine: Whisper::load(&cache::load(&path)?, threads)?,
        })
    }

    /// Recognises a recording, and says where the text came from.
    pub(super) fn hear(&mut self, recording: &[u8]) -> Result<(String, Provenance)> {
        let audio = audio::decode(Cursor::new(recording.to_vec()))?;
        let bar = terminal::progress(0, "{wide_bar} {percent}% of the speech, {eta} left");
        let transcript = listen::listen(
            &audio,
            &mut self.engine,
            &ambient::stopwatch(),
            &mut |progress: listen::Progress| {
                bar.set_length(progress.total_ms);
                bar.set_position(progress.done_ms);
            },
        );
        bar.finish_and_clear();
        let transcript = transcript?;
        let model = self.engine.model();
        let provenance = Provenance::Dictated {
            model: model.name.clone(),
            model_sha256: model.sha256.clone(),
            audio_ms: transcript.audio_ms,
            audio_sha256: hex::encode(Sha256::digest(recording)),
            words_edited: 0,
        };
        Ok((transcript.text, provenance))
    }
}
