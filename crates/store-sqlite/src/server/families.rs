//! Families.

use record::ids::FamilyId;
use sqlx::SqliteConnection;
use store::{StoreError, server::Family};

use crate::values::{driver, id, must_be_new};

/// A row as stored; shared with the allocations' list of families.
pub(super) struct FamilyRow {
    pub(super) id: Vec<u8>,
    pub(super) name: String,
    pub(super) created: i64,
}

impl TryFrom<FamilyRow> for Family {
    type Error = StoreError;

    fn try_from(row: FamilyRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id("families", &row.id)?,
            name: row.name,
            created: row.created,
        })
    }
}

pub(super) async fn create(db: &mut SqliteConnection, family: &Family) -> Result<(), StoreError> {
    let key = family.id.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!(
        "INSERT INTO families (id, name, created) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        key,
        family.name,
        family.created,
    )
    .execute(db)
    .await
    .map_err(driver("adding a family"))?;
    must_be_new(done.rows_affected(), "family")
}

pub(super) async fn get(
    db: &mut SqliteConnection,
    family: FamilyId,
) -> Result<Option<Family>, StoreError> {
    let key = family.as_uuid().as_bytes().as_slice();
    sqlx::query_as!(
        FamilyRow,
        "SELECT id, name, created FROM families WHERE id = $1",
        key
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a family"))?
    .map(Family::try_from)
    .transpose()
}

pub(super) async fn all(db: &mut SqliteConnection) -> Result<Vec<Family>, StoreError> {
    sqlx::query_as!(
        FamilyRow,
        "SELECT id, name, created FROM families ORDER BY name, id"
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing families"))?
    .into_iter()
    .map(Family::try_from)
    .collect()
}
