//! `workbook audit`: the audit log to take away, and to check.

use std::{
    fs::File,
    io::{BufReader, BufWriter},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use clap::{Args, Subcommand};
use record::ids::FamilyId;
use server::admin;
use store::audit::verify::{Sound, verify};

use super::database::{self, Place};
use crate::{ambient, terminal};

/// What `audit` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook audit export audit-2026-11.jsonl
  workbook audit export --family 0198f1a0-0000-7000-8000-000000000001 family.jsonl
  workbook audit verify audit-2026-11.jsonl
  workbook audit verify audit-2026-11.jsonl --earlier audit-2026-10.jsonl --head 5a9c…

The log says who read, wrote, was refused, signed in, was let in or took something out: ids, times and
codes, no names. Export writes one JSON line for each row and prints the log's head: give it to somebody
who can't write to the database. Verify needs the file alone, no database: it finds every edit, removal,
insertion, change of order and truncation. A log that was forged whole, hashes and all, it finds only
with a head or an earlier export that was kept elsewhere. The format: docs/audit.md.")]
pub struct Arguments {
    /// The database: a file, or postgres://USER@HOST/DATABASE (its password in PGPASSWORD or
    /// PGPASSFILE) [default: family-workbook/server.db in your data folder]
    #[arg(
        long,
        env = "WORKBOOK_DB",
        hide_env_values = true,
        value_name = "PATH|URL",
        global = true
    )]
    pub db: Option<Place>,

    /// What to do.
    #[command(subcommand)]
    pub what: What,
}

/// What can be done with the audit log.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Write the log into a new file, and print its head; the export itself is written down
    Export {
        /// The file to write; must not be there yet
        #[arg(value_name = "FILE")]
        file: PathBuf,

        /// Only what concerns this family's documents
        #[arg(long, value_name = "ID")]
        family: Option<FamilyId>,
    },
    /// Check an exported log; needs no database
    Verify {
        /// The exported log
        #[arg(value_name = "FILE")]
        file: PathBuf,

        /// The head that was printed when it was exported, as it was kept elsewhere
        #[arg(long, value_name = "HASH", value_parser = head)]
        head: Option<[u8; 32]>,

        /// An earlier export, all of which must stand in this one
        #[arg(long, value_name = "FILE")]
        earlier: Option<PathBuf>,
    },
}

fn head(text: &str) -> Result<[u8; 32], String> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes)
        .map(|()| bytes)
        .map_err(|_| "a head has 64 digits, 0 to 9 and a to f".to_owned())
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let said = match &arguments.what {
        What::Export { file, family } => export(arguments.db.as_ref(), file, *family)?,
        What::Verify {
            file,
            head,
            earlier,
        } => {
            let earlier = earlier
                .as_deref()
                .map(|it| check(it, None, None))
                .transpose()?;
            let sound = check(file, *head, earlier.as_ref())?;
            format!(
                "whole: {} rows in {} chains\nhead: {}",
                sound.rows,
                sound.chains,
                hex::encode(sound.head)
            )
        }
    };
    terminal::print(&said)
}

fn export(db: Option<&Place>, file: &Path, family: Option<FamilyId>) -> Result<String> {
    ensure!(
        !file.exists(),
        "{} is there already: name a new file, so that no export is lost",
        file.display()
    );
    let place = database::existing(db)?;
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // The file appears whole or not at all.
    let scratch = tempfile::NamedTempFile::new_in(folder)
        .with_context(|| format!("can't write into {}", folder.display()))?;
    let now = ambient::now().as_millisecond();
    let done = database::with(Some(&place), async |store| {
        let mut to = BufWriter::new(scratch.as_file());
        Ok(admin::export_audit(store, family, now, &mut to).await?)
    })?;
    scratch.as_file().sync_all().context("writing failed")?;
    scratch
        .persist_noclobber(file)
        .with_context(|| format!("can't write {}", file.display()))?;
    Ok(format!(
        "exported {} rows in {} chains to {}\nhead: {}",
        done.rows,
        done.chains,
        file.display(),
        hex::encode(done.head)
    ))
}

fn check(file: &Path, head: Option<[u8; 32]>, earlier: Option<&Sound>) -> Result<Sound> {
    let opened = File::open(file).with_context(|| format!("can't open {}", file.display()))?;
    verify(BufReader::new(opened), head, earlier)
        .with_context(|| format!("{} is not whole", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database with one family, and a file of its log.
    fn exported() -> (tempfile::TempDir, Place, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let db = Place::File(folder.path().join("server.db"));
        database::with(Some(&db), async |store| {
            let new = admin::NewFamily {
                id: FamilyId::from(record::ids::mint(1, [1; 10])),
                name: "Brennan".into(),
                document: record::ids::mint(1, [2; 10]).into(),
                epoch: 1,
                at: 1,
            };
            Ok(admin::create_family(store, new).await?)
        })
        .unwrap();
        let file = folder.path().join("audit.jsonl");
        export(Some(&db), &file, None).unwrap();
        (folder, db, file)
    }

    #[test]
    fn a_log_is_exported_checked_and_compared_with_an_earlier_one() {
        let (folder, db, file) = exported();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("Brennan"));
        assert!(text.contains("\"kind\":\"family-added\""), "{text}");
        let first = check(&file, None, None).unwrap();
        // The export before stands in this one.
        let again = folder.path().join("again.jsonl");
        export(Some(&db), &again, None).unwrap();
        let second = check(&again, None, Some(&first)).unwrap();
        assert!(second.rows > first.rows);
        assert!(check(&again, Some(first.head), None).is_err());
        assert!(export(Some(&db), &again, None).is_err(), "written over");
    }

    #[test]
    fn a_file_that_was_cut_or_edited_is_named_with_its_line() {
        let (_folder, _db, file) = exported();
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace("family-added", "audit-gone-")).unwrap();
        let error = format!("{:#}", check(&file, None, None).unwrap_err());
        assert!(error.contains("was altered"), "{error}");
        let lines: Vec<_> = text.lines().collect();
        std::fs::write(&file, lines[..lines.len() - 2].join("\n")).unwrap();
        let error = format!("{:#}", check(&file, None, None).unwrap_err());
        assert!(error.contains("line "), "{error}");
    }

    #[test]
    fn no_database_is_made_by_looking_for_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("none.db");
        let db = Place::File(file.clone());
        let error = export(Some(&db), &folder.path().join("a"), None).unwrap_err();
        assert!(error.to_string().contains("no database"), "{error}");
        assert!(!file.exists());
    }
}
