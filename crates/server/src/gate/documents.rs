//! The change logs, behind proofs: [`Opened`] lets one read a document, [`Locked`] also append.

use access::{Granted, PullDocument, PushDocument, ReadFamily};
use record::ids::{DeviceId, DocumentId, FamilyId, ProfessionalId};
use store::{
    StoreError,
    server::{Document, Heads, NewChange, Snapshot, StoredChange},
};
use uuid::Uuid;

use super::{Passage, Reading};

/// The compartment that a family's summary is drawn from.
const TEAM: &str = "team";

/// A document that its holder may read, with its head as of the transaction that opened it.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    row: Document,
}

impl Opened {
    /// Only `gate` calls this, and only with the row that the grant names.
    pub(super) fn by(granted: &Granted<PullDocument>, row: Document) -> Self {
        debug_assert_eq!(granted.resource().document, *row.id.as_uuid());
        Self { row }
    }

    /// Of a list whose reading is written down as a whole.
    pub(super) fn listed(row: Document) -> Self {
        Self { row }
    }

    /// The document's id.
    pub(crate) fn id(&self) -> DocumentId {
        self.row.id
    }

    /// Its family.
    pub(super) fn family(&self) -> FamilyId {
        self.row.family
    }

    /// Its compartment's code.
    pub(crate) fn compartment(&self) -> &str {
        &self.row.compartment
    }

    /// Whose it is, where it is one author's own.
    pub(crate) fn owner(&self) -> Option<ProfessionalId> {
        self.row.owner
    }

    /// Its epoch.
    pub(crate) fn epoch(&self) -> u64 {
        self.row.epoch
    }

    /// The sequence number of its newest change.
    pub(crate) fn head(&self) -> u64 {
        self.row.head
    }
}

/// A document that its holder may append to, while no other transaction can.
#[derive(Debug)]
pub(crate) struct Locked(Opened);

impl Locked {
    /// The document to read.
    pub(crate) fn opened(&self) -> &Opened {
        &self.0
    }
}

impl Passage {
    /// Opens a document again, as of this transaction. Owes a row: [`Passage::record_pull`].
    pub(crate) async fn open(
        &mut self,
        granted: &Granted<PullDocument>,
    ) -> Result<Opened, StoreError> {
        let id = DocumentId::from_uuid(granted.resource().document);
        let row = self.txn().await?.document(id).await?;
        self.owe();
        Ok(Opened {
            row: row.ok_or(StoreError::Missing { what: "document" })?,
        })
    }

    /// Opens a family's team document, and writes down what is read of it; none while the family has
    /// none. Only after [`Passage::commit`] may it be answered with.
    pub(crate) async fn open_team(
        &mut self,
        granted: &Granted<ReadFamily>,
        reading: Reading,
    ) -> Result<Option<Opened>, StoreError> {
        let family = FamilyId::from_uuid(granted.resource().family);
        let rows = self.txn().await?.documents_of(family).await?;
        let Some(row) = rows.into_iter().find(|row| row.compartment == TEAM) else {
            return Ok(None);
        };
        let opened = Opened { row };
        self.owe();
        self.record_reading(granted, &opened, reading).await?;
        Ok(Some(opened))
    }

    /// Locks a document for appending.
    pub(crate) async fn lock(
        &mut self,
        granted: &Granted<PushDocument>,
    ) -> Result<Locked, StoreError> {
        let id = DocumentId::from_uuid(granted.resource().document);
        let row = self.txn().await?.lock_document(id).await?;
        Ok(Locked(Opened {
            row: row.ok_or(StoreError::Missing { what: "document" })?,
        }))
    }

    /// The team's document of the family that a document belongs to; none when the family has none.
    /// Whoever may write a compartment is allocated, and so may read the team's.
    pub(crate) async fn team_beside(
        &mut self,
        locked: &Locked,
    ) -> Result<Option<Opened>, StoreError> {
        let rows = self.txn().await?.documents_of(locked.0.row.family).await?;
        Ok(rows
            .into_iter()
            .find(|row| row.compartment == TEAM)
            .map(|row| Opened { row }))
    }

    /// The newest snapshot.
    pub(crate) async fn snapshot(&mut self, of: &Opened) -> Result<Option<Snapshot>, StoreError> {
        self.txn().await?.snapshot(of.id()).await
    }

    /// At most `limit` changes after sequence number `after`, in order.
    pub(crate) async fn changes_after(
        &mut self,
        of: &Opened,
        after: u64,
        limit: u32,
    ) -> Result<Vec<StoredChange>, StoreError> {
        self.txn().await?.changes_after(of.id(), after, limit).await
    }

    /// The sequence number of a change that the log holds already.
    pub(crate) async fn change_seq(
        &mut self,
        of: &Locked,
        hash: [u8; 32],
    ) -> Result<Option<u64>, StoreError> {
        self.txn().await?.change_seq(of.opened().id(), hash).await
    }

    /// Whether a change had been accepted here and has been erased or written anew since.
    pub(crate) async fn is_retired(
        &mut self,
        of: &Locked,
        hash: [u8; 32],
    ) -> Result<bool, StoreError> {
        self.txn().await?.is_retired(of.opened().id(), hash).await
    }

    /// Ids of what was erased from a document, ever: ids alone, of nothing that is there any more.
    pub(crate) async fn forgotten(&mut self, of: &Opened) -> Result<Vec<Uuid>, StoreError> {
        self.txn().await?.forgotten(of.id()).await
    }

    /// Which of these documents were erased with their family. Without a grant: of what is gone for
    /// good there is nobody left to ask, and whoever knows its random id has held it. That it must be
    /// dropped is to be told to those, too, whose allocation has ended.
    pub(crate) async fn erased(
        &mut self,
        documents: &[DocumentId],
    ) -> Result<Vec<DocumentId>, StoreError> {
        let mut erased = Vec::new();
        for document in documents {
            if self.txn().await?.was_erased(*document).await? {
                erased.push(*document);
            }
        }
        Ok(erased)
    }

    /// Binds an actor to a device for ever; the device that it is bound to.
    pub(crate) async fn bind_actor(
        &mut self,
        of: &Locked,
        actor: &[u8],
        device: DeviceId,
    ) -> Result<DeviceId, StoreError> {
        self.txn()
            .await?
            .bind_actor(of.opened().id(), actor, device)
            .await
    }

    /// Appends an accepted change and returns its sequence number. The push owes a row:
    /// [`Passage::record_push`].
    pub(crate) async fn append(
        &mut self,
        to: &Locked,
        change: &NewChange,
    ) -> Result<u64, StoreError> {
        self.owes_push();
        let id = to.opened().id();
        self.txn().await?.append_change(id, change).await
    }

    /// Keeps a snapshot.
    pub(crate) async fn put_snapshot(
        &mut self,
        of: &Locked,
        snapshot: &Snapshot,
    ) -> Result<(), StoreError> {
        self.txn()
            .await?
            .put_snapshot(of.opened().id(), snapshot)
            .await
    }

    /// Notes a document's heads.
    pub(crate) async fn put_heads(&mut self, of: &Locked, heads: &Heads) -> Result<(), StoreError> {
        self.txn().await?.put_heads(of.opened().id(), heads).await
    }

    /// The heads as of what was opened; none where they were not noted for it.
    pub(crate) async fn heads(&mut self, of: &Opened) -> Result<Option<Heads>, StoreError> {
        let heads = self.txn().await?.heads(of.id()).await?;
        Ok(heads.filter(|it| it.seq == of.head()))
    }

    /// The lineage of a document.
    pub(crate) async fn lineage(&mut self, of: &Opened) -> Result<u64, StoreError> {
        let lineage = self.txn().await?.lineage(of.id()).await?;
        lineage.ok_or(StoreError::Missing { what: "document" })
    }

    /// Notes who gave a change back.
    pub(crate) async fn note_returned(
        &mut self,
        to: &Locked,
        seq: u64,
        by: DeviceId,
        at: i64,
    ) -> Result<(), StoreError> {
        self.txn()
            .await?
            .note_returned(to.opened().id(), seq, by, at)
            .await
    }

    /// The key under which this server proves what it has accepted.
    pub(crate) async fn proof_key(&mut self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        self.txn().await?.proof_key(fresh).await
    }
}
