//! `workbook backup`: the server's database as one file, made while it is in use.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::database::{self, Database, Place};
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
    database::with(Some(&from), async |store| match store {
        Database::Sqlite(store) => Ok(store.backup(&arguments.file).await?),
        Database::Postgres(_) => bail!(
            "a PostgreSQL database is backed up by PostgreSQL itself: pg_dump, or pg_basebackup with \
             its WAL archive. After putting one back, run `workbook restore --db URL` without a file"
        ),
    })?;
    terminal::print(&format!("backed up to {}", arguments.file.display()))
}
