//! May we open this file for writing? Looks without touching.
//!
//! Invariant: nothing here writes to the file, and [`crate::open`] writes to no file that this
//! hasn't passed. An operator who mistypes a path, or whose disk has damaged the database, keeps
//! every byte for the next attempt to save it.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use store::StoreError;

use crate::schema::{DEVICE, SERVER, Schema};

/// What stands at a path that may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing: create it.
    Nothing,
    /// Ours, but migrations are to be run (all of them when creating it was cut short).
    Behind,
    /// Ours and up to date.
    Current,
}

const RESTORE: &str = "restore it from a backup, or name another file";
const CHOOSE_ANOTHER: &str = "name another file";

/// Above this size, in bytes, opening doesn't read the whole file; `workbook verify` does.
const CHECKED_AT_OPEN: u64 = 64 * 1024 * 1024;

/// A refusal, with the path so that the operator knows which file is meant.
pub(crate) fn unusable(path: &Path, what: &str, remedy: &'static str) -> StoreError {
    StoreError::Unusable {
        what: format!("{} {what}", path.display()),
        remedy,
    }
}

/// Decides whether `path` is a sound database of this schema, or free.
pub(crate) async fn inspect(schema: &Schema, path: &Path) -> Result<Found, StoreError> {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return inspect_place(path),
        Err(error) => return Err(unreadable(path, &error)),
    };
    if metadata.is_dir() {
        return Err(unusable(path, "is a folder", "name a file inside it"));
    }
    if !metadata.is_file() {
        return Err(unusable(path, "is not a regular file", CHOOSE_ANOTHER));
    }
    if metadata.permissions().readonly() {
        return Err(unusable(
            path,
            "is read-only",
            "make it writable for this user",
        ));
    }
    // Asks for the right to write and gives it back; nothing is written or truncated.
    OpenOptions::new()
        .append(true)
        .open(path)
        .map_err(|error| unreadable(path, &error))?;

    let log_is_pending = std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
    inspect_header(path, metadata.len(), log_is_pending)?;

    // Without a pending log the file is all there is, and `immutable` keeps SQLite from creating
    // files beside it. With one, SQLite must read the log; the file itself is still opened read-only.
    let mut db = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .immutable(!log_is_pending)
        .connect()
        .await
        .map_err(|error| damaged(path, &error))?;
    let found = inspect_content(schema, path, metadata.len(), &mut db).await;
    // A close that fails has nothing to lose: the connection could not write.
    drop(db.close().await);
    found
}

/// The path of one of SQLite's files beside the database.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

fn inspect_place(path: &Path) -> Result<Found, StoreError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        return Err(unusable(
            path,
            "can't be created: its folder doesn't exist",
            "create the folder",
        ));
    }
    // A log without its database would be taken for the new one's.
    if beside(path, "-wal").exists() {
        return Err(unusable(
            path,
            "is missing, but its write-ahead log (-wal) is there",
            "put the database back beside its log, or move the log away",
        ));
    }
    Ok(Found::Nothing)
}

/// What a hundred bytes tell: whether it is SQLite's at all, and whether its end is missing.
fn inspect_header(path: &Path, length: u64, log_is_pending: bool) -> Result<(), StoreError> {
    if length == 0 {
        return Err(unusable(
            path,
            "is empty",
            "delete it to start anew, or restore it from a backup",
        ));
    }
    let mut header = [0; 100];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut header));
    if read.is_err() || !header.starts_with(b"SQLite format 3\0") {
        return Err(unusable(path, "is not a SQLite database", CHOOSE_ANOTHER));
    }
    let word = |at: usize| {
        u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    // SQLite's file format: 1 stands for 65,536; the page count counts only when written by the
    // same change as "version-valid-for".
    let page_size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let pages_are_known = word(24) == word(92);
    // A checkpoint that was killed may leave a short file whose last pages stand in the log.
    if pages_are_known && !log_is_pending && length < page_size * u64::from(word(28)) {
        return Err(unusable(path, "is damaged: its end is missing", RESTORE));
    }
    Ok(())
}

async fn inspect_content(
    schema: &Schema,
    path: &Path,
    length: u64,
    db: &mut SqliteConnection,
) -> Result<Found, StoreError> {
    if length <= CHECKED_AT_OPEN {
        let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)")
            .fetch_one(&mut *db)
            .await
            .map_err(|error| damaged(path, &error))?;
        if verdict != "ok" {
            return Err(unusable(path, "is damaged", RESTORE));
        }
    }
    let application_id: i64 = sqlx::query_scalar("PRAGMA application_id")
        .fetch_one(&mut *db)
        .await
        .map_err(|error| damaged(path, &error))?;
    if application_id == schema.application_id {
        return inspect_migrations(schema, path, db).await;
    }
    for other in [&SERVER, &DEVICE] {
        if application_id == other.application_id {
            let what = format!("is a {} database, not a {} one", other.name, schema.name);
            return Err(unusable(path, &what, CHOOSE_ANOTHER));
        }
    }
    let objects: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
        .fetch_one(db)
        .await
        .map_err(|error| damaged(path, &error))?;
    if application_id == 0 && objects == 0 {
        return Ok(Found::Behind);
    }
    Err(unusable(
        path,
        "is another program's database",
        CHOOSE_ANOTHER,
    ))
}

async fn inspect_migrations(
    schema: &Schema,
    path: &Path,
    db: &mut SqliteConnection,
) -> Result<Found, StoreError> {
    let applied: Vec<(i64, Vec<u8>)> = sqlx::query_as(
        "SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version",
    )
    .fetch_all(db)
    .await
    .map_err(|error| damaged(path, &error))?;
    for (version, checksum) in &applied {
        match schema
            .migrator
            .iter()
            .find(|known| known.version == *version)
        {
            None => {
                return Err(unusable(
                    path,
                    "was written by a newer version of this program",
                    "update this program",
                ));
            }
            Some(known) if known.checksum.as_ref() != checksum.as_slice() => {
                return Err(unusable(
                    path,
                    "has a schema that differs from the released one",
                    "use the program that wrote it, or restore it from a backup",
                ));
            }
            Some(_) => {}
        }
    }
    let complete = applied.len() == schema.migrator.iter().count();
    Ok(if complete {
        Found::Current
    } else {
        Found::Behind
    })
}

fn unreadable(path: &Path, error: &io::Error) -> StoreError {
    unusable(
        path,
        &format!("can't be used ({error})"),
        "check the path and this user's rights on it",
    )
}

/// SQLite could not make sense of the file.
fn damaged(path: &Path, error: &sqlx::Error) -> StoreError {
    unusable(
        path,
        &format!("can't be read as a database ({error})"),
        RESTORE,
    )
}
