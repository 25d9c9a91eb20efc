//! Who is a named member of which compartment now, and who was.

use record::ids::{DocumentId, ProfessionalId};
use sqlx::SqliteConnection;
use store::{StoreError, server::Membership};

use crate::values::{driver, driver_or_missing, id};

/// Ended memberships stay as rows, as ended allocations do.
pub(super) async fn add(
    db: &mut SqliteConnection,
    membership: &Membership,
) -> Result<(), StoreError> {
    let document = membership.document.as_uuid().as_bytes().as_slice();
    let professional = membership.professional.as_uuid().as_bytes().as_slice();
    let open = sqlx::query_scalar!(
        "SELECT began FROM members
         WHERE document = $1 AND professional = $2 AND ended IS NULL",
        document,
        professional,
    )
    .fetch_optional(&mut *db)
    .await
    .map_err(driver("reading a membership"))?;
    if open.is_some() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO members (document, professional, began, ended) VALUES ($1, $2, $3, NULL)
         ON CONFLICT (document, professional, began) DO UPDATE SET ended = NULL",
        document,
        professional,
        membership.from,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("naming a member", "document or account"))?;
    Ok(())
}

pub(super) async fn end(
    db: &mut SqliteConnection,
    document: DocumentId,
    professional: ProfessionalId,
    at: i64,
) -> Result<bool, StoreError> {
    let document = document.as_uuid().as_bytes().as_slice();
    let professional = professional.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!(
        "UPDATE members SET ended = $3
         WHERE document = $1 AND professional = $2 AND ended IS NULL",
        document,
        professional,
        at,
    )
    .execute(db)
    .await
    .map_err(driver("ending a membership"))?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn of(
    db: &mut SqliteConnection,
    document: DocumentId,
) -> Result<Vec<ProfessionalId>, StoreError> {
    let document = document.as_uuid().as_bytes().as_slice();
    sqlx::query_scalar!(
        "SELECT professional FROM members WHERE document = $1 AND ended IS NULL
         ORDER BY professional",
        document,
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing a compartment's members"))?
    .into_iter()
    .map(|professional| id("members", &professional))
    .collect()
}
