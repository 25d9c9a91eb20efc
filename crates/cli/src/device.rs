//! One device: a laptop with a local store, which syncs with a server when there is one.
//!
//! The order of every step is: decide (`sync`, `record`), store, then speak. A device that is killed
//! between any two steps has lost nothing: what it had written is in its store, and asking the
//! server again is harmless.

mod client;
mod erased;
mod sync;

use std::{collections::BTreeMap, path::Path};

use ::sync::{
    replica::Replica,
    wire::{Bytes, Cursor},
};
use anyhow::{Context, Result};
use jiff::Timestamp;
use record::{
    Configuration, Document, EntryDraft, Refusal, Workbook, Writer,
    ids::{DocumentId, EntryId, FamilyId},
    model::Record,
    terms::{Compartment, Discipline},
};
use store::device::{DeviceStore as _, Draft, Pending, Profile, Quarantined};
use store_sqlite::SqliteDeviceStore;

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
    /// Stands for a team whose document is not here (yet): a compartment beside it names nobody.
    nobody: Document,
}

struct Opened {
    row: store::device::Replica,
    replica: Replica,
}

impl Opened {
    fn is_team(&self) -> bool {
        self.row.compartment == Compartment::Team.code()
    }
}

/// What one sync did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// Changes that the server has taken for good.
    pub accepted: usize,
    /// Refusals, each also kept in quarantine.
    pub refused: Vec<Refusal>,
    /// How many families' records were erased by the council, and with them everything of theirs here.
    pub erased: usize,
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
            nobody: Document::genesis(),
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
                .context("a family's record on this device can't be opened: sync it anew")?
                // One that can't be read proves nothing; nothing else depends on it.
                .with_standing(serde_json::from_str(&row.standing).unwrap_or_default());
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
        server.clone_into(&mut self.profile.server);
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
            .filter(|it| it.is_team())
            .map(|it| (it.row.family, it.row.family_name.as_str()))
            .collect()
    }

    fn document_of(&self, family: FamilyId, compartment: &Compartment) -> Result<DocumentId> {
        self.open
            .values()
            .find(|it| it.row.family == family && it.row.compartment == compartment.code())
            .map(|it| it.row.document)
            .with_context(|| match compartment {
                Compartment::Team => {
                    "this family is not on the device: sync while you have signal".to_owned()
                }
                _ => format!(
                    "this family has no {} on this device: its members are named by the manager",
                    compartment.code()
                ),
            })
    }

    /// Which of a family's documents something is written in, for the record's rules.
    fn place(&self, family: FamilyId, compartment: &str) -> record::Context<'_> {
        let team = self
            .open
            .values()
            .find(|it| it.row.family == family && it.is_team())
            .map_or(&self.nobody, |it| it.replica.working());
        match Compartment::from_code(compartment) {
            None | Some(Compartment::Team) => record::Context::team(),
            // The server gives nobody another author's own.
            Some(Compartment::AuthorOnly) => {
                record::Context::author_only(self.profile.professional, team)
            }
            Some(other) => record::Context::compartment(other, team),
        }
    }

    /// The family's team record as this device knows it, own unsent changes included.
    pub fn workbook(&self, family: FamilyId) -> Result<Workbook> {
        Ok(self.document(family)?.read())
    }

    /// The document behind [`Device::workbook`].
    pub fn document(&self, family: FamilyId) -> Result<&Document> {
        self.document_in(family, &Compartment::Team)
    }

    /// One of the family's documents, own unsent changes included.
    pub fn document_in(&self, family: FamilyId, compartment: &Compartment) -> Result<&Document> {
        let document = self.document_of(family, compartment)?;
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
        self.complete_in(&Compartment::Team, draft, at).await
    }

    /// As [`Device::complete`], into one of the family's compartments.
    pub async fn complete_in(
        &mut self,
        compartment: &Compartment,
        draft: EntryDraft,
        at: Timestamp,
    ) -> Result<()> {
        let row = self.store.begin().await?.draft(draft.id).await?;
        let row =
            row.context("there is no such draft on this device: it may be complete already")?;
        let id = draft.id;
        let records = draft.attest(&Configuration::built_in()?, at)?;
        let document = self.document_of(row.family, compartment)?;
        self.write_with(document, &records, at, Some(id)).await
    }

    /// Writes records as one change into the outbox.
    pub async fn write(
        &mut self,
        family: FamilyId,
        records: &[Record],
        at: Timestamp,
    ) -> Result<()> {
        self.write_in(family, &Compartment::Team, records, at).await
    }

    /// As [`Device::write`], into one of the family's compartments.
    pub async fn write_in(
        &mut self,
        family: FamilyId,
        compartment: &Compartment,
        records: &[Record],
        at: Timestamp,
    ) -> Result<()> {
        let document = self.document_of(family, compartment)?;
        self.write_with(document, records, at, None).await
    }

    async fn write_with(
        &mut self,
        document: DocumentId,
        records: &[Record],
        at: Timestamp,
        draft: Option<EntryId>,
    ) -> Result<()> {
        let writer = self.writer()?;
        let opened = self
            .open
            .get(&document)
            .context("this family is not on the device")?;
        let mut replica = opened.replica.clone();
        let place = self.place(opened.row.family, &opened.row.compartment);
        let change = replica.write(records, &writer, &self.actor, at, &place)?;
        let mut txn = self.store.begin().await?;
        txn.push_pending(&pending(document, &change)).await?;
        if let Some(id) = draft {
            txn.drop_draft(id).await?;
        }
        txn.commit().await?;
        if let Some(opened) = self.open.get_mut(&document) {
            opened.replica = replica;
        }
        Ok(())
    }

    /// Refused changes, with their reason and content.
    pub async fn quarantine(&self) -> Result<Vec<Quarantined>> {
        Ok(self.store.begin().await?.quarantine().await?)
    }
}

fn pending(document: DocumentId, change: &record::Change) -> Pending {
    Pending {
        document,
        hash: change.hash(),
        bytes: change.bytes().to_vec(),
        written: change.written().as_millisecond(),
    }
}
