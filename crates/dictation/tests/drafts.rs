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

use dictation::draft::{Draft, People, draft};
use jiff::civil::Date;
use serde_json::Value;

/// Right, invented, missed.
#[derive(Clone, Copy, Default)]
struct Count(u32, u32, u32);

impl Count {
    fn f1(self) -> f64 {
        let (hit, extra, missed) = (f64::from(self.0), f64::from(self.1), f64::from(self.2));
        if hit + extra + missed == 0.0 {
            1.0
        } else {
            2.0 * hit / (2.0 * hit + extra + missed)
        }
    }
}

type Table = BTreeMap<String, Count>;

/// Lists compared as multisets of texts.
fn compare(
    table: &mut Table,
    field: &str,
    mut wanted: Vec<String>,
    got: Vec<String>,
    same: fn(&str, &str) -> bool,
    misses: &mut Vec<String>,
) {
    let count = table.entry(field.to_owned()).or_default();
    for one in got {
        if let Some(at) = wanted.iter().position(|want| same(want, &one)) {
            wanted.remove(at);
            count.0 += 1;
        } else {
            misses.push(format!("{field} + {one}"));
            count.1 += 1;
        }
    }
    for one in wanted {
        misses.push(format!("{field} - {one}"));
        count.2 += 1;
    }
}

fn exact(wanted: &str, got: &str) -> bool {
    wanted == got
}

/// "Donna" and "Donna Brennan" are one person.
fn name(wanted: &str, got: &str) -> bool {
    let words = |text: &str| {
        text.to_lowercase()
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (wanted, got) = (words(wanted), words(got));
    wanted.iter().all(|word| got.contains(word)) || got.iter().all(|word| wanted.contains(word))
}

/// First part a name, the rest exact.
fn named(wanted: &str, got: &str) -> bool {
    let split = |text: &str| {
        text.split_once(" | ")
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap_or_default()
    };
    let (wanted, got) = (split(wanted), split(got));
    name(&wanted.0, &got.0) && wanted.1 == got.1
}

fn voice(wanted: &str, got: &str) -> bool {
    let plain = |text: &str| {
        text.to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let (wanted, got) = (plain(wanted), plain(got));
    got.contains(&wanted) || (wanted.contains(&got) && got.len() * 10 > wanted.len() * 8)
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn pairs(value: &Value, first: &str, second: &str, day: bool) -> Vec<String> {
    let short = |value: &Value| {
        if day {
            value
                .as_str()
                .map_or("null".to_owned(), |d| d[d.len() - 5..].to_owned())
        } else {
            text(value)
        }
    };
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| format!("{} | {}", text(&one[first]), short(&one[second])))
        .collect()
}

fn score(gold: &Value, got: &Value, table: &mut Table) -> Vec<String> {
    let mut misses = Vec::new();
    for field in [
        "kind",
        "outcome",
        "announced",
        "compartment",
        "date",
        "start",
        "end",
        "stage_of_change",
        "immediate_safety",
        "next_contact",
    ] {
        if gold.get(field).is_none() {
            continue;
        }
        let day = matches!(field, "date" | "next_contact");
        let show = |value: &Value| {
            value
                .get(field)
                .filter(|v| !v.is_null())
                .map(text)
                .map(|v| if day { v[v.len() - 5..].to_owned() } else { v })
        };
        compare(
            table,
            field,
            show(gold).into_iter().collect(),
            show(got).into_iter().collect(),
            exact,
            &mut misses,
        );
    }
    for field in ["present", "absent", "must_not_share_with", "tools"] {
        if let Some(wanted) = gold.get(field) {
            compare(
                table,
                field,
                texts(wanted),
                texts(&got[field]),
                if field == "tools" { exact } else { name },
                &mut misses,
            );
        }
    }
    if let Some(wanted) = gold.get("strengths").and_then(Value::as_u64) {
        let found = got["strengths"].as_array().map_or(0, Vec::len) as u64;
        let list = |count| (0..count).map(|_| "strength".to_owned()).collect();
        compare(
            table,
            "strengths",
            list(wanted),
            list(found),
            exact,
            &mut misses,
        );
    }
    for (field, first, second) in [
        ("readings", "holder", "value"),
        ("direction", "domain", "direction"),
        ("actions", "owner", "due"),
    ] {
        if let Some(wanted) = gold.get(field) {
            compare(
                table,
                field,
                pairs(wanted, first, second, field == "actions"),
                pairs(&got[field], first, second, field == "actions"),
                named,
                &mut misses,
            );
        }
    }
    if let Some(wanted) = gold.get("scores") {
        let show = |value: &Value| {
            value
                .as_array()
                .into_iter()
                .flatten()
                .map(|s| format!("{} {} {}", text(&s["tool"]), s["score"], text(&s["band"])))
                .collect()
        };
        compare(
            table,
            "scores",
            show(wanted),
            show(&got["scores"]),
            exact,
            &mut misses,
        );
    }
    children(gold, got, table, &mut misses);
    concerns(gold, got, table, &mut misses);
    misses
}

fn children(gold: &Value, got: &Value, table: &mut Table, misses: &mut Vec<String>) {
    let Some(wanted) = gold.get("children").and_then(Value::as_array) else {
        return;
    };
    let found = got["children"].as_array().cloned().unwrap_or_default();
    let names = |list: &[Value]| list.iter().map(|c| text(&c["name"])).collect();
    compare(
        table,
        "children",
        names(wanted),
        names(&found),
        name,
        misses,
    );
    for want in wanted {
        let Some(child) = found
            .iter()
            .find(|c| name(&text(&want["name"]), &text(&c["name"])))
        else {
            continue;
        };
        for field in ["seen", "alone", "not_alone_reason", "voice"] {
            if let Some(value) = want.get(field) {
                let has = child.get(field).filter(|v| !v.is_null()).map(text);
                compare(
                    table,
                    &format!("child {field}"),
                    vec![text(value)],
                    has.into_iter().collect(),
                    if field == "voice" { voice } else { exact },
                    misses,
                );
            }
        }
    }
}

fn concerns(gold: &Value, got: &Value, table: &mut Table, misses: &mut Vec<String>) {
    let Some(wanted) = gold.get("concerns").and_then(Value::as_array) else {
        return;
    };
    let mut found = got["concerns"].as_array().cloned().unwrap_or_default();
    let list = |count: usize| (0..count).map(|_| "concern".to_owned()).collect();
    compare(
        table,
        "concerns",
        list(wanted.len()),
        list(found.len()),
        exact,
        misses,
    );
    for want in wanted {
        let at = found
            .iter()
            .position(|c| c["domain"] == want["domain"])
            .or(if found.is_empty() { None } else { Some(0) });
        let concern = at.map(|at| found.remove(at)).unwrap_or_default();
        for (field, shown) in [
            ("domain", "concern domain"),
            ("about", "concern about"),
            ("children", "concern children"),
        ] {
            match want.get(field) {
                Some(Value::Array(_)) => compare(
                    table,
                    shown,
                    texts(&want[field]),
                    texts(&concern[field]),
                    name,
                    misses,
                ),
                Some(value) => compare(
                    table,
                    shown,
                    vec![text(value)],
                    concern
                        .get(field)
                        .filter(|v| !v.is_null())
                        .map(text)
                        .into_iter()
                        .collect(),
                    exact,
                    misses,
                ),
                None => {}
            }
        }
        if want.get("views").is_some() {
            compare(
                table,
                "concern views",
                pairs(&want["views"], "holder", "agreement", false),
                pairs(&concern["views"], "holder", "agreement", false),
                named,
                misses,
            );
        }
    }
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/drafts")
        .join(name)
}

/// Every dictation in a folder: name, text, gold, draft.
fn dictations(name: &str) -> Vec<(String, String, Value, Draft)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder(name))
        .expect("test data")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "txt"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let said = fs::read_to_string(&path).expect("text");
            let gold: Value = serde_json::from_str(
                &fs::read_to_string(path.with_extension("gold.json")).expect("gold"),
            )
            .expect("JSON");
            let recorded: Date = gold
                .get("_recorded_on")
                .and_then(Value::as_str)
                .unwrap_or("2026-10-01")
                .parse()
                .expect("date");
            let people = gold.get("_people").map_or_else(People::default, |list| {
                People::from_json(&list.to_string()).expect("people")
            });
            let made = draft(&said, &people, recorded);
            (
                path.file_stem()
                    .expect("stem")
                    .to_string_lossy()
                    .into_owned(),
                said,
                gold,
                made,
            )
        })
        .collect()
}

/// Scores a folder, prints its table, returns overall F1 and the table.
fn report(title: &str, name: &str, keep: fn(&str) -> bool) -> (f64, Table) {
    let mut table = Table::new();
    println!("== {title}");
    for (file, _, gold, made) in dictations(name).into_iter().filter(|(file, ..)| keep(file)) {
        let got = serde_json::to_value(&made).expect("serialises");
        let mut own = Table::new();
        let misses = score(&gold, &got, &mut own);
        let total = own.values().fold(Count::default(), |a, b| {
            Count(a.0 + b.0, a.1 + b.1, a.2 + b.2)
        });
        println!("{file:24} F1 {:.2}  {}", total.f1(), misses.join("; "));
        for (field, count) in own {
            let sum = table.entry(field).or_default();
            *sum = Count(sum.0 + count.0, sum.1 + count.1, sum.2 + count.2);
        }
    }
    let total = table.values().fold(Count::default(), |a, b| {
        Count(a.0 + b.0, a.1 + b.1, a.2 + b.2)
    });
    for (field, count) in &table {
        println!(
            "  {field:24} {:>3} right {:>3} extra {:>3} missed  F1 {:.2}",
            count.0,
            count.1,
            count.2,
            count.f1()
        );
    }
    println!(
        "  {:24} {:>3} right {:>3} extra {:>3} missed  F1 {:.3}\n",
        "overall",
        total.0,
        total.1,
        total.2,
        total.f1()
    );
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
    assert!(samples >= 0.98, "samples {samples:.3}");
    assert!(own >= 0.98, "own {own:.3}");
    assert!(heard >= 0.89, "heard {heard:.3}");
    assert!(held_out >= 0.93, "held out {held_out:.3}");
    for (field, count) in table {
        assert!(count.f1() >= 0.85, "{field} {:.2}", count.f1());
    }
}
