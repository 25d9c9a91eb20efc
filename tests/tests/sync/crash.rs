//! The server, or the PostgreSQL under it, is killed (SIGKILL) at random instants while three devices write
//! and sync. What was acknowledged is there, nothing is there twice, and everybody ends with the same.
//!
//! `WORKBOOK_KILLS` says how often in each story (`make soak`: 50), `WORKBOOK_SEED` when.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
};

use anyhow::{Context as _, Result, ensure};
use store_postgres::testing::{Cluster, Disk};
use tests::{
    Engine, Servers, Town,
    proxy::{Dice, Fate, Proxy},
};

use crate::team::{
    Member, everything_is_there_once, log, team, the_server_has_everything, written,
};

/// How many bytes pass between the server and its devices before something is killed, at most: some two
/// rounds of everybody's.
const BYTES: usize = 40_000;

/// How often something is killed in a story of `make test`.
const FEW: u64 = 4;

fn from_environment(name: &str, otherwise: u64) -> Result<u64> {
    match std::env::var(name) {
        Ok(value) => value.parse().with_context(|| format!("{name} is a number")),
        Err(_) => Ok(otherwise),
    }
}

/// Who dies.
enum Victim {
    /// One of the server's processes; another is started in its place.
    Process,
    /// PostgreSQL, with all its children. The server's processes go on.
    Postgres(Cluster),
}

/// A town in trouble.
struct Disaster<'a> {
    town: &'a Town,
    servers: Servers,
    proxy: Proxy,
    dice: Dice,
    kills: u64,
}

/// What devices were told is kept for good, by the newest changes of each answer.
type Acknowledged = RefCell<BTreeSet<[u8; 32]>>;

impl Disaster<'_> {
    /// Kills and starts again, until it has been done so often. After each time, all that had been
    /// acknowledged before is in the log; devices can't have given it back, for no request passes meanwhile
    /// or (where another process goes on) none that came later counts.
    async fn strike(&mut self, victim: &mut Victim, acknowledged: &Acknowledged) -> Result<()> {
        for number in 1..=self.kills {
            self.proxy.disaster(1 + self.dice.below(BYTES)).await;
            match victim {
                Victim::Process => {
                    let which = self.dice.below(self.servers.count());
                    self.servers.kill(which).await?;
                    self.proxy.servers_are(self.servers.addresses());
                    let before = acknowledged.borrow().clone();
                    self.servers.add(self.town).await?;
                    self.holds(&before, number).await?;
                }
                Victim::Postgres(cluster) => {
                    tokio::task::block_in_place(|| cluster.kill())?;
                    self.proxy.servers_are([]);
                    let before = acknowledged.borrow().clone();
                    tokio::task::block_in_place(|| cluster.restart())?;
                    self.holds(&before, number).await?;
                }
            }
            self.proxy.servers_are(self.servers.addresses());
        }
        Ok(())
    }

    async fn holds(&self, acknowledged: &BTreeSet<[u8; 32]>, number: u64) -> Result<()> {
        let log = log(self.town).await?;
        let held: BTreeSet<_> = log.iter().map(|it| it.change.hash).collect();
        let lost = acknowledged.difference(&held).count();
        ensure!(
            lost == 0,
            "kill {number}: {lost} were acknowledged and are lost"
        );
        Ok(())
    }
}

/// Everybody writes and syncs, again and again, until it is over.
async fn work(
    members: &mut [Member; 3],
    town: &Town,
    acknowledged: &Acknowledged,
    over: &Cell<bool>,
) -> Result<()> {
    while !over.get() {
        let [amira, joe, sam] = &mut *members;
        for member in [&mut *amira, &mut *joe, &mut *sam] {
            member.visit(town).await?;
        }
        let (a, b, c) = tokio::join!(amira.sync(), joe.sync(), sam.sync());
        a.and(b).and(c)?;
        for member in &*members {
            acknowledged.borrow_mut().extend(member.acknowledged(town)?);
        }
    }
    Ok(())
}

/// The whole story on a town; what it showed goes to the output, for `make soak`.
#[expect(clippy::print_stdout, reason = "`make soak` is read by people")]
async fn story(town: &Town, mut victim: Victim, what: &str) -> Result<()> {
    let kills = from_environment("WORKBOOK_KILLS", FEW)?;
    let seed = from_environment("WORKBOOK_SEED", 20_261_122)?;
    let servers = town.serve_all().await?;
    let mut members = team(town, &servers).await?;
    let proxy = Proxy::before(servers.addresses(), || Fate::Pass).await?;
    for member in &mut members {
        member.device.move_server(&proxy.address).await?;
    }
    let mut disaster = Disaster {
        town,
        servers,
        proxy,
        dice: Dice::seeded(seed),
        kills,
    };
    let (acknowledged, over) = (Acknowledged::default(), Cell::new(false));
    let striking = async {
        disaster.strike(&mut victim, &acknowledged).await?;
        over.set(true);
        anyhow::Ok(())
    };
    let seeded = || format!("seed {seed}");
    tokio::try_join!(striking, work(&mut members, town, &acknowledged, &over))
        .with_context(seeded)?;
    everything_is_there_once(town, &mut members)
        .await
        .with_context(seeded)?;
    let written = written(&members);
    the_server_has_everything(town, disaster.servers.address_for(0), written)
        .await
        .with_context(seeded)?;
    disaster.servers.kill_all().await?;
    println!(
        "{what}: {kills} kills, {written} entries written and acknowledged, 0 lost, 0 doubled; three \
         devices and a new one have the same"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_on_sqlite_loses_nothing_that_it_acknowledged() -> Result<()> {
    let town = Town::on(Engine::Sqlite).await?;
    Box::pin(story(&town, Victim::Process, "the server on SQLite")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_one_of_two_servers_on_postgresql_loses_nothing_that_it_acknowledged() -> Result<()>
{
    let town = Town::on(Engine::Postgres).await?;
    Box::pin(story(
        &town,
        Victim::Process,
        "one of two servers on PostgreSQL",
    ))
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_postgresql_under_two_servers_loses_nothing_that_they_acknowledged() -> Result<()>
{
    let cluster = Cluster::start(Disk::Synced)?;
    let database = cluster.new_database().await?;
    let town = Town::in_database(tempfile::tempdir()?, database.into()).await?;
    let victim = Victim::Postgres(cluster);
    Box::pin(story(&town, victim, "PostgreSQL under two servers")).await
}
