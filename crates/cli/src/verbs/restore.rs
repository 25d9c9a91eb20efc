//! `workbook restore`: a backup in the place of the server's database.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;
use server::{NoRandomness, admin};
use store_sqlite::SqliteStore;

use super::database;
use crate::{ambient, terminal};

/// What SQLite keeps beside a database that was not closed.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// What `restore` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  workbook restore /srv/backups/monday.db --replace

Stop the server first, and start it afterwards. Every document begins a new epoch: each device looks
at its next sync for what this backup lacks and gives it back, its own and what it had from others, under
their authors' names. Accounts, devices, allocations and compartments are those of the backup: check
with `workbook account list` and `workbook device list`, enrol anew who came later, close anew who left
since, and repeat what was erased since.")]
pub struct Arguments {
    /// The backup
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The database file to put it at [default: family-workbook/server.db in your data folder]
    #[arg(long, env = "WORKBOOK_DB", value_name = "PATH")]
    pub db: Option<PathBuf>,

    /// Put it in the place of a database that is there, which is kept beside it as `….replaced`
    #[arg(long)]
    pub replace: bool,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let target = database::path(arguments.db.as_deref())?;
    ensure!(
        arguments.file.is_file(),
        "there is no backup {}: check the path",
        arguments.file.display()
    );
    if target.exists() && !arguments.replace {
        bail!(
            "there is a database {} already: stop its server, and say --replace to keep that one beside the restored one",
            target.display()
        );
    }
    let copy = with_suffix(&target, ".restoring");
    let documents = prepare(&arguments.file, &copy)?;
    set_aside(&target)?;
    fs::rename(&copy, &target).context("putting the restored database in its place failed")?;
    terminal::print(&format!(
        "restored {documents} documents to {}: start the server; devices give back what came after the backup",
        target.display()
    ))
}

/// Makes a sound copy of the backup in which every document has a new epoch.
fn prepare(backup: &Path, copy: &Path) -> Result<usize> {
    // A restore that broke off has left one.
    remove(copy)?;
    fs::copy(backup, copy).context("copying the backup failed")?;
    database::with(Some(copy), async |store: &SqliteStore| {
        let findings = store.verify().await?;
        if let Some(first) = findings.first() {
            bail!("this backup is damaged ({first}): restore an older one");
        }
        let documents = admin::begin_epochs(store, || {
            let bytes: [u8; 8] = ambient::random_bytes().map_err(|_| NoRandomness)?;
            // As large as JavaScript's numbers hold.
            Ok(u64::from_le_bytes(bytes) >> 11)
        })
        .await?;
        Ok(documents)
    })
    .inspect_err(|_| {
        // The copy is no use to anybody; that it can't be removed is not the news.
        let _ = remove(copy);
    })
}

/// Keeps the database that is there beside the new one.
fn set_aside(target: &Path) -> Result<()> {
    if !target.exists() {
        return Ok(());
    }
    let aside = with_suffix(target, ".replaced");
    ensure!(
        !aside.exists(),
        "{} is there from an earlier restore: move it away first",
        aside.display()
    );
    for suffix in ["", BESIDE[0], BESIDE[1]] {
        let from = with_suffix(target, suffix);
        if from.exists() {
            fs::rename(&from, with_suffix(&aside, suffix))
                .with_context(|| format!("setting {} aside failed", from.display()))?;
        }
    }
    Ok(())
}

fn remove(file: &Path) -> Result<()> {
    for suffix in ["", BESIDE[0], BESIDE[1]] {
        match fs::remove_file(with_suffix(file, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("removing {} failed", file.display()));
            }
            _ => {}
        }
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}
