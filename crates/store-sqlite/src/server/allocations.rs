//! Who works with which family now, and when others did.

use record::ids::{FamilyId, ProfessionalId};
use sqlx::SqliteConnection;
use store::{
    StoreError,
    server::{Account, Allocation, Family},
};

use super::{accounts::AccountRow, families::FamilyRow};
use crate::values::{driver, driver_or_missing};

/// Ended allocations stay as rows. One that is opened again with the very `from` of an ended one is
/// that row without its end.
pub(super) async fn allocate(
    db: &mut SqliteConnection,
    allocation: &Allocation,
) -> Result<(), StoreError> {
    if is_allocated(db, allocation.family, allocation.professional).await? {
        return Ok(());
    }
    let family = allocation.family.as_uuid().as_bytes().as_slice();
    let professional = allocation.professional.as_uuid().as_bytes().as_slice();
    sqlx::query!(
        "INSERT INTO allocations (family, professional, began, ended) VALUES ($1, $2, $3, NULL)
         ON CONFLICT (family, professional, began) DO UPDATE SET ended = NULL",
        family,
        professional,
        allocation.from,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("allocating", "family or account"))?;
    Ok(())
}

pub(super) async fn end(
    db: &mut SqliteConnection,
    family: FamilyId,
    professional: ProfessionalId,
    at: i64,
) -> Result<bool, StoreError> {
    let family = family.as_uuid().as_bytes().as_slice();
    let professional = professional.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!(
        "UPDATE allocations SET ended = $3
         WHERE family = $1 AND professional = $2 AND ended IS NULL",
        family,
        professional,
        at,
    )
    .execute(db)
    .await
    .map_err(driver("ending an allocation"))?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn is_allocated(
    db: &mut SqliteConnection,
    family: FamilyId,
    professional: ProfessionalId,
) -> Result<bool, StoreError> {
    let family = family.as_uuid().as_bytes().as_slice();
    let professional = professional.as_uuid().as_bytes().as_slice();
    let open = sqlx::query_scalar!(
        "SELECT began FROM allocations
         WHERE family = $1 AND professional = $2 AND ended IS NULL",
        family,
        professional,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading an allocation"))?;
    Ok(open.is_some())
}

pub(super) async fn families_of(
    db: &mut SqliteConnection,
    professional: ProfessionalId,
) -> Result<Vec<Family>, StoreError> {
    let professional = professional.as_uuid().as_bytes().as_slice();
    sqlx::query_as!(
        FamilyRow,
        "SELECT f.id, f.name, f.created FROM allocations a JOIN families f ON f.id = a.family
         WHERE a.professional = $1 AND a.ended IS NULL ORDER BY f.name, f.id",
        professional,
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing a professional's families"))?
    .into_iter()
    .map(Family::try_from)
    .collect()
}

pub(super) async fn team_of(
    db: &mut SqliteConnection,
    family: FamilyId,
) -> Result<Vec<Account>, StoreError> {
    let family = family.as_uuid().as_bytes().as_slice();
    sqlx::query_as!(
        AccountRow,
        "SELECT p.id, p.sign_in, p.name, p.discipline, p.password_hash
         FROM allocations a JOIN accounts p ON p.id = a.professional
         WHERE a.family = $1 AND a.ended IS NULL ORDER BY p.sign_in",
        family,
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing a family's team"))?
    .into_iter()
    .map(Account::try_from)
    .collect()
}
