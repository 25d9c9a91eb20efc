//! Teams, restricted families and leavers in memory.

use async_trait::async_trait;
use record::ids::{FamilyId, ProfessionalId, TeamId};

use super::{
    MemoryTxn,
    state::{by_name, insert_new},
};
use crate::{
    StoreError,
    server::{Family, Team, TeamPlace, TeamTxn},
};

/// The codes that SQL engines check in their schema.
const ROLES: [&str; 3] = ["member", "supervisor", "manager"];

#[async_trait]
impl TeamTxn for MemoryTxn {
    async fn create_team(&mut self, team: &Team) -> Result<(), StoreError> {
        if self.state.teams.values().any(|it| it.name == team.name) {
            return Err(StoreError::Exists { what: "team" });
        }
        insert_new(&mut self.state.teams, team.id, team.clone(), "team")
    }

    async fn teams(&mut self) -> Result<Vec<Team>, StoreError> {
        let mut teams: Vec<_> = self.state.teams.values().cloned().collect();
        teams.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(teams)
    }

    async fn join_team(&mut self, place: &TeamPlace) -> Result<(), StoreError> {
        let known = self.state.teams.contains_key(&place.team)
            && self.state.accounts.contains_key(&place.professional);
        if !known {
            return Err(StoreError::Missing {
                what: "team or account",
            });
        }
        if !ROLES.contains(&place.role.as_str()) {
            return Err(StoreError::Inconsistent {
                table: "team_places",
                row: "a role that is none".to_owned(),
            });
        }
        let key = (place.team, place.professional);
        let open = self.state.team_places.get(&key);
        if open.is_none_or(|open| open.role != place.role) {
            self.state.team_places.insert(key, place.clone());
        }
        Ok(())
    }

    async fn leave_team(
        &mut self,
        team: TeamId,
        professional: ProfessionalId,
        _at: i64,
    ) -> Result<bool, StoreError> {
        let key = (team, professional);
        Ok(self.state.team_places.remove(&key).is_some())
    }

    async fn places_in(&mut self, team: TeamId) -> Result<Vec<TeamPlace>, StoreError> {
        let open = self.state.team_places.values();
        Ok(open.filter(|it| it.team == team).cloned().collect())
    }

    async fn places_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<TeamPlace>, StoreError> {
        let open = self.state.team_places.values();
        Ok(open
            .filter(|it| it.professional == professional)
            .cloned()
            .collect())
    }

    async fn assign_family(
        &mut self,
        team: TeamId,
        family: FamilyId,
        _from: i64,
    ) -> Result<(), StoreError> {
        let known =
            self.state.teams.contains_key(&team) && self.state.families.contains_key(&family);
        if !known {
            return Err(StoreError::Missing {
                what: "team or family",
            });
        }
        self.state.team_families.insert(family, team);
        Ok(())
    }

    async fn unassign_family(&mut self, family: FamilyId, _at: i64) -> Result<bool, StoreError> {
        Ok(self.state.team_families.remove(&family).is_some())
    }

    async fn team_responsible(&mut self, family: FamilyId) -> Result<Option<TeamId>, StoreError> {
        Ok(self.state.team_families.get(&family).copied())
    }

    async fn families_assigned(&mut self, team: TeamId) -> Result<Vec<Family>, StoreError> {
        let open = self.state.team_families.iter();
        let families = open
            .filter(|(_, of)| **of == team)
            .filter_map(|(family, _)| self.state.families.get(family))
            .cloned();
        Ok(by_name(families.collect()))
    }

    async fn restrict_family(&mut self, family: FamilyId, _at: i64) -> Result<(), StoreError> {
        if !self.state.families.contains_key(&family) {
            return Err(StoreError::Missing { what: "family" });
        }
        self.state.restricted.insert(family);
        Ok(())
    }

    async fn lift_restriction(&mut self, family: FamilyId, _at: i64) -> Result<bool, StoreError> {
        Ok(self.state.restricted.remove(&family))
    }

    async fn is_restricted(&mut self, family: FamilyId) -> Result<bool, StoreError> {
        Ok(self.state.restricted.contains(&family))
    }

    async fn plan_closing(
        &mut self,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<(), StoreError> {
        self.state.must_have_account(professional)?;
        self.state.closings.insert(professional, (at, false));
        Ok(())
    }

    async fn cancel_closing(&mut self, professional: ProfessionalId) -> Result<bool, StoreError> {
        Ok(self.state.closings.remove(&professional).is_some())
    }

    async fn closing(&mut self, professional: ProfessionalId) -> Result<Option<i64>, StoreError> {
        Ok(self.state.closings.get(&professional).map(|(at, _)| *at))
    }

    async fn due_closings(&mut self, now: i64) -> Result<Vec<ProfessionalId>, StoreError> {
        let closings = self.state.closings.iter();
        Ok(closings
            .filter(|(_, (at, done))| *at <= now && !done)
            .map(|(who, _)| *who)
            .collect())
    }

    async fn end_everything_of(
        &mut self,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<(), StoreError> {
        let state = &mut self.state;
        let gone = |who: ProfessionalId| who == professional;
        let sessions = &mut state.sessions;
        sessions.retain(|_, session| !gone(session.professional));
        state
            .session_use
            .retain(|token, _| sessions.contains_key(token));
        for device in state.devices.values_mut() {
            if gone(device.professional) {
                device.revoked.get_or_insert(at);
            }
        }
        state.allocations.retain(|(_, who)| !gone(*who));
        state.members.retain(|(_, who)| !gone(*who));
        state.team_places.retain(|(_, who), _| !gone(*who));
        if let Some((_, done)) = state.closings.get_mut(&professional) {
            *done = true;
        }
        Ok(())
    }
}
