//! The npm package reads our documents, and what it writes keeps the same rules.
//!
//! Needs Node and npm: where they are missing these tests say so and pass, but never in CI.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use record::{Change, Refusal, Rule, check, ids::RecordId, model::Content};
use serde_json::{Value, json};

use crate::{
    family::{at, id, social_worker},
    fixtures, full,
};

/// The folder in which the package is installed: never in the repository. `None` without Node.
fn installed() -> Option<&'static Path> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOLDER.get_or_init(install).as_deref()
}

fn install() -> Option<PathBuf> {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/npm");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("npm");
    fs::create_dir_all(&folder).unwrap();
    let lock = fs::read(source.join("package-lock.json")).unwrap();
    let fresh = fs::read(folder.join("installed")).ok().as_ref() == Some(&lock);
    for file in ["package.json", "package-lock.json", "interop.mjs"] {
        fs::copy(source.join(file), folder.join(file)).unwrap();
    }
    if !fresh {
        let npm = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&folder)
            .output();
        let failure = match npm {
            Ok(it) if it.status.success() => None,
            Ok(it) => Some(String::from_utf8_lossy(&it.stderr).into_owned()),
            Err(error) => Some(error.to_string()),
        };
        if let Some(why) = failure {
            let in_ci = std::env::var_os("CI").is_some();
            assert!(!in_ci, "Node and npm are needed in CI: {why}");
            return None;
        }
        fs::write(folder.join("installed"), lock).unwrap();
    }
    Some(folder)
}

/// Runs the script; `None`, with a line that says so, when Node is not here.
fn script(arguments: &[&str]) -> Option<Vec<u8>> {
    use std::io::Write as _;
    let Some(folder) = installed() else {
        // Past the test harness, which would swallow it.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: the npm package could not be installed; install Node and npm to run this test"
        );
        return None;
    };
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new("node")
        .arg("interop.mjs")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    Some(stdout)
}

fn fixture(name: &str) -> String {
    let path = fixtures::folder().join(name).with_extension("automerge");
    path.to_str().unwrap().to_owned()
}

/// What the fixture says to an appendment that the npm package wrote.
fn appended(how: &str) -> Option<Result<Vec<record::model::Record>, Refusal>> {
    let record = json!({
        "id": id::<RecordId>(190), "entry": id::<RecordId>(full::ids::VISIT), "reason": "correction",
        "text": "It was on Friday", "by": social_worker().professional, "at": at(),
    });
    let written = script(&["write", &fixture("v1-team"), how, &record.to_string()])?;
    let bytes = hex::decode(String::from_utf8(written).unwrap().trim()).unwrap();
    let change = Change::decode(&bytes).unwrap();
    let team = fixtures::team();
    Some(check(&team, &change, &social_worker()).inspect(|_| {
        let mut team = team.clone();
        team.apply(&change).unwrap();
        assert_eq!(team.read().appendments.len(), 2);
        assert_eq!(team.read().unreadable, vec![]);
    }))
}

#[test]
fn npm_reads_every_fixture_as_we_do() {
    for file in fs::read_dir(fixtures::folder()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|it| it == "json") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let Some(read) = script(&["read", &fixture(name)]) else {
                return;
            };
            let theirs: Value = serde_json::from_slice(&read).unwrap();
            let ours: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            assert_eq!(theirs, ours, "{name}");
        }
    }
}

#[test]
fn npm_text_where_a_scalar_belongs_is_refused() {
    let Some(outcome) = appended("text") else {
        return;
    };
    let refusal = outcome.unwrap_err();
    assert_eq!(refusal.rule, Rule::WrongType);
    assert_eq!(refusal.field.as_deref(), Some("text"));
    assert!(refusal.message.contains("scalar string"), "{refusal}");
}

#[test]
fn npm_scalars_are_accepted() {
    let Some(outcome) = appended("scalar") else {
        return;
    };
    let records = outcome.unwrap();
    assert!(
        matches!(&records[0].content, Content::Appendments(it) if it.text == "It was on Friday")
    );
}
