//! Changes that wait for the server, in the order in which they were written.

use record::ids::DocumentId;
use sqlx::SqliteConnection;
use store::{StoreError, device::Pending};

use crate::values::{bytes32, driver};

pub(super) async fn of_document(
    db: &mut SqliteConnection,
    document: DocumentId,
) -> Result<Vec<Pending>, StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    sqlx::query!(
        "SELECT hash, bytes, written FROM outbox WHERE document = $1 ORDER BY place",
        key,
    )
    .fetch_all(db)
    .await
    .map_err(driver("reading the outbox"))?
    .into_iter()
    .map(|row| {
        Ok(Pending {
            document,
            hash: bytes32("outbox", &row.hash)?,
            bytes: row.bytes,
            written: row.written,
        })
    })
    .collect()
}

pub(super) async fn push(db: &mut SqliteConnection, pending: &Pending) -> Result<(), StoreError> {
    let key = pending.document.as_uuid().as_bytes().as_slice();
    let hash = pending.hash.as_slice();
    sqlx::query!(
        "INSERT INTO outbox (document, place, hash, bytes, written)
         VALUES ($1, (SELECT coalesce(max(place), 0) + 1 FROM outbox WHERE document = $1),
                 $2, $3, $4)
         ON CONFLICT (document, hash) DO NOTHING",
        key,
        hash,
        pending.bytes,
        pending.written,
    )
    .execute(db)
    .await
    .map_err(driver("adding to the outbox"))?;
    Ok(())
}

pub(super) async fn remove(
    db: &mut SqliteConnection,
    document: DocumentId,
    hash: [u8; 32],
) -> Result<bool, StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    let hash = hash.as_slice();
    let done = sqlx::query!(
        "DELETE FROM outbox WHERE document = $1 AND hash = $2",
        key,
        hash
    )
    .execute(db)
    .await
    .map_err(driver("taking a change out of the outbox"))?;
    Ok(done.rows_affected() > 0)
}
