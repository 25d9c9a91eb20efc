//! Nothing that may mean harm, and no "not", goes by unmarked: over every dictation of the tests,
//! against word lists that are this test's own.

#![expect(clippy::expect_used, reason = "a broken fixture must stop the test")]

use std::{fs, path::Path};

use dictation::draft::{People, draft};
use jiff::civil::date;

const NEGATIONS: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot",
    "refused", "denies", "denied", "declined", "nowt", "unable",
];
/// Stems: words that begin so.
const RISKS: &[&str] = &[
    "hit",
    "slap",
    "punch",
    "kick",
    "strang",
    "bruis",
    "burn",
    "injur",
    "threat",
    "knife",
    "weapon",
    "abus",
    "assault",
    "violen",
    "suicid",
    "overdos",
    "kill",
    "died",
    "drunk",
    "drinking",
    "heroin",
    "cocaine",
    "cannabis",
    "methadone",
    "police",
    "arrest",
    "bail",
    "marac",
    "missing",
    "frighten",
    "scared",
    "unsafe",
    "danger",
    "neglect",
    "hungry",
    "starv",
    "pregnan",
    "stalk",
    "breach",
    "injunction",
    "non-molestation",
    "shout",
    "hiding",
    "hide",
    "filthy",
    "mould",
    "police",
];

fn texts(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("test data") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|it| it == "txt") {
            found.push(fs::read_to_string(path).expect("text"));
        }
    }
}

#[test]
fn every_negation_and_risk_word_is_marked() {
    let mut all = Vec::new();
    texts(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts"),
        &mut all,
    );
    assert!(all.len() > 80);
    let (mut words, mut missed) = (0, Vec::new());
    for text in &all {
        let made = draft(text, &People::default(), date(2026, 12, 1));
        let marked = |at: usize, kind: &str| {
            made.marks
                .iter()
                .any(|mark| mark.kind == kind && mark.span.0 <= at && at < mark.span.1)
        };
        let mut at = 0;
        for word in text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
        {
            let plain = word.to_lowercase().replace('’', "'");
            let negation = NEGATIONS.contains(&plain.as_str()) || plain.ends_with("n't");
            let risk = RISKS.iter().any(|stem| plain.starts_with(stem));
            for (is, kind) in [(negation, "negation"), (risk, "risk word")] {
                words += usize::from(is);
                if is && !marked(at, kind) && !(kind == "risk word" && marked(at + 4, kind)) {
                    missed.push(format!("{kind} {word}"));
                }
            }
            // The separator is one character, of one to four bytes.
            at += word.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    assert!(words > 300, "{words}");
    assert!(missed.is_empty(), "{missed:?}");
}
