//! Unsent work as text that people read, whichever fields it has: a field that this program does not
//! know is written out as well, since it may be somebody's only copy. People of the family are ids, as
//! in the record: the phone does not put others' records into the file.

use serde_json::{Map, Value};

/// The text of `unsent.json` (the shape `Rescue` of the phone's core).
pub fn readable(unsent: &Value) -> String {
    let mut text = String::new();
    let name = unsent["name"].as_str().unwrap_or("somebody");
    heading(&mut text, &format!("Unsent work of {name}"), '=');
    section(
        &mut text,
        "Complete, on no server",
        &unsent["waiting"],
        |it| family_and_time(it, "written"),
    );
    section(
        &mut text,
        "Refused by the server",
        &unsent["refused"],
        |it| {
            let why = it["refusal"]["message"]
                .as_str()
                .unwrap_or("no reason given");
            format!("{}\nWhy: {why}", family_and_time(it, "written"))
        },
    );
    drafts(&mut text, &unsent["drafts"]);
    if let Some(damaged) = unsent["damaged"].as_object().filter(|it| !it.is_empty()) {
        heading(&mut text, "Rows of the phone that can't be read", '-');
        for key in damaged.keys() {
            text.push_str(&format!("{key}\n"));
        }
        text.push_str("Their bytes are in unsent.json.\n");
    }
    printable(&text)
}

fn heading(text: &mut String, words: &str, line: char) {
    if !text.is_empty() {
        text.push('\n');
    }
    let line: String = words.chars().map(|_| line).collect();
    text.push_str(&format!("{words}\n{line}\n"));
}

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn section(text: &mut String, title: &str, list: &Value, about: impl Fn(&Value) -> String) {
    let count = each(list).count();
    heading(text, &format!("{title}: {count}"), '-');
    for (n, change) in each(list).enumerate() {
        text.push_str(&format!("\n{}. {}\n", n + 1, about(change)));
        for record in each(&change["records"]) {
            let path = record["record"].as_str().unwrap_or_default();
            let (collection, id) = path.split_once('/').unwrap_or((path, ""));
            text.push_str(&format!("\n  {} ({id})\n", capital(&words(collection))));
            fields(text, &record["content"], 4);
        }
    }
}

fn drafts(text: &mut String, list: &Value) {
    heading(text, &format!("Drafts: {}", each(list).count()), '-');
    for (n, kept) in each(list).enumerate() {
        let day = kept["recordedOn"].as_str().unwrap_or("an unknown day");
        let compartment = kept["compartment"].as_str().unwrap_or("team");
        text.push_str(&format!("\n{}. Of {day}, for: {compartment}\n", n + 1));
        if let Some(said) = kept["text"].as_str().filter(|it| !it.is_empty()) {
            text.push_str("\n  As it was spoken or typed\n");
            said.lines()
                .for_each(|line| text.push_str(&format!("    {line}\n")));
        }
        text.push_str("\n  As it was drafted\n");
        fields(text, &kept["draft"], 4);
    }
}

fn family_and_time(change: &Value, time: &str) -> String {
    let family = change["familyName"].as_str().filter(|it| !it.is_empty());
    let family = family.unwrap_or("a family that is not on the phone");
    let at = change[time].as_str().unwrap_or("at an unknown time");
    format!("{family}, {time} {at}")
}

/// An object's fields, one a line, what is in them further in.
fn fields(text: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(object) => object
            .iter()
            .for_each(|(key, value)| field(text, &words(key), value, indent)),
        other => field(text, "content", other, indent),
    }
}

fn field(text: &mut String, name: &str, value: &Value, indent: usize) {
    let pad = " ".repeat(indent);
    match value {
        Value::Null => {}
        // Where in the text something was read: of no use to a reader, and in the JSON.
        _ if name == "span" => {}
        Value::Array(list) if list.is_empty() => {}
        Value::Object(object) if object.is_empty() => {}
        Value::Array(list) => {
            text.push_str(&format!("{pad}{name}:\n"));
            for item in list {
                if let Some(words) = plain(item) {
                    text.push_str(&format!("{pad}  - {words}\n"));
                } else {
                    text.push_str(&format!("{pad}  -\n"));
                    fields(text, item, indent + 4);
                }
            }
        }
        Value::Object(object) => {
            text.push_str(&format!("{pad}{name}:\n"));
            nested(text, object, indent + 2);
        }
        scalar => {
            let words = plain(scalar).unwrap_or_default();
            let words = words.replace('\n', &format!("\n{pad}  "));
            text.push_str(&format!("{pad}{name}: {words}\n"));
        }
    }
}

fn nested(text: &mut String, object: &Map<String, Value>, indent: usize) {
    for (key, value) in object {
        field(text, &words(key), value, indent);
    }
}

/// A scalar in words.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(it) => Some(it.clone()),
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::Number(it) => Some(it.to_string()),
        _ => None,
    }
}

/// `nextContact` as `next contact`.
fn words(key: &str) -> String {
    let mut words = String::new();
    for letter in key.chars() {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Nothing that a terminal would take for a command.
fn printable(text: &str) -> String {
    let shown = |it: char| {
        if it.is_control() && it != '\n' {
            '\u{FFFD}'
        } else {
            it
        }
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::readable;

    #[test]
    fn everything_is_in_the_text_and_nothing_commands_a_terminal() {
        let text = readable(&json!({
            "version": 1,
            "name": "Amira Khan",
            "waiting": [{
                "familyName": "Brennan",
                "written": "2026-10-12T15:30:00Z",
                "records": [{"record": "entries/7", "content": {
                    "kind": "home-visit",
                    "statements": [{"text": "Two lines\nof it", "about": ["1", "2"]}],
                    "nextContact": "2026-10-19",
                    "fromTheFuture": {"deep": [[1, true]]},
                }}],
            }],
            "refused": [{"familyName": "", "refusal": {"message": "no longer allocated"}, "records": []}],
            "drafts": [{"recordedOn": "2026-10-12", "text": "Mum said \u{1b}[31mno", "draft": {"late": false}}],
            "damaged": {"draft/9": "AAAA"},
        }));
        for part in [
            "Unsent work of Amira Khan",
            "Complete, on no server: 1",
            "1. Brennan, written 2026-10-12T15:30:00Z",
            "  Entries (7)\n    kind: home-visit\n",
            "text: Two lines\n          of it",
            "next contact: 2026-10-19",
            "from the future:\n",
            "- yes",
            "Why: no longer allocated",
            "Mum said \u{FFFD}[31mno",
            "late: no",
            "draft/9",
        ] {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn what_has_another_shape_is_no_panic() {
        for odd in [
            json!(null),
            json!([]),
            json!({"waiting": 7, "drafts": {"a": 1}}),
            json!("text"),
        ] {
            assert!(readable(&odd).contains("Unsent work of somebody"));
        }
    }
}
