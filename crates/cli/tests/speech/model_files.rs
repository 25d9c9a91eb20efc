//! Model files that are missing, empty, wrong or garbage never reach the engine.

use std::fs;
use std::path::Path;

use crate::recognition;
use crate::workbook::{assert_done, assert_refused, run};

fn transcribe(models: &Path) -> std::process::Output {
    let recording = recognition::fixture("goforward.flac");
    run(models, &["transcribe", recording.to_str().unwrap()])
}

#[test]
fn without_a_model_the_next_step_is_named() {
    let models = tempfile::tempdir().unwrap();
    assert_refused(
        &transcribe(models.path()),
        &["no speech model is installed: run `workbook model install`"],
    );
    assert_eq!(
        assert_done(&run(models.path(), &["model", "list", "--format", "json"])).trim(),
        "[]"
    );
}

#[test]
fn an_empty_or_changed_model_is_refused() {
    let models = tempfile::tempdir().unwrap();
    let file = models.path().join("ggml-tiny.en-q5_1.bin");
    fs::write(&file, b"").unwrap();
    assert_refused(
        &transcribe(models.path()),
        &["empty", "workbook model install"],
    );

    fs::write(&file, b"lmggbut nothing of a model").unwrap();
    assert_refused(&transcribe(models.path()), &["damaged", "SHA-256"]);
    let list = assert_done(&run(models.path(), &["model", "list", "--format", "json"]));
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list[0]["verified"], false);
}

#[test]
fn a_model_that_nobody_vouches_for_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("found.bin");
    fs::write(&file, b"lmggbut nothing of a model").unwrap();
    let recording = recognition::fixture("goforward.flac");
    let arguments = [
        "transcribe".as_ref(),
        recording.as_path(),
        "--model".as_ref(),
        &file,
    ];
    let output = run(&folder.path().join("models"), &arguments);
    assert_refused(&output, &["never imported", "found.bin"]);
}

#[test]
fn importing_garbage_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("models");
    for (name, bytes) in [
        ("garbage.bin", &b"garbage"[..]),
        ("empty.bin", b""),
        ("garbage.whl", b"PK\x03\x04garbage"),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        let output = run(&models, &["model", "import", file.to_str().unwrap()]);
        assert_refused(&output, &[name]);
    }
    let missing = run(&models, &["model", "import", "no-such-file"]);
    assert_refused(&missing, &["no-such-file"]);
    let unknown = run(&models, &["model", "install", "huge"]);
    assert_refused(&unknown, &["huge", "tiny.en-q5_1"]);
    assert!(!models.exists());
}
