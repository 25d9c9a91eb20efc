//! Emergency reading: who broke the glass on which family, and who was told.

use async_trait::async_trait;
use record::ids::{BreakGlassId, ProfessionalId};
use store::{
    StoreError,
    server::{BreakGlassTxn, BrokenGlass},
};

use super::SqliteTxn;
use crate::values::{driver, driver_or_missing, id, must_be_new};

struct BrokenRow {
    id: Vec<u8>,
    family: Vec<u8>,
    professional: Vec<u8>,
    reason: String,
    began: i64,
    until: i64,
}

impl TryFrom<BrokenRow> for BrokenGlass {
    type Error = StoreError;

    fn try_from(row: BrokenRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id("broken_glass", &row.id)?,
            family: id("broken_glass", &row.family)?,
            professional: id("broken_glass", &row.professional)?,
            reason: row.reason,
            from: row.began,
            until: row.until,
        })
    }
}

#[async_trait]
impl BreakGlassTxn for SqliteTxn {
    async fn break_glass(&mut self, broken: &BrokenGlass) -> Result<(), StoreError> {
        let key = broken.id.as_uuid().as_bytes().as_slice();
        let family = broken.family.as_uuid().as_bytes().as_slice();
        let professional = broken.professional.as_uuid().as_bytes().as_slice();
        let done = sqlx::query!(
            "INSERT INTO broken_glass (id, family, professional, reason, began, until)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            key,
            family,
            professional,
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
        let key = id.as_uuid().as_bytes().as_slice();
        sqlx::query_as!(
            BrokenRow,
            "SELECT id, family, professional, reason, began, until FROM broken_glass WHERE id = $1",
            key,
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading broken glass"))?
        .map(BrokenGlass::try_from)
        .transpose()
    }

    async fn broken_by(
        &mut self,
        professional: ProfessionalId,
        now: i64,
    ) -> Result<Vec<BrokenGlass>, StoreError> {
        let professional = professional.as_uuid().as_bytes().as_slice();
        sqlx::query_as!(
            BrokenRow,
            "SELECT id, family, professional, reason, began, until FROM broken_glass
             WHERE professional = $1 AND until > $2 ORDER BY began, id",
            professional,
            now,
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing a professional's broken glass"))?
        .into_iter()
        .map(BrokenGlass::try_from)
        .collect()
    }

    async fn unseen_broken_glass(&mut self) -> Result<Vec<BrokenGlass>, StoreError> {
        sqlx::query_as!(
            BrokenRow,
            "SELECT id, family, professional, reason, began, until FROM broken_glass
             WHERE seen_by IS NULL ORDER BY began, id",
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing broken glass"))?
        .into_iter()
        .map(BrokenGlass::try_from)
        .collect()
    }

    async fn see_broken_glass(
        &mut self,
        id: BreakGlassId,
        by: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError> {
        let key = id.as_uuid().as_bytes().as_slice();
        let by = by.as_uuid().as_bytes().as_slice();
        let done = sqlx::query!(
            "UPDATE broken_glass SET seen_by = $2, seen_at = $3 WHERE id = $1 AND seen_by IS NULL",
            key,
            by,
            at,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("noting that broken glass was seen"))?;
        Ok(done.rows_affected() > 0)
    }
}
