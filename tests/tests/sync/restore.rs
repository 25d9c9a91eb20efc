//! A backup from before the last 200 accepted changes is restored. Devices give them all back, each
//! under its author's name, also when the author's own device never comes again.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};
use record::{Change, contents, ids::ProfessionalId};
use store::server::{Store as _, StoredChange};
use store_sqlite::SqliteStore;
use tests::{Engine, Town, workbook};

use crate::team::{everything_is_there_once, team};

/// How many visits each of the three completes after the backup.
const EACH: usize = 67;

fn run(arguments: &[&str], paths: &[&Path]) -> Result<String> {
    let output = Command::new(workbook()?)
        .args(arguments)
        .args(paths)
        .output()?;
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// The log of the family's team, in order.
async fn log(town: &Town) -> Result<Vec<StoredChange>> {
    let store = SqliteStore::open(town.file()).await?;
    let mut txn = store.begin().await?;
    let documents = txn.documents_of(town.prepared.family).await?;
    let team = documents.first().context("the team's document")?;
    let log = txn.changes_after(team.id, 0, u32::MAX).await?;
    drop(txn);
    store.close().await;
    Ok(log)
}

fn said_by(stored: &StoredChange) -> Result<ProfessionalId> {
    let change = Change::decode(&stored.change.bytes).map_err(anyhow::Error::from)?;
    let records = contents(&change)?;
    Ok(records.first().context("a record")?.content.by())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_after_the_backup_comes_back_under_its_authors_names() -> Result<()> {
    let town = Town::on(Engine::Sqlite).await?;
    let server = town.serve().await?;
    let mut members = team(&town, &server).await?;
    let backup = town.folder.path().join("backup.db");
    let database = town.file();
    run(&["backup", "--db"], &[database, &backup])?;
    let at_backup = log(&town).await?.len();

    for _ in 0..EACH {
        for member in &mut members {
            member.visit(&town).await?;
        }
    }
    everything_is_there_once(&town, &mut members).await?;
    server.kill().await?;
    let before = log(&town).await?;
    assert!(before.len() >= at_backup + 200, "{}", before.len());

    run(&["restore", "--replace", "--db"], &[database, &backup])?;
    assert_eq!(log(&town).await?.len(), at_backup);
    let server = town.serve().await?;
    for member in &mut members {
        member.device.move_server(&server.address).await?;
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
    server.kill().await
}
