//! Keeping and forgetting: holds, logs written anew, families erased.

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId, FamilyId};
use sqlx::SqliteConnection;
use store::{
    StoreError,
    server::{ErasedFamily, ForgetTxn, Hold, Rewriting, Txn as _},
};
use uuid::Uuid;

use super::{SqliteTxn, changes, erasing};
use crate::values::{driver, driver_or_missing, id};

struct HoldRow {
    family: Vec<u8>,
    began: i64,
    ended: Option<i64>,
    reference: String,
}

impl TryFrom<HoldRow> for Hold {
    type Error = StoreError;

    fn try_from(row: HoldRow) -> Result<Self, StoreError> {
        Ok(Self {
            family: id("holds", &row.family)?,
            reference: row.reference,
            began: row.began,
            ended: row.ended,
        })
    }
}

#[async_trait]
impl ForgetTxn for SqliteTxn {
    async fn set_hold(&mut self, hold: &Hold) -> Result<bool, StoreError> {
        let family = hold.family.as_uuid().as_bytes().as_slice();
        let done = sqlx::query!(
            "INSERT INTO holds (family, began, ended, reference) VALUES ($1, $2, NULL, $3)
             ON CONFLICT DO NOTHING",
            family,
            hold.began,
            hold.reference,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("setting a hold", "family"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn lift_hold(&mut self, family: FamilyId, at: i64) -> Result<bool, StoreError> {
        let family = family.as_uuid().as_bytes().as_slice();
        let done = sqlx::query!(
            "UPDATE holds SET ended = $2 WHERE family = $1 AND ended IS NULL",
            family,
            at,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("lifting a hold"))?;
        Ok(done.rows_affected() > 0)
    }

    /// Every transaction holds SQLite's one write lock from its start, so nobody else sets one.
    async fn hold_of(&mut self, family: FamilyId) -> Result<Option<Hold>, StoreError> {
        let family = family.as_uuid().as_bytes().as_slice();
        sqlx::query_as!(
            HoldRow,
            "SELECT family, began, ended, reference FROM holds WHERE family = $1 AND ended IS NULL",
            family,
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a hold"))?
        .map(Hold::try_from)
        .transpose()
    }

    async fn holds(&mut self) -> Result<Vec<Hold>, StoreError> {
        sqlx::query_as!(
            HoldRow,
            "SELECT family, began, ended, reference FROM holds WHERE ended IS NULL
             ORDER BY began, family",
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing holds"))?
        .into_iter()
        .map(Hold::try_from)
        .collect()
    }

    async fn rewrite_log(
        &mut self,
        document: DocumentId,
        rewriting: &Rewriting,
    ) -> Result<u64, StoreError> {
        let before = self.lock_document(document).await?;
        let before = before.ok_or(StoreError::Missing { what: "document" })?;
        rewriting.must_be_sound(&before)?;
        retire(&mut self.db, document).await?;
        let gone = erasing::log(&mut self.db, document).await?;
        begin_again(&mut self.db, document, rewriting.epoch).await?;
        for (change, actor) in &rewriting.changes {
            changes::append(&mut self.db, document, change).await?;
            changes::bind_actor(&mut self.db, document, actor, change.device).await?;
        }
        keep_in_use(&mut self.db, document).await?;
        for id in &rewriting.forgotten {
            forget(&mut self.db, document, *id, rewriting.at).await?;
        }
        let head = u64::try_from(rewriting.changes.len()).unwrap_or(u64::MAX);
        self.grown.insert(document, head);
        Ok(gone)
    }

    async fn is_retired(
        &mut self,
        document: DocumentId,
        hash: [u8; 32],
    ) -> Result<bool, StoreError> {
        let key = document.as_uuid().as_bytes().as_slice();
        let hash = hash.as_slice();
        let found = sqlx::query_scalar!(
            "SELECT 1 FROM retired WHERE document = $1 AND hash = $2",
            key,
            hash,
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("looking up a retired change"))?;
        Ok(found.is_some())
    }

    async fn forgotten(&mut self, document: DocumentId) -> Result<Vec<Uuid>, StoreError> {
        let key = document.as_uuid().as_bytes().as_slice();
        sqlx::query_scalar!(
            "SELECT id FROM forgotten WHERE document = $1 ORDER BY place",
            key,
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing what was forgotten"))?
        .iter()
        .map(|bytes| id("forgotten", bytes))
        .collect()
    }

    async fn erase_family(
        &mut self,
        family: FamilyId,
        at: i64,
    ) -> Result<ErasedFamily, StoreError> {
        if self.family(family).await?.is_none() {
            return Err(StoreError::Missing { what: "family" });
        }
        let mut erased = ErasedFamily::default();
        for document in self.documents_of(family).await? {
            erasing::document(&mut self.db, document.id, at, &mut erased).await?;
            self.grown.remove(&document.id);
            erased.documents.push(document.id);
        }
        erasing::family(&mut self.db, family, &mut erased).await?;
        Ok(erased)
    }

    async fn was_erased(&mut self, document: DocumentId) -> Result<bool, StoreError> {
        let key = document.as_uuid().as_bytes().as_slice();
        let found = sqlx::query_scalar!("SELECT 1 FROM erased_documents WHERE document = $1", key)
            .fetch_optional(&mut *self.db)
            .await
            .map_err(driver("looking up an erased document"))?;
        Ok(found.is_some())
    }

    async fn actor_device(
        &mut self,
        document: DocumentId,
        actor: &[u8],
    ) -> Result<Option<DeviceId>, StoreError> {
        let key = document.as_uuid().as_bytes().as_slice();
        sqlx::query_scalar!(
            "SELECT device FROM actors WHERE document = $1 AND actor = $2",
            key,
            actor,
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading an actor"))?
        .map(|bound| id("actors", &bound))
        .transpose()
    }
}

/// Notes the hashes of the log as it is.
async fn retire(db: &mut SqliteConnection, document: DocumentId) -> Result<(), StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    sqlx::query!(
        "INSERT INTO retired (document, hash)
         SELECT document, hash FROM changes WHERE document = $1 ON CONFLICT DO NOTHING",
        key,
    )
    .execute(db)
    .await
    .map_err(driver("retiring a log"))?;
    Ok(())
}

/// What stands in the log again (its genesis) is not retired.
async fn keep_in_use(db: &mut SqliteConnection, document: DocumentId) -> Result<(), StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    sqlx::query!(
        "DELETE FROM retired WHERE document = $1
         AND hash IN (SELECT hash FROM changes WHERE document = $1)",
        key,
    )
    .execute(db)
    .await
    .map_err(driver("retiring a log"))?;
    Ok(())
}

/// An empty document of another epoch.
async fn begin_again(
    db: &mut SqliteConnection,
    document: DocumentId,
    epoch: u64,
) -> Result<(), StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    let epoch = epoch.cast_signed();
    sqlx::query!(
        "UPDATE documents SET epoch = $2, head = 0 WHERE id = $1",
        key,
        epoch
    )
    .execute(db)
    .await
    .map_err(driver("beginning a log anew"))?;
    Ok(())
}

/// After those that were forgotten before.
async fn forget(
    db: &mut SqliteConnection,
    document: DocumentId,
    id: Uuid,
    at: i64,
) -> Result<(), StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    let id = id.as_bytes().as_slice();
    sqlx::query!(
        "INSERT INTO forgotten (document, place, id, at)
         SELECT $1, coalesce(max(place), 0) + 1, $2, $3 FROM forgotten WHERE document = $1",
        key,
        id,
        at,
    )
    .execute(db)
    .await
    .map_err(driver("noting what was forgotten"))?;
    Ok(())
}
