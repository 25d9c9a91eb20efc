//! Families.

use record::ids::FamilyId;
use sqlx::PgConnection;
use store::{StoreError, server::Family};
use uuid::Uuid;

use crate::values::{driver, must_be_new};

/// A row as stored; shared with the lists of a professional's and of a team's families.
pub(super) struct FamilyRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) created: i64,
}

impl From<FamilyRow> for Family {
    fn from(row: FamilyRow) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            created: row.created,
        }
    }
}

pub(super) async fn create(db: &mut PgConnection, family: &Family) -> Result<(), StoreError> {
    let done = sqlx::query!(
        "INSERT INTO families (id, name, created) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        family.id.as_uuid(),
        family.name,
        family.created,
    )
    .execute(db)
    .await
    .map_err(driver("adding a family"))?;
    must_be_new(done.rows_affected(), "family")
}

pub(super) async fn get(
    db: &mut PgConnection,
    family: FamilyId,
) -> Result<Option<Family>, StoreError> {
    let row = sqlx::query_as!(
        FamilyRow,
        "SELECT id, name, created FROM families WHERE id = $1",
        family.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a family"))?;
    Ok(row.map(Family::from))
}

pub(super) async fn all(db: &mut PgConnection) -> Result<Vec<Family>, StoreError> {
    let rows = sqlx::query_as!(
        FamilyRow,
        "SELECT id, name, created FROM families ORDER BY name, id"
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing families"))?;
    Ok(rows.into_iter().map(Family::from).collect())
}

/// Holds off every other change of this family's allocations, team and restriction until the
/// transaction ends; whether there is such a family. The weaker lock of a row's own update: it lets others go on naming it.
pub(super) async fn lock(db: &mut PgConnection, family: FamilyId) -> Result<bool, StoreError> {
    let found = sqlx::query_scalar!(
        "SELECT id FROM families WHERE id = $1 FOR NO KEY UPDATE",
        family.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("locking a family"))?;
    Ok(found.is_some())
}

/// As [`lock`], and holds off everybody who would name the family too: for whoever deletes it.
pub(super) async fn lock_whole(
    db: &mut PgConnection,
    family: FamilyId,
) -> Result<bool, StoreError> {
    let found = sqlx::query_scalar!(
        "SELECT id FROM families WHERE id = $1 FOR UPDATE",
        family.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("locking a family"))?;
    Ok(found.is_some())
}
