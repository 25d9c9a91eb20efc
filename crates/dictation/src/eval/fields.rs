//! A draft laid beside its gold, field by field.
//!
//! Names are the same when one has all words of the other ("Donna" and "Donna Brennan"). Lists are
//! compared without order. Strengths and concerns are counted, since there are many right ways to
//! word them; a concern's domain, people, children and views are compared with those of the draft's
//! concern that is most like it.

use serde_json::Value;

use super::{
    gold::{COUNTED, Gold, OBJECTS, PLAIN, TEXTS, list},
    tally::Scored,
};
use crate::draft::Draft;

/// Scores a draft. Only fields that the gold has are scored.
pub fn score(gold: &Gold, draft: &Draft) -> Scored {
    let got = serde_json::to_value(draft).unwrap_or_default();
    let mut scored = Scored::default();
    for field in PLAIN {
        if let Some(wanted) = gold.get(field) {
            let same = if matches!(*field, "place" | "purpose") {
                contains
            } else {
                exact
            };
            scored.compare(
                field,
                plain(field, wanted),
                plain(field, &got[*field]),
                same,
            );
        }
    }
    for field in TEXTS {
        if gold.get(field).is_some() {
            let same = if *field == "tools" { exact } else { name };
            scored.compare(field, texts(gold.get(field)), texts(got.get(*field)), same);
        }
    }
    for (field, first, second) in [
        ("readings", "holder", "value"),
        ("direction", "domain", "direction"),
        ("actions", "owner", "due"),
    ] {
        if let Some(wanted) = gold.get(field) {
            let (wanted, got) = (
                pairs(Some(wanted), first, second),
                pairs(got.get(field), first, second),
            );
            scored.compare(field, wanted, got, named);
        }
    }
    if let Some(wanted) = gold.get("scores") {
        // A gold without bands doesn't ask for them.
        let banded = list(Some(wanted)).any(|one| one.get("band").is_some());
        let show = |value: Option<&Value>| {
            list(value)
                .map(|one| {
                    let band = if banded {
                        text(&one["band"])
                    } else {
                        String::new()
                    };
                    format!("{} {} {band}", text(&one["tool"]), number(&one["score"]))
                })
                .collect()
        };
        scored.compare("scores", show(Some(wanted)), show(got.get("scores")), exact);
    }
    if let Some(wanted) = gold.get("strengths") {
        scored.count(
            "strengths",
            "strength",
            length(wanted),
            length(&got["strengths"]),
        );
    }
    children(gold, &got, &mut scored);
    concerns(gold, &got, &mut scored);
    let known = |field: &&String| {
        [PLAIN, TEXTS, OBJECTS, COUNTED]
            .iter()
            .any(|all| all.contains(&field.as_str()))
    };
    let unscored = gold
        .fields
        .keys()
        .filter(|field| !known(field) && !field.starts_with('_'));
    scored.unscored = unscored.cloned().collect();
    scored
}

fn children(gold: &Gold, got: &Value, scored: &mut Scored) {
    let Some(wanted) = gold.get("children") else {
        return;
    };
    let names = |all: Option<&Value>| list(all).map(|child| text(&child["name"])).collect();
    scored.compare(
        "children",
        names(Some(wanted)),
        names(got.get("children")),
        name,
    );
    for want in list(Some(wanted)) {
        let same = |child: &&Value| name(&text(&want["name"]), &text(&child["name"]));
        let Some(child) = list(got.get("children")).find(same) else {
            continue;
        };
        for field in ["seen", "asleep", "alone", "not_alone_reason", "voice"] {
            if let Some(value) = want.get(field) {
                let same = if field == "voice" { voice } else { exact };
                let got = plain(field, child.get(field).unwrap_or(&Value::Null));
                scored.compare(&format!("child {field}"), plain(field, value), got, same);
            }
        }
    }
}

fn concerns(gold: &Gold, got: &Value, scored: &mut Scored) {
    let Some(wanted) = gold.get("concerns") else {
        return;
    };
    let mut found: Vec<&Value> = list(got.get("concerns")).collect();
    scored.count("concerns", "concern", length(wanted), found.len());
    for want in list(Some(wanted)).filter(|want| want.is_object()) {
        let best =
            (0..found.len()).max_by_key(|&at| (likeness(want, found[at]), std::cmp::Reverse(at)));
        let concern = best.map_or(&Value::Null, |at| found.remove(at));
        for field in ["domain", "about", "children"] {
            let shown = format!("concern {field}");
            match want.get(field) {
                Some(all @ Value::Array(_)) => {
                    scored.compare(&shown, texts(Some(all)), texts(concern.get(field)), name);
                }
                Some(value) => {
                    let got = plain(field, concern.get(field).unwrap_or(&Value::Null));
                    scored.compare(&shown, plain(field, value), got, exact);
                }
                None => {}
            }
        }
        if let Some(views) = want.get("views") {
            let views = pairs(Some(views), "holder", "agreement");
            let got = pairs(concern.get("views"), "holder", "agreement");
            scored.compare("concern views", views, got, named);
        }
    }
}

/// How much of a wanted concern another has.
fn likeness(want: &Value, concern: &Value) -> usize {
    let shared = |field: &str| {
        let got = texts(concern.get(field));
        let wanted = texts(want.get(field));
        wanted
            .iter()
            .filter(|one| got.iter().any(|other| name(one, other)))
            .count()
    };
    let domain = !want["domain"].is_null() && want["domain"] == concern["domain"];
    4 * usize::from(domain) + 2 * shared("about") + shared("children")
}

/// A value as texts to compare: none for nothing, dates as month-day, times with two digits.
fn plain(field: &str, value: &Value) -> Vec<String> {
    if value.is_null() {
        return Vec::new();
    }
    let said = text(value);
    vec![match field {
        "date" | "next_contact" => month_day(&said),
        "start" | "end" if said.len() == 4 && said.as_bytes()[1] == b':' => format!("0{said}"),
        _ => said,
    }]
}

fn month_day(day: &str) -> String {
    let parts: Vec<&str> = day.split('-').rev().take(2).collect();
    match parts[..] {
        [day, month] => format!("{month:0>2}-{day:0>2}"),
        _ => day.to_owned(),
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    list(value).map(text).collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Number(_) => number(value),
        other => other.to_string(),
    }
}

/// 4 and 4.0 are one number.
fn number(value: &Value) -> String {
    value
        .as_f64()
        .map_or_else(|| value.to_string(), |number| number.to_string())
}

fn pairs(value: Option<&Value>, first: &str, second: &str) -> Vec<String> {
    let shown = |value: &Value| match (second, value.as_str()) {
        (_, None) if value.is_null() => "null".to_owned(),
        ("due", Some(day)) => month_day(day),
        _ => text(value),
    };
    list(value)
        .map(|one| format!("{} | {}", text(&one[first]), shown(&one[second])))
        .collect()
}

fn length(value: &Value) -> usize {
    let counted = value.as_u64().and_then(|count| usize::try_from(count).ok());
    counted.unwrap_or_else(|| value.as_array().map_or(0, Vec::len))
}

fn exact(wanted: &str, got: &str) -> bool {
    wanted.to_lowercase() == got.to_lowercase()
}

fn letters(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

fn contains(wanted: &str, got: &str) -> bool {
    let (wanted, got) = (letters(wanted), letters(got));
    got.contains(&wanted) || (!got.is_empty() && wanted.contains(&got))
}

fn name(wanted: &str, got: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    let (wanted, got) = (words(wanted), words(got));
    !wanted.is_empty()
        && !got.is_empty()
        && (wanted.iter().all(|word| got.contains(word))
            || got.iter().all(|word| wanted.contains(word)))
}

/// The first part a name (or both nobody), the rest exact.
fn named(wanted: &str, got: &str) -> bool {
    match (wanted.split_once(" | "), got.split_once(" | ")) {
        (Some(wanted), Some(got)) => {
            (wanted.0 == got.0 || name(wanted.0, got.0)) && exact(wanted.1, got.1)
        }
        _ => false,
    }
}

/// A child's words: those wanted are among those found, or nearly all of them are there.
fn voice(wanted: &str, got: &str) -> bool {
    let (wanted, got) = (letters(wanted), letters(got));
    got.contains(&wanted) || (wanted.contains(&got) && got.len() * 10 > wanted.len() * 8)
}
