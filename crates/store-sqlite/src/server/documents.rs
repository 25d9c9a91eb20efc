//! Documents: which compartments a family has, and how far each log has come.

use record::ids::{DocumentId, FamilyId};
use sqlx::SqliteConnection;
use store::{StoreError, server::Document};

use crate::values::{driver, driver_or_missing, id, must_be_new, seq};

/// A row as stored; shared with the list of what comes near.
pub(super) struct DocumentRow {
    pub(super) id: Vec<u8>,
    pub(super) family: Vec<u8>,
    pub(super) compartment: String,
    pub(super) epoch: i64,
    pub(super) head: i64,
    pub(super) owner: Option<Vec<u8>>,
}

impl TryFrom<DocumentRow> for Document {
    type Error = StoreError;

    fn try_from(row: DocumentRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id("documents", &row.id)?,
            family: id("documents", &row.family)?,
            compartment: row.compartment,
            epoch: row.epoch.cast_unsigned(),
            head: seq("documents", row.head)?,
            owner: row
                .owner
                .as_deref()
                .map(|owner| id("documents", owner))
                .transpose()?,
        })
    }
}

/// The head always starts at 0, whatever the caller's value says: it counts the log.
pub(super) async fn create(
    db: &mut SqliteConnection,
    document: &Document,
) -> Result<(), StoreError> {
    let key = document.id.as_uuid().as_bytes().as_slice();
    let family = document.family.as_uuid().as_bytes().as_slice();
    let epoch = document.epoch.cast_signed();
    let owner = document
        .owner
        .as_ref()
        .map(|owner| owner.as_uuid().as_bytes().as_slice());
    let done = sqlx::query!(
        "INSERT INTO documents (id, family, compartment, epoch, head, owner)
         VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT DO NOTHING",
        key,
        family,
        document.compartment,
        epoch,
        owner,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("adding a document", "family"))?;
    must_be_new(done.rows_affected(), "document")
}

pub(super) async fn get(
    db: &mut SqliteConnection,
    document: DocumentId,
) -> Result<Option<Document>, StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    sqlx::query_as!(
        DocumentRow,
        "SELECT id, family, compartment, epoch, head, owner FROM documents WHERE id = $1",
        key,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a document"))?
    .map(Document::try_from)
    .transpose()
}

/// Every transaction holds SQLite's one write lock from its start, so reading is locking here. An
/// engine with row locks does more.
pub(super) async fn lock(
    db: &mut SqliteConnection,
    document: DocumentId,
) -> Result<Option<Document>, StoreError> {
    get(db, document).await
}

pub(super) async fn of_family(
    db: &mut SqliteConnection,
    family: FamilyId,
) -> Result<Vec<Document>, StoreError> {
    let key = family.as_uuid().as_bytes().as_slice();
    sqlx::query_as!(
        DocumentRow,
        "SELECT id, family, compartment, epoch, head, owner FROM documents WHERE family = $1
         ORDER BY compartment <> 'team', compartment, owner",
        key,
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing a family's documents"))?
    .into_iter()
    .map(Document::try_from)
    .collect()
}
