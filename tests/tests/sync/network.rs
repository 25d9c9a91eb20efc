//! A network that loses, cuts, repeats and delays requests: everybody gets everything, once.

use anyhow::{Context as _, Result};
use tests::{
    Engine, Town,
    proxy::{Dice, Fate, Proxy},
};

use crate::team::{everything_is_there_once, team};

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

async fn story(seed: u64) -> Result<()> {
    let town = Town::on(Engine::Sqlite).await?;
    let server = town.serve().await?;
    let mut members = team(&town, &server).await?;
    let proxy = Proxy::before(&server.address, bad(seed)).await?;
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
    server.kill().await
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_arrives_once_over_a_bad_network() -> Result<()> {
    for seed in 1..=3 {
        story(seed).await.with_context(|| format!("seed {seed}"))?;
    }
    Ok(())
}
