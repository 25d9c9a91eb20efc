//! `workbook rebuild`: what boards and lists read, made anew from the families' records.

use anyhow::Result;
use clap::Args;
use server::admin;

use super::database::{self, Place};
use crate::{ambient, terminal};

/// What `rebuild` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Boards are kept up to date with every change that the server accepts; nobody needs this in ordinary
times. It is for after a restore, or when a new version of the program shows more on its boards. May run
beside the server. The record itself is only read.")]
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
    let (today, now) = (ambient::today(), ambient::now().as_millisecond());
    let count = database::with(Some(&place), async |store| {
        Ok(admin::rebuild(store, today, now).await?)
    })?;
    terminal::print(&format!("made {count} boards anew"))
}
