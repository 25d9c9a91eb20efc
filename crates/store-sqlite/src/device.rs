//! A device's database: [`SqliteDeviceStore`], its transactions, and which file answers which
//! method. No SQL stands here.

mod drafts;
mod outbox;
mod profile;
mod quarantine;
mod replicas;

use std::path::Path;

use async_trait::async_trait;
use record::ids::{DocumentId, EntryId, RecordId};
use sqlx::{Sqlite, SqlitePool, Transaction};
use store::{
    StoreError,
    device::{DeviceStore, DeviceTxn, Draft, Pending, Profile, Quarantined, Replica},
};

use crate::{
    open,
    schema::DEVICE,
    values::driver,
    verify::{self, Finding},
};

/// A device's store in one SQLite file.
///
/// Transactions queue for the one connection in the order in which they were begun; a task that
/// begins a second one before the first has ended waits for itself.
#[derive(Debug, Clone)]
pub struct SqliteDeviceStore {
    pool: SqlitePool,
}

impl SqliteDeviceStore {
    /// Opens a device's database, creating it (readable by its owner alone) when there is none, and
    /// brings its schema up to date.
    ///
    /// A file that is not a sound device database of this program's version or an older one is
    /// [`StoreError::Unusable`] and stays as it was, byte for byte.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Ok(Self {
            pool: open::open(&DEVICE, path.as_ref()).await?,
        })
    }

    /// Reads the whole database and lists what is wrong with it; nothing when it is sound. Runs
    /// beside transactions and changes nothing.
    pub async fn verify(&self) -> Result<Vec<Finding>, StoreError> {
        verify::device(&self.pool).await
    }

    /// Waits for the transactions under way and closes the file, so that all of it stands in one
    /// file and can be copied.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

#[async_trait]
impl DeviceStore for SqliteDeviceStore {
    async fn begin(&self) -> Result<Box<dyn DeviceTxn>, StoreError> {
        Ok(Box::new(SqliteDeviceTxn {
            db: open::begin(&self.pool).await?,
        }))
    }
}

struct SqliteDeviceTxn {
    db: Transaction<'static, Sqlite>,
}

#[async_trait]
impl DeviceTxn for SqliteDeviceTxn {
    async fn profile(&mut self) -> Result<Option<Profile>, StoreError> {
        profile::get(&mut self.db).await
    }

    async fn put_profile(&mut self, profile: &Profile) -> Result<(), StoreError> {
        profile::put(&mut self.db, profile).await
    }

    async fn replicas(&mut self) -> Result<Vec<Replica>, StoreError> {
        replicas::all(&mut self.db).await
    }

    async fn replica(&mut self, id: DocumentId) -> Result<Option<Replica>, StoreError> {
        replicas::get(&mut self.db, id).await
    }

    async fn put_replica(&mut self, replica: &Replica) -> Result<(), StoreError> {
        replicas::put(&mut self.db, replica).await
    }

    async fn drop_replica(&mut self, id: DocumentId) -> Result<(), StoreError> {
        replicas::remove(&mut self.db, id).await
    }

    async fn outbox(&mut self, document: DocumentId) -> Result<Vec<Pending>, StoreError> {
        outbox::of_document(&mut self.db, document).await
    }

    async fn push_pending(&mut self, pending: &Pending) -> Result<(), StoreError> {
        outbox::push(&mut self.db, pending).await
    }

    async fn drop_pending(
        &mut self,
        document: DocumentId,
        hash: [u8; 32],
    ) -> Result<bool, StoreError> {
        outbox::remove(&mut self.db, document, hash).await
    }

    async fn quarantine(&mut self) -> Result<Vec<Quarantined>, StoreError> {
        quarantine::all(&mut self.db).await
    }

    async fn put_quarantined(&mut self, refused: &Quarantined) -> Result<(), StoreError> {
        quarantine::put(&mut self.db, refused).await
    }

    async fn drop_quarantined(&mut self, id: RecordId) -> Result<bool, StoreError> {
        quarantine::remove(&mut self.db, id).await
    }

    async fn drafts(&mut self) -> Result<Vec<Draft>, StoreError> {
        drafts::all(&mut self.db).await
    }

    async fn draft(&mut self, id: EntryId) -> Result<Option<Draft>, StoreError> {
        drafts::get(&mut self.db, id).await
    }

    async fn put_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        drafts::put(&mut self.db, draft).await
    }

    async fn drop_draft(&mut self, id: EntryId) -> Result<bool, StoreError> {
        drafts::remove(&mut self.db, id).await
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.db.commit().await.map_err(driver("committing"))
    }
}
