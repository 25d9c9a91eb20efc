//! Opens a database that [`crate::inspect`] has passed, and starts transactions on it.

use std::{fs::OpenOptions, io, path::Path, time::Duration};

use sqlx::{
    Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use store::StoreError;

use crate::{
    inspect::{Found, inspect, unusable},
    schema::Schema,
    values::driver,
};

/// How long a transaction waits for another process that holds the write lock. Ours last
/// milliseconds; only a stuck program makes anyone wait this long.
const OTHER_PROCESS: Duration = Duration::from_secs(10);

/// How long a transaction queues behind others of this process.
const OWN_QUEUE: Duration = Duration::from_secs(30);

/// Opens or creates the database and brings its schema up to date.
pub(crate) async fn open(schema: &Schema, path: &Path) -> Result<SqlitePool, StoreError> {
    // Absolute, so that a name such as "file:x" is a file's name and not a URI to SQLite.
    let path = std::path::absolute(path)
        .map_err(|error| unusable(path, &format!("can't be used ({error})"), "check the path"))?;
    let found = inspect(schema, &path).await?;
    if found == Found::Nothing {
        create(&path).map_err(|error| {
            let what = format!("can't be created ({error})");
            unusable(
                &path,
                &what,
                "check the folder and this user's rights on it",
            )
        })?;
    }
    let pool = connect(&path).await.map_err(|error| {
        let what = format!("can't be opened for writing ({error})");
        unusable(
            &path,
            &what,
            "check that no other program holds it and that its folder is writable",
        )
    })?;
    if found != Found::Current {
        migrate(schema, &pool).await?;
    }
    Ok(pool)
}

/// An empty file that only its owner can read; SQLite gives its log the same rights.
pub(crate) fn create(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(())
}

async fn connect(path: &Path) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(OTHER_PROCESS)
        .pragma("secure_delete", "ON");
    SqlitePoolOptions::new()
        // Every transaction may write, and SQLite has one writer. The pool's queue is fair and wakes
        // its users; several connections would poll the file's lock and starve each other.
        .max_connections(1)
        .acquire_timeout(OWN_QUEUE)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await
}

/// All of them in one transaction that holds the write lock: two processes that open a new file
/// together don't run them twice, and one that is killed leaves none half-way.
async fn migrate(schema: &Schema, pool: &SqlitePool) -> Result<(), StoreError> {
    let mut txn = begin(pool).await?;
    schema
        .migrator
        .run(&mut *txn)
        .await
        .map_err(|error| StoreError::Driver {
            doing: "bringing the schema up to date",
            source: Box::new(error),
        })?;
    txn.commit()
        .await
        .map_err(driver("bringing the schema up to date"))
}

/// Starts a transaction that holds the write lock, so that it can't fail half-way for want of it.
pub(crate) async fn begin(pool: &SqlitePool) -> Result<Transaction<'static, Sqlite>, StoreError> {
    pool.begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(driver("starting a transaction"))
}
