//! The server is killed (SIGKILL) between any two requests of a sync, before or after its answer
//! arrives: what was acknowledged is there, and nothing is there twice.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result};
use cli::{
    device::{Device, Synced},
    sample::{self, Said, Text},
};
use record::model::Provenance;
use tests::{Engine, Town};

/// Requests of one sync that are each cut off in turn.
const REQUESTS: usize = 4;

fn copy_database(from: &Path, to: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let (from, to) = (
            format!("{}{suffix}", from.display()),
            format!("{}{suffix}", to.display()),
        );
        let _ = fs::remove_file(&to);
        if fs::exists(&from)? {
            fs::copy(from, to)?;
        }
    }
    Ok(())
}

/// Three visits written offline, one of them before the device's last sync is complete.
async fn write_three(device: &mut Device, town: &Town) -> Result<()> {
    for day in [1, 2, 3] {
        let text = format!("Home visit number {day}. Donna Brennan was at home.");
        let on = jiff::civil::date(2023, 9, day);
        let note = Text {
            text: &text,
            on,
            provenance: Provenance::Typed,
        };
        let said = Said::took_place_at_some_time();
        sample::write_note(device, town.prepared.family, note, &said).await?;
    }
    Ok(())
}

/// Visits by their number, as a device has them.
fn visits(device: &Device, town: &Town) -> Result<BTreeMap<String, usize>> {
    let mut counted = BTreeMap::new();
    for entry in device.workbook(town.prepared.family)?.entries.values() {
        for statement in &entry.statements {
            if let Some(number) = statement.text.strip_prefix("Home visit number ") {
                *counted.entry(number.to_owned()).or_default() += 1;
            }
        }
    }
    Ok(counted)
}

async fn cut_off(engine: Engine, request: usize, answer_lost: bool) -> Result<()> {
    let town = Town::on(engine).await?;
    let mut server = town.serve().await?;
    let mut devices = town.settle(&server).await?;
    let path = town.folder.path().join("amira.db");
    let mut amira = devices.remove("amira").context("the social worker")?;
    write_three(&mut amira, &town).await?;
    let mut synced = Synced::default();
    for at in 0..REQUESTS {
        let before = town.folder.path().join("before.db");
        if at == request && answer_lost {
            amira.close().await;
            copy_database(&path, &before)?;
            amira = Device::open(&path).await?;
        }
        if at % 2 == 0 {
            amira.push_once(&mut synced).await?;
        } else {
            amira.pull_once(&mut synced).await?;
        }
        if at == request {
            server.kill().await?;
            if answer_lost {
                // The phone died too: it never stored the answer.
                amira.close().await;
                copy_database(&before, &path)?;
                amira = Device::open(&path).await?;
            }
            assert!(amira.sync().await.is_err(), "there is no server");
            server = town.serve().await?;
            amira.move_server(&server.address).await?;
        }
    }
    amira.sync().await?;
    assert_eq!(amira.waiting(), 0);

    let mut joe = devices.remove("joe").context("the recovery worker")?;
    joe.move_server(&server.address).await?;
    joe.sync().await?;
    for device in [&amira, &joe] {
        let counted = visits(device, &town)?;
        assert_eq!(counted.len(), 3, "{counted:?}");
        assert!(counted.values().all(|count| *count == 1), "{counted:?}");
    }
    let family = town.prepared.family;
    assert_eq!(
        amira.document(family)?.heads(),
        joe.document(family)?.heads()
    );
    assert!(amira.quarantine().await?.is_empty());
    server.kill().await
}

async fn cut_off_anywhere(engine: Engine, answer_lost: bool) -> Result<()> {
    for request in 0..REQUESTS {
        cut_off(engine, request, answer_lost)
            .await
            .with_context(|| format!("request {request}"))?;
    }
    Ok(())
}

#[tokio::test]
async fn killed_after_an_answer_arrived() -> Result<()> {
    cut_off_anywhere(Engine::Sqlite, false).await
}

#[tokio::test]
async fn killed_before_the_answer_was_stored() -> Result<()> {
    cut_off_anywhere(Engine::Sqlite, true).await
}

#[tokio::test]
async fn killed_after_an_answer_arrived_on_postgres() -> Result<()> {
    cut_off_anywhere(Engine::Postgres, false).await
}

#[tokio::test]
async fn killed_before_the_answer_was_stored_on_postgres() -> Result<()> {
    cut_off_anywhere(Engine::Postgres, true).await
}
