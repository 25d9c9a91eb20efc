//! Scores drafts of whole dictations against what a good draft of each contains.
//!
//! `drafts/*.txt` were tuned on, `drafts/held-out/` were written before it (see the README there),
//! `drafts/heard/` are real speech-engine transcripts. A field that a gold file leaves out isn't
//! scored. The numbers asserted are a little below what was reached. `cargo test -p dictation --test drafts -- --nocapture` prints the tables.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "helpers of a test: a broken fixture must stop it, and the table is for people"
)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use dictation::{
    draft::{Draft, draft},
    eval::{Count, Gold, score},
};
use jiff::civil::{Date, date};

type Table = BTreeMap<String, Count>;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/drafts")
        .join(name)
}

/// Every dictation in a folder: name, text, gold, draft.
fn dictations(name: &str) -> Vec<(String, String, Gold, Draft)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder(name))
        .expect("test data")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "txt"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let said = fs::read_to_string(&path).expect("text");
        let gold = fs::read_to_string(path.with_extension("gold.json")).expect("gold");
        let gold = Gold::from_json(&gold).expect("a gold file");
        let recorded: Date = gold.recorded_on.unwrap_or(date(2026, 10, 1));
        let people = gold.people.clone().unwrap_or_default();
        let made = draft(&said, &people, recorded);
        let stem = path.file_stem().expect("stem").to_string_lossy();
        (stem.into_owned(), said, gold, made)
    };
    paths.into_iter().map(read).collect()
}

/// Scores a folder, prints its table, returns overall F1 and the table.
fn report(title: &str, name: &str, keep: fn(&str) -> bool) -> (f64, Table) {
    let mut table = Table::new();
    let mut total = Count::default();
    println!("== {title}");
    for (file, _, gold, made) in dictations(name).into_iter().filter(|(file, ..)| keep(file)) {
        let scored = score(&gold, &made);
        let misses = scored.misses.iter().map(|miss| {
            let sign = if miss.missed.is_some() { "-" } else { "+" };
            let what = miss.missed.as_ref().or(miss.extra.as_ref());
            format!("{} {sign} {}", miss.field, what.map_or("", String::as_str))
        });
        let misses: Vec<String> = misses.collect();
        println!(
            "{file:24} F1 {:.2}  {}",
            scored.total().f1(),
            misses.join("; ")
        );
        assert!(scored.unscored.is_empty(), "{file}: {:?}", scored.unscored);
        total.add(scored.total());
        for (field, count) in scored.fields {
            table.entry(field).or_default().add(count);
        }
    }
    for (field, count) in table
        .iter()
        .map(|(field, count)| (field.as_str(), *count))
        .chain([("overall", total)])
    {
        println!(
            "  {field:24} {:>3} right {:>3} extra {:>3} missed  F1 {:.3}",
            count.right,
            count.extra,
            count.missed,
            count.f1()
        );
    }
    println!();
    (total.f1(), table)
}

#[test]
fn drafts_hold_what_was_dictated() {
    let (samples, _) = report("samples of the workbook's manner", "", |file| {
        file.starts_with('w')
    });
    let (own, table) = report("own dictations (tuned on)", "", |file| {
        file.starts_with('o')
    });
    let (heard, _) = report("as a speech engine heard the samples", "heard", |_| true);
    let (held_out, _) = report("held out (written before tuning)", "held-out", |_| true);
    let (varied, _) = report("varied disciplines and manners", "varied", |_| true);
    assert!(samples >= 0.98, "samples {samples:.3}");
    assert!(own >= 0.98, "own {own:.3}");
    assert!(heard >= 0.89, "heard {heard:.3}");
    assert!(held_out >= 0.93, "held out {held_out:.3}");
    assert!(varied >= 0.5, "varied {varied:.3}");
    for (field, count) in table {
        assert!(count.f1() >= 0.85, "{field} {:.2}", count.f1());
    }
}
