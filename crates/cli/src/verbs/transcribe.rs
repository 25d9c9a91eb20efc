//! `workbook transcribe`: recordings to text.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use anyhow::{Context, Result, anyhow};
use clap::{Args, ValueEnum};
use dictation::spoken;
use dictation::transcript::Transcript;
use serde::Serialize;

use crate::unfinished::Unfinished;
use crate::{ear::Ear, interrupt, terminal};

/// What `transcribe` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook transcribe visit.wav
  workbook transcribe visit.wav --format json > visit.json
  workbook transcribe *.flac --model base.en-q5_1 --threads 2

The recordings never leave this machine. Silence gives an empty text, a line on stderr that says so,
and exit code 1. Text has one blank line
between recordings; spoken punctuation (\"new paragraph\", \"full stop\") is carried out in it. JSON
is always an array with one transcript per recording that could be read, in order, each with its
`file`; `text` is what was said, word for word.

On a terminal, the text appears on stderr as it is recognised. Ctrl-C stops at once. What was
recognised so far is kept in the user's cache folder, readable by its owner only, until the whole
text has been written (a week at most): the same command goes on from there, after a crash too.

A recording that is empty, damaged or cut off is named on stderr, nothing is written for it, and
the exit code is 1; the other recordings are still transcribed.")]
pub struct Arguments {
    /// Recordings: WAV, FLAC, MP3, Ogg or WebM (Opus, Vorbis) or M4A, any sample rate, up to 4 hours
    /// each
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// How to write the result on stdout
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,

    /// The speech model: a name from `workbook model list`, or the path of a model file
    /// [default: tiny.en-q5_1, else the first installed]
    #[arg(long, value_name = "NAME|PATH")]
    pub model: Option<String>,

    /// Threads for recognition, 1 to 64 [default: as many as this machine has processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub threads: Option<u16>,
}

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text for reading
    Text,
    /// A JSON array with times and confidence of each word
    Json,
}

/// One element of the JSON array.
#[derive(Serialize)]
struct Output<'a> {
    file: &'a Path,
    #[serde(flatten)]
    transcript: Transcript,
}

/// Transcribes every file; fails at the end if one of them failed.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut ear = Ear::open(arguments.model.as_deref(), arguments.threads)?;
    let cancelled = ear.cancelled();
    interrupt::sets(Arc::clone(&cancelled))?;
    // Where stdout is the same terminal, the whole text follows at once.
    let live = arguments.format == Format::Json || !std::io::stdout().is_terminal();
    let mut outputs = Vec::new();
    let mut failures = Vec::new();
    for file in &arguments.files {
        // Decoding is complete, or has failed, before anything is recognised or written.
        match ear.hear_file(file, live).with_context(|| file.display().to_string()) {
            Ok((transcript, kept)) => {
                if transcript.text.is_empty() {
                    failures.push(anyhow!(NOBODY_SPEAKS).context(file.display().to_string()));
                }
                if arguments.format == Format::Text {
                    write_text(&transcript, outputs.is_empty())?;
                    kept.delete()?;
                    outputs.push((Output { file, transcript }, None));
                } else {
                    outputs.push((Output { file, transcript }, Some(kept)));
                }
            }
            Err(error) => failures.push(error),
        }
        if cancelled.load(Ordering::Relaxed) {
            break;
        }
    }
    if arguments.format == Format::Json && !outputs.is_empty() {
        write_json(outputs)?;
    }
    // One line for each that failed; the last is printed by `main`.
    let last = failures.pop();
    failures.iter().for_each(terminal::fail);
    last.map_or(Ok(()), Err)
}

fn write_text(transcript: &Transcript, is_first: bool) -> Result<()> {
    if transcript.text.is_empty() {
        return Ok(());
    }
    let separator = if is_first { "" } else { "\n" };
    let text = spoken::punctuate(&transcript.text);
    terminal::print(&format!("{separator}{text}"))
}

/// All transcripts in one array; only then is what was kept of them deleted.
fn write_json(outputs: Vec<(Output<'_>, Option<Unfinished>)>) -> Result<()> {
    let (outputs, kept): (Vec<_>, Vec<_>) = outputs.into_iter().unzip();
    terminal::print(&serde_json::to_string_pretty(&outputs)?)?;
    kept.into_iter().flatten().try_for_each(Unfinished::delete)
}

/// Silence is not a fault of the file, and its empty transcript is written; but whoever dictated
/// must learn of it.
const NOBODY_SPEAKS: &str =
    "nobody speaks in this recording, so its text is empty: check the microphone and record again";
