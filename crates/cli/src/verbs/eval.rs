//! `workbook eval`: how good recognition and drafting are on a folder of dictations.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use dictation::draft::People;
use jiff::civil::Date;

use crate::{
    ambient,
    evaluation::{
        folder,
        measure::{self, Hearing},
        report::report,
        table::table,
    },
    terminal,
};

/// What `eval` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook eval dictations
  workbook eval dictations --model base.en-q5_1 --json > figures.json
  workbook eval dictations --text-only --details

DIR holds, for each dictation, NAME.txt (what was said, word for word; empty for a recording in which
nobody speaks) and any of
  NAME.flac, NAME.VOICE.flac   recordings of it, in any format that `transcribe` takes
  NAME.gold.json               what a good draft of it holds: fields as in docs/json-output.md; those that
                               it leaves out are not scored; dates are month-day, `author` is the speaker
  NAME.people.json             the family's people; people.json or family.json for all others
Instead of text files, transcripts.tsv may hold lines of NAME, a tab and the text.

Nothing leaves this machine. What can't be used is named on stderr, the rest is measured, and the exit
code is then 1.")]
pub struct Arguments {
    /// The folder
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,

    /// How to write the result on stdout
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,

    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// Add what each draft got wrong, and each correction, to the table
    #[arg(long)]
    pub details: bool,

    /// Leave the recordings out: only score drafts of what was said
    #[arg(long)]
    pub text_only: bool,

    /// Transcripts made before (`workbook transcribe --format json`), instead of recognising again
    #[arg(long, value_name = "FILE", conflicts_with_all = ["text_only", "model"])]
    pub transcripts: Option<PathBuf>,

    /// The speech model: a name from `workbook model list`, or the path of a model file
    /// [default: as for `transcribe`]
    #[arg(long, value_name = "NAME|PATH")]
    pub model: Option<String>,

    /// Threads for recognition, 1 to 64 [default: as many as this machine has processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub threads: Option<u16>,

    /// The family's people (JSON), for dictations without a list of their own
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,

    /// The day of recording, where a gold file doesn't say it (`_recorded_on`): YYYY-MM-DD
    /// [default: today]
    #[arg(long, value_name = "DATE")]
    pub recorded_on: Option<Date>,
}

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for reading
    Text,
    /// One JSON object (docs/json-output.md)
    Json,
}

/// Measures a folder; fails at the end if something of it could not be used.
pub fn run(arguments: &Arguments) -> Result<()> {
    let people = match &arguments.people {
        Some(file) => {
            let json = fs::read_to_string(file)
                .with_context(|| format!("{} could not be read as UTF-8 text", file.display()))?;
            Some(People::from_json(&json).with_context(|| file.display().to_string())?)
        }
        None => None,
    };
    let folder = folder::read(&arguments.dir, people.as_ref())?;
    let hearing = if arguments.text_only || folder.recordings.is_empty() {
        Hearing::Nothing
    } else if let Some(file) = &arguments.transcripts {
        let json = fs::read_to_string(file)
            .with_context(|| format!("{} could not be read as UTF-8 text", file.display()))?;
        measure::given(&json).with_context(|| file.display().to_string())?
    } else {
        measure::open_ear(arguments.model.as_deref(), arguments.threads)?
    };
    let recorded_on = arguments.recorded_on.unwrap_or_else(ambient::today);
    let mut measured = measure::measure(folder, hearing, recorded_on);
    let problems = std::mem::take(&mut measured.problems);
    let mut report = report(measured);
    report.problems = problems.iter().map(|it| format!("{it:#}")).collect();
    if arguments.json || arguments.format == Format::Json {
        terminal::print(&serde_json::to_string_pretty(&report)?)?;
    } else {
        terminal::print(&table(&report, arguments.details))?;
    }
    // One line for each; the last is printed by `main`.
    let mut problems = problems;
    let last = problems.pop();
    problems.iter().for_each(terminal::fail);
    last.map_or(Ok(()), Err)
}
