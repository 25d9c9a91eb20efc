//! `workbook config`: what a configuration file of `workbook serve` may say.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};

use super::serve::config::Config;
use crate::terminal;

/// What `config` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook config schema
  workbook config check workbook.toml
  workbook serve --config workbook.toml")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub what: What,
}

/// What can be done with configurations.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Print every setting with its meaning and range, as JSON Schema
    Schema,
    /// Read a file and say what is wrong with it
    Check {
        /// The file, TOML
        file: PathBuf,
    },
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.what {
        What::Schema => {
            let schema = schemars::schema_for!(Config);
            let text = serde_json::to_string_pretty(&schema).context("printing the schema")?;
            terminal::print(&text)
        }
        What::Check { file } => {
            Config::read(file)?;
            terminal::print(&format!("{} is good", file.display()))
        }
    }
}
