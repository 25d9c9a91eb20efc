//! Who works with which family now, and when others did.

use record::ids::{FamilyId, ProfessionalId};
use sqlx::PgConnection;
use store::{
    StoreError,
    server::{Account, Allocation, Family},
};

use super::{
    accounts::AccountRow,
    families::{self, FamilyRow},
};
use crate::values::{driver, driver_or_missing};

const MISSING: &str = "family or account";

/// Ended allocations stay as rows. One that is opened again with the very `from` of an ended one is
/// that row without its end. The family's lock keeps two from being opened at once.
pub(super) async fn allocate(
    db: &mut PgConnection,
    allocation: &Allocation,
) -> Result<(), StoreError> {
    if !families::lock(db, allocation.family).await? {
        return Err(StoreError::Missing { what: MISSING });
    }
    sqlx::query!(
        "INSERT INTO allocations (family, professional, began, ended)
         SELECT $1, $2, $3, NULL WHERE NOT EXISTS (
             SELECT FROM allocations WHERE family = $1 AND professional = $2 AND ended IS NULL
         )
         ON CONFLICT (family, professional, began) DO UPDATE SET ended = NULL",
        allocation.family.as_uuid(),
        allocation.professional.as_uuid(),
        allocation.from,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("allocating", MISSING))?;
    Ok(())
}

pub(super) async fn end(
    db: &mut PgConnection,
    family: FamilyId,
    professional: ProfessionalId,
    at: i64,
) -> Result<bool, StoreError> {
    families::lock(db, family).await?;
    let done = sqlx::query!(
        "UPDATE allocations SET ended = $3
         WHERE family = $1 AND professional = $2 AND ended IS NULL",
        family.as_uuid(),
        professional.as_uuid(),
        at,
    )
    .execute(db)
    .await
    .map_err(driver("ending an allocation"))?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn is_allocated(
    db: &mut PgConnection,
    family: FamilyId,
    professional: ProfessionalId,
) -> Result<bool, StoreError> {
    let open = sqlx::query_scalar!(
        "SELECT began FROM allocations
         WHERE family = $1 AND professional = $2 AND ended IS NULL",
        family.as_uuid(),
        professional.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading an allocation"))?;
    Ok(open.is_some())
}

pub(super) async fn families_of(
    db: &mut PgConnection,
    professional: ProfessionalId,
) -> Result<Vec<Family>, StoreError> {
    let rows = sqlx::query_as!(
        FamilyRow,
        "SELECT f.id, f.name, f.created FROM allocations a JOIN families f ON f.id = a.family
         WHERE a.professional = $1 AND a.ended IS NULL ORDER BY f.name, f.id",
        professional.as_uuid(),
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing a professional's families"))?;
    Ok(rows.into_iter().map(Family::from).collect())
}

pub(super) async fn team_of(
    db: &mut PgConnection,
    family: FamilyId,
) -> Result<Vec<Account>, StoreError> {
    let rows = sqlx::query_as!(
        AccountRow,
        "SELECT p.id, p.sign_in, p.name, p.discipline, p.password_hash
         FROM allocations a JOIN accounts p ON p.id = a.professional
         WHERE a.family = $1 AND a.ended IS NULL ORDER BY p.sign_in",
        family.as_uuid(),
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing a family's team"))?;
    Ok(rows.into_iter().map(Account::from).collect())
}
