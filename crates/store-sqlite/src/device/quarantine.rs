//! Refused changes, kept until their author has dealt with them.

use record::ids::RecordId;
use sqlx::SqliteConnection;
use store::{StoreError, device::Quarantined};

use crate::values::{bytes32, driver, id};

pub(super) async fn all(db: &mut SqliteConnection) -> Result<Vec<Quarantined>, StoreError> {
    sqlx::query!(
        "SELECT id, document, hash, bytes, content, refusal, refused FROM quarantine
         ORDER BY refused, place",
    )
    .fetch_all(db)
    .await
    .map_err(driver("reading the quarantine"))?
    .into_iter()
    .map(|row| {
        Ok(Quarantined {
            id: id("quarantine", &row.id)?,
            document: id("quarantine", &row.document)?,
            hash: bytes32("quarantine", &row.hash)?,
            bytes: row.bytes,
            content: row.content,
            refusal: row.refusal,
            refused: row.refused,
        })
    })
    .collect()
}

pub(super) async fn put(
    db: &mut SqliteConnection,
    refused: &Quarantined,
) -> Result<(), StoreError> {
    let key = refused.id.as_uuid().as_bytes().as_slice();
    let document = refused.document.as_uuid().as_bytes().as_slice();
    let hash = refused.hash.as_slice();
    sqlx::query!(
        "INSERT INTO quarantine (id, document, hash, bytes, content, refusal, refused)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET document = excluded.document, hash = excluded.hash,
             bytes = excluded.bytes, content = excluded.content, refusal = excluded.refusal,
             refused = excluded.refused",
        key,
        document,
        hash,
        refused.bytes,
        refused.content,
        refused.refusal,
        refused.refused,
    )
    .execute(db)
    .await
    .map_err(driver("adding to the quarantine"))?;
    Ok(())
}

pub(super) async fn remove(
    db: &mut SqliteConnection,
    refused: RecordId,
) -> Result<bool, StoreError> {
    let key = refused.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!("DELETE FROM quarantine WHERE id = $1", key)
        .execute(db)
        .await
        .map_err(driver("taking a change out of the quarantine"))?;
    Ok(done.rows_affected() > 0)
}
