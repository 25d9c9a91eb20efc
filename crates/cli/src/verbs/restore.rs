//! `workbook restore`: a backup in the place of the server's database.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;
use server::{NoRandomness, admin};

use super::database::{self, Database, Place};
use crate::{ambient, terminal};

/// What SQLite keeps beside a database that was not closed.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// What `restore` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  workbook restore /srv/backups/monday.db --replace
  createdb workbook2 && workbook restore monday.dump --db postgres://workbook@localhost/workbook2

A PostgreSQL backup goes into an empty database (by pg_restore, which must be installed), which the
servers then use in place of the old one. Where you put a database back by other means (pg_restore,
pg_basebackup with its WAL, a snapshot of a disk), run this without a file before any server runs on it.

Stop the server first, and start it afterwards. Every document begins a new epoch: each device looks
at its next sync for what this backup lacks and gives it back, its own and what it had from others, under
their authors' names. Accounts, devices, allocations and compartments are those of the backup: check
with `workbook account list` and `workbook device list`, enrol anew who came later, close anew who left
since, and repeat what was erased since.")]
pub struct Arguments {
    /// The backup; none for a PostgreSQL database that was put back by other means
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// The database: a file, or postgres://USER@HOST/DATABASE (its password in PGPASSWORD or
    /// PGPASSFILE) [default: family-workbook/server.db in your data folder]
    #[arg(
        long,
        env = "WORKBOOK_DB",
        hide_env_values = true,
        value_name = "PATH|URL"
    )]
    pub db: Option<Place>,

    /// Put it in the place of a file that is there, which is kept beside it as `….replaced`
    #[arg(long)]
    pub replace: bool,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    match (database::place(arguments.db.as_ref())?, &arguments.file) {
        (Place::File(target), Some(backup)) => restore_file(&target, backup, arguments.replace),
        (Place::File(_), None) => bail!("name the backup: `workbook restore FILE`"),
        (Place::Postgres(_), _) if arguments.replace => bail!(
            "no PostgreSQL database is replaced: restore into a new one (`createdb`), and let the servers \
             use that"
        ),
        (Place::Postgres(url), backup) => restore_postgres(url, backup.as_deref()),
    }
}

fn restore_postgres(url: String, backup: Option<&Path>) -> Result<()> {
    database::keep_secret(&url)?;
    if let Some(backup) = backup {
        must_be_there(backup)?;
        database::run(store_postgres::restore(&url, backup))??;
    }
    // What breaks off from here on is finished by this without a file.
    let documents = database::with(Some(&Place::Postgres(url)), begin_epochs).context(
        "the database was put back, but no server may use it yet: see to what follows, then run \
         `workbook restore` again without a file",
    )?;
    terminal::print(&format!(
        "{documents} documents begin anew: start the server; devices give back what came after the backup"
    ))
}

fn must_be_there(backup: &Path) -> Result<()> {
    ensure!(
        backup.is_file(),
        "there is no backup {}: check the path",
        backup.display()
    );
    Ok(())
}

fn restore_file(target: &Path, backup: &Path, replace: bool) -> Result<()> {
    must_be_there(backup)?;
    if target.exists() && !replace {
        bail!(
            "there is a database {} already: stop its server, and say --replace to keep that one beside the restored one",
            target.display()
        );
    }
    let copy = with_suffix(target, ".restoring");
    let documents = prepare(backup, &copy)?;
    set_aside(target)?;
    fs::rename(&copy, target).context("putting the restored database in its place failed")?;
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
    database::with(Some(&Place::File(copy.to_owned())), begin_epochs).inspect_err(|_| {
        // The copy is no use to anybody; that it can't be removed is not the news.
        let _ = remove(copy);
    })
}

/// Checks what was restored and gives each document a new epoch; how many there are.
async fn begin_epochs(store: &Database) -> Result<usize> {
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
