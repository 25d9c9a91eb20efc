//! Drafts, the author's alone.

use record::ids::EntryId;
use sqlx::SqliteConnection;
use store::{StoreError, device::Draft};

use crate::values::{driver, id};

struct DraftRow {
    id: Vec<u8>,
    family: Vec<u8>,
    json: String,
    begun: i64,
    changed: i64,
}

impl TryFrom<DraftRow> for Draft {
    type Error = StoreError;

    fn try_from(row: DraftRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id("drafts", &row.id)?,
            family: id("drafts", &row.family)?,
            json: row.json,
            begun: row.begun,
            changed: row.changed,
        })
    }
}

pub(super) async fn all(db: &mut SqliteConnection) -> Result<Vec<Draft>, StoreError> {
    sqlx::query_as!(
        DraftRow,
        "SELECT id, family, json, begun, changed FROM drafts ORDER BY begun, id",
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing drafts"))?
    .into_iter()
    .map(Draft::try_from)
    .collect()
}

pub(super) async fn get(
    db: &mut SqliteConnection,
    draft: EntryId,
) -> Result<Option<Draft>, StoreError> {
    let key = draft.as_uuid().as_bytes().as_slice();
    sqlx::query_as!(
        DraftRow,
        "SELECT id, family, json, begun, changed FROM drafts WHERE id = $1",
        key,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a draft"))?
    .map(Draft::try_from)
    .transpose()
}

pub(super) async fn put(db: &mut SqliteConnection, draft: &Draft) -> Result<(), StoreError> {
    let key = draft.id.as_uuid().as_bytes().as_slice();
    let family = draft.family.as_uuid().as_bytes().as_slice();
    sqlx::query!(
        "INSERT INTO drafts (id, family, json, begun, changed) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET family = excluded.family, json = excluded.json,
             begun = excluded.begun, changed = excluded.changed",
        key,
        family,
        draft.json,
        draft.begun,
        draft.changed,
    )
    .execute(db)
    .await
    .map_err(driver("keeping a draft"))?;
    Ok(())
}

pub(super) async fn remove(db: &mut SqliteConnection, draft: EntryId) -> Result<bool, StoreError> {
    let key = draft.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!("DELETE FROM drafts WHERE id = $1", key)
        .execute(db)
        .await
        .map_err(driver("removing a draft"))?;
    Ok(done.rows_affected() > 0)
}
