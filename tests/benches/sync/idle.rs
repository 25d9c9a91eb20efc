//! 1,000 devices that listen for news and hear none.

use anyhow::Result;

use crate::{
    council::Council,
    report::{Goal, Report},
    wire::Line,
};

const WORKERS: usize = 20;
const EACH: usize = 50;
/// Before it is measured: what the server needs once, it has by then.
const WARM: usize = 20;

pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let council = Council::new(None, 10, WORKERS + 1).await?;
    let running = council.serve().await?;
    council.set_up(&running).await?.close().await;
    let mut devices = Vec::new();
    for n in 0..WORKERS {
        devices.extend(council.identities(n, EACH).await?);
    }
    let mut lines = Vec::new();
    for device in council.identities(WORKERS, WARM).await? {
        let mut line = Line::to(running.address(), &device)?;
        line.listen()?;
        lines.push(line);
    }
    let before = running.gauge.resident()?;
    for device in &devices {
        let mut line = Line::to(running.address(), device)?;
        line.listen()?;
        lines.push(line);
    }
    let each = (running.gauge.resident()? - before) / f64::from(u32::try_from(devices.len())?);
    report.goal("idle-device-memory", each / 1e3, "kB", Goal::AtMost(20.0));
    Ok(())
}
