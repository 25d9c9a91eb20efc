//! `workbook rebuild`: what boards and lists read, made anew from the families' records.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use server::admin;

use super::database;
use crate::{ambient, terminal};

/// What `rebuild` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Boards are kept up to date with every change that the server accepts; nobody needs this in ordinary
times. It is for after a restore, or when a new version of the program shows more on its boards. May run
beside the server. The record itself is only read.")]
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
    let (today, now) = (ambient::today(), ambient::now().as_millisecond());
    let count = database::with(Some(&path), async |store| {
        Ok(admin::rebuild(store, today, now).await?)
    })?;
    terminal::print(&format!("made {count} boards anew"))
}
