//! Which database the server's verbs work on, and how they get at it: the one place that knows that
//! there are two engines.

use std::{
    ffi::OsString,
    fmt,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use async_trait::async_trait;
use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};
use store::{
    StoreError,
    server::{News, Store, Txn},
};
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;

/// Where a database is. Written as it is read, so a URL with a password shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL database, by its URL.
    Postgres(String),
}

impl From<OsString> for Place {
    fn from(text: OsString) -> Self {
        match text.to_str() {
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Self::Postgres(url.to_owned())
            }
            _ => Self::File(text.into()),
        }
    }
}

impl From<String> for Place {
    fn from(text: String) -> Self {
        Self::from(OsString::from(text))
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        match place {
            Place::File(path) => path.to_string_lossy().into_owned(),
            Place::Postgres(url) => url,
        }
    }
}

/// For people: the file, or that it is a PostgreSQL database.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Postgres(_) => f.write_str("the PostgreSQL database"),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            // The URL may hold a password.
            Self::Postgres(_) => f.debug_tuple("Postgres").finish_non_exhaustive(),
        }
    }
}

/// An open database of either engine.
#[derive(Debug, Clone)]
pub enum Database {
    /// One file.
    Sqlite(SqliteStore),
    /// Shared by any number of processes.
    Postgres(PostgresStore),
}

impl Database {
    /// Opens the database that was asked for, or `family-workbook/server.db` in the user's data
    /// folder, which is made when it is not there.
    pub async fn open(asked: Option<&Place>) -> Result<Self> {
        Ok(match asked {
            Some(Place::Postgres(url)) => {
                keep_secret(url)?;
                Self::Postgres(PostgresStore::open(url).await?)
            }
            Some(Place::File(path)) => Self::Sqlite(SqliteStore::open(path).await?),
            None => Self::Sqlite(SqliteStore::open(usual_file()?).await?),
        })
    }

    /// What is wrong with the database, a line each; nothing when it is sound.
    pub async fn verify(&self) -> Result<Vec<String>> {
        Ok(match self {
            Self::Sqlite(store) => lines(&store.verify().await?),
            Self::Postgres(store) => lines(&store.verify().await?),
        })
    }

    /// Writes a copy as of this moment to a new file, while the database stays in use.
    pub async fn backup(&self, path: &Path) -> Result<()> {
        Ok(match self {
            Self::Sqlite(store) => store.backup(path).await?,
            Self::Postgres(store) => store.backup(path).await?,
        })
    }

    /// Waits for the transactions under way and closes it; a file then holds everything.
    pub async fn close(self) {
        match self {
            Self::Sqlite(store) => store.close().await,
            Self::Postgres(store) => store.close().await,
        }
    }
}

#[async_trait]
impl Store for Database {
    async fn begin(&self) -> Result<Box<dyn Txn>, StoreError> {
        match self {
            Self::Sqlite(store) => store.begin().await,
            Self::Postgres(store) => store.begin().await,
        }
    }

    async fn listen(&self) -> Result<Box<dyn News>, StoreError> {
        match self {
            Self::Sqlite(store) => store.listen().await,
            Self::Postgres(store) => store.listen().await,
        }
    }

    async fn is_first(&self, mark: [u8; 32], until: i64, now: i64) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite(store) => store.is_first(mark, until, now).await,
            Self::Postgres(store) => store.is_first(mark, until, now).await,
        }
    }

    async fn scrub(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(store) => store.scrub().await,
            Self::Postgres(store) => store.scrub().await,
        }
    }
}

fn lines(findings: &[impl ToString]) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

/// The database that was asked for, or the usual file, whether it is there or not.
pub(crate) fn place(asked: Option<&Place>) -> Result<Place> {
    Ok(match asked {
        Some(place) => place.clone(),
        None => Place::File(usual_file()?),
    })
}

/// As [`place`]; a file must be there: for verbs that look at a database and make none.
pub(crate) fn existing(asked: Option<&Place>) -> Result<Place> {
    let place = place(asked)?;
    if let Place::File(path) = &place {
        ensure!(
            path.exists(),
            "there is no database at {}: name it with --db",
            path.display()
        );
    }
    Ok(place)
}

fn usual_file() -> Result<PathBuf> {
    let strategy = etcetera::choose_base_strategy()
        .context("this user has no home folder: say where the database is with --db")?;
    let folder = strategy.data_dir().join("family-workbook");
    std::fs::create_dir_all(&folder).with_context(|| {
        format!(
            "can't make the folder {}: say where the database is with --db",
            folder.display()
        )
    })?;
    Ok(folder.join("server.db"))
}

/// Refuses a URL that shows its password to everybody on this machine.
pub(crate) fn keep_secret(url: &str) -> Result<()> {
    ensure!(
        !(has_password(url) && is_on_the_command_line(url)),
        "a password on a command line stays in histories and process lists: leave it out of --db, and put \
         it in PGPASSWORD, in the file that PGPASSFILE names, or the whole URL in WORKBOOK_DB"
    );
    Ok(())
}

/// Before the host (`user:password@`) or among what follows the question mark.
fn has_password(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let user = address.rsplit_once('@').map_or("", |(user, _)| user);
    user.contains(':') || query.split('&').any(|part| part.starts_with("password="))
}

fn is_on_the_command_line(url: &str) -> bool {
    std::env::args_os().any(|argument| argument.to_string_lossy().contains(url))
}

/// Opens the database, does something with it and closes it, so that all of it stands in one file.
pub(crate) fn with<T>(
    asked: Option<&Place>,
    act: impl AsyncFnOnce(&Database) -> Result<T>,
) -> Result<T> {
    run(async {
        let store = Database::open(asked).await?;
        let done = act(&store).await;
        store.close().await;
        done
    })?
}

/// Runs to its end what waits for a database.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("starting failed")?;
    Ok(runtime.block_on(work))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_postgres_url_is_not_a_file() {
        for url in ["postgres://localhost/workbook", "postgresql:///workbook"] {
            assert_eq!(
                Place::from(OsString::from(url)),
                Place::Postgres(url.to_owned())
            );
        }
        for path in ["server.db", "postgres", "./postgres:", "file://x", "a b"] {
            assert_eq!(Place::from(OsString::from(path)), Place::File(path.into()));
        }
    }

    #[test]
    fn a_password_is_noticed_and_never_shown() {
        for url in [
            "postgres://amira:secret@host/db",
            "postgres://amira@host/db?sslmode=require&password=secret",
        ] {
            assert!(has_password(url), "{url}");
            let shown = format!("{:?}", Place::from(OsString::from(url)));
            assert!(!shown.contains("secret"), "{shown}");
        }
        for url in [
            "postgres://amira@host:5432/db",
            "postgres:///db?host=/run/x",
        ] {
            assert!(!has_password(url), "{url}");
        }
    }
}
