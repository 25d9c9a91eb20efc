//! Emergency reading: who broke the glass on which family, and who was told.

use async_trait::async_trait;
use record::ids::{BreakGlassId, ProfessionalId};
use store::{
    StoreError,
    server::{BreakGlassTxn, BrokenGlass},
};
use uuid::Uuid;

use super::PostgresTxn;
use crate::values::{driver, driver_or_missing, must_be_new};

struct BrokenRow {
    id: Uuid,
    family: Uuid,
    professional: Uuid,
    reason: String,
    began: i64,
    until: i64,
}

impl From<BrokenRow> for BrokenGlass {
    fn from(row: BrokenRow) -> Self {
        Self {
            id: row.id.into(),
            family: row.family.into(),
            professional: row.professional.into(),
            reason: row.reason,
            from: row.began,
            until: row.until,
        }
    }
}

#[async_trait]
impl BreakGlassTxn for PostgresTxn {
    async fn break_glass(&mut self, broken: &BrokenGlass) -> Result<(), StoreError> {
        let done = sqlx::query!(
            "INSERT INTO broken_glass (id, family, professional, reason, began, until)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            broken.id.as_uuid(),
            broken.family.as_uuid(),
            broken.professional.as_uuid(),
            broken.reason,
            broken.from,
            broken.until,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("breaking the glass", "family or account"))?;
        must_be_new(done.rows_affected(), "broken glass")
    }

    async fn broken_glass(&mut self, id: BreakGlassId) -> Result<Option<BrokenGlass>, StoreError> {
        let row = sqlx::query_as!(
            BrokenRow,
            "SELECT id, family, professional, reason, began, until FROM broken_glass WHERE id = $1",
            id.as_uuid(),
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading broken glass"))?;
        Ok(row.map(BrokenGlass::from))
    }

    async fn broken_by(
        &mut self,
        professional: ProfessionalId,
        now: i64,
    ) -> Result<Vec<BrokenGlass>, StoreError> {
        let rows = sqlx::query_as!(
            BrokenRow,
            "SELECT id, family, professional, reason, began, until FROM broken_glass
             WHERE professional = $1 AND until > $2 ORDER BY began, id",
            professional.as_uuid(),
            now,
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing a professional's broken glass"))?;
        Ok(rows.into_iter().map(BrokenGlass::from).collect())
    }

    async fn unseen_broken_glass(&mut self) -> Result<Vec<BrokenGlass>, StoreError> {
        let rows = sqlx::query_as!(
            BrokenRow,
            "SELECT id, family, professional, reason, began, until FROM broken_glass
             WHERE seen_by IS NULL ORDER BY began, id",
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing broken glass"))?;
        Ok(rows.into_iter().map(BrokenGlass::from).collect())
    }

    async fn see_broken_glass(
        &mut self,
        id: BreakGlassId,
        by: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE broken_glass SET seen_by = $2, seen_at = $3 WHERE id = $1 AND seen_by IS NULL",
            id.as_uuid(),
            by.as_uuid(),
            at,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("noting that broken glass was seen"))?;
        Ok(done.rows_affected() > 0)
    }
}
