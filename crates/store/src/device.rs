//! A device's own store: what a phone or laptop keeps between two syncs.
//!
//! The rule above all: nothing that a user wrote leaves this store before the server has accepted it
//! or the user has discarded it. A transaction that is dropped leaves nothing behind; one that has
//! committed survives a killed process.

mod rows;

use async_trait::async_trait;
use record::ids::{DocumentId, EntryId, RecordId};

use crate::StoreError;
pub use rows::{Draft, Pending, Profile, Quarantined, Replica};

/// The local database of one device.
#[async_trait]
pub trait DeviceStore: Send + Sync {
    /// Starts a transaction that may write. Writers queue, so a task must end one before it begins
    /// the next, or it waits for itself.
    async fn begin(&self) -> Result<Box<dyn DeviceTxn>, StoreError>;
}

/// A transaction on a device.
#[async_trait]
pub trait DeviceTxn: Send {
    /// Who this device belongs to and how it signs; absent before enrolment.
    async fn profile(&mut self) -> Result<Option<Profile>, StoreError>;
    /// Sets the profile at enrolment. There is at most one.
    async fn put_profile(&mut self, profile: &Profile) -> Result<(), StoreError>;

    /// Every document that this device holds, by id.
    async fn replicas(&mut self) -> Result<Vec<Replica>, StoreError>;
    /// One document.
    async fn replica(&mut self, id: DocumentId) -> Result<Option<Replica>, StoreError>;
    /// Adds or replaces a document with its cursor.
    async fn put_replica(&mut self, replica: &Replica) -> Result<(), StoreError>;
    /// Removes a document (access ended). Its outbox, quarantine and drafts stay.
    async fn drop_replica(&mut self, id: DocumentId) -> Result<(), StoreError>;

    /// Changes not yet acknowledged, oldest first.
    async fn outbox(&mut self, document: DocumentId) -> Result<Vec<Pending>, StoreError>;
    /// Adds a change at the outbox's end. A hash that is there already changes nothing.
    async fn push_pending(&mut self, pending: &Pending) -> Result<(), StoreError>;
    /// Takes a change out of the outbox (accepted, or moved to quarantine). Returns whether it was there.
    async fn drop_pending(
        &mut self,
        document: DocumentId,
        hash: [u8; 32],
    ) -> Result<bool, StoreError>;

    /// Refused changes, oldest first, of every document.
    async fn quarantine(&mut self) -> Result<Vec<Quarantined>, StoreError>;
    /// Adds a refused change. One with this id is replaced.
    async fn put_quarantined(&mut self, refused: &Quarantined) -> Result<(), StoreError>;
    /// Removes a refused change that its author has dealt with. Returns whether it was there.
    async fn drop_quarantined(&mut self, id: RecordId) -> Result<bool, StoreError>;

    /// Drafts, oldest first.
    async fn drafts(&mut self) -> Result<Vec<Draft>, StoreError>;
    /// One draft.
    async fn draft(&mut self, id: EntryId) -> Result<Option<Draft>, StoreError>;
    /// Adds or replaces a draft.
    async fn put_draft(&mut self, draft: &Draft) -> Result<(), StoreError>;
    /// Removes a draft (completed or discarded). Returns whether it was there.
    async fn drop_draft(&mut self, id: EntryId) -> Result<bool, StoreError>;

    /// Makes everything of this transaction durable.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}
