//! The house itself: which crate may depend on which, and whether the README tells the truth.

use std::{collections::BTreeMap, fs, process::Command};

use anyhow::{Context as _, Result};
use tests::{root, workbook};

/// What each crate may use of ours (DESIGN, "Rooms"). Development dependencies count too, but for
/// the engines that tests of upper crates run on.
const ALLOWED: &[(&str, &[&str])] = &[
    ("record", &[]),
    ("dictation", &[]),
    ("access", &[]),
    ("sync", &["record"]),
    ("store", &["record"]),
    ("store-sqlite", &["store", "record"]),
    ("store-postgres", &["store", "record"]),
    (
        "server",
        &["access", "record", "store", "store-sqlite", "sync"],
    ),
    ("device", &["dictation", "record", "sync"]),
    ("hearing", &["dictation"]),
    (
        "cli",
        &[
            "device",
            "dictation",
            "record",
            "server",
            "store",
            "store-postgres",
            "store-sqlite",
            "sync",
        ],
    ),
    ("xtask", &[]),
    (
        "tests",
        &[
            "access",
            "cli",
            "dictation",
            "record",
            "server",
            "store",
            "store-postgres",
            "store-sqlite",
            "sync",
        ],
    ),
];

#[test]
fn crates_depend_only_on_whom_they_may() -> Result<()> {
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()?;
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    assert_eq!(
        metadata.packages.len(),
        allowed.len(),
        "name every crate here"
    );
    let ours: Vec<_> = metadata
        .packages
        .iter()
        .map(|it| it.name.to_string())
        .collect();
    for package in &metadata.packages {
        let may = allowed
            .get(package.name.as_str())
            .context("name every crate here")?;
        for dependency in &package.dependencies {
            // A crate may name itself to switch on its own test suite.
            if ours.contains(&dependency.name) && dependency.name != package.name.as_str() {
                assert!(
                    may.contains(&dependency.name.as_str()),
                    "{} may not use {}",
                    package.name,
                    dependency.name
                );
            }
        }
    }
    Ok(())
}

#[test]
fn every_dependency_says_why() -> Result<()> {
    let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
    let section = manifest
        .split("[workspace.dependencies]")
        .nth(1)
        .context("dependencies")?;
    let section = section.split("\n[").next().context("dependencies")?;
    let mut explained = false;
    for line in section
        .lines()
        .filter(|line| !line.contains("path = \"crates/"))
    {
        if line.starts_with('#') {
            explained = true;
        } else if line.is_empty() {
            explained = false;
        } else {
            assert!(explained, "say why: {line}");
        }
    }
    Ok(())
}

fn readme() -> Result<String> {
    Ok(fs::read_to_string(root().join("README.md"))?)
}

#[test]
fn the_code_map_names_what_exists_and_all_crates() -> Result<()> {
    let readme = readme()?;
    let map = readme.split("## Code map").nth(1).context("a code map")?;
    let map = map.split("\n## ").next().context("a code map")?;
    let named: Vec<_> = map
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| name.contains('/') && !name.contains(' '))
        .collect();
    assert!(named.len() > 10, "{named:?}");
    for name in &named {
        assert!(root().join(name).exists(), "the code map names {name}");
    }
    for room in ["crates", "docs", "mobile-shell/src", "scripts"] {
        for inside in fs::read_dir(root().join(room))? {
            let inside = inside?;
            let name = format!("{room}/{}", inside.file_name().to_string_lossy());
            // Of the phone's app the folders; its single files are its entry and settings.
            if room != "mobile-shell/src" || inside.file_type()?.is_dir() {
                assert!(
                    named.iter().any(|it| it.trim_end_matches('/') == name),
                    "the code map lacks {name}"
                );
            }
        }
    }
    Ok(())
}

/// The lines of the README's `sh` blocks.
fn commands(readme: &str) -> Vec<&str> {
    readme
        .split("```sh\n")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .flat_map(str::lines)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// Runs the README's `workbook` commands in a folder with the files that it speaks of, and checks
/// that each `make` target exists. (`make demo` and `make test` are what CI runs.)
#[test]
fn the_readmes_commands_work() -> Result<()> {
    let readme = readme()?;
    let folder = tempfile::tempdir()?;
    fs::copy(
        root().join("crates/cli/recordings/social-worker.flac"),
        folder.path().join("visit.flac"),
    )?;
    let people = r#"[{"name": "Donna Brennan", "role": "mother", "aka": ["mum"]}]"#;
    fs::write(folder.path().join("family.json"), people)?;
    fs::create_dir(folder.path().join("dictations"))?;
    fs::write(
        folder.path().join("dictations/visit.txt"),
        "Home visit to Donna Brennan.",
    )?;
    fs::write(
        folder.path().join("dictations/visit.gold.json"),
        r#"{"kind": "home visit"}"#,
    )?;
    let makefile = fs::read_to_string(root().join("Makefile"))?;
    let path = format!(
        "{}:{}",
        workbook()?.parent().context("a folder")?.display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let (mut made, mut run) = (0, 0);
    for line in commands(&readme) {
        if let Some(target) = line.strip_prefix("make ") {
            let target = target.split_whitespace().next().context("a target")?;
            assert!(
                makefile.contains(&format!("\n{target}:")),
                "no make target {target}"
            );
            made += 1;
        } else if line.starts_with("workbook serve") {
            // Serves until it is stopped: the stories start it. Here its help must know the flags.
            let help = Command::new(workbook()?)
                .args(["serve", "--help"])
                .output()?;
            let help = String::from_utf8(help.stdout)?;
            for flag in line
                .split_whitespace()
                .filter(|word| word.starts_with("--"))
            {
                assert!(help.contains(flag), "serve has no {flag}");
            }
            run += 1;
        } else {
            let output = Command::new("sh")
                .args(["-c", line])
                .current_dir(folder.path())
                .env("PATH", &path)
                .output()?;
            assert!(
                output.status.success(),
                "{line}\n{}",
                String::from_utf8_lossy(&output.stderr)
            );
            run += 1;
        }
    }
    assert!(made >= 3 && run >= 4, "{made} make targets, {run} commands");
    Ok(())
}
