//! What a device has not seen of a document yet: a snapshot or changes, within a budget of bytes.

use access::{Granted, PullDocument};
use store::StoreError;
use sync::{
    proof::Proof,
    wire::{Bytes, Cursor, Numbered, PulledDocument, Snapshot},
};

use crate::{
    AppState,
    gate::{Opened, Passage, Reachable},
};

/// A device that is further behind than this gets a snapshot, where there is one.
const SNAPSHOT_BEYOND: u64 = 200;
/// How many bytes of changes and snapshots one answer carries, as far as they can be split.
const BUDGET: usize = 4 * 1024 * 1024;
/// How many changes are read from the log at once.
const PAGE: u32 = 50;

/// Where the news of one document begins.
#[derive(Clone, Copy)]
pub(crate) enum Start {
    /// The device does not hold it, or holds another epoch's or a lost future's: from the beginning.
    Anew,
    /// After a sequence number that the device has applied.
    After(u64),
}

impl Start {
    /// Where a device with this cursor, or none, goes on.
    pub(crate) fn of(opened: &Opened, cursor: Option<&Cursor>) -> Self {
        match cursor {
            Some(cursor) if cursor.epoch == opened.epoch() && cursor.seq <= opened.head() => {
                Self::After(cursor.seq)
            }
            _ => Self::Anew,
        }
    }

    /// Whether there is anything to tell.
    pub(crate) fn has_news(self, opened: &Opened) -> bool {
        match self {
            Self::Anew => true,
            Self::After(seq) => seq < opened.head(),
        }
    }

    fn seq(self) -> u64 {
        match self {
            Self::Anew => 0,
            Self::After(seq) => seq,
        }
    }
}

/// What one answer may still carry.
pub(crate) struct Budget {
    left: usize,
    spent: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            left: BUDGET,
            spent: false,
        }
    }
}

impl Budget {
    /// Whether this many bytes go in. The first always do, so that every pull gets further.
    fn take(&mut self, bytes: usize) -> bool {
        if self.spent && bytes > self.left {
            return false;
        }
        self.spent = true;
        self.left = self.left.saturating_sub(bytes);
        true
    }
}

/// One document's news, in a transaction of its own.
pub(crate) async fn news(
    state: &AppState,
    one: Reachable,
    from: Start,
    budget: &mut Budget,
    key: &[u8; 32],
) -> Result<PulledDocument, StoreError> {
    let mut passage = state.gate().enter().await?;
    let opened = passage.open(&one.granted).await?;
    // It may have been written anew since it was listed: then no cursor of before fits.
    let from = if opened.epoch() == one.opened.epoch() {
        from
    } else {
        Start::Anew
    };
    let mut part = PulledDocument {
        document: opened.id(),
        family: one.family.id,
        family_name: one.family.name.clone(),
        compartment: opened.compartment().to_owned(),
        epoch: opened.epoch(),
        lineage: None,
        forgotten: Vec::new(),
        head: opened.head(),
        snapshot: None,
        changes: Vec::new(),
        more: true,
        proof: None,
    };
    if matches!(from, Start::Anew) {
        part.lineage = Some(passage.lineage(&opened).await?);
        part.forgotten = passage.forgotten(&opened).await?;
    }
    let mut seq = from.seq();
    if opened.head().saturating_sub(seq) > SNAPSHOT_BEYOND
        && let Some(snapshot) = passage.snapshot(&opened).await?
        && snapshot.seq > seq
    {
        if !budget.take(snapshot.bytes.len()) {
            return finish(passage, &one.granted, &opened, from, part).await;
        }
        seq = snapshot.seq;
        part.snapshot = Some(Snapshot {
            seq,
            bytes: Bytes(snapshot.bytes),
        });
    }
    part.more = !fill(&mut passage, &opened, seq, &mut part.changes, budget).await?;
    if !part.more
        && let Some(heads) = passage.heads(&opened).await?
    {
        let lineage = passage.lineage(&opened).await?;
        part.proof = Proof::of(key, opened.id(), lineage, &heads.hashes);
    }
    finish(passage, &one.granted, &opened, from, part).await
}

/// Writes down what goes out, and commits: a device gets nothing that the audit log does not hold.
async fn finish(
    mut passage: Passage,
    granted: &Granted<PullDocument>,
    opened: &Opened,
    from: Start,
    part: PulledDocument,
) -> Result<PulledDocument, StoreError> {
    let snapshot = part.snapshot.as_ref().map(|it| it.seq);
    let last = part.changes.last().map(|it| it.seq).or(snapshot);
    let after = from.seq();
    passage
        .record_pull(granted, opened, after, last.unwrap_or(after))
        .await?;
    passage.commit().await?;
    Ok(part)
}

/// Adds changes after `seq` until the head or the budget is reached; whether it was the head.
async fn fill(
    passage: &mut Passage,
    opened: &Opened,
    mut seq: u64,
    changes: &mut Vec<Numbered>,
    budget: &mut Budget,
) -> Result<bool, StoreError> {
    while seq < opened.head() {
        let page = passage.changes_after(opened, seq, PAGE).await?;
        if page.is_empty() {
            return Err(StoreError::Inconsistent {
                table: "changes",
                row: format!(
                    "the log of document {} ends at {seq}, before its head",
                    opened.id()
                ),
            });
        }
        for stored in page {
            if !budget.take(stored.change.bytes.len()) {
                return Ok(false);
            }
            seq = stored.seq;
            changes.push(Numbered {
                seq,
                bytes: Bytes(stored.change.bytes),
            });
        }
    }
    Ok(true)
}
