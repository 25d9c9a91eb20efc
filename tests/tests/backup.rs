//! A PostgreSQL database as one file: what is refused, and that PostgreSQL's own tools can put it back as
//! well. What comes back from devices afterwards is told in `sync/restore.rs`, of both engines.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Output},
};

use anyhow::{Context as _, Result, ensure};
use store::server::Store as _;
use tests::{Engine, Town, workbook};

fn run(words: &[&str], database: &str, file: Option<&Path>) -> Result<Output> {
    let mut command = Command::new(workbook()?);
    command.args(words).args(["--db", database]).args(file);
    Ok(command.output()?)
}

fn done(output: &Output) -> Result<()> {
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{said}");
    Ok(())
}

fn refused(output: &Output, says: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("error: ") && told.contains(says), "{told}");
}

/// The epochs of all documents, in the order of their ids.
async fn epochs(town: &Town) -> Result<Vec<u64>> {
    let store = town.open().await?;
    let mut txn = store.begin().await?;
    let documents = txn.documents_of(town.prepared.family).await?;
    let epochs = documents.iter().map(|it| it.epoch).collect();
    drop(txn);
    store.close().await;
    Ok(epochs)
}

async fn new_database(town: &Town) -> Result<String> {
    let made = Engine::Postgres.new_database(town.folder.path()).await?;
    made.into_string().ok().context("a URL is text")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgresql_database_is_a_file_and_a_database_again() -> Result<()> {
    let mut town = Town::on(Engine::Postgres).await?;
    let old = town.database.to_str().context("a URL is text")?.to_owned();
    let before = epochs(&town).await?;
    let file = town.folder.path().join("monday.dump");
    done(&run(&["backup"], &old, Some(&file))?)?;
    assert_eq!(fs::metadata(&file)?.permissions().mode() & 0o777, 0o600);

    // No backup goes over another, and none over what is there.
    let written = fs::read(&file)?;
    refused(&run(&["backup"], &old, Some(&file))?, "not there yet");
    assert!(fs::read(&file)? == written, "the first backup is as it was");
    refused(&run(&["restore"], &old, Some(&file))?, "has tables already");
    let replace = run(&["restore", "--replace"], &old, Some(&file))?;
    refused(&replace, "restore into a new one");
    assert_eq!(epochs(&town).await?, before, "nothing was changed");

    // What is no backup, or only half of one, leaves the new database empty.
    let new = new_database(&town).await?;
    let broken = town.folder.path().join("broken.dump");
    for content in [&b"Dear colleague"[..], &written[..written.len() / 2]] {
        fs::write(&broken, content)?;
        refused(
            &run(&["restore"], &new, Some(&broken))?,
            "nothing was changed",
        );
    }
    refused(
        &run(&["restore"], &new, Some(&town.folder.path().join("none")))?,
        "there is no backup",
    );
    done(&run(&["restore"], &new, Some(&file))?)?;
    town.database = new.into();
    let restored = epochs(&town).await?;
    assert_eq!(restored.len(), before.len());
    assert!(restored.iter().zip(&before).all(|(new, old)| new != old));

    // By PostgreSQL's own tool, with the step of ours that has to follow.
    let by_hand = new_database(&town).await?;
    let output = Command::new("pg_restore")
        .args(["--no-owner", "--dbname", &by_hand])
        .arg(&file)
        .output()?;
    done(&output)?;
    town.database = by_hand.clone().into();
    assert_eq!(epochs(&town).await?, before);
    done(&run(&["restore"], &by_hand, None)?)?;
    let begun = epochs(&town).await?;
    assert!(begun.iter().zip(&before).all(|(new, old)| new != old));
    Ok(())
}
