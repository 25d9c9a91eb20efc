//! A new phone gets a caseload for the first time: 10 families of 300 entries.

use std::time::Instant;

use anyhow::{Result, ensure};

use crate::{
    council::Council,
    gauge::Gauge,
    log::Log,
    peer::{self, Clients},
    report::{Goal, Report},
    wire::Line,
};

pub(crate) const FAMILIES: usize = 10;
pub(crate) const ENTRIES: usize = 300;
/// How often each side does it, in turn; the best counts.
const TIMES: usize = 3;

/// The best of several.
#[derive(Clone, Copy)]
struct Best {
    seconds: f64,
    /// Seconds of processor time, server and client together.
    cpu: f64,
}

impl Best {
    const NONE: Self = Self {
        seconds: f64::INFINITY,
        cpu: f64::INFINITY,
    };

    fn and(self, seconds: f64, cpu: f64) -> Self {
        Self {
            seconds: self.seconds.min(seconds),
            cpu: self.cpu.min(cpu),
        }
    }
}

pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let council = Council::new(None, FAMILIES, 1).await?;
    let running = council.serve().await?;
    let manager = council.set_up(&running).await?;
    let by = council.identities(0, 1).await?.remove(0);
    let mut line = Line::to(running.address(), &by)?;
    for (series, family) in (0..).zip(&council.families) {
        let copy = manager.document(family.id)?;
        Log::from(copy, family.document, &by, series).fill(&mut line, ENTRIES)?;
    }
    let server = peer::Server::start()?;
    let filled = peer::fill(&server, FAMILIES, ENTRIES)?;

    let (mut ours, mut theirs) = (Best::NONE, Best::NONE);
    for time in 0..TIMES {
        let mut device = council.device(&running, 0, &format!("new{time}")).await?;
        let before = running.gauge.cpu()? + Gauge::own().cpu()?;
        let begun = Instant::now();
        device.sync().await?;
        let seconds = begun.elapsed().as_secs_f64();
        ours = ours.and(seconds, running.gauge.cpu()? + Gauge::own().cpu()? - before);
        for family in &council.families {
            let count = device.workbook(family.id)?.entries.len();
            ensure!(count == ENTRIES, "a family has {count} entries");
        }

        let before = server.gauge.cpu()?;
        let first = Clients::first(&server, &filled, ENTRIES)?;
        theirs = theirs.and(first.seconds, server.gauge.cpu()? - before + first.cpu);
    }
    report.beside(
        "first-sync-of-a-caseload",
        ours.seconds,
        "s",
        (peer::NAME, theirs.seconds),
        Goal::AtMost(0.2),
    );
    report.beside(
        "first-sync-cpu-of-both-ends",
        ours.cpu,
        "s",
        (peer::NAME, theirs.cpu),
        Goal::None,
    );
    Ok(())
}
