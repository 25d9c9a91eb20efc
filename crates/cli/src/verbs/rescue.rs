//! `workbook rescue`: what a phone could not send, out of its rescue file.

use std::{
    fs::{self, File, OpenOptions},
    io::{IsTerminal as _, Read as _, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, Subcommand};

use crate::{
    rescue::{Part, Sealed, TEXT, UNSENT, readable},
    terminal,
};

/// What is not read into memory: no phone writes a file of this size.
const MAX_BYTES: u64 = 4 << 30;
/// The longest passphrase, in bytes.
const MAX_PASSPHRASE: u64 = 4096;

/// What `rescue` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub what: What,
}

/// What can be done with rescue files.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Open a rescue file: print what a phone could not send, and write it and its recordings out
    Open(Open),
}

/// A file to open.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook rescue open workbook-rescue.sealed
  workbook rescue open workbook-rescue.sealed --into rescued
  workbook rescue open workbook-rescue.sealed --json --passphrase-file passphrase.txt

The passphrase is the file's own, not the phone's. Without --into, the text alone is printed and
nothing is written. What is written is not sealed any more: keep it as safe as the record, and delete
it when it is where it belongs.")]
pub struct Open {
    /// The rescue file that the phone made
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// A folder to make, readable by you alone, for the text, its JSON and the recordings (WAV)
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<PathBuf>,

    /// Read the passphrase from a file, up to its end or first line break [default: ask for it]
    #[arg(long, value_name = "PATH")]
    pub passphrase_file: Option<PathBuf>,

    /// Print the JSON instead of the text
    #[arg(long)]
    pub json: bool,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let What::Open(open) = &arguments.what;
    open_file(open)
}

fn open_file(open: &Open) -> Result<()> {
    let shown = open.file.display();
    // What is no rescue file is told before anybody is asked for a passphrase.
    let sealed = Sealed::read(read(&open.file)?).with_context(|| shown.to_string())?;
    if let Some(folder) = &open.into {
        ensure!(
            !folder.try_exists()?,
            "{} is there already: name a folder that is not",
            folder.display()
        );
    }
    let parts = sealed
        .open(&passphrase(open.passphrase_file.as_deref())?)
        .with_context(|| shown.to_string())?;
    let unsent = parts.iter().find(|it| it.name == UNSENT);
    let json = unsent.and_then(|it| serde_json::from_slice(&it.bytes).ok());
    let text = json.as_ref().map(readable);
    if let Some(folder) = &open.into {
        write_into(folder, &parts, text.as_deref())?;
    }
    match (json, text) {
        (Some(json), _) if open.json => terminal::print(&serde_json::to_string_pretty(&json)?)?,
        (_, Some(text)) => terminal::print(text.trim_end())?,
        _ => terminal::note("what this phone could not send can't be read by this program"),
    }
    for part in parts.iter().filter(|it| it.name != UNSENT) {
        terminal::note(&format!("{}: {} bytes", part.name, part.bytes.len()));
    }
    match &open.into {
        Some(folder) => terminal::note(&format!("written into {}", folder.display())),
        None if parts.len() > 1 => terminal::note("use --into FOLDER to get these files, too"),
        None => {}
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let shown = || format!("{} could not be read", path.display());
    let file = File::open(path).with_context(shown)?;
    ensure!(
        file.metadata().with_context(shown)?.is_file(),
        "{} is not a file",
        path.display()
    );
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .with_context(shown)?;
    ensure!(
        bytes.len() as u64 <= MAX_BYTES,
        "{} is larger than any rescue file",
        path.display()
    );
    Ok(bytes)
}

fn passphrase(file: Option<&Path>) -> Result<String> {
    let text = match file {
        Some(path) => {
            let mut text = String::new();
            File::open(path)
                .and_then(|file| file.take(MAX_PASSPHRASE).read_to_string(&mut text))
                .with_context(|| format!("{} could not be read as text", path.display()))?;
            text.lines().next().unwrap_or_default().to_owned()
        }
        None if std::io::stdin().is_terminal() => {
            rpassword::prompt_password("Passphrase of the rescue file: ")
                .context("the passphrase could not be read from the terminal")?
        }
        None => bail!(
            "there is no terminal to ask for the passphrase on: put it into a file and give \
             --passphrase-file"
        ),
    };
    ensure!(!text.trim().is_empty(), "the passphrase is empty");
    Ok(text)
}

/// All files or none: into a folder beside, which gets its name when everything is in it.
fn write_into(folder: &Path, parts: &[Part], text: Option<&str>) -> Result<()> {
    let shown = || format!("{} could not be written", folder.display());
    let parent = match folder.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let mut beside = tempfile::Builder::new();
    beside.prefix(".rescue-");
    #[cfg(unix)]
    beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let beside = beside.tempdir_in(parent).with_context(shown)?;
    let text = text.map(|text| (TEXT, text.as_bytes()));
    let parts = parts.iter().map(|it| (it.name.as_str(), &it.bytes[..]));
    for (name, bytes) in parts.chain(text) {
        write_one(&beside.path().join(name), bytes).with_context(shown)?;
    }
    fs::rename(beside.path(), folder).with_context(shown)?;
    // It has another name now: there is nothing left to delete.
    let _ = beside.keep();
    Ok(())
}

fn write_one(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
