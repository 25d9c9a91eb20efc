//! Documents as the server has accepted them, with their cursors.

use record::ids::DocumentId;
use sqlx::SqliteConnection;
use store::{StoreError, device::Replica};

use crate::values::{driver, id};

struct ReplicaRow {
    document: Vec<u8>,
    family: Vec<u8>,
    family_name: String,
    compartment: String,
    epoch: i64,
    cursor: i64,
    bytes: Vec<u8>,
    standing: String,
}

impl TryFrom<ReplicaRow> for Replica {
    type Error = StoreError;

    fn try_from(row: ReplicaRow) -> Result<Self, StoreError> {
        Ok(Self {
            document: id("replicas", &row.document)?,
            family: id("replicas", &row.family)?,
            family_name: row.family_name,
            compartment: row.compartment,
            epoch: row.epoch.cast_unsigned(),
            cursor: row.cursor.cast_unsigned(),
            bytes: row.bytes,
            standing: row.standing,
        })
    }
}

pub(super) async fn all(db: &mut SqliteConnection) -> Result<Vec<Replica>, StoreError> {
    sqlx::query_as!(
        ReplicaRow,
        "SELECT document, family, family_name, compartment, epoch, cursor, bytes, standing
         FROM replicas ORDER BY document",
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing documents"))?
    .into_iter()
    .map(Replica::try_from)
    .collect()
}

pub(super) async fn get(
    db: &mut SqliteConnection,
    document: DocumentId,
) -> Result<Option<Replica>, StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    sqlx::query_as!(
        ReplicaRow,
        "SELECT document, family, family_name, compartment, epoch, cursor, bytes, standing
         FROM replicas WHERE document = $1",
        key,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a document"))?
    .map(Replica::try_from)
    .transpose()
}

pub(super) async fn put(db: &mut SqliteConnection, replica: &Replica) -> Result<(), StoreError> {
    let key = replica.document.as_uuid().as_bytes().as_slice();
    let family = replica.family.as_uuid().as_bytes().as_slice();
    let epoch = replica.epoch.cast_signed();
    let cursor = replica.cursor.cast_signed();
    sqlx::query!(
        "INSERT INTO replicas (document, family, family_name, compartment, epoch, cursor, bytes, standing)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (document) DO UPDATE SET family = excluded.family,
             family_name = excluded.family_name, compartment = excluded.compartment,
             epoch = excluded.epoch, cursor = excluded.cursor, bytes = excluded.bytes,
             standing = excluded.standing",
        key,
        family,
        replica.family_name,
        replica.compartment,
        epoch,
        cursor,
        replica.bytes,
        replica.standing,
    )
    .execute(db)
    .await
    .map_err(driver("keeping a document"))?;
    Ok(())
}

pub(super) async fn remove(
    db: &mut SqliteConnection,
    document: DocumentId,
) -> Result<(), StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    sqlx::query!("DELETE FROM replicas WHERE document = $1", key)
        .execute(db)
        .await
        .map_err(driver("removing a document"))?;
    Ok(())
}
