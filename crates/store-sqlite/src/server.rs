//! The server's database: [`SqliteStore`], its transactions, and which file answers which method.
//!
//! No SQL stands here; each subject has its file, named as in every other engine.

mod accounts;
mod allocations;
pub(crate) mod audit;
mod boards;
mod break_glass;
mod changes;
mod documents;
mod erasing;
mod families;
mod forgetting;
mod identities;
mod leavers;
mod members;
mod reach;
mod restoring;
mod restrictions;
mod teams;

use std::{collections::BTreeMap, path::Path};

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId, FamilyId, ProfessionalId};
use sqlx::{Sqlite, SqlitePool, Transaction};
use store::{
    StoreError,
    server::{
        Account, Allocation, Device, Document, Family, Feed, Marks, Membership, NewChange, News,
        Session, Snapshot, Store, StoredChange, Txn,
    },
};

use crate::{
    backup, open,
    schema::SERVER,
    scrub,
    values::driver,
    verify::{self, Finding},
};

/// The server's store in one SQLite file.
///
/// Transactions queue for the one connection in the order in which they were begun; a task that
/// begins a second one before the first has ended waits for itself. Clones share one store; news is
/// told to the listeners of the store and its clones, since only one server process writes to a file.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    pool: SqlitePool,
    feed: Feed,
    marks: Marks,
}

impl SqliteStore {
    /// Opens the server's database, creating it (readable by its owner alone) when there is none,
    /// and brings its schema up to date.
    ///
    /// A file that is not a sound server database of this program's version or an older one is
    /// [`StoreError::Unusable`] and stays as it was, byte for byte.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Ok(Self {
            pool: open::open(&SERVER, path.as_ref()).await?,
            feed: Feed::default(),
            marks: Marks::default(),
        })
    }

    /// Reads the whole database and lists what is wrong with it; nothing when it is sound. Runs
    /// beside transactions and changes nothing.
    pub async fn verify(&self) -> Result<Vec<Finding>, StoreError> {
        verify::server(&self.pool).await
    }

    /// Writes a copy as of this moment to `path`, where nothing stands yet, while the database stays in
    /// use. Who restores it begins a new epoch of each document.
    pub async fn backup(&self, path: impl AsRef<Path>) -> Result<(), StoreError> {
        backup::into(&self.pool, path.as_ref()).await
    }

    /// Waits for the transactions under way and closes the file, so that all of it stands in one
    /// file and can be copied.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn begin(&self) -> Result<Box<dyn Txn>, StoreError> {
        Ok(Box::new(SqliteTxn {
            db: open::begin(&self.pool).await?,
            feed: self.feed.clone(),
            grown: BTreeMap::new(),
        }))
    }

    async fn listen(&self) -> Result<Box<dyn News>, StoreError> {
        Ok(self.feed.listen())
    }

    async fn is_first(&self, mark: [u8; 32], until: i64, now: i64) -> Result<bool, StoreError> {
        Ok(self.marks.is_first(mark, until, now))
    }

    async fn scrub(&self) -> Result<(), StoreError> {
        scrub::file(&self.pool).await
    }
}

struct SqliteTxn {
    db: Transaction<'static, Sqlite>,
    feed: Feed,
    grown: BTreeMap<DocumentId, u64>,
}

#[async_trait]
impl Txn for SqliteTxn {
    async fn create_family(&mut self, family: &Family) -> Result<(), StoreError> {
        families::create(&mut self.db, family).await
    }

    async fn family(&mut self, id: FamilyId) -> Result<Option<Family>, StoreError> {
        families::get(&mut self.db, id).await
    }

    async fn families(&mut self) -> Result<Vec<Family>, StoreError> {
        families::all(&mut self.db).await
    }

    async fn create_document(&mut self, document: &Document) -> Result<(), StoreError> {
        documents::create(&mut self.db, document).await
    }

    async fn document(&mut self, id: DocumentId) -> Result<Option<Document>, StoreError> {
        documents::get(&mut self.db, id).await
    }

    async fn lock_document(&mut self, id: DocumentId) -> Result<Option<Document>, StoreError> {
        documents::lock(&mut self.db, id).await
    }

    async fn documents_of(&mut self, family: FamilyId) -> Result<Vec<Document>, StoreError> {
        documents::of_family(&mut self.db, family).await
    }

    async fn append_change(
        &mut self,
        document: DocumentId,
        change: &NewChange,
    ) -> Result<u64, StoreError> {
        let seq = changes::append(&mut self.db, document, change).await?;
        self.grown.insert(document, seq);
        Ok(seq)
    }

    async fn change_seq(
        &mut self,
        document: DocumentId,
        hash: [u8; 32],
    ) -> Result<Option<u64>, StoreError> {
        changes::seq_of(&mut self.db, document, hash).await
    }

    async fn changes_after(
        &mut self,
        document: DocumentId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<StoredChange>, StoreError> {
        changes::after(&mut self.db, document, after, limit).await
    }

    async fn put_snapshot(
        &mut self,
        document: DocumentId,
        snapshot: &Snapshot,
    ) -> Result<(), StoreError> {
        changes::put_snapshot(&mut self.db, document, snapshot).await
    }

    async fn snapshot(&mut self, document: DocumentId) -> Result<Option<Snapshot>, StoreError> {
        changes::snapshot(&mut self.db, document).await
    }

    async fn bind_actor(
        &mut self,
        document: DocumentId,
        actor: &[u8],
        device: DeviceId,
    ) -> Result<DeviceId, StoreError> {
        changes::bind_actor(&mut self.db, document, actor, device).await
    }

    async fn create_account(&mut self, account: &Account) -> Result<(), StoreError> {
        accounts::create(&mut self.db, account).await
    }

    async fn account(&mut self, id: ProfessionalId) -> Result<Option<Account>, StoreError> {
        accounts::get(&mut self.db, id).await
    }

    async fn account_by_name(&mut self, sign_in: &str) -> Result<Option<Account>, StoreError> {
        accounts::by_name(&mut self.db, sign_in).await
    }

    async fn accounts(&mut self) -> Result<Vec<Account>, StoreError> {
        accounts::all(&mut self.db).await
    }

    async fn enrol_device(&mut self, device: &Device) -> Result<(), StoreError> {
        accounts::enrol(&mut self.db, device).await
    }

    async fn device(&mut self, id: DeviceId) -> Result<Option<Device>, StoreError> {
        accounts::device(&mut self.db, id).await
    }

    async fn devices_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<Device>, StoreError> {
        accounts::devices_of(&mut self.db, professional).await
    }

    async fn device_seen(&mut self, id: DeviceId, at: i64) -> Result<(), StoreError> {
        accounts::device_seen(&mut self.db, id, at).await
    }

    async fn revoke_device(&mut self, id: DeviceId, at: i64) -> Result<bool, StoreError> {
        accounts::revoke(&mut self.db, id, at).await
    }

    async fn create_session(&mut self, session: &Session) -> Result<(), StoreError> {
        accounts::create_session(&mut self.db, session).await
    }

    async fn session(
        &mut self,
        token_sha256: [u8; 32],
        now: i64,
    ) -> Result<Option<Session>, StoreError> {
        accounts::session(&mut self.db, token_sha256, now).await
    }

    async fn end_session(&mut self, token_sha256: [u8; 32]) -> Result<(), StoreError> {
        accounts::end_session(&mut self.db, token_sha256).await
    }

    async fn allocate(&mut self, allocation: &Allocation) -> Result<(), StoreError> {
        allocations::allocate(&mut self.db, allocation).await
    }

    async fn end_allocation(
        &mut self,
        family: FamilyId,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError> {
        allocations::end(&mut self.db, family, professional, at).await
    }

    async fn is_allocated(
        &mut self,
        family: FamilyId,
        professional: ProfessionalId,
    ) -> Result<bool, StoreError> {
        allocations::is_allocated(&mut self.db, family, professional).await
    }

    async fn families_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<Family>, StoreError> {
        allocations::families_of(&mut self.db, professional).await
    }

    async fn team_of(&mut self, family: FamilyId) -> Result<Vec<Account>, StoreError> {
        allocations::team_of(&mut self.db, family).await
    }

    async fn add_member(&mut self, membership: &Membership) -> Result<(), StoreError> {
        members::add(&mut self.db, membership).await
    }

    async fn end_membership(
        &mut self,
        document: DocumentId,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError> {
        members::end(&mut self.db, document, professional, at).await
    }

    async fn members_of(
        &mut self,
        document: DocumentId,
    ) -> Result<Vec<ProfessionalId>, StoreError> {
        members::of(&mut self.db, document).await
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let news = self.feed.promise(self.grown);
        self.db.commit().await.map_err(driver("committing"))?;
        news.keep();
        Ok(())
    }
}
