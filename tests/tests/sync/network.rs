//! A network that loses, cuts, repeats and delays requests: everybody gets everything, once.

use anyhow::{Context as _, Result};
use tests::{
    Engine, Town,
    proxy::{Dice, Fate, Proxy},
};

use crate::team::{everything_is_there_once, team, the_server_has_everything, written};

/// Half of all requests fare badly.
fn bad(seed: u64) -> impl FnMut() -> Fate + Send {
    let mut dice = Dice::seeded(seed);
    move || match dice.below(12) {
        0 => Fate::Lost,
        1 => Fate::AnswerLost,
        2 => Fate::Cut,
        3 => Fate::AnswerCut,
        4 => Fate::Twice,
        5 => Fate::Late,
        _ => Fate::Pass,
    }
}

async fn story(engine: Engine, seed: u64) -> Result<()> {
    let town = Town::on(engine).await?;
    let servers = town.serve_all().await?;
    let mut members = team(&town, &servers).await?;
    let proxy = Proxy::before(servers.addresses(), bad(seed)).await?;
    for member in &mut members {
        member.device.move_server(&proxy.address).await?;
    }
    for _ in 0..5 {
        let [amira, joe, sam] = &mut members;
        for member in [&mut *amira, &mut *joe, &mut *sam] {
            member.visit(&town).await?;
        }
        // All at once, so that their requests overtake each other.
        let (a, b, c) = tokio::join!(
            Box::pin(amira.sync()),
            Box::pin(joe.sync()),
            Box::pin(sam.sync())
        );
        a.and(b).and(c)?;
    }
    proxy.mend();
    everything_is_there_once(&town, &mut members).await?;
    let written = written(&members);
    the_server_has_everything(&town, servers.address_for(0), written).await?;
    servers.kill_all().await
}

async fn stories(engine: Engine, seeds: std::ops::RangeInclusive<u64>) -> Result<()> {
    for seed in seeds {
        story(engine, seed)
            .await
            .with_context(|| format!("seed {seed}"))?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_arrives_once_over_a_bad_network() -> Result<()> {
    stories(Engine::Sqlite, 1..=2).await
}

/// Each request goes to the one process or the other, and one that is repeated to both.
#[tokio::test(flavor = "multi_thread")]
async fn and_so_it_does_at_two_processes_on_postgresql() -> Result<()> {
    stories(Engine::Postgres, 3..=4).await
}
