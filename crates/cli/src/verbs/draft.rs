//! `workbook draft`: dictated text to a draft entry.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use dictation::{
    correct::{Correction, correct},
    draft::{Draft, People, draft},
    transcript::{ModelStamp, Transcript},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ambient, terminal};

/// What `draft` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook draft notes.txt --people family.json
  workbook transcribe visit.wav --format json | workbook draft --people family.json
  workbook draft visit.json --recorded-on 2026-11-20

The draft is a proposal for a person to check, never a record. It is written to stdout as JSON.
In a transcript, names of the people and terms of the field that the engine misheard are corrected first;
each correction is listed and is a doubt. Plain text is taken as it is.")]
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

/// What a draft needs of our transcript: its text, and its words where they are told.
#[derive(Deserialize)]
struct Spoken {
    text: String,
    #[serde(flatten)]
    rest: serde_json::Map<String, serde_json::Value>,
}

/// What is to be drafted.
#[derive(Debug)]
enum Input {
    /// Written by somebody: taken as it is.
    Text(String),
    /// Heard by an engine: names and terms are corrected first.
    Heard(Box<Transcript>),
}

/// A draft, and what was corrected before it was made.
#[derive(Serialize)]
struct Output {
    #[serde(flatten)]
    draft: Draft,
    /// The text that the spans point into, where it isn't the one that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected_text: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<Correction>,
}

/// Drafts one entry.
pub fn run(arguments: &Arguments) -> Result<()> {
    let input = input(&read(&arguments.transcript)?)?;
    let people = match &arguments.people {
        Some(file) => {
            let json = read(file)?;
            People::from_json(&json).with_context(|| file.display().to_string())?
        }
        None => People::default(),
    };
    let recorded_on = arguments.recorded_on.unwrap_or_else(ambient::today);
    let output = match input {
        Input::Text(text) => Output {
            draft: draft(&text, &people, recorded_on),
            corrected_text: None,
            corrections: Vec::new(),
        },
        Input::Heard(transcript) => {
            let corrected = correct(&transcript, &people);
            let changed = !corrected.corrections.is_empty();
            Output {
                draft: corrected.draft(&people, recorded_on),
                corrected_text: changed.then(|| corrected.transcript.text.clone()),
                corrections: corrected.corrections,
            }
        }
    };
    terminal::print(&serde_json::to_string_pretty(&output)?)
}

/// The text itself, or the text inside our JSON: what begins as JSON must be our JSON.
fn input(input: &str) -> Result<Input> {
    let json = input.trim_start_matches('\u{FEFF}').trim();
    if json.starts_with("[{") || json.starts_with("[\n") || json == "[]" {
        let mut all: Vec<Spoken> = serde_json::from_str(json).context(NOT_OURS)?;
        return match (all.len(), all.pop()) {
            (1, Some(one)) => Ok(one.heard()),
            (0, _) => bail!("the transcript is empty: transcribe a recording first"),
            (count, _) => {
                bail!("the file holds {count} transcripts: give one, since a draft is one entry")
            }
        };
    }
    if json.starts_with('{') {
        let one: Spoken = serde_json::from_str(json).context(NOT_OURS)?;
        return Ok(one.heard());
    }
    if json.is_empty() {
        bail!("the text is empty: give a transcript or some text");
    }
    Ok(Input::Text(input.to_owned()))
}

impl Spoken {
    /// With its words where it has them; a bare `{"text": …}` was heard, too.
    fn heard(self) -> Input {
        let mut whole = self.rest;
        whole.insert("text".to_owned(), self.text.clone().into());
        let transcript = serde_json::from_value(whole.into());
        let model = ModelStamp {
            name: String::new(),
            sha256: String::new(),
        };
        Input::Heard(Box::new(transcript.unwrap_or_else(|_| Transcript {
            text: self.text,
            segments: Vec::new(),
            language: "en".to_owned(),
            model,
            audio_ms: 0,
            engine_ms: 0,
        })))
    }
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
    use super::{Input, input};

    #[test]
    fn text_object_and_array_are_told_apart() {
        let plain = |json: &str| matches!(input(json), Ok(Input::Text(text)) if text == json);
        assert!(plain("Home visit.\n") && plain("[sic] he said"));
        let heard = |json: &str| matches!(input(json), Ok(Input::Heard(it)) if it.text == "a");
        assert!(heard(r#"{"text":"a","x":1}"#));
        assert!(heard("[\n  {\"text\":\"a\"}]"));
        for bad in [
            "",
            " \n",
            "{",
            "[]",
            r#"[{"text":"a"},{"text":"b"}]"#,
            r#"{"a":1}"#,
        ] {
            assert!(input(bad).is_err(), "{bad}");
        }
    }
}
