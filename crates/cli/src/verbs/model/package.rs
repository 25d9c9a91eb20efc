//! Fetches a Python package by this machine's pip, which knows the machine's package index.
//!
//! No index is named here and nothing of the package is installed or run: pip only puts the wheel
//! into a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Ways to call pip, tried in this order.
const PIPS: [&[&str]; 3] = [&["python3", "-m", "pip"], &["pip3"], &["pip"]];

/// Downloads `requirement` into `folder` and gives the wheel.
pub(super) fn download(requirement: &str, folder: &Path) -> Result<PathBuf> {
    let mut reason = None;
    for pip in PIPS {
        match run(pip, requirement, folder) {
            Ok(()) => return wheel_in(folder),
            Err(error) => {
                reason.get_or_insert(error);
            }
        }
    }
    Err(reason.unwrap_or_else(|| anyhow::anyhow!("there is no pip")))
        .with_context(|| format!("`pip download {requirement}` failed"))
}

fn run(pip: &[&str], requirement: &str, folder: &Path) -> Result<()> {
    let (program, leading) = pip.split_first().context("no program")?;
    let output = Command::new(program)
        .args(leading)
        .args(["download", "--no-deps", "--only-binary=:all:"])
        .args(["--disable-pip-version-check", "--no-input", "--quiet"])
        .arg("--dest")
        .arg(folder)
        .arg(requirement)
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{program} can't be run"))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let last = words.lines().rfind(|line| !line.trim().is_empty());
    bail!("{}", last.unwrap_or("it gave no reason").trim())
}

fn wheel_in(folder: &Path) -> Result<PathBuf> {
    let entries = fs::read_dir(folder).context("the temporary folder can't be read")?;
    entries
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ending| ending == "whl"))
        .context("pip gave no wheel")
}
