//! One device: a laptop with a local store, which syncs with a server when there is one.
//!
//! The order of every step is: decide (`sync`, `record`), store, then speak. A device that is killed
//! between any two steps has lost nothing: what it had written is in its store, and asking the
//! server again is harmless.

mod client;
pub mod compose;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use record::{
    Document, EntryDraft, Refusal, Rule, Workbook, Writer,
    ids::{DocumentId, FamilyId, RecordId},
    model::Record,
    terms::Discipline,
};
use store::device::{DeviceStore as _, DeviceTxn, Draft, Pending, Profile, Quarantined};
use store_sqlite::SqliteDeviceStore;
use sync::{
    replica::{Moved, Replica},
    wire::{Bytes, Cursor, MAX_PUSHED_CHANGES, PulledDocument},
};

pub use client::{Client, SignIn};

use crate::ambient;

/// A device with its store open.
pub struct Device {
    store: SqliteDeviceStore,
    profile: Profile,
    client: Client,
    /// Documents opened so far, with the family's name.
    open: BTreeMap<DocumentId, Opened>,
    /// The Automerge actor of this session: fresh, so that a device restored from a backup never
    /// numbers two different changes alike.
    actor: [u8; 16],
}

struct Opened {
    row: store::device::Replica,
    replica: Replica,
}

/// What one sync did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// Changes that the server has taken for good.
    pub accepted: usize,
    /// Refusals, each also kept in quarantine.
    pub refused: Vec<Refusal>,
}

impl Device {
    /// Enrols a new device with a server and creates its store at `path`.
    pub async fn enrol(path: &Path, server: &str, sign_in: &SignIn) -> Result<Self> {
        let secret_key = ambient::random_bytes()?;
        let profile = client::enrol(server, sign_in, secret_key).await?;
        let store = SqliteDeviceStore::open(path).await?;
        let mut txn = store.begin().await?;
        txn.put_profile(&profile).await?;
        txn.commit().await?;
        Self::with(store, profile).await
    }

    /// Opens a device that was enrolled before.
    pub async fn open(path: &Path) -> Result<Self> {
        let store = SqliteDeviceStore::open(path).await?;
        let profile = store.begin().await?.profile().await?;
        let profile = profile.context("this device is not enrolled: enrol it first")?;
        Self::with(store, profile).await
    }

    async fn with(store: SqliteDeviceStore, profile: Profile) -> Result<Self> {
        let client = Client::new(&profile);
        let mut device = Self {
            store,
            profile,
            client,
            open: BTreeMap::new(),
            actor: ambient::random_bytes()?,
        };
        device.load().await?;
        Ok(device)
    }

    async fn load(&mut self) -> Result<()> {
        let mut txn = self.store.begin().await?;
        for row in txn.replicas().await? {
            let cursor = Cursor {
                document: row.document,
                epoch: row.epoch,
                seq: row.cursor,
            };
            let outbox: Vec<_> = txn
                .outbox(row.document)
                .await?
                .into_iter()
                .map(|it| Bytes(it.bytes))
                .collect();
            let replica = Replica::open(cursor, &row.bytes, &outbox)
                .context("a family's record on this device can't be opened: sync it anew")?;
            self.open.insert(row.document, Opened { row, replica });
        }
        Ok(())
    }

    /// Closes the store, so that its file can be copied.
    pub async fn close(self) {
        self.store.close().await;
    }

    /// Points the device at the same server under another address.
    pub async fn move_server(&mut self, server: &str) -> Result<()> {
        self.profile.server = server.to_owned();
        self.client = Client::new(&self.profile);
        let mut txn = self.store.begin().await?;
        txn.put_profile(&self.profile).await?;
        Ok(txn.commit().await?)
    }

    /// Whose device it is.
    pub fn writer(&self) -> Result<Writer> {
        let discipline = Discipline::from_code(&self.profile.discipline)
            .context("the account's discipline is not a code: ask whoever runs the system")?;
        Ok(Writer {
            professional: self.profile.professional,
            discipline,
            device: self.profile.device,
        })
    }

    /// The owner's name.
    pub fn name(&self) -> &str {
        &self.profile.name
    }

    /// The families on this device, by id.
    pub fn families(&self) -> Vec<(FamilyId, &str)> {
        self.open
            .values()
            .map(|it| (it.row.family, it.row.family_name.as_str()))
            .collect()
    }

    fn team_document(&self, family: FamilyId) -> Result<DocumentId> {
        self.open
            .values()
            .find(|it| it.row.family == family && it.row.compartment == "team")
            .map(|it| it.row.document)
            .context("this family is not on the device: sync while you have signal")
    }

    /// The family's team record as this device knows it, own unsent changes included.
    pub fn workbook(&self, family: FamilyId) -> Result<Workbook> {
        Ok(self.document(family)?.read())
    }

    /// The document behind [`Device::workbook`].
    pub fn document(&self, family: FamilyId) -> Result<&Document> {
        let document = self.team_document(family)?;
        let opened = self
            .open
            .get(&document)
            .context("this family is not on the device")?;
        Ok(opened.replica.working())
    }

    /// How many changes wait for the server.
    pub fn waiting(&self) -> usize {
        self.open.values().map(|it| it.replica.outbox().len()).sum()
    }

    /// Keeps a draft. It stays on this device until it is complete.
    pub async fn keep_draft(
        &self,
        family: FamilyId,
        draft: &EntryDraft,
        at: Timestamp,
    ) -> Result<()> {
        let row = Draft {
            id: draft.id,
            family,
            json: serde_json::to_string(draft)?,
            begun: at.as_millisecond(),
            changed: at.as_millisecond(),
        };
        let mut txn = self.store.begin().await?;
        txn.put_draft(&row).await?;
        Ok(txn.commit().await?)
    }

    /// Completes a kept draft: its author has read it and confirms that it is their record.
    ///
    /// The draft leaves and the change joins the outbox in one transaction.
    pub async fn complete(&mut self, draft: EntryDraft, at: Timestamp) -> Result<()> {
        let row = self.store.begin().await?.draft(draft.id).await?;
        let row =
            row.context("there is no such draft on this device: it may be complete already")?;
        let id = draft.id;
        self.write_with(row.family, &draft.attest(at), at, Some(id))
            .await
    }

    /// Writes records as one change into the outbox.
    pub async fn write(
        &mut self,
        family: FamilyId,
        records: &[Record],
        at: Timestamp,
    ) -> Result<()> {
        self.write_with(family, records, at, None).await
    }

    async fn write_with(
        &mut self,
        family: FamilyId,
        records: &[Record],
        at: Timestamp,
        draft: Option<record::ids::EntryId>,
    ) -> Result<()> {
        let writer = self.writer()?;
        let document = self.team_document(family)?;
        let opened = self
            .open
            .get_mut(&document)
            .context("this family is not on the device")?;
        let mut replica = opened.replica.clone();
        let change = replica.write(records, &writer, &self.actor, at)?;
        let mut txn = self.store.begin().await?;
        txn.push_pending(&pending(document, &change)).await?;
        if let Some(id) = draft {
            txn.drop_draft(id).await?;
        }
        txn.commit().await?;
        opened.replica = replica;
        Ok(())
    }

    /// Refused changes, with their reason and content.
    pub async fn quarantine(&self) -> Result<Vec<Quarantined>> {
        Ok(self.store.begin().await?.quarantine().await?)
    }

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
        let mut parts = Vec::new();
        for opened in self.open.values() {
            if let Some(part) = opened.replica.push(room) {
                room -= part.changes.len();
                parts.push(part);
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
            self.actor = ambient::random_bytes()?;
            let moved = replica.pushed(part, &writer, &self.actor)?;
            synced.accepted += moved.acknowledged.len();
            self.store_moved(part.document, replica, moved, None, synced)
                .await?;
        }
        Ok(())
    }

    /// One request of a sync: pulls a page of news and stores it. Returns whether there is more.
    pub async fn pull_once(&mut self, synced: &mut Synced) -> Result<bool> {
        let cursors = self.open.values().map(|it| it.replica.pull()).collect();
        let answer = self.client.pull(cursors).await?;
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
            self.actor = ambient::random_bytes()?;
            let moved = replica.pulled(news, &writer, &self.actor)?;
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
                    "you are no longer allocated to this family: ask its team manager",
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
        for hash in &moved.acknowledged {
            txn.drop_pending(document, *hash).await?;
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
                document,
                family: news.family,
                family_name: news.family_name.clone(),
                compartment: news.compartment.clone(),
                epoch: replica.cursor().epoch,
                cursor: replica.cursor().seq,
                bytes: replica.accepted().save(),
            },
            (None, Some(opened)) => store::device::Replica {
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

/// More rounds than any honest sync needs.
const MAX_ROUNDS: usize = 1_000;

fn pending(document: DocumentId, change: &record::Change) -> Pending {
    Pending {
        document,
        hash: change.hash(),
        bytes: change.bytes().to_vec(),
        written: change.written().as_millisecond(),
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
