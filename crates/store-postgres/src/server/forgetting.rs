//! Keeping and forgetting: holds, logs written anew, families erased.

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId, FamilyId};
use sqlx::PgConnection;
use store::{
    StoreError,
    server::{ErasedFamily, ForgetTxn, Hold, Rewriting, Txn as _},
};
use uuid::Uuid;

use super::{PostgresTxn, changes, documents, erasing, families};
use crate::values::driver;

struct HoldRow {
    family: Uuid,
    began: i64,
    ended: Option<i64>,
    reference: String,
}

impl From<HoldRow> for Hold {
    fn from(row: HoldRow) -> Self {
        Self {
            family: row.family.into(),
            reference: row.reference,
            began: row.began,
            ended: row.ended,
        }
    }
}

#[async_trait]
impl ForgetTxn for PostgresTxn {
    async fn set_hold(&mut self, hold: &Hold) -> Result<bool, StoreError> {
        if !families::lock(&mut self.db, hold.family).await? {
            return Err(StoreError::Missing { what: "family" });
        }
        let done = sqlx::query!(
            "INSERT INTO holds (family, began, ended, reference) VALUES ($1, $2, NULL, $3)
             ON CONFLICT DO NOTHING",
            hold.family.as_uuid(),
            hold.began,
            hold.reference,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("setting a hold"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn lift_hold(&mut self, family: FamilyId, at: i64) -> Result<bool, StoreError> {
        families::lock(&mut self.db, family).await?;
        let done = sqlx::query!(
            "UPDATE holds SET ended = $2 WHERE family = $1 AND ended IS NULL",
            family.as_uuid(),
            at,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("lifting a hold"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn hold_of(&mut self, family: FamilyId) -> Result<Option<Hold>, StoreError> {
        families::lock(&mut self.db, family).await?;
        let row = sqlx::query_as!(
            HoldRow,
            "SELECT family, began, ended, reference FROM holds WHERE family = $1 AND ended IS NULL",
            family.as_uuid(),
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a hold"))?;
        Ok(row.map(Hold::from))
    }

    async fn holds(&mut self) -> Result<Vec<Hold>, StoreError> {
        let rows = sqlx::query_as!(
            HoldRow,
            "SELECT family, began, ended, reference FROM holds WHERE ended IS NULL
             ORDER BY began, family",
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing holds"))?;
        Ok(rows.into_iter().map(Hold::from).collect())
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
        self.view.begin(document, rewriting.epoch);
        self.view.grow(document, head);
        Ok(gone)
    }

    async fn is_retired(
        &mut self,
        document: DocumentId,
        hash: [u8; 32],
    ) -> Result<bool, StoreError> {
        let found = sqlx::query_scalar!(
            r#"SELECT 1 AS "found!" FROM retired WHERE document = $1 AND hash = $2"#,
            document.as_uuid(),
            hash.as_slice(),
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("looking up a retired change"))?;
        Ok(found.is_some())
    }

    async fn forgotten(&mut self, document: DocumentId) -> Result<Vec<Uuid>, StoreError> {
        sqlx::query_scalar!(
            "SELECT id FROM forgotten WHERE document = $1 ORDER BY place",
            document.as_uuid(),
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing what was forgotten"))
    }

    async fn erase_family(
        &mut self,
        family: FamilyId,
        at: i64,
    ) -> Result<ErasedFamily, StoreError> {
        // From here on nobody adds anything that names the family, and then nothing that names one
        // of its documents.
        if !families::lock_whole(&mut self.db, family).await? {
            return Err(StoreError::Missing { what: "family" });
        }
        let mut erased = ErasedFamily::default();
        for document in documents::of_family(&mut self.db, family).await? {
            documents::lock(&mut self.db, document.id).await?;
            erasing::document(&mut self.db, document.id, at, &mut erased).await?;
            self.view.erase(document.id);
            erased.documents.push(document.id);
        }
        erasing::family(&mut self.db, family, &mut erased).await?;
        Ok(erased)
    }

    async fn was_erased(&mut self, document: DocumentId) -> Result<bool, StoreError> {
        let found = sqlx::query_scalar!(
            r#"SELECT 1 AS "found!" FROM erased_documents WHERE document = $1"#,
            document.as_uuid()
        )
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
        sqlx::query_scalar!(
            "SELECT device FROM actors WHERE document = $1 AND actor = $2",
            document.as_uuid(),
            actor,
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading an actor"))
        .map(|bound| bound.map(DeviceId::from))
    }
}

/// Notes the hashes of the log as it is.
async fn retire(db: &mut PgConnection, document: DocumentId) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO retired (document, hash)
         SELECT document, hash FROM changes WHERE document = $1 ON CONFLICT DO NOTHING",
        document.as_uuid(),
    )
    .execute(db)
    .await
    .map_err(driver("retiring a log"))?;
    Ok(())
}

/// What stands in the log again (its genesis) is not retired.
async fn keep_in_use(db: &mut PgConnection, document: DocumentId) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM retired WHERE document = $1
         AND hash IN (SELECT hash FROM changes WHERE document = $1)",
        document.as_uuid(),
    )
    .execute(db)
    .await
    .map_err(driver("retiring a log"))?;
    Ok(())
}

/// An empty document of another epoch.
async fn begin_again(
    db: &mut PgConnection,
    document: DocumentId,
    epoch: u64,
) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE documents SET epoch = $2, head = 0 WHERE id = $1",
        document.as_uuid(),
        epoch.cast_signed(),
    )
    .execute(db)
    .await
    .map_err(driver("beginning a log anew"))?;
    Ok(())
}

/// After those that were forgotten before.
async fn forget(
    db: &mut PgConnection,
    document: DocumentId,
    id: Uuid,
    at: i64,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO forgotten (document, place, id, at)
         SELECT $1, coalesce(max(place), 0) + 1, $2, $3 FROM forgotten WHERE document = $1",
        document.as_uuid(),
        id,
        at,
    )
    .execute(db)
    .await
    .map_err(driver("noting what was forgotten"))?;
    Ok(())
}
