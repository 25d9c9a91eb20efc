//! May we open this database for writing? Looks without touching.
//!
//! Invariant: nothing here writes, and [`crate::open`] writes to no database that this hasn't
//! passed. An operator who mistypes a name keeps the other program's tables as they were.

use sqlx::{PgConnection, migrate::Migrator};
use store::StoreError;

use crate::values::driver;

/// The migrations, part of the program.
pub(crate) static MIGRATOR: Migrator = sqlx::migrate!("../../migrations/postgres/server");

/// What the first migration writes beside the table `documents`.
const MARK: &str = "Family Workbook server";

/// NULLS NOT DISTINCT, which keeps one document of each compartment in a family, came with 15.
const OLDEST: i32 = 150_000;

const CHOOSE_ANOTHER: &str = "name another database";
const DOING: &str = "looking at the database";

/// What a database that may be opened holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing, or ours with migrations still to be run.
    Behind,
    /// Ours and up to date.
    Current,
}

/// A refusal, with the database's name so that the operator knows which one is meant.
pub(crate) fn unusable(name: &str, what: &str, remedy: &'static str) -> StoreError {
    StoreError::Unusable {
        what: format!("the database {name} {what}"),
        remedy,
    }
}

/// Decides whether the database is ours, or empty.
pub(crate) async fn inspect(name: &str, db: &mut PgConnection) -> Result<Found, StoreError> {
    inspect_server(name, db).await?;
    // In one statement: another process may be making our tables at this moment. What belongs to an
    // extension is nobody's data.
    let (mark, objects): (Option<String>, i64) = sqlx::query_as(
        "SELECT obj_description(to_regclass(quote_ident(current_schema()) || '.documents'), 'pg_class'),
                (SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace
                 AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass
                                 AND objid = pg_class.oid AND deptype = 'e'))",
    )
    .fetch_one(&mut *db)
    .await
    .map_err(driver(DOING))?;
    if mark.as_deref() == Some(MARK) {
        return inspect_migrations(name, db).await;
    }
    if objects == 0 {
        return Ok(Found::Behind);
    }
    Err(unusable(name, "is another program's", CHOOSE_ANOTHER))
}

/// Whether this PostgreSQL can carry us at all.
async fn inspect_server(name: &str, db: &mut PgConnection) -> Result<(), StoreError> {
    let (version, is_standby, schema, is_safe): (i32, bool, Option<String>, bool) = sqlx::query_as(
        "SELECT current_setting('server_version_num')::int, pg_is_in_recovery(),
                current_schema()::text,
                current_setting('fsync')::bool AND current_setting('full_page_writes')::bool",
    )
    .fetch_one(db)
    .await
    .map_err(driver(DOING))?;
    if version < OLDEST {
        let what = "is on a PostgreSQL older than 15";
        return Err(unusable(name, what, "update PostgreSQL"));
    }
    if is_standby {
        let what = "is a standby that can only be read";
        return Err(unusable(name, what, "name the primary"));
    }
    if schema.is_none() {
        let what = "has no schema that this user may use";
        return Err(unusable(
            name,
            what,
            "create one that is named like the user",
        ));
    }
    if !is_safe {
        tracing::warn!(
            "this PostgreSQL runs with fsync or full_page_writes off: a power cut can lose what was \
             acknowledged; switch them on"
        );
    }
    Ok(())
}

async fn inspect_migrations(name: &str, db: &mut PgConnection) -> Result<Found, StoreError> {
    let applied: Vec<(i64, Vec<u8>)> = sqlx::query_as(
        "SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version",
    )
    .fetch_all(db)
    .await
    .map_err(|error| {
        let what = format!("has lost the list of its migrations ({error})");
        unusable(name, &what, "restore it from a backup")
    })?;
    for (version, checksum) in &applied {
        match MIGRATOR.iter().find(|known| known.version == *version) {
            None => {
                return Err(unusable(
                    name,
                    "was written by a newer version of this program",
                    "update this program",
                ));
            }
            Some(known) if known.checksum.as_ref() != checksum.as_slice() => {
                return Err(unusable(
                    name,
                    "has a schema that differs from the released one",
                    "use the program that wrote it, or restore it from a backup",
                ));
            }
            Some(_) => {}
        }
    }
    let complete = applied.len() == MIGRATOR.iter().count();
    Ok(if complete {
        Found::Current
    } else {
        Found::Behind
    })
}
