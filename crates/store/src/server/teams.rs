//! Teams, the families allocated to them, restricted families, and accounts that are closed.
//!
//! As with allocations, at most one place is open at a time and ended ones stay as evidence. Times
//! are milliseconds since 1970, UTC.

use async_trait::async_trait;
use record::ids::{FamilyId, ProfessionalId, TeamId};

use super::Family;
use crate::StoreError;

/// A team of professionals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name, such as "Stevenage 2". No two teams have one name.
    pub name: String,
    /// When it was added.
    pub created: i64,
}

/// A professional's place in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamPlace {
    /// The team.
    pub team: TeamId,
    /// The professional.
    pub professional: ProfessionalId,
    /// The role's code: `member`, `supervisor` or `manager`.
    pub role: String,
    /// Since when.
    pub from: i64,
}

/// What the contract says about teams and leavers.
#[async_trait]
pub trait TeamTxn: Send {
    /// Adds a team. Its id and its name must be new.
    async fn create_team(&mut self, team: &Team) -> Result<(), StoreError>;
    /// Every team, by name.
    async fn teams(&mut self) -> Result<Vec<Team>, StoreError>;

    /// Gives a professional a place in a team. While one with the same role is open it changes
    /// nothing; one with another role is ended at `from` and the new one opened. Needs team and
    /// account; an unknown role is an error.
    async fn join_team(&mut self, place: &TeamPlace) -> Result<(), StoreError>;
    /// Ends an open place at `at`. Returns whether there was one.
    async fn leave_team(
        &mut self,
        team: TeamId,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError>;
    /// The open places of a team, by professional.
    async fn places_in(&mut self, team: TeamId) -> Result<Vec<TeamPlace>, StoreError>;
    /// The open places of a professional, by team.
    async fn places_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<TeamPlace>, StoreError>;

    /// Allocates a family to a team from `from`. A family has one team: another one's allocation
    /// ends at `from`. Needs both.
    async fn assign_family(
        &mut self,
        team: TeamId,
        family: FamilyId,
        from: i64,
    ) -> Result<(), StoreError>;
    /// Ends the family's allocation to its team at `at`. Returns whether there was one.
    async fn unassign_family(&mut self, family: FamilyId, at: i64) -> Result<bool, StoreError>;
    /// The team that the family is allocated to now. (Who works with it: [`super::Txn::team_of`].)
    async fn team_responsible(&mut self, family: FamilyId) -> Result<Option<TeamId>, StoreError>;
    /// The families that are allocated to the team now, by name.
    async fn families_assigned(&mut self, team: TeamId) -> Result<Vec<Family>, StoreError>;

    /// Restricts a family from `at`. While it is restricted this changes nothing. Needs the family.
    async fn restrict_family(&mut self, family: FamilyId, at: i64) -> Result<(), StoreError>;
    /// Ends a restriction at `at`. Returns whether there was one.
    async fn lift_restriction(&mut self, family: FamilyId, at: i64) -> Result<bool, StoreError>;
    /// Whether the family is restricted now.
    async fn is_restricted(&mut self, family: FamilyId) -> Result<bool, StoreError>;

    /// Notes that an account closes at `at`, instead of any earlier note. Needs the account.
    async fn plan_closing(
        &mut self,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<(), StoreError>;
    /// Forgets that an account closes or has closed. Returns whether that was noted.
    async fn cancel_closing(&mut self, professional: ProfessionalId) -> Result<bool, StoreError>;
    /// When the account closes or has closed, if that was noted.
    async fn closing(&mut self, professional: ProfessionalId) -> Result<Option<i64>, StoreError>;
    /// The accounts whose time is over at `now` and that [`TeamTxn::end_everything_of`] has not met
    /// since, by id.
    async fn due_closings(&mut self, now: i64) -> Result<Vec<ProfessionalId>, StoreError>;
    /// Ends at `at` all that a professional reaches anything by: sessions, devices, allocations,
    /// places in compartments and teams. Their account stays, as the author of what they wrote.
    async fn end_everything_of(
        &mut self,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<(), StoreError>;
}
