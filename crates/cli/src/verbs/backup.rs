//! `workbook backup`: the server's database as one file, made while it is in use.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::database::{self, Place};
use crate::terminal;

/// What `backup` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  workbook backup /srv/backups/monday.db

Works beside a running server, which goes on serving; the copy is as of one moment, is readable by
its owner alone and holds everything: keep it as safe as the database. `workbook restore` takes it.
A PostgreSQL database is written by pg_dump, which must be installed (Debian: postgresql-client).")]
pub struct Arguments {
    /// The file to write; nothing stands there yet
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

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
    let from = database::existing(arguments.db.as_ref())?;
    database::with(Some(&from), async |store| {
        store.backup(&arguments.file).await
    })?;
    terminal::print(&format!("backed up to {}", arguments.file.display()))
}
