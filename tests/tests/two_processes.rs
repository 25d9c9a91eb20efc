//! Two server processes on one PostgreSQL, devices that go to one and then to the other, and either
//! process, or PostgreSQL itself, killed (SIGKILL) in between.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use cli::{
    demo::Server,
    device::{Device, Event},
    sample::{self, Said, Text},
};
use record::model::Provenance;
use store_postgres::testing::{Cluster, Disk};
use tests::{Engine, Town};

const START: &str = "Phone call number ";

async fn write(device: &mut Device, town: &Town, number: usize) -> Result<()> {
    let text = format!("{START}{number}. Donna Brennan sounded well.");
    let note = Text {
        text: &text,
        on: jiff::civil::date(2023, 9, 1),
        provenance: Provenance::Typed,
    };
    let said = Said::took_place_at_some_time();
    sample::write_note(device, town.prepared.family, note, &said).await
}

/// How often each call is there, by its number.
fn calls(device: &Device, town: &Town) -> Result<BTreeMap<String, usize>> {
    let mut counted = BTreeMap::new();
    for entry in device.workbook(town.prepared.family)?.entries.values() {
        for statement in &entry.statements {
            if let Some(number) = statement.text.strip_prefix(START) {
                *counted.entry(number.to_owned()).or_default() += 1;
            }
        }
    }
    Ok(counted)
}

async fn sync_with(device: &mut Device, server: &Server) -> Result<()> {
    device.move_server(&server.address).await?;
    device.sync().await?;
    Ok(())
}

/// Two devices of the town.
async fn two(town: &Town, server: &Server) -> Result<(Device, Device)> {
    let mut devices = town.settle(server).await?;
    let amira = devices.remove("amira").context("the social worker")?;
    let joe = devices.remove("joe").context("the recovery worker")?;
    Ok((amira, joe))
}

/// Both have every call once, the same heads, and nothing is left over.
async fn agree(town: &Town, amira: &Device, joe: &Device, written: usize) -> Result<()> {
    let family = town.prepared.family;
    for device in [amira, joe] {
        let counted = calls(device, town)?;
        assert_eq!(counted.len(), written, "{counted:?}");
        assert!(counted.values().all(|count| *count == 1), "{counted:?}");
        assert_eq!(device.waiting(), 0);
        assert!(device.quarantine().await?.is_empty());
    }
    assert_eq!(
        amira.document(family)?.heads(),
        joe.document(family)?.heads()
    );
    Ok(())
}

/// Each process keeps documents in memory, and must see what the other has appended to them since.
#[tokio::test(flavor = "multi_thread")]
async fn what_one_process_accepts_reaches_a_device_on_the_other() -> Result<()> {
    let town = Town::on(Engine::Postgres).await?;
    let servers = [town.serve().await?, town.serve().await?];
    let (mut amira, mut joe) = two(&town, &servers[0]).await?;
    let mut written = 0;
    for round in 0..4 {
        let (here, there) = (&servers[round % 2], &servers[(round + 1) % 2]);
        for (device, server) in [(&mut amira, here), (&mut joe, there)] {
            write(device, &town, written).await?;
            written += 1;
            sync_with(device, server).await?;
        }
        assert_eq!(calls(&joe, &town)?.len(), written, "round {round}");
        sync_with(&mut amira, there).await?;
        agree(&town, &amira, &joe, written).await?;
    }
    for server in servers {
        server.kill().await?;
    }
    Ok(())
}

/// Joe's device hears from the one process what Amira's pushes to the other, and when to stop listening.
#[tokio::test(flavor = "multi_thread")]
async fn news_cross_from_one_process_to_the_other() -> Result<()> {
    let town = Town::on(Engine::Postgres).await?;
    let mut servers = vec![town.serve().await?, town.serve().await?];
    let (mut amira, mut joe) = two(&town, &servers[0]).await?;
    joe.move_server(&servers[1].address).await?;
    let mut events = joe.events().await?;
    assert_eq!(events.next().await?, Some(Event::CatchUp));
    for number in 0..3 {
        write(&mut amira, &town, number).await?;
        sync_with(&mut amira, &servers[0]).await?;
        // PostgreSQL may tell a listener to catch up as well, but it tells of each change.
        let grown = loop {
            match events.next().await? {
                Some(Event::Grown { seq, .. }) => break seq,
                Some(Event::CatchUp) => {}
                None => anyhow::bail!("the stream ended"),
            }
        };
        assert!(grown > u64::try_from(number)?);
        joe.sync().await?;
        assert_eq!(calls(&joe, &town)?.len(), number + 1);
    }
    // A process that is gone ends its streams; the other one goes on.
    servers.pop().context("the second")?.kill().await?;
    assert_eq!(events.next().await?, None);
    sync_with(&mut joe, &servers[0]).await?;
    agree(&town, &amira, &joe, 3).await
}

#[tokio::test(flavor = "multi_thread")]
async fn either_process_may_be_killed() -> Result<()> {
    let town = Town::on(Engine::Postgres).await?;
    let mut servers = [town.serve().await?, town.serve().await?];
    let (mut amira, mut joe) = two(&town, &servers[0]).await?;
    for round in 0..4 {
        let (here, there) = (round % 2, (round + 1) % 2);
        write(&mut amira, &town, 2 * round).await?;
        write(&mut joe, &town, 2 * round + 1).await?;
        sync_with(&mut amira, &servers[here]).await?;
        let next = town.serve().await?;
        std::mem::replace(&mut servers[here], next).kill().await?;
        // What was acknowledged by the one that is gone is at the other.
        sync_with(&mut joe, &servers[there]).await?;
        assert_eq!(calls(&joe, &town)?.len(), 2 * round + 2);
        sync_with(&mut amira, &servers[here]).await?;
        agree(&town, &amira, &joe, 2 * round + 2).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_may_be_killed() -> Result<()> {
    let mut cluster = Cluster::start(Disk::Synced)?;
    let database = cluster.new_database().await?;
    let town = Town::in_database(tempfile::tempdir()?, database.into()).await?;
    let servers = [town.serve().await?, town.serve().await?];
    let (mut amira, mut joe) = two(&town, &servers[0]).await?;
    for round in 0..3 {
        write(&mut amira, &town, 2 * round).await?;
        sync_with(&mut amira, &servers[round % 2]).await?;
        cluster.kill()?;
        write(&mut joe, &town, 2 * round + 1).await?;
        cluster.restart()?;
        // The same processes, with the connections that broke.
        sync_with(&mut joe, &servers[(round + 1) % 2]).await?;
        sync_with(&mut amira, &servers[(round + 1) % 2]).await?;
        agree(&town, &amira, &joe, 2 * round + 2).await?;
    }
    Ok(())
}
