//! Documents: which compartments a family has, and how far each log has come.

use record::ids::{DocumentId, FamilyId};
use sqlx::PgConnection;
use store::{StoreError, server::Document};
use uuid::Uuid;

use crate::values::{driver, driver_or_missing, must_be_new, seq};

/// A row as stored; shared with the list of what comes near.
pub(super) struct DocumentRow {
    pub(super) id: Uuid,
    pub(super) family: Uuid,
    pub(super) compartment: String,
    pub(super) epoch: i64,
    pub(super) head: i64,
    pub(super) owner: Option<Uuid>,
}

impl TryFrom<DocumentRow> for Document {
    type Error = StoreError;

    fn try_from(row: DocumentRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.into(),
            family: row.family.into(),
            compartment: row.compartment,
            epoch: row.epoch.cast_unsigned(),
            head: seq("documents", row.head)?,
            owner: row.owner.map(Into::into),
        })
    }
}

/// The head always starts at 0, whatever the caller's value says: it counts the log.
pub(super) async fn create(db: &mut PgConnection, document: &Document) -> Result<(), StoreError> {
    let done = sqlx::query!(
        "INSERT INTO documents (id, family, compartment, epoch, head, owner)
         VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT DO NOTHING",
        document.id.as_uuid(),
        document.family.as_uuid(),
        document.compartment,
        document.epoch.cast_signed(),
        document.owner.as_ref().map(|owner| *owner.as_uuid()),
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("adding a document", "family"))?;
    must_be_new(done.rows_affected(), "document")
}

pub(super) async fn get(
    db: &mut PgConnection,
    document: DocumentId,
) -> Result<Option<Document>, StoreError> {
    sqlx::query_as!(
        DocumentRow,
        "SELECT id, family, compartment, epoch, head, owner FROM documents WHERE id = $1",
        document.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a document"))?
    .map(Document::try_from)
    .transpose()
}

/// Waits for the row's lock and answers with what its last holder has committed. The full lock: it
/// also keeps others from adding rows that name this document.
pub(super) async fn lock(
    db: &mut PgConnection,
    document: DocumentId,
) -> Result<Option<Document>, StoreError> {
    sqlx::query_as!(
        DocumentRow,
        "SELECT id, family, compartment, epoch, head, owner FROM documents WHERE id = $1
         FOR UPDATE",
        document.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("locking a document"))?
    .map(Document::try_from)
    .transpose()
}

/// The document's epoch now, whatever this transaction was shown.
pub(super) async fn epoch(
    db: &mut PgConnection,
    document: DocumentId,
) -> Result<Option<u64>, StoreError> {
    let epoch = sqlx::query_scalar!(
        "SELECT epoch FROM documents WHERE id = $1",
        document.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a document's epoch"))?;
    Ok(epoch.map(i64::cast_unsigned))
}

pub(super) async fn of_family(
    db: &mut PgConnection,
    family: FamilyId,
) -> Result<Vec<Document>, StoreError> {
    sqlx::query_as!(
        DocumentRow,
        "SELECT id, family, compartment, epoch, head, owner FROM documents WHERE family = $1
         ORDER BY compartment <> 'team', compartment, owner NULLS FIRST",
        family.as_uuid(),
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing a family's documents"))?
    .into_iter()
    .map(Document::try_from)
    .collect()
}
