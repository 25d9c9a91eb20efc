//! Accounts that close, and all that ends with them.

use record::ids::ProfessionalId;
use sqlx::SqliteConnection;
use store::StoreError;

use crate::values::{driver, driver_or_missing, id};

pub(super) async fn plan(
    db: &mut SqliteConnection,
    professional: ProfessionalId,
    at: i64,
) -> Result<(), StoreError> {
    let professional = professional.as_uuid().as_bytes().as_slice();
    sqlx::query!(
        "INSERT INTO closings (professional, at, done) VALUES ($1, $2, 0)
         ON CONFLICT (professional) DO UPDATE SET at = excluded.at, done = 0",
        professional,
        at,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("planning an account's end", "account"))?;
    Ok(())
}

pub(super) async fn cancel(
    db: &mut SqliteConnection,
    professional: ProfessionalId,
) -> Result<bool, StoreError> {
    let professional = professional.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!("DELETE FROM closings WHERE professional = $1", professional)
        .execute(db)
        .await
        .map_err(driver("forgetting an account's end"))?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn closing(
    db: &mut SqliteConnection,
    professional: ProfessionalId,
) -> Result<Option<i64>, StoreError> {
    let professional = professional.as_uuid().as_bytes().as_slice();
    sqlx::query_scalar!(
        "SELECT at FROM closings WHERE professional = $1",
        professional,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading an account's end"))
}

pub(super) async fn due(
    db: &mut SqliteConnection,
    now: i64,
) -> Result<Vec<ProfessionalId>, StoreError> {
    sqlx::query_scalar!(
        "SELECT professional FROM closings WHERE at <= $1 AND done = 0 ORDER BY professional",
        now,
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing accounts that close"))?
    .into_iter()
    .map(|professional| id("closings", &professional))
    .collect()
}

pub(super) async fn end_everything(
    db: &mut SqliteConnection,
    professional: ProfessionalId,
    at: i64,
) -> Result<(), StoreError> {
    let professional = professional.as_uuid().as_bytes().as_slice();
    sqlx::query!("DELETE FROM sessions WHERE professional = $1", professional)
        .execute(&mut *db)
        .await
        .map_err(driver("ending a leaver's sessions"))?;
    sqlx::query!(
        "UPDATE devices SET revoked = $2 WHERE professional = $1 AND revoked IS NULL",
        professional,
        at,
    )
    .execute(&mut *db)
    .await
    .map_err(driver("revoking a leaver's devices"))?;
    sqlx::query!(
        "UPDATE allocations SET ended = $2 WHERE professional = $1 AND ended IS NULL",
        professional,
        at,
    )
    .execute(&mut *db)
    .await
    .map_err(driver("ending a leaver's allocations"))?;
    sqlx::query!(
        "UPDATE members SET ended = $2 WHERE professional = $1 AND ended IS NULL",
        professional,
        at,
    )
    .execute(&mut *db)
    .await
    .map_err(driver("ending a leaver's memberships"))?;
    sqlx::query!(
        "UPDATE team_places SET ended = $2 WHERE professional = $1 AND ended IS NULL",
        professional,
        at,
    )
    .execute(&mut *db)
    .await
    .map_err(driver("ending a leaver's places in teams"))?;
    sqlx::query!(
        "UPDATE closings SET done = 1 WHERE professional = $1",
        professional,
    )
    .execute(db)
    .await
    .map_err(driver("noting that a leaver has left"))?;
    Ok(())
}
