//! What comes near to one person. As facts alone; `access` decides.

use async_trait::async_trait;
use record::ids::ProfessionalId;
use store::{
    StoreError,
    server::{Document, Family, NearFamily, ReachTxn},
};
use uuid::Uuid;

use super::{PostgresTxn, documents::DocumentRow};
use crate::values::driver;

struct NearRow {
    id: Uuid,
    name: String,
    created: i64,
    allocated: bool,
    team: Option<Uuid>,
    restricted: bool,
}

impl From<NearRow> for NearFamily {
    fn from(row: NearRow) -> Self {
        Self {
            family: Family {
                id: row.id.into(),
                name: row.name,
                created: row.created,
            },
            allocated: row.allocated,
            team: row.team.map(Into::into),
            restricted: row.restricted,
        }
    }
}

#[async_trait]
impl ReachTxn for PostgresTxn {
    async fn families_near(
        &mut self,
        professional: ProfessionalId,
        now: i64,
    ) -> Result<Vec<NearFamily>, StoreError> {
        let rows = sqlx::query_as!(
            NearRow,
            "SELECT f.id, f.name, f.created,
                 EXISTS (
                     SELECT 1 FROM allocations a
                     WHERE a.family = f.id AND a.professional = $1 AND a.ended IS NULL
                 ) AS \"allocated!\",
                 (
                     SELECT t.team FROM team_families t WHERE t.family = f.id AND t.ended IS NULL
                 ) AS \"team?\",
                 EXISTS (
                     SELECT 1 FROM restrictions r WHERE r.family = f.id AND r.ended IS NULL
                 ) AS \"restricted!\"
             FROM families f
             WHERE f.id IN (
                 SELECT family FROM allocations WHERE professional = $1 AND ended IS NULL
                 UNION
                 SELECT t.family FROM team_places p JOIN team_families t ON t.team = p.team
                 WHERE p.professional = $1 AND p.ended IS NULL AND t.ended IS NULL
                 UNION
                 SELECT family FROM broken_glass WHERE professional = $1 AND until > $2
             )
             ORDER BY f.name, f.id",
            professional.as_uuid(),
            now,
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing what comes near to a professional"))?;
        Ok(rows.into_iter().map(NearFamily::from).collect())
    }

    async fn documents_near(
        &mut self,
        professional: ProfessionalId,
        now: i64,
    ) -> Result<Vec<Document>, StoreError> {
        sqlx::query_as!(
            DocumentRow,
            "SELECT d.id, d.family, d.compartment, d.epoch, d.head, d.owner FROM documents d
             WHERE d.family IN (
                 SELECT family FROM allocations WHERE professional = $1 AND ended IS NULL
                 UNION
                 SELECT t.family FROM team_places p JOIN team_families t ON t.team = p.team
                 WHERE p.professional = $1 AND p.ended IS NULL AND t.ended IS NULL
                 UNION
                 SELECT family FROM broken_glass WHERE professional = $1 AND until > $2
             )
             ORDER BY d.family, d.compartment <> 'team', d.compartment, d.owner NULLS FIRST",
            professional.as_uuid(),
            now,
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing what comes near to a professional"))?
        .into_iter()
        .map(Document::try_from)
        .collect()
    }
}
