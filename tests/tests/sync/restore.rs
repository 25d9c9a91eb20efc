//! A backup from before the last 200 accepted changes is restored. Devices give them all back, each
//! under its author's name, also when the author's own device never comes again.

use std::{ffi::OsString, path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};
use record::{Change, contents, ids::ProfessionalId};
use store::server::StoredChange;
use tests::{Engine, Town, workbook};

use crate::team::{everything_is_there_once, log, team, the_server_has_everything, written};

/// How many visits each of the three completes after the backup.
const EACH: usize = 67;

fn run(arguments: &[&str], database: &OsString, file: &Path) -> Result<()> {
    let output = Command::new(workbook()?)
        .args(arguments)
        .arg("--db")
        .arg(database)
        .arg(file)
        .output()?;
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// Puts the backup in the place of the town's database: a file's, or a new database.
async fn restore(town: &mut Town, backup: &Path) -> Result<()> {
    match town.engine() {
        Engine::Sqlite => run(&["restore", "--replace"], &town.database, backup),
        Engine::Postgres => {
            town.database = Engine::Postgres.new_database(town.folder.path()).await?;
            run(&["restore"], &town.database, backup)
        }
    }
}

fn said_by(stored: &StoredChange) -> Result<ProfessionalId> {
    let change = Change::decode(&stored.change.bytes).map_err(anyhow::Error::from)?;
    let records = contents(&change)?;
    Ok(records.first().context("a record")?.content.by())
}

async fn story(engine: Engine) -> Result<()> {
    let mut town = Town::on(engine).await?;
    let servers = town.serve_all().await?;
    let mut members = team(&town, &servers).await?;
    let backup = town.folder.path().join("monday.backup");
    // Beside the running servers.
    run(&["backup"], &town.database, &backup)?;
    let at_backup = log(&town).await?.len();

    for _ in 0..EACH {
        for member in &mut members {
            member.visit(&town).await?;
        }
    }
    everything_is_there_once(&town, &mut members).await?;
    servers.kill_all().await?;
    let before = log(&town).await?;
    assert!(before.len() >= at_backup + 200, "{}", before.len());

    restore(&mut town, &backup).await?;
    assert_eq!(log(&town).await?.len(), at_backup);
    let servers = town.serve_all().await?;
    for (number, member) in members.iter_mut().enumerate() {
        let address = servers.address_for(number);
        member.device.move_server(address).await?;
    }
    // One device alone gives everything back; with something unsent of its own before it knows.
    let [_, joe, _] = &mut members;
    joe.visit(&town).await?;
    joe.sync().await?;
    assert!(joe.device.quarantine().await?.is_empty());
    let after = log(&town).await?;
    assert_eq!(after.len(), before.len() + 1);
    let mut old: Vec<_> = before
        .iter()
        .map(|it| (it.change.hash, it.change.author, it.change.device))
        .collect();
    let mut new: Vec<_> = after
        .iter()
        .map(|it| (it.change.hash, it.change.author, it.change.device))
        .collect();
    old.sort_unstable();
    new.sort_unstable();
    new.retain(|it| old.contains(it));
    assert_eq!(new, old, "under the same authors and devices");
    for stored in &after {
        assert_eq!(said_by(stored)?, stored.change.author);
    }
    everything_is_there_once(&town, &mut members).await?;
    assert_eq!(log(&town).await?.len(), after.len(), "nothing came twice");
    let written = written(&members);
    the_server_has_everything(&town, servers.address_for(1), written).await?;
    servers.kill_all().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_after_the_backup_comes_back_under_its_authors_names() -> Result<()> {
    story(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn and_so_it_does_to_two_processes_on_postgresql() -> Result<()> {
    story(Engine::Postgres).await
}
