//! `workbook verify`: reads a whole database and says what is wrong with it.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::database;
use crate::terminal;

/// What `verify` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Reads the file's structure, each document's log of changes, and each chain of the audit log with its
hashes. Changes nothing, and may run beside the server. Prints one line for each thing that is wrong and
then fails; `sound` when nothing is. What to do then: restore from a backup.")]
pub struct Arguments {
    /// The database file [default: family-workbook/server.db in your data folder]
    #[arg(long, env = "WORKBOOK_DB", value_name = "PATH")]
    pub db: Option<PathBuf>,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let path = database::path(arguments.db.as_deref())?;
    if !path.exists() {
        bail!(
            "there is no database at {}: name it with --db",
            path.display()
        );
    }
    let findings = database::with(Some(&path), async |store| Ok(store.verify().await?))?;
    if findings.is_empty() {
        return terminal::print("sound");
    }
    for finding in &findings {
        terminal::print(&finding.to_string())?;
    }
    bail!("{} is not sound: restore it from a backup", path.display())
}
