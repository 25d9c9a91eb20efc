//! `workbook draft`: dictated text to a draft entry.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use dictation::draft::{People, draft};
use jiff::civil::Date;
use serde::Deserialize;

use crate::{ambient, terminal};

/// What `draft` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook draft notes.txt --people family.json
  workbook transcribe visit.wav --format json | workbook draft --people family.json
  workbook draft visit.json --recorded-on 2026-11-20

The draft is a proposal for a person to check, never a record. It is written to stdout as JSON.")]
pub struct Arguments {
    /// Plain text, or JSON from `workbook transcribe --format json`; `-` or nothing reads stdin
    #[arg(value_name = "TRANSCRIPT|-", default_value = "-")]
    pub transcript: PathBuf,

    /// The family's people and professionals (JSON), to recognise misheard names
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,

    /// The day of recording, which "today" and "next Tuesday" count from: YYYY-MM-DD
    /// [default: today]
    #[arg(long, value_name = "DATE")]
    pub recorded_on: Option<Date>,
}

/// The one field of our transcript that a draft needs.
#[derive(Deserialize)]
struct Spoken {
    text: String,
}

/// Drafts one entry.
pub fn run(arguments: &Arguments) -> Result<()> {
    let text = spoken_text(&read(&arguments.transcript)?)?;
    let people = match &arguments.people {
        Some(file) => {
            let json = read(file)?;
            People::from_json(&json).with_context(|| file.display().to_string())?
        }
        None => People::default(),
    };
    let recorded_on = arguments.recorded_on.unwrap_or_else(ambient::today);
    let draft = draft(&text, &people, recorded_on);
    terminal::print(&serde_json::to_string_pretty(&draft)?)
}

/// The text itself, or the text inside our JSON: what begins as JSON must be our JSON.
fn spoken_text(input: &str) -> Result<String> {
    let json = input.trim_start_matches('\u{FEFF}').trim();
    if json.starts_with("[{") || json.starts_with("[\n") || json == "[]" {
        let mut all: Vec<Spoken> = serde_json::from_str(json).context(NOT_OURS)?;
        return match (all.len(), all.pop()) {
            (1, Some(one)) => Ok(one.text),
            (0, _) => bail!("the transcript is empty: transcribe a recording first"),
            (count, _) => {
                bail!("the file holds {count} transcripts: give one, since a draft is one entry")
            }
        };
    }
    if json.starts_with('{') {
        let one: Spoken = serde_json::from_str(json).context(NOT_OURS)?;
        return Ok(one.text);
    }
    if json.is_empty() {
        bail!("the text is empty: give a transcript or some text");
    }
    Ok(input.to_owned())
}

const NOT_OURS: &str = "this JSON is not a transcript: give the output of `workbook transcribe --format json`, or plain text";

fn read(path: &Path) -> Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("stdin could not be read as UTF-8 text")?;
        return Ok(text);
    }
    fs::read_to_string(path)
        .with_context(|| format!("{} could not be read as UTF-8 text", path.display()))
}

#[cfg(test)]
mod tests {
    use super::spoken_text;

    #[test]
    fn text_object_and_array_are_told_apart() {
        assert_eq!(spoken_text("Home visit.\n").unwrap(), "Home visit.\n");
        assert_eq!(spoken_text("[sic] he said").unwrap(), "[sic] he said");
        assert_eq!(spoken_text(r#"{"text":"a","x":1}"#).unwrap(), "a");
        assert_eq!(spoken_text("[\n  {\"text\":\"a\"}]").unwrap(), "a");
        for bad in [
            "",
            " \n",
            "{",
            "[]",
            r#"[{"text":"a"},{"text":"b"}]"#,
            r#"{"a":1}"#,
        ] {
            assert!(spoken_text(bad).is_err(), "{bad}");
        }
    }
}
