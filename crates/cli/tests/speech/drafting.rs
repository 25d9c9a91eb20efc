//! `workbook draft` takes text and our own JSON, and nothing else.

use std::path::Path;

use crate::workbook::{assert_done, assert_refused, run_with_input};

const TEXT: &str = "Home visit to the Hartley family on Tuesday. Mum was in.";

#[test]
fn text_and_transcript_give_the_same_draft() {
    let models = Path::new("unused");
    let arguments = ["draft", "--recorded-on", "2026-11-20", "-"];
    let from_text = assert_done(&run_with_input(models, &arguments, TEXT));
    let transcript = serde_json::json!([{ "text": TEXT, "segments": [] }]).to_string();
    let from_json = assert_done(&run_with_input(models, &arguments, &transcript));
    assert_eq!(from_text, from_json);
    serde_json::from_str::<serde_json::Value>(&from_text).unwrap();
}

#[test]
fn anything_else_is_one_line() {
    let models = Path::new("unused");
    for (input, said) in [
        ("", "empty"),
        ("{\"a\":1}", "not a transcript"),
        ("[]", "empty"),
    ] {
        assert_refused(&run_with_input(models, &["draft"], input), &[said]);
    }
    let output = run_with_input(models, &["draft", "--people", "no-such.json"], TEXT);
    assert_refused(&output, &["no-such.json"]);
}
