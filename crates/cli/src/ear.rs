//! From a recording to its transcript, on this machine: with progress, the text as it comes, and what
//! was finished kept until all of it is.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;

use anyhow::{Context, Result};
use dictation::audio::{Audio, Recording};
use dictation::listen::{self, Finished, Progress, Watch};
use dictation::model::cache::{self, Cache};
use dictation::silence::Region;
use dictation::transcript::{Segment, Transcript};
use dictation::whisper::Whisper;
use indicatif::ProgressBar;
use sha2::{Digest, Sha256};

use crate::unfinished::{self, Unfinished};
use crate::{ambient, terminal};

/// A loaded speech model.
pub(crate) struct Ear {
    engine: Whisper,
    model: String,
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
            model: model.stamp().sha256.clone(),
            engine: Whisper::load(&model, threads)?,
        })
    }

    /// Set to true, it makes whatever is being recognised stop.
    pub(crate) fn cancelled(&self) -> Arc<AtomicBool> {
        self.engine.cancelled()
    }

    /// Recognises a recording in memory. Silence gives an empty transcript.
    pub(crate) fn hear(&mut self, audio: &Audio) -> Result<Transcript> {
        let bar = bar();
        let transcript = listen::listen(
            audio,
            &mut self.engine,
            &ambient::stopwatch(),
            &mut |progress: Progress| show(&bar, progress),
        );
        bar.finish_and_clear();
        Ok(transcript?)
    }

    /// Recognises a recording on disk, of any length; goes on from where an earlier run ended. Where
    /// stderr is a terminal, the text appears there as it comes, if `live`.
    ///
    /// What was kept is deleted by [`Unfinished::delete`], when the transcript is where it belongs.
    pub(crate) fn hear_file(&mut self, file: &Path, live: bool) -> Result<(Transcript, Unfinished)> {
        let folder = Unfinished::folder()?;
        unfinished::forget_old(&folder, ambient::now().into());
        let kept = Unfinished::open(&folder, &sha256_of(file)?, &self.model)?;
        if kept.goes_on() {
            terminal::note("going on from where the last run ended");
        }
        let mut watcher = Watcher {
            bar: bar(),
            live,
            kept,
            cancelled: self.cancelled(),
        };
        let transcript = listen::transcribe(
            &Recording::at(file),
            &mut self.engine,
            &ambient::stopwatch(),
            &mut watcher,
        );
        watcher.bar.finish_and_clear();
        match transcript {
            Ok(transcript) => Ok((transcript, watcher.kept)),
            Err(listen::ListenError::Cancelled) => {
                Err(listen::ListenError::<dictation::audio::AudioError>::Cancelled)
                    .context(GO_ON)
            }
            Err(error) => Err(error.into()),
        }
    }
}

const GO_ON: &str = "run the same command again to go on from here";

struct Watcher {
    bar: ProgressBar,
    live: bool,
    kept: Unfinished,
    cancelled: Arc<AtomicBool>,
}

impl Watch for Watcher {
    fn searching(&mut self, heard_ms: u64) {
        self.bar.set_message(format!("looking for speech, {} s", heard_ms / 1000));
    }

    fn progress(&mut self, progress: Progress) {
        self.bar.set_message("");
        show(&self.bar, progress);
    }

    fn recall(&mut self, window: Region) -> Option<Finished> {
        self.kept.recall(window)
    }

    fn finished(&mut self, finished: &Finished) -> io::Result<()> {
        self.kept.keep(finished)
    }

    fn text(&mut self, segments: &[Segment]) {
        if self.live {
            for segment in segments {
                self.bar.println(&segment.text);
            }
        }
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

fn bar() -> ProgressBar {
    terminal::progress(0, "{wide_bar} {msg} {percent}% of the speech, {eta} left")
}

fn show(bar: &ProgressBar, progress: Progress) {
    bar.set_length(progress.total_ms);
    bar.set_position(progress.done_ms);
}

fn sha256_of(file: &Path) -> Result<String> {
    let failed = || "the file could not be read";
    let mut hash = Sha256::new();
    let mut source = File::open(file).with_context(failed)?;
    io::copy(&mut source, &mut hash).with_context(failed)?;
    Ok(hex::encode(hash.finalize()))
}
