//! From a recording to its transcript, on this machine, with a progress bar.

use std::thread::available_parallelism;

use anyhow::Result;
use dictation::{
    audio::Audio,
    listen,
    model::cache::{self, Cache},
    transcript::Transcript,
    whisper::Whisper,
};

use crate::{ambient, terminal};

/// A loaded speech model.
pub(crate) struct Ear {
    engine: Whisper,
}

impl Ear {
    /// Loads a model by name or path, or the one that is installed. `threads` defaults to as many as
    /// this machine has processors.
    pub(crate) fn open(model: Option<&str>, threads: Option<u16>) -> Result<Self> {
        let path = Cache::of_user()?.find(model)?;
        let model = cache::load(&path)?;
        let threads = threads.map_or_else(
            || available_parallelism().map_or(1, usize::from),
            usize::from,
        );
        Ok(Self {
            engine: Whisper::load(&model, threads)?,
        })
    }

    /// Recognises a recording. Silence gives an empty transcript.
    pub(crate) fn hear(&mut self, audio: &Audio) -> Result<Transcript> {
        let bar = terminal::progress(0, "{wide_bar} {percent}% of the speech, {eta} left");
        let transcript = listen::listen(
            audio,
            &mut self.engine,
            &ambient::stopwatch(),
            &mut |progress: listen::Progress| {
                bar.set_length(progress.total_ms);
                bar.set_position(progress.done_ms);
            },
        );
        bar.finish_and_clear();
        Ok(transcript?)
    }
}
