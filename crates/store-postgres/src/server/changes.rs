//! The change log, its snapshots and the actors bound in it.
//!
//! Invariant: a document's sequence numbers run from 1 to its head without a gap. `append` is the
//! only writer of either. Whoever writes here holds the document's row lock already.

use record::ids::{DeviceId, DocumentId};
use sqlx::PgConnection;
use store::{
    StoreError,
    server::{NewChange, Snapshot, StoredChange},
};

use crate::values::{bytes32, driver, seq, seq_bound};

/// Appends after the head and moves the head, in one statement. A hash that is there already writes
/// nothing, so that the transaction can go on without leaving a gap.
pub(super) async fn append(
    db: &mut PgConnection,
    document: DocumentId,
    change: &NewChange,
) -> Result<u64, StoreError> {
    let head = sqlx::query_scalar!(
        "WITH added AS (
             INSERT INTO changes (document, seq, hash, bytes, author, device, received)
             SELECT id, head + 1, $2, $3, $4, $5, $6 FROM documents WHERE id = $1
             ON CONFLICT (document, hash) DO NOTHING RETURNING seq
         )
         UPDATE documents SET head = added.seq FROM added WHERE id = $1 RETURNING head",
        document.as_uuid(),
        change.hash.as_slice(),
        change.bytes,
        change.author.as_uuid(),
        change.device.as_uuid(),
        change.received,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("appending a change"))?
    .ok_or(StoreError::Exists { what: "change" })?;
    seq("documents", head)
}

pub(super) async fn seq_of(
    db: &mut PgConnection,
    document: DocumentId,
    hash: [u8; 32],
) -> Result<Option<u64>, StoreError> {
    sqlx::query_scalar!(
        "SELECT seq FROM changes WHERE document = $1 AND hash = $2",
        document.as_uuid(),
        hash.as_slice(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("looking up a change"))?
    .map(|value| seq("changes", value))
    .transpose()
}

/// None beyond `upto`.
pub(super) async fn after(
    db: &mut PgConnection,
    document: DocumentId,
    after: u64,
    upto: u64,
    limit: u32,
) -> Result<Vec<StoredChange>, StoreError> {
    let rows = sqlx::query!(
        "SELECT seq, hash, bytes, author, device, received FROM changes
         WHERE document = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4",
        document.as_uuid(),
        seq_bound(after),
        seq_bound(upto),
        i64::from(limit),
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
                    author: row.author.into(),
                    device: row.device.into(),
                    received: row.received,
                },
            })
        })
        .collect()
}

pub(super) async fn put_snapshot(
    db: &mut PgConnection,
    document: DocumentId,
    snapshot: &Snapshot,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO snapshots (document, seq, bytes) VALUES ($1, $2, $3)
         ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, bytes = excluded.bytes
         WHERE excluded.seq > snapshots.seq",
        document.as_uuid(),
        seq_bound(snapshot.seq),
        snapshot.bytes,
    )
    .execute(db)
    .await
    .map_err(driver("keeping a snapshot"))?;
    Ok(())
}

/// None that is beyond `upto`.
pub(super) async fn snapshot(
    db: &mut PgConnection,
    document: DocumentId,
    upto: u64,
) -> Result<Option<Snapshot>, StoreError> {
    sqlx::query!(
        "SELECT seq, bytes FROM snapshots WHERE document = $1 AND seq <= $2",
        document.as_uuid(),
        seq_bound(upto),
    )
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
    db: &mut PgConnection,
    document: DocumentId,
    actor: &[u8],
    device: DeviceId,
) -> Result<DeviceId, StoreError> {
    sqlx::query!(
        "INSERT INTO actors (document, actor, device) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        document.as_uuid(),
        actor,
        device.as_uuid(),
    )
    .execute(&mut *db)
    .await
    .map_err(driver("binding an actor"))?;
    let bound = sqlx::query_scalar!(
        "SELECT device FROM actors WHERE document = $1 AND actor = $2",
        document.as_uuid(),
        actor,
    )
    .fetch_one(db)
    .await
    .map_err(driver("reading an actor"))?;
    Ok(bound.into())
}
