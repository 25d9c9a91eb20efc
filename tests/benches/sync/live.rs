//! 20 devices write 20 visits each into 50 families and sync after each; in the end all have all. Then
//! the same with Automerge's JavaScript server and clients.

use anyhow::{Result, ensure};
use cli::device::Device;
use tokio::task::JoinSet;

use crate::{
    council::{Council, Family},
    peer::{self, Clients},
    report::{Goal, Report},
    visit,
};

pub(crate) const FAMILIES: usize = 50;
pub(crate) const CLIENTS: usize = 20;
pub(crate) const VISITS: u32 = 20;

/// What a server spent.
struct Spent {
    /// Seconds of processor time from the first visit on.
    cpu: f64,
    /// Megabytes.
    peak: f64,
}

pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let ours = ours().await?;
    let theirs = theirs().await?;
    report.beside(
        "live-server-cpu",
        ours.cpu,
        "s",
        (peer::NAME, theirs.cpu),
        Goal::AtMost(0.1),
    );
    report.beside(
        "live-server-peak-memory",
        ours.peak,
        "MB",
        (peer::NAME, theirs.peak),
        Goal::AtMost(0.2),
    );
    Ok(())
}

async fn ours() -> Result<Spent> {
    let council = Council::new(None, FAMILIES, CLIENTS).await?;
    let running = council.serve().await?;
    council.set_up(&running).await?.close().await;
    let mut devices = Vec::new();
    for n in 0..CLIENTS {
        let mut device = council.device(&running, n, &format!("device{n}")).await?;
        device.sync().await?;
        devices.push(device);
    }
    let before = running.gauge.cpu()?;
    let mut working = JoinSet::new();
    for (n, device) in devices.into_iter().enumerate() {
        working.spawn(work(device, n, council.families.clone()));
    }
    let mut devices = working
        .join_all()
        .await
        .into_iter()
        .collect::<Result<Vec<_>>>()?;
    // Everything has been accepted: once more round, and everybody has it.
    let mut syncing = JoinSet::new();
    for mut device in devices.drain(..) {
        syncing.spawn(async move { device.sync().await.map(|_| device) });
    }
    let devices = syncing
        .join_all()
        .await
        .into_iter()
        .collect::<Result<Vec<_>>>()?;
    let cpu = running.gauge.cpu()? - before;
    for device in &devices {
        let count: usize = council
            .families
            .iter()
            .map(|family| Ok(device.workbook(family.id)?.entries.len()))
            .sum::<Result<usize>>()?;
        ensure!(
            count == CLIENTS * VISITS as usize,
            "a device has {count} visits"
        );
    }
    Ok(Spent {
        cpu,
        peak: running.gauge.peak()?,
    })
}

async fn work(mut device: Device, n: usize, families: Vec<Family>) -> Result<Device> {
    let (by, series) = (device.writer()?, u32::try_from(n)?);
    for visit in 0..VISITS {
        let family = families[(n * VISITS as usize + visit as usize) % families.len()];
        let record = visit::visit(&by, series, visit);
        device.write(family.id, &[record], visit::at(visit)).await?;
        device.sync().await?;
    }
    Ok(device)
}

async fn theirs() -> Result<Spent> {
    let server = peer::Server::start()?;
    let mut clients = Clients::live(&server, FAMILIES, CLIENTS, VISITS).await?;
    let before = server.gauge.cpu()?;
    clients.go()?;
    Ok(Spent {
        cpu: server.gauge.cpu()? - before,
        peak: server.gauge.peak()?,
    })
}
