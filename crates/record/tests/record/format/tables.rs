//! The tables of the page.

use std::collections::BTreeSet;

use record::{Rule, model::Collection, terms};

use super::source::{Item, Part, camel, items, kebab};

const MODEL: &[&str] = &[
    include_str!("../../../src/model.rs"),
    include_str!("../../../src/model/assessment.rs"),
    include_str!("../../../src/model/chronology.rs"),
    include_str!("../../../src/model/entry.rs"),
    include_str!("../../../src/model/people.rs"),
    include_str!("../../../src/model/plan.rs"),
    include_str!("../../../src/model/provenance.rs"),
    include_str!("../../../src/model/since.rs"),
    include_str!("../../../src/model/supervision.rs"),
];
const RULES: &str = include_str!("../../../src/refusal.rs");

/// What the collection macro declares: documentation, type, key.
fn declared() -> Vec<(String, String, &'static str)> {
    let source = MODEL[0];
    let (_, body) = source.split_once("collections! {\n").unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    let mut declared = Vec::new();
    let mut doc = String::new();
    for line in body.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("/// ") {
            if !doc.is_empty() {
                doc.push(' ');
            }
            doc.push_str(words);
        } else if let Some((_, kind)) = line.split_once('(') {
            let (kind, rest) = kind.split_once(')').unwrap();
            let name = rest.split('"').nth(1).unwrap();
            declared.push((std::mem::take(&mut doc), kind.to_owned(), name));
        }
    }
    declared
}

pub(super) fn collections() -> String {
    let declared = declared();
    assert_eq!(declared.len(), Collection::ALL.len());
    let mut table = "| Key | Its records | What |\n|---|---|---|\n".to_owned();
    for (doc, kind, name) in declared {
        table += &format!(
            "| `{name}` | [{kind}](#{}) | {doc} |\n",
            kind.to_lowercase()
        );
    }
    table
}

pub(super) fn records() -> String {
    let all: Vec<Item> = MODEL.iter().flat_map(|source| items(source)).collect();
    let mut waiting: Vec<String> = declared().into_iter().map(|(_, kind, _)| kind).collect();
    waiting.reverse();
    let mut told = BTreeSet::new();
    let mut page = String::new();
    while let Some(name) = waiting.pop() {
        let Some(item) = all.iter().find(|item| item.name == name) else {
            continue;
        };
        if !told.insert(name) {
            continue;
        }
        page += &table(item, &all);
        for part in item.parts.iter().rev() {
            waiting.push(inner(&part.kind).to_owned());
        }
    }
    page
}

fn table(item: &Item, all: &[Item]) -> String {
    let mut table = format!("### {}\n\n{}\n\n", item.name, item.doc);
    let closed = item.is_enum && item.parts.iter().all(|part| part.kind.is_empty());
    table += match (item.is_enum, closed) {
        (_, true) => "One of these codes, and no other:\n\n| Code | Meaning |\n|---|---|\n",
        (true, _) => {
            "One of these forms:\n\n| Key or form | Type | | Meaning |\n|---|---|---|---|\n"
        }
        _ => "| Field | Type | | Meaning |\n|---|---|---|---|\n",
    };
    for part in &item.parts {
        table += &row(item, part, closed, all);
    }
    table + "\n"
}

fn row(item: &Item, part: &Part, closed: bool, all: &[Item]) -> String {
    let name = match item.name.as_str() {
        "Precision" => kebab(&part.name),
        _ => camel(&part.name),
    };
    if closed {
        return format!("| `{name}` | {} |\n", part.doc);
    }
    let need = if part.optional { "optional" } else { "" };
    if item.is_enum && part.kind.is_empty() {
        return format!("| `how` = `{name}` | code | | {} |\n", part.doc);
    }
    let of = part.of.as_deref().map(camel).unwrap_or_default();
    let of = if of.is_empty() {
        of
    } else {
        format!(" (with `how` = `{of}`)")
    };
    let rust = match (item.name.as_str(), part.name.as_str()) {
        // The one place where the model means the term by this name, not its own record part.
        ("Contribution", "direction") => "DirectionTerm",
        _ => &part.kind,
    };
    let kind = kind(rust, all);
    format!("| `{name}`{of} | {kind} | {need} | {} |\n", part.doc)
}

fn inner(kind: &str) -> &str {
    let within = |outer: &str| kind.strip_prefix(outer)?.strip_suffix('>');
    within("Option<").or_else(|| within("Vec<")).unwrap_or(kind)
}

fn kind(rust: &str, all: &[Item]) -> String {
    if rust.starts_with("Vec<") {
        return format!("list of {}", kind(inner(rust), all));
    }
    match inner(rust) {
        "String" => "text".to_owned(),
        "bool" => "boolean".to_owned(),
        "u32" | "u64" => "integer, 0 or more".to_owned(),
        "Date" => "date".to_owned(),
        "DateTime" => "local time".to_owned(),
        "Timestamp" => "instant".to_owned(),
        "ScaleValue" => "number from 0 to 10, at most one decimal".to_owned(),
        "RecordId" => "id".to_owned(),
        name if name.ends_with("Id") => {
            format!("id ({})", name.trim_end_matches("Id").to_lowercase())
        }
        name => {
            let name = term_name(name);
            let is_item = all.iter().any(|item| item.name == name);
            let what = if is_item && !codes_of().iter().any(|(it, _)| *it == name) {
                ""
            } else {
                "code: "
            };
            format!("{what}[{name}](#{})", name.to_lowercase())
        }
    }
}

/// The name under which the enumeration stands, where the model imports it under another.
fn term_name(name: &str) -> &str {
    match name {
        "DirectionTerm" => "DirectionOfTravel",
        name => name,
    }
}

/// Every open enumeration with its codes and labels.
fn codes_of() -> Vec<(&'static str, Vec<(String, String)>)> {
    macro_rules! codes {
        ($($name:literal $term:ident;)+) => { vec![$(($name, terms::$term::ALL
            .iter()
            .map(|term| (term.code().to_owned(), term.label().to_owned()))
            .collect()),)+] };
    }
    codes! {
        "ActionStatus" ActionStatus; "Agreement" Agreement; "AppendmentReason" AppendmentReason;
        "Compartment" Compartment; "CpCategory" CpCategory; "DirectionOfTravel" Direction;
        "Discipline" Discipline; "Domain" Domain; "EntryKind" EntryKind; "GoalStatus" GoalStatus;
        "ImmediateSafety" ImmediateSafety; "Nature" Nature; "Outcome" Outcome;
        "PersonRole" PersonRole; "PlanStatus" PlanStatus; "RelationshipKind" RelationshipKind;
        "Seen" Seen; "SeenAlone" SeenAlone; "SignificantEventKind" SignificantEventKind;
        "StageOfChange" StageOfChange; "Tool" Tool;
    }
}

pub(super) fn codes() -> String {
    let mut page = String::new();
    for (name, codes) in codes_of() {
        let list: Vec<_> = codes
            .iter()
            .map(|(code, label)| {
                if code.replace('-', " ") == *label {
                    format!("`{code}`")
                } else {
                    format!("`{code}` ({label})")
                }
            })
            .collect();
        page += &format!("### {name}\n\n{}\n\n", list.join(", "));
    }
    page
}

pub(super) fn rules() -> String {
    let items = items(RULES);
    let rules = items.iter().find(|item| item.name == "Rule").unwrap();
    let mut table = "| Code | What it says |\n|---|---|\n".to_owned();
    for part in &rules.parts {
        let code = kebab(&part.name);
        let rule: Rule = serde_json::from_value(code.clone().into()).unwrap();
        table += &format!("| `{}` | {} |\n", rule.code(), part.doc);
    }
    table
}
