//! Real speech comes out as its words.

use std::path::{Path, PathBuf};

use crate::required_model;
use crate::workbook::{assert_done, run};

/// A recording with a known transcript.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../dictation/tests/fixtures")
        .join(name)
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

fn word_error_rate(said: &str, heard: &str) -> f64 {
    let (said, heard) = (words(said), words(heard));
    let errors = strsim::generic_levenshtein(&said, &heard);
    f64::from(u32::try_from(errors).unwrap()) / f64::from(u32::try_from(said.len()).unwrap())
}

#[test]
fn a_president_is_understood() {
    let Some(models) = required_model::folder("the 1961 address") else {
        return;
    };
    let transcripts = std::fs::read_to_string(fixture("transcripts.tsv")).unwrap();
    let said = transcripts
        .lines()
        .find_map(|line| line.strip_prefix("jfk\t"))
        .unwrap();
    let recording = fixture("jfk.flac");
    let arguments = [
        "transcribe",
        "--format",
        "json",
        recording.to_str().unwrap(),
    ];
    let json: serde_json::Value =
        serde_json::from_str(&assert_done(&run(&models, &arguments))).unwrap();

    let heard = json[0]["text"].as_str().unwrap();
    assert!(word_error_rate(said, heard) <= 0.10, "{heard}");
    assert_eq!(json[0]["audio_ms"], 11_000);
    assert_eq!(json[0]["model"]["sha256"].as_str().unwrap().len(), 64);
    let words = json[0]["segments"].as_array().unwrap().iter();
    let words: Vec<_> = words.flat_map(|s| s["words"].as_array().unwrap()).collect();
    let times: Vec<_> = words
        .iter()
        .map(|w| w["start_ms"].as_u64().unwrap())
        .collect();
    assert!(
        times.is_sorted() && times.last().is_some_and(|&last| last < 11_000),
        "{times:?}"
    );
}
