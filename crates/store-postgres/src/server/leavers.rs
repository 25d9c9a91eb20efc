//! Accounts that close, and all that ends with them.

use record::ids::ProfessionalId;
use sqlx::PgConnection;
use store::StoreError;

use crate::values::{driver, driver_or_missing};

pub(super) async fn plan(
    db: &mut PgConnection,
    professional: ProfessionalId,
    at: i64,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO closings (professional, at, done) VALUES ($1, $2, FALSE)
         ON CONFLICT (professional) DO UPDATE SET at = excluded.at, done = FALSE",
        professional.as_uuid(),
        at,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("planning an account's end", "account"))?;
    Ok(())
}

pub(super) async fn cancel(
    db: &mut PgConnection,
    professional: ProfessionalId,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM closings WHERE professional = $1",
        professional.as_uuid(),
    )
    .execute(db)
    .await
    .map_err(driver("forgetting an account's end"))?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn closing(
    db: &mut PgConnection,
    professional: ProfessionalId,
) -> Result<Option<i64>, StoreError> {
    sqlx::query_scalar!(
        "SELECT at FROM closings WHERE professional = $1",
        professional.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading an account's end"))
}

pub(super) async fn due(
    db: &mut PgConnection,
    now: i64,
) -> Result<Vec<ProfessionalId>, StoreError> {
    let due = sqlx::query_scalar!(
        "SELECT professional FROM closings WHERE at <= $1 AND NOT done ORDER BY professional",
        now,
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing accounts that close"))?;
    Ok(due.into_iter().map(ProfessionalId::from).collect())
}

/// Whoever gives the account something at this moment is waited for, and it ends too.
pub(super) async fn end_everything(
    db: &mut PgConnection,
    professional: ProfessionalId,
    at: i64,
) -> Result<(), StoreError> {
    lock(db, professional).await?;
    let professional = professional.as_uuid();
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
        "UPDATE closings SET done = TRUE WHERE professional = $1",
        professional,
    )
    .execute(db)
    .await
    .map_err(driver("noting that a leaver has left"))?;
    Ok(())
}

/// The full lock: an insert that names the account shares the row's key until its transaction ends,
/// so this waits for those under way and holds off new ones.
async fn lock(db: &mut PgConnection, professional: ProfessionalId) -> Result<(), StoreError> {
    sqlx::query_scalar!(
        "SELECT id FROM accounts WHERE id = $1 FOR UPDATE",
        professional.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("locking a leaver's account"))?;
    Ok(())
}
