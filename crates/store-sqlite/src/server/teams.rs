//! Teams and their families, now and before.

use async_trait::async_trait;
use record::ids::{FamilyId, ProfessionalId, TeamId};
use store::{
    StoreError,
    server::{Family, Team, TeamPlace, TeamTxn},
};

use super::{SqliteTxn, families::FamilyRow, leavers, restrictions};
use crate::values::{driver, driver_or_missing, id, must_be_new};

struct PlaceRow {
    team: Vec<u8>,
    professional: Vec<u8>,
    role: String,
    began: i64,
}

impl TryFrom<PlaceRow> for TeamPlace {
    type Error = StoreError;

    fn try_from(row: PlaceRow) -> Result<Self, StoreError> {
        Ok(Self {
            team: id("team_places", &row.team)?,
            professional: id("team_places", &row.professional)?,
            role: row.role,
            from: row.began,
        })
    }
}

#[async_trait]
impl TeamTxn for SqliteTxn {
    async fn create_team(&mut self, team: &Team) -> Result<(), StoreError> {
        let key = team.id.as_uuid().as_bytes().as_slice();
        let done = sqlx::query!(
            "INSERT INTO teams (id, name, created) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            key,
            team.name,
            team.created,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("adding a team"))?;
        must_be_new(done.rows_affected(), "team")
    }

    async fn teams(&mut self) -> Result<Vec<Team>, StoreError> {
        sqlx::query!("SELECT id, name, created FROM teams ORDER BY name")
            .fetch_all(&mut *self.db)
            .await
            .map_err(driver("listing teams"))?
            .into_iter()
            .map(|row| {
                Ok(Team {
                    id: id("teams", &row.id)?,
                    name: row.name,
                    created: row.created,
                })
            })
            .collect()
    }

    async fn join_team(&mut self, place: &TeamPlace) -> Result<(), StoreError> {
        let team = place.team.as_uuid().as_bytes().as_slice();
        let professional = place.professional.as_uuid().as_bytes().as_slice();
        sqlx::query!(
            "UPDATE team_places SET ended = $4
             WHERE team = $1 AND professional = $2 AND role <> $3 AND ended IS NULL",
            team,
            professional,
            place.role,
            place.from,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("changing a place in a team"))?;
        let open = sqlx::query_scalar!(
            "SELECT began FROM team_places
             WHERE team = $1 AND professional = $2 AND ended IS NULL",
            team,
            professional,
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a place in a team"))?;
        if open.is_some() {
            return Ok(());
        }
        sqlx::query!(
            "INSERT INTO team_places (team, professional, role, began, ended)
             VALUES ($1, $2, $3, $4, NULL)
             ON CONFLICT (team, professional, role, began) DO UPDATE SET ended = NULL",
            team,
            professional,
            place.role,
            place.from,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("joining a team", "team or account"))?;
        Ok(())
    }

    async fn leave_team(
        &mut self,
        team: TeamId,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError> {
        let team = team.as_uuid().as_bytes().as_slice();
        let professional = professional.as_uuid().as_bytes().as_slice();
        let done = sqlx::query!(
            "UPDATE team_places SET ended = $3
             WHERE team = $1 AND professional = $2 AND ended IS NULL",
            team,
            professional,
            at,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("leaving a team"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn places_in(&mut self, team: TeamId) -> Result<Vec<TeamPlace>, StoreError> {
        let team = team.as_uuid().as_bytes().as_slice();
        sqlx::query_as!(
            PlaceRow,
            "SELECT team, professional, role, began FROM team_places
             WHERE team = $1 AND ended IS NULL ORDER BY professional",
            team,
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing who is in a team"))?
        .into_iter()
        .map(TeamPlace::try_from)
        .collect()
    }

    async fn places_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<TeamPlace>, StoreError> {
        let professional = professional.as_uuid().as_bytes().as_slice();
        sqlx::query_as!(
            PlaceRow,
            "SELECT team, professional, role, began AS \"began!\" FROM team_places
             WHERE professional = $1 AND ended IS NULL ORDER BY team",
            professional,
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing a professional's teams"))?
        .into_iter()
        .map(TeamPlace::try_from)
        .collect()
    }

    async fn assign_family(
        &mut self,
        team: TeamId,
        family: FamilyId,
        from: i64,
    ) -> Result<(), StoreError> {
        if self.team_responsible(family).await? == Some(team) {
            return Ok(());
        }
        self.unassign_family(family, from).await?;
        let team = team.as_uuid().as_bytes().as_slice();
        let family = family.as_uuid().as_bytes().as_slice();
        sqlx::query!(
            "INSERT INTO team_families (family, team, began, ended) VALUES ($1, $2, $3, NULL)
             ON CONFLICT (family, team, began) DO UPDATE SET ended = NULL",
            family,
            team,
            from,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing(
            "allocating a family to a team",
            "team or family",
        ))?;
        Ok(())
    }

    async fn unassign_family(&mut self, family: FamilyId, at: i64) -> Result<bool, StoreError> {
        let family = family.as_uuid().as_bytes().as_slice();
        let done = sqlx::query!(
            "UPDATE team_families SET ended = $2 WHERE family = $1 AND ended IS NULL",
            family,
            at,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("ending a family's allocation to a team"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn team_responsible(&mut self, family: FamilyId) -> Result<Option<TeamId>, StoreError> {
        let family = family.as_uuid().as_bytes().as_slice();
        sqlx::query_scalar!(
            "SELECT team FROM team_families WHERE family = $1 AND ended IS NULL",
            family,
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a family's team"))?
        .map(|team| id("team_families", &team))
        .transpose()
    }

    async fn families_assigned(&mut self, team: TeamId) -> Result<Vec<Family>, StoreError> {
        let team = team.as_uuid().as_bytes().as_slice();
        sqlx::query_as!(
            FamilyRow,
            "SELECT f.id, f.name, f.created FROM team_families t JOIN families f ON f.id = t.family
             WHERE t.team = $1 AND t.ended IS NULL ORDER BY f.name, f.id",
            team,
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing a team's families"))?
        .into_iter()
        .map(Family::try_from)
        .collect()
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
