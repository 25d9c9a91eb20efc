//! Makes sure that what was deleted stands in no file of the database any more.
//!
//! A deleted row stays in its table's file until the file is written anew (`VACUUM FULL`), which keeps
//! the rows that an older transaction may still see: so each table is asked afterwards how old a
//! transaction it reckoned with. The write-ahead log holds all that was ever written; segments of
//! before the last checkpoint are deleted, but only where the server does not give them a new name
//! and use them again later (`wal_recycle`).
//!
//! Out of reach: other databases' files and `pg_dump`s; base backups and the archive of the log
//! (`archive_command`), standbys and other receivers of the log; the server's text log, where it is
//! set to log the values of statements; what file system and disk keep of deleted files. Somebody
//! who answers for the server has to see to those.

use std::time::Duration;

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, PgPool, error::DatabaseError,
};
use store::StoreError;
use tokio::time::{Instant, sleep};

use crate::values::driver;

const DOING: &str = "removing what was erased from the database's files";

/// Every table that something is erased from, small ones first, and PostgreSQL's statistics about
/// them, which hold samples. The audit log is only appended to.
const TABLES: [&str; 18] = [
    "restrictions",
    "team_families",
    "holds",
    "lineages",
    "returned",
    "heads",
    "broken_glass",
    "allocations",
    "members",
    "families",
    "documents",
    "actors",
    "forgotten",
    "retired",
    "boards",
    "snapshots",
    "changes",
    "pg_statistic",
];

/// How long transactions that began before the erasure are waited for. Ours are ended after a minute.
const OLDER_TRANSACTIONS: Duration = Duration::from_secs(70);

/// Between two looks at them.
const PAUSE: Duration = Duration::from_millis(200);

/// Scrubs the tables, then the log. Holds up everybody who uses a table while it is written anew; a
/// request that waits for longer than ten seconds fails and is to be made again.
pub(crate) async fn database(pool: &PgPool) -> Result<(), StoreError> {
    let options = pool.connect_options();
    // A connection of its own: its settings are not those of the others.
    let mut db = options
        .as_ref()
        .clone()
        .connect()
        .await
        .map_err(driver(DOING))?;
    // Writing a table anew takes as long as it takes.
    run(&mut db, "SET statement_timeout = 0").await?;
    tables(&mut db).await?;
    log(&mut db).await?;
    // A close that fails has nothing to lose.
    drop(db.close().await);
    Ok(())
}

async fn tables(db: &mut PgConnection) -> Result<(), StoreError> {
    // Younger than the erasure, since that is committed.
    let now: String = sqlx::query_scalar("SELECT pg_current_xact_id()::xid::text")
        .fetch_one(&mut *db)
        .await
        .map_err(driver(DOING))?;
    let deadline = Instant::now() + OLDER_TRANSACTIONS;
    for table in TABLES {
        loop {
            run(db, &format!("VACUUM (FULL) {table}")).await?;
            if is_anew_since(db, table, &now).await? {
                break;
            }
            may_be_written_anew(db, table).await?;
            // The first, small table waits for all of them.
            if Instant::now() > deadline {
                return Err(remains(
                    "an older transaction may still read it",
                    "end transactions, prepared transactions and replication slots that are older \
                     than the erasure (pg_stat_activity, pg_prepared_xacts, pg_replication_slots), \
                     and do this again",
                ));
            }
            sleep(PAUSE).await;
        }
    }
    Ok(())
}

/// Whether the table was last written anew without rows for transactions older than `xid`: its
/// `relfrozenxid` is the oldest one that was reckoned with then.
async fn is_anew_since(db: &mut PgConnection, table: &str, xid: &str) -> Result<bool, StoreError> {
    sqlx::query_scalar(
        "SELECT age(relfrozenxid) <= age($2::xid) FROM pg_class WHERE oid = to_regclass($1)",
    )
    .bind(table)
    .bind(xid)
    .fetch_one(db)
    .await
    .map_err(driver(DOING))
}

/// `VACUUM` passes over what it may not write, with a warning that nobody sees.
async fn may_be_written_anew(db: &mut PgConnection, table: &str) -> Result<(), StoreError> {
    let may: bool = sqlx::query_scalar(
        "SELECT pg_has_role(c.relowner, 'USAGE') OR (NOT c.relisshared AND pg_has_role(d.datdba, 'USAGE'))
         FROM pg_class c, pg_database d
         WHERE c.oid = to_regclass($1) AND d.datname = current_database()",
    )
    .bind(table)
    .fetch_one(db)
    .await
    .map_err(driver(DOING))?;
    if may {
        Ok(())
    } else {
        Err(remains(
            "this user may not write the tables anew",
            "make this user the owner of the database (ALTER DATABASE … OWNER TO …), and do this \
             again",
        ))
    }
}

async fn log(db: &mut PgConnection) -> Result<(), StoreError> {
    let recycles: bool = sqlx::query_scalar("SELECT current_setting('wal_recycle')::boolean")
        .fetch_one(&mut *db)
        .await
        .map_err(driver(DOING))?;
    if recycles {
        return Err(remains(
            "PostgreSQL keeps old files of its write-ahead log for new use",
            "as superuser, run ALTER SYSTEM SET wal_recycle = off and SELECT pg_reload_conf(), and do \
             this again",
        ));
    }
    // Those ahead of the current one too: they may be old ones under a new name, of when the server
    // still did that.
    let old: String = sqlx::query_scalar(
        "SELECT max(substr(name, 9)) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'",
    )
    .fetch_one(&mut *db)
    .await
    .map_err(denied_or_driver)?;
    loop {
        // A record, without which there would be nothing to switch from, and one in the new segment,
        // so that its name is the current one.
        run(db, "SELECT pg_current_xact_id()").await?;
        run(db, "SELECT pg_switch_wal()").await?;
        run(db, "SELECT pg_current_xact_id()").await?;
        let current: String =
            sqlx::query_scalar("SELECT substr(pg_walfile_name(pg_current_wal_insert_lsn()), 9)")
                .fetch_one(&mut *db)
                .await
                .map_err(driver(DOING))?;
        if current > old {
            break;
        }
    }
    run(db, "CHECKPOINT").await?;
    let left: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM pg_ls_waldir()
         WHERE name ~ '^[0-9A-F]{24}$' AND substr(name, 9) <= $1",
    )
    .bind(old)
    .fetch_one(db)
    .await
    .map_err(denied_or_driver)?;
    if left == 0 {
        return Ok(());
    }
    Err(remains(
        "PostgreSQL keeps its write-ahead log for somebody who has not fetched it",
        "look at pg_replication_slots, wal_keep_size and archive_command (pg_stat_archiver), and do \
         this again",
    ))
}

/// One statement, outside a transaction. No text of anybody else's is ever part of it.
async fn run(db: &mut PgConnection, sql: &str) -> Result<(), StoreError> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(db)
        .await
        .map_err(denied_or_driver)?;
    Ok(())
}

fn denied_or_driver(error: sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(DatabaseError::code);
    match code.as_deref() {
        // insufficient_privilege
        Some("42501") => remains(
            "this user may not look after PostgreSQL's write-ahead log",
            "as superuser, run GRANT pg_checkpoint, pg_monitor TO this user and GRANT EXECUTE ON \
             FUNCTION pg_switch_wal() TO this user, and do this again",
        ),
        // lock_not_available
        Some("55P03") => remains(
            "others use a table without a pause",
            "end long transactions (pg_stat_activity), or wait until fewer people work, and do this \
             again",
        ),
        _ => driver(DOING)(error),
    }
}

fn remains(why: &str, remedy: &'static str) -> StoreError {
    StoreError::Unusable {
        what: format!("what was erased may still stand in the database's files: {why}"),
        remedy,
    }
}
