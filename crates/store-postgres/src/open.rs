//! Opens a database that [`crate::inspect`] has passed, and starts transactions on it.

use std::time::Duration;

use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool, Postgres, Transaction,
    error::DatabaseError,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use store::StoreError;

use crate::{
    inspect::{Found, MIGRATOR, inspect, unusable},
    values::driver,
};

/// Connections of one process. PostgreSQL's own default allows a hundred in all.
const CONNECTIONS: u32 = 16;

/// How long a transaction queues behind others of this process.
const OWN_QUEUE: Duration = Duration::from_secs(30);

/// How long the first connection may take.
const FIRST_CONTACT: Duration = Duration::from_secs(15);

/// Held while migrating, so that processes that start together do it once. Any number that only we
/// use: "FWbs".
const MIGRATING: i64 = 0x4657_6273;

const MIGRATING_THE_SCHEMA: &str = "bringing the schema up to date";

/// What a URL says.
pub(crate) fn parse(url: &str) -> Result<PgConnectOptions, StoreError> {
    url.parse().map_err(|_| StoreError::Unusable {
        // Not the text: it may hold a password.
        what: "the database's address can't be read".to_owned(),
        remedy: "write it as postgres://user@host/database",
    })
}

/// What a URL says, with what every connection of ours has.
pub(crate) fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    let options = parse(url)?.application_name("family-workbook").options([
        ("lock_timeout", "10s"),
        ("statement_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "60s"),
    ]);
    // Statements at debug level would fill the log of whoever looks for something else.
    Ok(options.disable_statement_logging())
}

/// How messages call a database: never with its password.
pub(crate) fn name(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or(options.get_username());
    match options.get_socket() {
        Some(socket) => format!("{database} at {}", socket.display()),
        None => format!(
            "{database} at {}:{}",
            options.get_host(),
            options.get_port()
        ),
    }
}

/// Connects and brings the schema up to date.
pub(crate) async fn open(options: PgConnectOptions) -> Result<PgPool, StoreError> {
    let name = name(&options);
    let mut db = first_contact(&name, &options).await?;
    make_durable(&mut db)
        .await
        .map_err(driver("looking at the database"))?;
    if inspect(&name, &mut db).await? != Found::Current {
        migrate(&name, &mut db).await?;
    }
    // A close that fails has nothing to lose: all of it is committed.
    drop(db.close().await);
    Ok(pool(options))
}

pub(crate) async fn first_contact(
    name: &str,
    options: &PgConnectOptions,
) -> Result<PgConnection, StoreError> {
    let slow = |_| {
        unusable(
            name,
            "does not answer",
            "check that PostgreSQL runs there, and the network between",
        )
    };
    let connected = tokio::time::timeout(FIRST_CONTACT, options.connect())
        .await
        .map_err(slow)?;
    connected.map_err(|error| {
        let what = format!("can't be opened ({error})");
        let code = error.as_database_error().and_then(DatabaseError::code);
        let remedy = match code.as_deref() {
            Some("3D000") => "create it with `createdb`, or name another",
            Some("28P01" | "28000") => {
                "check the user, and the password in PGPASSWORD or in the file that PGPASSFILE names"
            }
            _ => "check that PostgreSQL runs there, and the address",
        };
        unusable(name, &what, remedy)
    })
}

/// All of them in one transaction: two processes that open a new database together don't run them
/// twice, and one that is killed leaves none half-way.
async fn migrate(name: &str, db: &mut PgConnection) -> Result<(), StoreError> {
    let mut txn = db.begin().await.map_err(driver(MIGRATING_THE_SCHEMA))?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(MIGRATING)
        .execute(&mut *txn)
        .await
        .map_err(driver(MIGRATING_THE_SCHEMA))?;
    // Somebody else may have done it, or something else, while we waited.
    if inspect(name, &mut txn).await? == Found::Current {
        return Ok(());
    }
    MIGRATOR
        .run(&mut *txn)
        .await
        .map_err(|error| StoreError::Driver {
            doing: MIGRATING_THE_SCHEMA,
            source: Box::new(error),
        })?;
    txn.commit().await.map_err(driver(MIGRATING_THE_SCHEMA))
}

fn pool(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(OWN_QUEUE)
        // `begin` finds out by itself.
        .test_before_acquire(false)
        .after_connect(|db, _| Box::pin(make_durable(db)))
        .connect_lazy_with(options)
}

/// A commit returns after its log is on the disk, whatever the server, the database or the role is
/// set to. Where one asks for more (`remote_apply`), that stays.
async fn make_durable(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    let setting: String = sqlx::query_scalar(
        "SELECT CASE WHEN current_setting('synchronous_commit') IN ('on', 'remote_apply')
                     THEN current_setting('synchronous_commit')
                     ELSE set_config('synchronous_commit', 'on', false) END",
    )
    .fetch_one(db)
    .await?;
    if setting == "on" || setting == "remote_apply" {
        Ok(())
    } else {
        Err(sqlx::Error::Configuration(
            format!("synchronous_commit stays at {setting}").into(),
        ))
    }
}

/// Starts a transaction, whatever isolation the database has as its default. Connections that broke
/// while they rested (PostgreSQL was restarted) are passed over: there are no more of them than this
/// process may have.
pub(crate) async fn begin(pool: &PgPool) -> Result<Transaction<'static, Postgres>, StoreError> {
    let mut passed_over = 0;
    loop {
        match pool
            .begin_with("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
            .await
        {
            Err(error) if passed_over < CONNECTIONS && is_broken(&error) => passed_over += 1,
            begun => return begun.map_err(driver("starting a transaction")),
        }
    }
}

/// Whether the connection is gone, rather than the request wrong. Class 57P: PostgreSQL is being
/// shut down or has crashed.
fn is_broken(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code.starts_with("57P")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;

    use super::*;
    use crate::testing::Cluster;

    #[tokio::test]
    async fn a_commit_waits_for_the_disk_whatever_the_database_says() {
        let url = Cluster::shared().unwrap().new_database().await.unwrap();
        let options = options(&url).unwrap();
        let mut db = options.connect().await.unwrap();
        for setting in [
            "synchronous_commit = off",
            "default_transaction_isolation = serializable",
        ] {
            let database = options.get_database().unwrap();
            let alter = format!("ALTER DATABASE {database} SET {setting}");
            let altering = sqlx::raw_sql(AssertSqlSafe(alter));
            altering.execute(&mut db).await.unwrap();
        }
        let pool = open(options).await.unwrap();
        let mut txn = begin(&pool).await.unwrap();
        let found: (String, String) = sqlx::query_as(
            "SELECT current_setting('synchronous_commit'), current_setting('transaction_isolation')",
        )
        .fetch_one(&mut *txn)
        .await
        .unwrap();
        assert_eq!(found, ("on".to_owned(), "read committed".to_owned()));
    }
}
