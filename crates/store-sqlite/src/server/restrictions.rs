//! Which families are restricted now, and which were.

use record::ids::FamilyId;
use sqlx::SqliteConnection;
use store::StoreError;

use crate::values::{driver, driver_or_missing};

pub(super) async fn begin(
    db: &mut SqliteConnection,
    family: FamilyId,
    at: i64,
) -> Result<(), StoreError> {
    if is_open(db, family).await? {
        return Ok(());
    }
    let family = family.as_uuid().as_bytes().as_slice();
    sqlx::query!(
        "INSERT INTO restrictions (family, began, ended) VALUES ($1, $2, NULL)
         ON CONFLICT (family, began) DO UPDATE SET ended = NULL",
        family,
        at,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("restricting a family", "family"))?;
    Ok(())
}

pub(super) async fn end(
    db: &mut SqliteConnection,
    family: FamilyId,
    at: i64,
) -> Result<bool, StoreError> {
    let family = family.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!(
        "UPDATE restrictions SET ended = $2 WHERE family = $1 AND ended IS NULL",
        family,
        at,
    )
    .execute(db)
    .await
    .map_err(driver("lifting a restriction"))?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn is_open(
    db: &mut SqliteConnection,
    family: FamilyId,
) -> Result<bool, StoreError> {
    let family = family.as_uuid().as_bytes().as_slice();
    let open = sqlx::query_scalar!(
        "SELECT began FROM restrictions WHERE family = $1 AND ended IS NULL",
        family,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a restriction"))?;
    Ok(open.is_some())
}
