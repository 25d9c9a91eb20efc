//! Our normaliser beside Whisper's own: `eval/normalised.tsv` holds texts and what
//! `EnglishTextNormalizer` of openai/whisper makes of them (as published on PyPI in
//! whisper-normalizer 0.1.15, which is its code), spaces made single.

#![expect(clippy::expect_used, reason = "a broken fixture must stop the test")]

use dictation::eval::normalise;

#[test]
fn texts_are_normalised_as_whisper_does() {
    let rows: Vec<(&str, &str)> = include_str!("eval/normalised.tsv")
        .lines()
        .map(|line| line.split_once('\t').expect("text, tab, text"))
        .collect();
    assert!(rows.len() > 100);
    let differ: Vec<String> = rows
        .iter()
        .filter(|(text, wanted)| normalise(text) != *wanted)
        .map(|(text, wanted)| {
            format!(
                "{text:?}\n  theirs {wanted:?}\n  ours   {:?}",
                normalise(text)
            )
        })
        .collect();
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
