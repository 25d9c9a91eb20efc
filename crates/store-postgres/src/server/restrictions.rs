//! Which families are restricted now, and which were.

use record::ids::FamilyId;
use sqlx::PgConnection;
use store::StoreError;

use super::families;
use crate::values::driver;

/// The family's lock keeps two from being opened at once.
pub(super) async fn begin(
    db: &mut PgConnection,
    family: FamilyId,
    at: i64,
) -> Result<(), StoreError> {
    if !families::lock(db, family).await? {
        return Err(StoreError::Missing { what: "family" });
    }
    sqlx::query!(
        "INSERT INTO restrictions (family, began, ended)
         SELECT $1, $2, NULL WHERE NOT EXISTS (
             SELECT FROM restrictions WHERE family = $1 AND ended IS NULL
         )
         ON CONFLICT (family, began) DO UPDATE SET ended = NULL",
        family.as_uuid(),
        at,
    )
    .execute(db)
    .await
    .map_err(driver("restricting a family"))?;
    Ok(())
}

pub(super) async fn end(
    db: &mut PgConnection,
    family: FamilyId,
    at: i64,
) -> Result<bool, StoreError> {
    families::lock(db, family).await?;
    let done = sqlx::query!(
        "UPDATE restrictions SET ended = $2 WHERE family = $1 AND ended IS NULL",
        family.as_uuid(),
        at,
    )
    .execute(db)
    .await
    .map_err(driver("lifting a restriction"))?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn is_open(db: &mut PgConnection, family: FamilyId) -> Result<bool, StoreError> {
    let open = sqlx::query_scalar!(
        "SELECT began FROM restrictions WHERE family = $1 AND ended IS NULL",
        family.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a restriction"))?;
    Ok(open.is_some())
}
