//! One new entry on its way to a device that holds 2,000.

use anyhow::{Context as _, Result, ensure};
use flate2::{Compression, write::GzEncoder};
use std::io::Write as _;
use sync::wire::{Cursor, PullRequest, PullResponse};

use crate::{
    council::Council,
    log::{Log, accepted},
    report::{Goal, Report},
    wire::Line,
};

const HELD: usize = 2_000;

pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let council = Council::new(None, 1, 1).await?;
    let running = council.serve().await?;
    let manager = council.set_up(&running).await?;
    let family = council.families[0];
    let [writer, reader] = council
        .identities(0, 2)
        .await?
        .try_into()
        .map_err(|_| anyhow::anyhow!("two devices"))?;
    let mut writing = Line::to(running.address(), &writer)?;
    let mut log = Log::from(manager.document(family.id)?, family.document, &writer, 1);
    log.fill(&mut writing, HELD)?;

    let mut reading = Line::to(running.address(), &reader)?;
    let mut cursor = None;
    let at = loop {
        let answer = pull(&mut reading, cursor)?.0;
        let part = answer.documents.first().context("the family")?;
        let seq = part.changes.last().map(|it| it.seq);
        let snapshot = part.snapshot.as_ref().map(|it| it.seq);
        let at = Cursor {
            document: part.document,
            epoch: part.epoch,
            seq: seq.or(snapshot).unwrap_or(0),
        };
        if !part.more {
            break at;
        }
        cursor = Some(at);
    };
    let change = log.next()?;
    accepted(&mut writing, &log.push(std::slice::from_ref(&change)))?;
    let (mut cursor, mut requests, mut packed, mut whole) = (at, 0.0, 0, 0);
    loop {
        let (answer, body, all) = pull(&mut reading, Some(cursor))?;
        (requests, packed, whole) = (requests + 1.0, packed + body, whole + all);
        let part = answer.documents.first().context("news")?;
        let last = part.changes.last().context("a change")?;
        cursor.seq = last.seq;
        if !part.more {
            ensure!(
                last.bytes.0 == change.bytes(),
                "the entry came as it was written"
            );
            break;
        }
    }

    let mut own = GzEncoder::new(Vec::new(), Compression::best());
    own.write_all(change.bytes())?;
    let own = bytes(own.finish()?.len().min(change.bytes().len()));
    report.beside(
        "new-entry-answer",
        bytes(packed),
        "bytes",
        ("the change itself, compressed", own),
        Goal::AtMost(1.3),
    );
    report.plain("new-entry-answer-with-headers", bytes(whole), "bytes");
    report.goal(
        "new-entry-round-trips",
        requests,
        "requests",
        Goal::AtMost(1.0),
    );
    Ok(())
}

fn pull(line: &mut Line, cursor: Option<Cursor>) -> Result<(PullResponse, usize, usize)> {
    let request = PullRequest {
        documents: cursor.into_iter().collect(),
    };
    let answer = line.post("/api/sync/pull", &request)?;
    Ok((answer.read()?, answer.packed, answer.whole))
}

#[expect(clippy::cast_precision_loss, reason = "some kilobytes")]
fn bytes(count: usize) -> f64 {
    count as f64
}
