//! The change log, its snapshots and the actors bound in it.
//!
//! Invariant: a document's sequence numbers run from 1 to its head without a gap. `append` is the
//! only writer of either.

use record::ids::{DeviceId, DocumentId};
use sqlx::SqliteConnection;
use store::{
    StoreError,
    server::{NewChange, Snapshot, StoredChange},
};

use crate::values::{bytes32, driver, driver_or_missing, id, must_be_new, seq, seq_bound};

/// Appends after the head. The refusals come before anything is written, so that a transaction that
/// meets one can go on without leaving a gap.
pub(super) async fn append(
    db: &mut SqliteConnection,
    document: DocumentId,
    change: &NewChange,
) -> Result<u64, StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    let head = sqlx::query_scalar!("SELECT head FROM documents WHERE id = $1", key)
        .fetch_optional(&mut *db)
        .await
        .map_err(driver("reading a document's head"))?
        .ok_or(StoreError::Missing { what: "document" })?;
    let next = head + 1;

    let hash = change.hash.as_slice();
    let author = change.author.as_uuid().as_bytes().as_slice();
    let device = change.device.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!(
        "INSERT INTO changes (document, seq, hash, bytes, author, device, received)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (document, hash) DO NOTHING",
        key,
        next,
        hash,
        change.bytes,
        author,
        device,
        change.received,
    )
    .execute(&mut *db)
    .await
    .map_err(driver("appending a change"))?;
    must_be_new(done.rows_affected(), "change")?;

    sqlx::query!("UPDATE documents SET head = $2 WHERE id = $1", key, next)
        .execute(db)
        .await
        .map_err(driver("moving a document's head"))?;
    seq("documents", next)
}

pub(super) async fn seq_of(
    db: &mut SqliteConnection,
    document: DocumentId,
    hash: [u8; 32],
) -> Result<Option<u64>, StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    let hash = hash.as_slice();
    sqlx::query_scalar!(
        "SELECT seq FROM changes WHERE document = $1 AND hash = $2",
        key,
        hash
    )
    .fetch_optional(db)
    .await
    .map_err(driver("looking up a change"))?
    .map(|value| seq("changes", value))
    .transpose()
}

pub(super) async fn after(
    db: &mut SqliteConnection,
    document: DocumentId,
    after: u64,
    limit: u32,
) -> Result<Vec<StoredChange>, StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    let after = seq_bound(after);
    let limit = i64::from(limit);
    let rows = sqlx::query!(
        "SELECT seq, hash, bytes, author, device, received FROM changes
         WHERE document = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        key,
        after,
        limit,
    )
    .fetch_all(db)
    .await
    .map_err(driver("reading changes"))?;
    rows.into_iter()
        .map(|row| {
            Ok(StoredChange {
                seq: seq("changes", row.seq)?,
                change: NewChange {
                    hash: bytes32("changes", &row.hash)?,
                    bytes: row.bytes,
                    author: id("changes", &row.author)?,
                    device: id("changes", &row.device)?,
                    received: row.received,
                },
            })
        })
        .collect()
}

pub(super) async fn put_snapshot(
    db: &mut SqliteConnection,
    document: DocumentId,
    snapshot: &Snapshot,
) -> Result<(), StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    let at = seq_bound(snapshot.seq);
    sqlx::query!(
        "INSERT INTO snapshots (document, seq, bytes) VALUES ($1, $2, $3)
         ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, bytes = excluded.bytes
         WHERE excluded.seq > snapshots.seq",
        key,
        at,
        snapshot.bytes,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("keeping a snapshot", "document"))?;
    Ok(())
}

pub(super) async fn snapshot(
    db: &mut SqliteConnection,
    document: DocumentId,
) -> Result<Option<Snapshot>, StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    sqlx::query!("SELECT seq, bytes FROM snapshots WHERE document = $1", key)
        .fetch_optional(db)
        .await
        .map_err(driver("reading a snapshot"))?
        .map(|row| {
            Ok(Snapshot {
                seq: seq("snapshots", row.seq)?,
                bytes: row.bytes,
            })
        })
        .transpose()
}

pub(super) async fn bind_actor(
    db: &mut SqliteConnection,
    document: DocumentId,
    actor: &[u8],
    device: DeviceId,
) -> Result<DeviceId, StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    let value = device.as_uuid().as_bytes().as_slice();
    sqlx::query!(
        "INSERT INTO actors (document, actor, device) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        key,
        actor,
        value,
    )
    .execute(&mut *db)
    .await
    .map_err(driver_or_missing("binding an actor", "document"))?;
    let bound = sqlx::query_scalar!(
        "SELECT device FROM actors WHERE document = $1 AND actor = $2",
        key,
        actor,
    )
    .fetch_one(db)
    .await
    .map_err(driver("reading an actor"))?;
    id("actors", &bound)
}
