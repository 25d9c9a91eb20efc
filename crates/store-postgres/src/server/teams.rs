//! Teams and their families, now and before.

use async_trait::async_trait;
use record::ids::{FamilyId, ProfessionalId, TeamId};
use sqlx::PgConnection;
use store::{
    StoreError,
    server::{Family, Team, TeamPlace, TeamTxn},
};
use uuid::Uuid;

use super::{
    PostgresTxn,
    families::{self, FamilyRow},
    leavers, restrictions,
};
use crate::values::{driver, driver_or_missing, must_be_new};

struct PlaceRow {
    team: Uuid,
    professional: Uuid,
    role: String,
    began: i64,
}

impl From<PlaceRow> for TeamPlace {
    fn from(row: PlaceRow) -> Self {
        Self {
            team: row.team.into(),
            professional: row.professional.into(),
            role: row.role,
            from: row.began,
        }
    }
}

/// Holds off every other change of this team's places until the transaction ends; whether there is
/// such a team. The weaker lock of a row's own update: it lets others go on naming it.
async fn lock(db: &mut PgConnection, team: TeamId) -> Result<bool, StoreError> {
    let found = sqlx::query_scalar!(
        "SELECT id FROM teams WHERE id = $1 FOR NO KEY UPDATE",
        team.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("locking a team"))?;
    Ok(found.is_some())
}

#[async_trait]
impl TeamTxn for PostgresTxn {
    async fn create_team(&mut self, team: &Team) -> Result<(), StoreError> {
        let done = sqlx::query!(
            "INSERT INTO teams (id, name, created) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            team.id.as_uuid(),
            team.name,
            team.created,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("adding a team"))?;
        must_be_new(done.rows_affected(), "team")
    }

    async fn teams(&mut self) -> Result<Vec<Team>, StoreError> {
        let rows = sqlx::query!("SELECT id, name, created FROM teams ORDER BY name")
            .fetch_all(&mut *self.db)
            .await
            .map_err(driver("listing teams"))?;
        Ok(rows
            .into_iter()
            .map(|row| Team {
                id: row.id.into(),
                name: row.name,
                created: row.created,
            })
            .collect())
    }

    async fn join_team(&mut self, place: &TeamPlace) -> Result<(), StoreError> {
        const MISSING: &str = "team or account";
        if !lock(&mut self.db, place.team).await? {
            return Err(StoreError::Missing { what: MISSING });
        }
        sqlx::query!(
            "UPDATE team_places SET ended = $4
             WHERE team = $1 AND professional = $2 AND role <> $3 AND ended IS NULL",
            place.team.as_uuid(),
            place.professional.as_uuid(),
            place.role,
            place.from,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("changing a place in a team"))?;
        sqlx::query!(
            "INSERT INTO team_places (team, professional, role, began, ended)
             SELECT $1, $2, $3, $4, NULL WHERE NOT EXISTS (
                 SELECT FROM team_places WHERE team = $1 AND professional = $2 AND ended IS NULL
             )
             ON CONFLICT (team, professional, role, began) DO UPDATE SET ended = NULL",
            place.team.as_uuid(),
            place.professional.as_uuid(),
            place.role,
            place.from,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("joining a team", MISSING))?;
        Ok(())
    }

    async fn leave_team(
        &mut self,
        team: TeamId,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError> {
        lock(&mut self.db, team).await?;
        let done = sqlx::query!(
            "UPDATE team_places SET ended = $3
             WHERE team = $1 AND professional = $2 AND ended IS NULL",
            team.as_uuid(),
            professional.as_uuid(),
            at,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("leaving a team"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn places_in(&mut self, team: TeamId) -> Result<Vec<TeamPlace>, StoreError> {
        let rows = sqlx::query_as!(
            PlaceRow,
            "SELECT team, professional, role, began FROM team_places
             WHERE team = $1 AND ended IS NULL ORDER BY professional",
            team.as_uuid(),
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing who is in a team"))?;
        Ok(rows.into_iter().map(TeamPlace::from).collect())
    }

    async fn places_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<TeamPlace>, StoreError> {
        let rows = sqlx::query_as!(
            PlaceRow,
            "SELECT team, professional, role, began FROM team_places
             WHERE professional = $1 AND ended IS NULL ORDER BY team",
            professional.as_uuid(),
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing a professional's teams"))?;
        Ok(rows.into_iter().map(TeamPlace::from).collect())
    }

    async fn assign_family(
        &mut self,
        team: TeamId,
        family: FamilyId,
        from: i64,
    ) -> Result<(), StoreError> {
        const MISSING: &str = "team or family";
        if !families::lock(&mut self.db, family).await? {
            return Err(StoreError::Missing { what: MISSING });
        }
        if self.team_responsible(family).await? == Some(team) {
            return Ok(());
        }
        self.unassign_family(family, from).await?;
        sqlx::query!(
            "INSERT INTO team_families (family, team, began, ended) VALUES ($1, $2, $3, NULL)
             ON CONFLICT (family, team, began) DO UPDATE SET ended = NULL",
            family.as_uuid(),
            team.as_uuid(),
            from,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("allocating a family to a team", MISSING))?;
        Ok(())
    }

    async fn unassign_family(&mut self, family: FamilyId, at: i64) -> Result<bool, StoreError> {
        families::lock(&mut self.db, family).await?;
        let done = sqlx::query!(
            "UPDATE team_families SET ended = $2 WHERE family = $1 AND ended IS NULL",
            family.as_uuid(),
            at,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("ending a family's allocation to a team"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn team_responsible(&mut self, family: FamilyId) -> Result<Option<TeamId>, StoreError> {
        let team = sqlx::query_scalar!(
            "SELECT team FROM team_families WHERE family = $1 AND ended IS NULL",
            family.as_uuid(),
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a family's team"))?;
        Ok(team.map(TeamId::from))
    }

    async fn families_assigned(&mut self, team: TeamId) -> Result<Vec<Family>, StoreError> {
        let rows = sqlx::query_as!(
            FamilyRow,
            "SELECT f.id, f.name, f.created FROM team_families t JOIN families f ON f.id = t.family
             WHERE t.team = $1 AND t.ended IS NULL ORDER BY f.name, f.id",
            team.as_uuid(),
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing a team's families"))?;
        Ok(rows.into_iter().map(Family::from).collect())
    }

    async fn restrict_family(&mut self, family: FamilyId, at: i64) -> Result<(), StoreError> {
        restrictions::begin(&mut self.db, family, at).await
    }

    async fn lift_restriction(&mut self, family: FamilyId, at: i64) -> Result<bool, StoreError> {
        restrictions::end(&mut self.db, family, at).await
    }

    async fn is_restricted(&mut self, family: FamilyId) -> Result<bool, StoreError> {
        restrictions::is_open(&mut self.db, family).await
    }

    async fn plan_closing(
        &mut self,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<(), StoreError> {
        leavers::plan(&mut self.db, professional, at).await
    }

    async fn cancel_closing(&mut self, professional: ProfessionalId) -> Result<bool, StoreError> {
        leavers::cancel(&mut self.db, professional).await
    }

    async fn closing(&mut self, professional: ProfessionalId) -> Result<Option<i64>, StoreError> {
        leavers::closing(&mut self.db, professional).await
    }

    async fn due_closings(&mut self, now: i64) -> Result<Vec<ProfessionalId>, StoreError> {
        leavers::due(&mut self.db, now).await
    }

    async fn end_everything_of(
        &mut self,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<(), StoreError> {
        leavers::end_everything(&mut self.db, professional, at).await
    }
}
