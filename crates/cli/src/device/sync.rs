//! A device's sync: ask, store what the answer did, ask again.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use record::{
    Document, Refusal, Rule,
    ids::{DocumentId, RecordId},
};
use store::device::{DeviceStore as _, DeviceTxn, Quarantined};
use sync::{
    replica::{Moved, Replica},
    wire::{Cursor, MAX_PUSHED_BYTES, MAX_PUSHED_CHANGES, PulledDocument},
};

use super::{Device, Opened, Synced, erased::forget_refused, pending};
use crate::ambient;

/// More rounds than any honest sync needs.
const MAX_ROUNDS: usize = 1_000;

impl Device {
    /// Pushes what waits, then pulls what is new, until neither is left.
    pub async fn sync(&mut self) -> Result<Synced> {
        let mut synced = Synced::default();
        // Twice round: a push can leave changes to write anew. A server that never settles is an
        // error and not an endless loop.
        for _ in 0..MAX_ROUNDS {
            self.push_once(&mut synced).await?;
            let more = self.pull_once(&mut synced).await?;
            if !more && self.waiting() == 0 {
                return Ok(synced);
            }
        }
        bail!("the server keeps asking for more: try again later, nothing is lost")
    }

    /// One request of a sync: pushes what waits, if anything does, and stores the answers.
    pub async fn push_once(&mut self, synced: &mut Synced) -> Result<()> {
        let mut room = MAX_PUSHED_CHANGES;
        let mut bytes = 0;
        let mut parts = Vec::new();
        // A compartment may name people whom the team's document gets by the same push.
        let (teams, beside): (Vec<_>, Vec<_>) = self.open.values().partition(|it| it.is_team());
        for opened in teams.into_iter().chain(beside) {
            if let Some(part) = opened.replica.push(room) {
                bytes += part.changes.iter().map(|it| it.0.len()).sum::<usize>();
                // What a restored server gets back can't be split: it goes alone.
                let whole = !part.proofs.is_empty();
                if !parts.is_empty() && (whole || bytes > MAX_PUSHED_BYTES) {
                    break;
                }
                room = room.saturating_sub(part.changes.len());
                parts.push(part);
                if whole {
                    break;
                }
            }
        }
        if parts.is_empty() {
            return Ok(());
        }
        let answer = self.client.push(parts).await?;
        let writer = self.writer()?;
        for part in &answer.documents {
            let opened = self
                .open
                .get(&part.document)
                .context("an answer about another document")?;
            let mut replica = opened.replica.clone();
            let place = self.place(opened.row.family, &opened.row.compartment);
            let actor: [u8; 16] = ambient::random_bytes()?;
            let moved = replica.pushed(part, &writer, &actor, &place)?;
            self.actor = actor;
            synced.accepted += moved.acknowledged.len();
            self.store_moved(part.document, replica, moved, None, synced)
                .await?;
        }
        Ok(())
    }

    /// One request of a sync: pulls a page of news and stores it. Returns whether there is more.
    pub async fn pull_once(&mut self, synced: &mut Synced) -> Result<bool> {
        let mut cursors: Vec<_> = self.open.values().map(|it| it.replica.pull()).collect();
        cursors.extend(self.kept_for().await?);
        let answer = self.client.pull(cursors).await?;
        self.drop_erased(&answer.erased, synced).await?;
        let writer = self.writer()?;
        let mut more = false;
        for news in &answer.documents {
            more |= news.more;
            let mut replica = match self.open.get(&news.document) {
                Some(opened) => opened.replica.clone(),
                None => Replica::open(
                    Cursor {
                        document: news.document,
                        epoch: news.epoch,
                        seq: 0,
                    },
                    &Document::genesis().save(),
                    &[],
                )?,
            };
            let place = self.place(news.family, &news.compartment);
            let actor: [u8; 16] = ambient::random_bytes()?;
            let moved = replica.pulled(news, &writer, &actor, &place)?;
            self.actor = actor;
            self.store_moved(news.document, replica, moved, Some(news), synced)
                .await?;
        }
        for gone in answer.gone {
            // The copy of the record goes; what this device wrote and nobody has taken stays.
            let mut txn = self.store.begin().await?;
            for change in self
                .open
                .get(&gone)
                .map_or(&[][..], |it| it.replica.outbox())
            {
                let refusal = Refusal::new(
                    Rule::NotAllocated,
                    "you are no longer allocated to this family, or have no place any more in this part of \
                     its record: ask its team manager",
                );
                let refused = sync::replica::Quarantined {
                    change: change.clone(),
                    refusal,
                };
                txn.drop_pending(gone, change.hash()).await?;
                let now = ambient::now().as_millisecond();
                txn.put_quarantined(&quarantined(gone, &refused, now)?)
                    .await?;
                synced.refused.push(refused.refusal);
            }
            txn.drop_replica(gone).await?;
            txn.commit().await?;
            self.open.remove(&gone);
        }
        Ok(more)
    }

    /// Stores, in one transaction, what a frame did to a replica.
    async fn store_moved(
        &mut self,
        document: DocumentId,
        replica: Replica,
        moved: Moved,
        news: Option<&PulledDocument>,
        synced: &mut Synced,
    ) -> Result<()> {
        let now = ambient::now().as_millisecond();
        let mut txn = self.store.begin().await?;
        for hash in moved.acknowledged.iter().chain(&moved.forgotten) {
            txn.drop_pending(document, *hash).await?;
        }
        if let Some(erasure) = &moved.erasure {
            forget_refused(&mut *txn, document, erasure).await?;
        }
        for refused in moved.quarantined {
            txn.drop_pending(document, refused.change.hash()).await?;
            txn.put_quarantined(&quarantined(document, &refused, now)?)
                .await?;
            synced.refused.push(refused.refusal);
        }
        if !moved.rewritten.is_empty() || !moved.returned.is_empty() {
            // The outbox changes in its middle: lay it anew, in order.
            rewrite_outbox(&mut *txn, document, &replica).await?;
        }
        let row = match (news, self.open.get(&document)) {
            (Some(news), _) => store::device::Replica {
                standing: serde_json::to_string(replica.standing())?,
                document,
                family: news.family,
                family_name: news.family_name.clone(),
                compartment: news.compartment.clone(),
                epoch: replica.cursor().epoch,
                cursor: replica.cursor().seq,
                bytes: replica.accepted().save(),
            },
            (None, Some(opened)) => store::device::Replica {
                standing: serde_json::to_string(replica.standing())?,
                bytes: replica.accepted().save(),
                ..opened.row.clone()
            },
            (None, None) => bail!("an answer about a document that is not on this device"),
        };
        txn.put_replica(&row).await?;
        txn.commit().await?;
        self.open.insert(document, Opened { row, replica });
        Ok(())
    }
}

fn quarantined(
    document: DocumentId,
    refused: &sync::replica::Quarantined,
    now: i64,
) -> Result<Quarantined> {
    let content = match record::contents(&refused.change) {
        Ok(records) => {
            let by_path: BTreeMap<_, _> = records
                .iter()
                .map(|record| (record.path(), &record.content))
                .collect();
            serde_json::to_string(&by_path)?
        }
        Err(_) => "{}".to_owned(),
    };
    Ok(Quarantined {
        id: RecordId::from_uuid(ambient::new_id()?),
        document,
        hash: refused.change.hash(),
        bytes: refused.change.bytes().to_vec(),
        content,
        refusal: serde_json::to_string(&refused.refusal)?,
        refused: now,
    })
}

async fn rewrite_outbox(
    txn: &mut dyn DeviceTxn,
    document: DocumentId,
    replica: &Replica,
) -> Result<()> {
    for old in txn.outbox(document).await? {
        txn.drop_pending(document, old.hash).await?;
    }
    for change in replica.outbox() {
        txn.push_pending(&pending(document, change)).await?;
    }
    Ok(())
}
