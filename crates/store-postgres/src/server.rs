//! The server's database: [`PostgresStore`], its transactions, and which file answers which method.
//!
//! No SQL stands here; each subject has its file, named as in every other engine.

mod accounts;
mod allocations;
pub(crate) mod audit;
mod boards;
mod break_glass;
mod chains;
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
mod view;

use std::{path::Path, sync::Arc};

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId, FamilyId, ProfessionalId};
use sqlx::{PgPool, Postgres, Transaction};
use store::{
    StoreError,
    server::{
        Account, Allocation, Device, Document, Family, Membership, NewChange, News, Session,
        Snapshot, Store, StoredChange, Txn,
    },
};

use self::{chains::Chains, view::View};
use crate::{
    backup, marks,
    news::{self, Ear},
    open, scrub,
    values::driver,
    verify::{self, Finding},
};

/// The server's store in one PostgreSQL database. Clones share their connections; any number of
/// processes may each have one.
#[derive(Debug, Clone)]
pub struct PostgresStore {
    pool: PgPool,
    ear: Arc<Ear>,
}

impl PostgresStore {
    /// Opens the server's database at a `postgres://` URL, fills an empty one with our tables, and
    /// brings the schema up to date. What the URL leaves out comes from `PGHOST`, `PGUSER`,
    /// `PGPASSWORD`, `PGPASSFILE` and their like, as with PostgreSQL's own programs.
    ///
    /// A database that is not ours, is a newer program's, or can't be reached is
    /// [`StoreError::Unusable`], and nothing in it is changed.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let options = open::options(url)?;
        Ok(Self {
            pool: open::open(options.clone()).await?,
            ear: Arc::new(Ear::new(options)),
        })
    }

    /// Reads the whole database and lists what is wrong with it; nothing when it is sound. Runs
    /// beside transactions and changes nothing.
    pub async fn verify(&self) -> Result<Vec<Finding>, StoreError> {
        verify::server(&self.pool).await
    }

    /// Writes a copy as of this moment to `path`, where nothing stands yet, while the database stays in
    /// use: by `pg_dump`, which must be installed. Who restores it ([`crate::restore`]) begins a new epoch
    /// of each document.
    pub async fn backup(&self, path: impl AsRef<Path>) -> Result<(), StoreError> {
        backup::into(&self.pool, path.as_ref()).await
    }

    /// Waits for the transactions under way and closes the connections.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn begin(&self) -> Result<Box<dyn Txn>, StoreError> {
        Ok(Box::new(PostgresTxn {
            db: open::begin(&self.pool).await?,
            view: View::default(),
            chains: Chains::default(),
        }))
    }

    async fn listen(&self) -> Result<Box<dyn News>, StoreError> {
        self.ear.listen().await
    }

    async fn is_first(&self, mark: [u8; 32], until: i64, now: i64) -> Result<bool, StoreError> {
        marks::is_first(&self.pool, mark, until, now).await
    }

    async fn scrub(&self) -> Result<(), StoreError> {
        scrub::database(&self.pool).await
    }
}

struct PostgresTxn {
    db: Transaction<'static, Postgres>,
    view: View,
    chains: Chains,
}

impl PostgresTxn {
    /// Takes the document's row lock, once in a transaction, and before anything of the document is
    /// written: all writers of a document queue here, so none can meet another half-way. Whether
    /// there is such a document.
    async fn hold(&mut self, document: DocumentId) -> Result<bool, StoreError> {
        if self.view.holds(document) {
            return Ok(true);
        }
        let found = documents::lock(&mut self.db, document).await?;
        if let Some(row) = &found {
            self.view.lock(row);
        }
        Ok(found.is_some())
    }

    async fn must_hold(
        &mut self,
        document: DocumentId,
        what: &'static str,
    ) -> Result<(), StoreError> {
        if self.hold(document).await? {
            Ok(())
        } else {
            Err(StoreError::Missing { what })
        }
    }

    /// What was just read is of the log that was shown: no epoch comes back, so one that is the same
    /// now was the same then.
    async fn must_be_as_shown(&mut self, document: DocumentId) -> Result<(), StoreError> {
        let Some(epoch) = self.view.epoch(document) else {
            return Ok(());
        };
        if documents::epoch(&mut self.db, document).await? == Some(epoch) {
            Ok(())
        } else {
            Err(view::written_anew())
        }
    }
}

#[async_trait]
impl Txn for PostgresTxn {
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
        let row = documents::get(&mut self.db, id).await?;
        row.map(|row| self.view.show(row)).transpose()
    }

    async fn lock_document(&mut self, id: DocumentId) -> Result<Option<Document>, StoreError> {
        let row = documents::lock(&mut self.db, id).await?;
        if let Some(row) = &row {
            self.view.lock(row);
        }
        Ok(row)
    }

    async fn documents_of(&mut self, family: FamilyId) -> Result<Vec<Document>, StoreError> {
        let rows = documents::of_family(&mut self.db, family).await?;
        rows.into_iter().map(|row| self.view.show(row)).collect()
    }

    async fn append_change(
        &mut self,
        document: DocumentId,
        change: &NewChange,
    ) -> Result<u64, StoreError> {
        self.must_hold(document, "document").await?;
        let seq = changes::append(&mut self.db, document, change).await?;
        self.view.grow(document, seq);
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
        let upto = self.view.upto(document);
        let rows = changes::after(&mut self.db, document, after, upto, limit).await?;
        self.must_be_as_shown(document).await?;
        Ok(rows)
    }

    async fn put_snapshot(
        &mut self,
        document: DocumentId,
        snapshot: &Snapshot,
    ) -> Result<(), StoreError> {
        self.must_hold(document, "document").await?;
        changes::put_snapshot(&mut self.db, document, snapshot).await
    }

    async fn snapshot(&mut self, document: DocumentId) -> Result<Option<Snapshot>, StoreError> {
        let upto = self.view.upto(document);
        let snapshot = changes::snapshot(&mut self.db, document, upto).await?;
        self.must_be_as_shown(document).await?;
        Ok(snapshot)
    }

    async fn bind_actor(
        &mut self,
        document: DocumentId,
        actor: &[u8],
        device: DeviceId,
    ) -> Result<DeviceId, StoreError> {
        self.must_hold(document, "document").await?;
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
        self.must_hold(membership.document, "document or account")
            .await?;
        members::add(&mut self.db, membership).await
    }

    async fn end_membership(
        &mut self,
        document: DocumentId,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError> {
        Ok(self.hold(document).await?
            && members::end(&mut self.db, document, professional, at).await?)
    }

    async fn members_of(
        &mut self,
        document: DocumentId,
    ) -> Result<Vec<ProfessionalId>, StoreError> {
        members::of(&mut self.db, document).await
    }

    async fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        audit::keep_anchors(&mut self.db, self.chains.anchored()).await?;
        news::send(&mut self.db, self.view.grown()).await?;
        self.db.commit().await.map_err(driver("committing"))
    }
}
