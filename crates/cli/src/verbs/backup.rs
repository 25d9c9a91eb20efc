//! `workbook backup`: the server's database as one file, made while it is in use.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::database;
use crate::terminal;

/// What `backup` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  workbook backup /srv/backups/monday.db

Works beside a running server, which goes on serving; the copy is as of one moment, is readable by
its owner alone and holds everything: keep it as safe as the database. `workbook restore` takes it.")]
pub struct Arguments {
    /// The file to write; nothing stands there yet
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The database file [default: family-workbook/server.db in your data folder]
    #[arg(long, env = "WORKBOOK_DB", value_name = "PATH")]
    pub db: Option<PathBuf>,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let from = database::path(arguments.db.as_deref())?;
    anyhow::ensure!(
        from.is_file(),
        "there is no database {}: name it with --db",
        from.display()
    );
    database::with(Some(&from), async |store| {
        Ok(store.backup(&arguments.file).await?)
    })?;
    terminal::print(&format!("backed up to {}", arguments.file.display()))
}
