//! `workbook demo`, as a person runs it.

use std::{
    path::Path,
    process::{Command, Output},
    sync::{Mutex, PoisonError},
};

use anyhow::Result;
use serde_json::Value;
use tests::{root, workbook};

/// Recognition takes every processor: two at once would only make each other wait.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn demo(folder: &Path, more: &[&str]) -> Result<Output> {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Command::new(workbook()?)
        .arg("demo")
        .arg("--dir")
        .arg(folder)
        .args(more)
        .output()?)
}

fn summary(output: &Output) -> Result<Value> {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Every object with a text and citations, wherever it stands.
fn lines(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key("text") && fields.contains_key("citations") {
                found.push(value.clone());
            }
            fields.values().for_each(|value| lines(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| lines(value, found)),
        _ => {}
    }
}

#[test]
fn two_spoken_visits_become_one_cited_summary() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let output = demo(&folder.path().join("demo"), &["--json"])?;
    let summary = summary(&output)?;

    let mut cited = Vec::new();
    lines(&summary, &mut cited);
    assert!(cited.len() > 20, "{} lines", cited.len());
    for line in &cited {
        let citations = line["citations"].as_array().cloned().unwrap_or_default();
        assert!(!citations.is_empty(), "{line}");
        for citation in citations {
            assert!(
                citation["author"].is_string() && citation["date"].is_string(),
                "{line}"
            );
        }
    }

    // Both spoke of the one concern that the record had: their views stand side by side.
    let concerns = summary["concerns"].as_array().cloned().unwrap_or_default();
    let viewed = concerns
        .iter()
        .find(|it| it["views"].as_array().is_some_and(|it| it.len() >= 2));
    let viewed = viewed.unwrap_or(&Value::Null);
    let authors: std::collections::BTreeSet<_> = viewed["views"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|view| view["line"]["citations"][0]["author"].as_str())
        .collect();
    assert!(
        authors.contains("Amira Khan") && authors.contains("Joe Ellis"),
        "{authors:?}"
    );
    assert!(
        summary["readings"]
            .as_array()
            .is_some_and(|it| it.len() >= 4)
    );
    let tools = summary["tools"].to_string();
    assert!(
        tools.contains("AUDIT") && tools.contains("possible dependence"),
        "{tools}"
    );
    assert!(summary["contacts"].to_string().contains("no reply"));

    let told = String::from_utf8(output.stderr)?;
    assert!(told.contains("not-allocated"), "{told}");
    assert!(told.contains("still on the device, readable"), "{told}");
    assert!(told.contains("the same heads"), "{told}");
    Ok(())
}

#[test]
fn another_recording_makes_another_summary() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let other = root().join("crates/cli/recordings/recovery-worker.flac");
    let other = other.to_string_lossy();
    let text = |more: &[&str], name: &str| -> Result<String> {
        let output = demo(&folder.path().join(name), more)?;
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8(output.stdout)?)
    };
    let usual = text(&[], "usual")?;
    let changed = text(&["--social-worker", &other], "changed")?;
    assert!(usual.contains("count to a hundred") && !changed.contains("count to a hundred"));
    Ok(())
}

#[test]
fn without_a_model_it_says_how_to_get_one() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let output = Command::new(workbook()?)
        .args(["demo", "--dir"])
        .arg(folder.path().join("demo"))
        .env("WORKBOOK_MODEL_DIR", folder.path().join("no-models"))
        .output()?;
    assert!(!output.status.success());
    let told = String::from_utf8(output.stderr)?;
    assert!(told.contains("workbook model install"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(!folder.path().join("demo").exists(), "nothing is written");
    Ok(())
}

#[test]
fn a_folder_with_other_files_is_left_alone() -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("holiday.txt"), "mine")?;
    let output = demo(folder.path(), &[])?;
    assert!(!output.status.success());
    assert_eq!(
        std::fs::read_to_string(folder.path().join("holiday.txt"))?,
        "mine"
    );
    Ok(())
}
