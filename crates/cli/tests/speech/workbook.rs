//! Runs the built binary and looks at what it did.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs `workbook` with its models in `models`.
pub(crate) fn run<S: AsRef<OsStr>>(models: &Path, arguments: &[S]) -> Output {
    command(models).args(arguments).output().unwrap()
}

/// The same with text on stdin.
pub(crate) fn run_with_input(models: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = command(models)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

fn command(models: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_workbook"));
    command
        .env("WORKBOOK_MODEL_DIR", models)
        .stdin(Stdio::null());
    command
}

/// Asserts one line `error: …` with each of `parts`, exit code 1 and nothing on stdout.
pub(crate) fn assert_refused(output: &Output, parts: &[&str]) {
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.starts_with("error: "), "{error}");
    for part in parts {
        assert!(error.contains(part), "{part:?} is not in: {error}");
    }
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
}

/// Asserts success without a word on stderr, and gives stdout.
pub(crate) fn assert_done(output: &Output) -> String {
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    String::from_utf8(output.stdout.clone()).unwrap()
}
