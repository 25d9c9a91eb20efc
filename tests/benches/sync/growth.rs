//! What one pushed entry costs the server in a young record and in an old one.

use anyhow::Result;

use crate::{
    council::Council,
    log::{Log, accepted},
    report::{Goal, Report},
    wire::Line,
};

const YOUNG: usize = 100;
const OLD: usize = 5_000;
/// So many pushes are counted: enough for a processor time that is kept in hundredths of a second.
const PUSHES: usize = 256;

pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let young = cost(YOUNG).await?;
    let old = cost(OLD).await?;
    report.plain("push-server-cpu-at-100", young * 1e3, "ms");
    report.plain("push-server-cpu-at-5000", old * 1e3, "ms");
    report.goal("push-5000-to-100", old / young, "ratio", Goal::AtMost(1.5));
    Ok(())
}

/// Seconds of the server's processor time for one push, with `held` entries there before.
async fn cost(held: usize) -> Result<f64> {
    let council = Council::new(None, 1, 1).await?;
    let running = council.serve().await?;
    let manager = council.set_up(&running).await?;
    let family = council.families[0];
    let by = council.identities(0, 1).await?.remove(0);
    let mut line = Line::to(running.address(), &by)?;
    let mut log = Log::from(manager.document(family.id)?, family.document, &by, 1);
    log.fill(&mut line, held)?;
    let pushes: Vec<_> = (0..PUSHES)
        .map(|_| {
            let change = log.next()?;
            Ok(log.push(&[change]))
        })
        .collect::<Result<_>>()?;
    let before = running.gauge.cpu()?;
    for push in &pushes {
        accepted(&mut line, push)?;
    }
    Ok((running.gauge.cpu()? - before) / f64::from(u32::try_from(PUSHES)?))
}
