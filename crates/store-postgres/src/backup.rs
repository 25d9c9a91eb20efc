//! A whole database as one file, and back, by PostgreSQL's own `pg_dump` and `pg_restore`: the file is
//! theirs (custom format), so that it can be read, listed and put back without this program.
//!
//! No password stands on a command line: theirs is in the environment of the program that is started.

use std::{
    fs::{File, OpenOptions},
    path::Path,
    process::{Output, Stdio},
};

use percent_encoding::percent_decode_str;
use sqlx::{ConnectOptions as _, Connection as _, PgPool, postgres::PgConnectOptions};
use store::StoreError;
use tokio::process::Command;

use crate::{
    inspect::unusable,
    open::{first_contact, name, parse},
    values::driver,
};

/// Writes the database as of this moment to `path`, where nothing stands yet. Readers and writers go on
/// meanwhile. What fails leaves no file.
pub(crate) async fn into(pool: &PgPool, path: &Path) -> Result<(), StoreError> {
    let file = create(path).map_err(|error| StoreError::Unusable {
        what: format!("{} can't be made ({error})", path.display()),
        remedy: "name a file that is not there yet, in a folder that may be written",
    })?;
    let dumped = dump(&pool.connect_options(), file).await;
    if dumped.is_err() {
        // Half a backup is no use to anybody; that it can't be removed is not the news.
        let _ = std::fs::remove_file(path);
    }
    dumped
}

/// A new file that nobody else may read.
fn create(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

async fn dump(options: &PgConnectOptions, into: File) -> Result<(), StoreError> {
    let saved = |source| StoreError::Driver {
        doing: "backing up",
        source: Box::new(source),
    };
    let mut program = program("pg_dump", options)?;
    program
        .args(["--format=custom", "--no-owner", "--no-privileges"])
        .stdout(into.try_clone().map_err(saved)?);
    run(&mut program, options, "could not be backed up").await?;
    into.sync_all().map_err(saved)
}

/// Fills the empty database at `url` from a backup, whole or not at all. Who does that begins a new epoch of
/// each document before a server runs on it.
///
/// # Errors
/// [`StoreError::Unusable`] when something stands in the database already, when the file is no backup, or
/// with what else `pg_restore` said; the database is then as it was.
pub async fn restore(url: &str, file: &Path) -> Result<(), StoreError> {
    let options = parse(url)?;
    must_be_empty(&options).await?;
    let mut program = program("pg_restore", &options)?;
    program
        .args(["--single-transaction", "--exit-on-error"])
        .args(["--no-owner", "--no-privileges"])
        .arg(file)
        .stdout(Stdio::null());
    run(&mut program, &options, "could not be restored").await
}

async fn must_be_empty(options: &PgConnectOptions) -> Result<(), StoreError> {
    let name = name(options);
    let mut db = first_contact(&name, options).await?;
    let is_empty: bool = sqlx::query_scalar(
        "SELECT NOT EXISTS (SELECT FROM pg_class
                            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r')",
    )
    .fetch_one(&mut db)
    .await
    .map_err(driver("looking at the database"))?;
    // A close that fails has nothing to lose: nothing was written.
    drop(db.close().await);
    if is_empty {
        Ok(())
    } else {
        Err(unusable(
            &name,
            "has tables already",
            "restore into a new one (`createdb`), and let the server use that: so the old one stays as it \
             is until you drop it",
        ))
    }
}

/// One of PostgreSQL's programs, before this database.
fn program(name: &str, options: &PgConnectOptions) -> Result<Command, StoreError> {
    let mut url = options.to_url_lossy();
    let mut program = Command::new(name);
    if let Some(password) = url.password() {
        let password = percent_decode_str(password).decode_utf8_lossy();
        program.env("PGPASSWORD", &*password);
    }
    let unreadable = |()| StoreError::Unusable {
        what: "the database's address can't be read".to_owned(),
        remedy: "write it as postgres://user@host/database",
    };
    url.set_password(None).map_err(unreadable)?;
    // sqlx's own, which PostgreSQL's programs refuse.
    let theirs: Vec<_> = url
        .query_pairs()
        .filter(|(key, _)| key != "statement-cache-capacity")
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(theirs);
    program
        .arg(format!("--dbname={url}"))
        .arg("--no-password")
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    Ok(program)
}

async fn run(
    program: &mut Command,
    options: &PgConnectOptions,
    failed: &str,
) -> Result<(), StoreError> {
    let ended = async { program.spawn()?.wait_with_output().await };
    let Output { status, stderr, .. } = ended.await.map_err(|error| StoreError::Unusable {
        what: format!("pg_dump and pg_restore can't be started ({error})"),
        remedy: "install PostgreSQL's client programs (Debian: postgresql-client), as new as the server",
    })?;
    if status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&stderr);
    let said = said.lines().map(str::trim).find(|it| !it.is_empty());
    let what = format!("{failed} ({})", said.unwrap_or("no reason was given"));
    Err(unusable(
        &name(options),
        &what,
        "see to that and try again: nothing was changed",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_stands_on_a_command_line() {
        let url = "postgres://amira:a%40secret%2B@host:6432/db?sslmode=require";
        let program = program("pg_dump", &parse(url).unwrap()).unwrap();
        let command = program.as_std();
        let arguments: Vec<_> = command.get_args().map(|it| it.to_string_lossy()).collect();
        assert_eq!(
            arguments,
            [
                "--dbname=postgres://amira@host:6432/db?sslmode=require",
                "--no-password"
            ]
        );
        let password = command.get_envs().find(|(key, _)| *key == "PGPASSWORD");
        assert_eq!(password.unwrap().1.unwrap(), "a@secret+");
    }
}
