//! Makes sure that what was deleted stands in no file any more.
//!
//! `secure_delete` overwrites deleted rows with zeros, but not what SQLite leaves in a page when it
//! moves rows to another one; and the write-ahead log holds whole pages of before. So the file is
//! written anew from its rows (`VACUUM`), and the log is brought into it and cut to nothing.
//!
//! Out of reach: backups and other copies of the file, what the disk itself keeps of files that were
//! overwritten or deleted, and memory of this program until it is used again.

use sqlx::SqlitePool;
use store::StoreError;

use crate::values::driver;

const DOING: &str = "removing what was erased from the database's files";

/// Scrubs the file and its log. Needs as much free space as the file takes, and holds up the writers
/// of this and other processes meanwhile; their patience is ten seconds.
pub(crate) async fn file(pool: &SqlitePool) -> Result<(), StoreError> {
    let mut db = pool.acquire().await.map_err(driver(DOING))?;
    sqlx::query("VACUUM")
        .execute(&mut *db)
        .await
        .map_err(busy_or_driver)?;
    // The busy timeout of the connection is how long it waits for readers of older pages.
    let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(&mut *db)
        .await
        .map_err(busy_or_driver)?;
    if busy == 0 { Ok(()) } else { Err(in_use()) }
}

fn busy_or_driver(error: sqlx::Error) -> StoreError {
    // SQLITE_BUSY, and its extended codes.
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    let code = code.and_then(|code| code.parse::<i64>().ok());
    if code.is_some_and(|code| code & 0xff == 5) {
        return in_use();
    }
    driver(DOING)(error)
}

fn in_use() -> StoreError {
    StoreError::Unusable {
        what: "what was erased may still stand in the database's files: another program reads or \
               writes the database"
            .to_owned(),
        remedy: "wait for `workbook backup`, `workbook verify` and other programs to end, and do this \
                 again",
    }
}
