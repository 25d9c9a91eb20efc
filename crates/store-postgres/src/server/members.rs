//! Who is a named member of which compartment now, and who was.

use record::ids::{DocumentId, ProfessionalId};
use sqlx::PgConnection;
use store::{StoreError, server::Membership};

use crate::values::{driver, driver_or_missing};

/// Ended memberships stay as rows, as ended allocations do. The document's row lock, which the
/// caller holds, keeps two from being opened at once.
pub(super) async fn add(db: &mut PgConnection, membership: &Membership) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO members (document, professional, began, ended)
         SELECT $1, $2, $3, NULL WHERE NOT EXISTS (
             SELECT FROM members WHERE document = $1 AND professional = $2 AND ended IS NULL
         )
         ON CONFLICT (document, professional, began) DO UPDATE SET ended = NULL",
        membership.document.as_uuid(),
        membership.professional.as_uuid(),
        membership.from,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("naming a member", "document or account"))?;
    Ok(())
}

pub(super) async fn end(
    db: &mut PgConnection,
    document: DocumentId,
    professional: ProfessionalId,
    at: i64,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE members SET ended = $3
         WHERE document = $1 AND professional = $2 AND ended IS NULL",
        document.as_uuid(),
        professional.as_uuid(),
        at,
    )
    .execute(db)
    .await
    .map_err(driver("ending a membership"))?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn of(
    db: &mut PgConnection,
    document: DocumentId,
) -> Result<Vec<ProfessionalId>, StoreError> {
    let members = sqlx::query_scalar!(
        "SELECT professional FROM members WHERE document = $1 AND ended IS NULL
         ORDER BY professional",
        document.as_uuid(),
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing a compartment's members"))?;
    Ok(members.into_iter().map(ProfessionalId::from).collect())
}
