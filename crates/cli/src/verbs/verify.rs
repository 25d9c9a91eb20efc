//! `workbook verify`: reads a whole database and says what is wrong with it.

use anyhow::{Result, bail};
use clap::Args;

use super::database::{self, Place};
use crate::terminal;

/// What `verify` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Reads the file's structure, each document's log of changes, and each chain of the audit log with its
hashes. Changes nothing, and may run beside the server. Prints one line for each thing that is wrong and
then fails; `sound` when nothing is. What to do then: restore from a backup.")]
pub struct Arguments {
    /// The database: a file, or postgres://USER@HOST/DATABASE (its password in PGPASSWORD or
    /// PGPASSFILE) [default: family-workbook/server.db in your data folder]
    #[arg(
        long,
        env = "WORKBOOK_DB",
        hide_env_values = true,
        value_name = "PATH|URL"
    )]
    pub db: Option<Place>,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let place = database::existing(arguments.db.as_ref())?;
    let findings = database::with(Some(&place), async |store| Ok(store.verify().await?))?;
    if findings.is_empty() {
        return terminal::print("sound");
    }
    for finding in &findings {
        terminal::print(finding)?;
    }
    bail!("{place} is not sound: restore it from a backup")
}
