//! The server is killed (SIGKILL) at random instants while three devices write and sync. What was
//! acknowledged is there, nothing is there twice, and everybody ends with the same.
//!
//! `WORKBOOK_KILLS` says how often (`make soak`: 50), `WORKBOOK_SEED` when.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use cli::demo::Server;
use tests::{
    Engine, Town,
    proxy::{Dice, Fate, Proxy},
};

use crate::team::{everything_is_there_once, team};

/// How many bytes pass between the server and its devices before it is killed, at most: some two
/// rounds of everybody's.
const BYTES: usize = 40_000;

fn from_environment(name: &str, otherwise: u64) -> Result<u64> {
    match std::env::var(name) {
        Ok(value) => value.parse().with_context(|| format!("{name} is a number")),
        Err(_) => Ok(otherwise),
    }
}

/// Kills and starts the server, again and again, until it has been done so often.
async fn kill_and_start(
    database: std::path::PathBuf,
    mut server: Server,
    proxy: Arc<Proxy>,
    mut dice: Dice,
    kills: u64,
) -> Result<Server> {
    for _ in 0..kills {
        proxy.disaster(1 + dice.below(BYTES)).await;
        server.kill().await?;
        proxy.server_is(None);
        server = Server::start_program(tests::workbook()?, &database).await?;
        proxy.server_is(Some(&server.address));
    }
    Ok(server)
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_instants_the_server_loses_nothing_that_it_acknowledged() -> Result<()> {
    let kills = from_environment("WORKBOOK_KILLS", 8)?;
    let seed = from_environment("WORKBOOK_SEED", 20_261_122)?;
    let town = Town::on(Engine::Sqlite).await?;
    let server = town.serve().await?;
    let mut members = team(&town, &server).await?;
    let proxy = Arc::new(Proxy::before(&server.address, || Fate::Pass).await?);
    for member in &mut members {
        member.device.move_server(&proxy.address).await?;
    }
    let killing = tokio::spawn(kill_and_start(
        town.file().to_path_buf(),
        server,
        Arc::clone(&proxy),
        Dice::seeded(seed),
        kills,
    ));
    while !killing.is_finished() {
        let [amira, joe, sam] = &mut members;
        for member in [&mut *amira, &mut *joe, &mut *sam] {
            member.visit(&town).await?;
        }
        let (a, b, c) = tokio::join!(amira.sync(), joe.sync(), sam.sync());
        a.and(b).and(c).with_context(|| format!("seed {seed}"))?;
    }
    let server = killing.await??;
    everything_is_there_once(&town, &mut members)
        .await
        .with_context(|| format!("seed {seed}"))?;
    server.kill().await?;
    let store = store_sqlite::SqliteStore::open(town.file()).await?;
    assert_eq!(store.verify().await?, vec![]);
    Ok(())
}
