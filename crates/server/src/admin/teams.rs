//! Teams, who is in them, the families allocated to them, and restricted families.

use access::TeamRole;
use record::ids::{FamilyId, TeamId};
use store::server::{Account, Family, Store, Team, TeamPlace, Txn};

use super::{AdminError, find, required};

/// A team to be made.
#[derive(Debug, Clone)]
pub struct NewTeam {
    /// Its id, freshly minted.
    pub id: TeamId,
    /// Its name, which no other team has.
    pub name: String,
    /// The time now, in milliseconds since 1970.
    pub at: i64,
}

/// A team, who is in it with which role, and its families.
#[derive(Debug, Clone)]
pub struct TeamListed {
    /// The team.
    pub team: Team,
    /// Who is in it, and their role's code.
    pub people: Vec<(Account, String)>,
    /// The families allocated to it, by name.
    pub families: Vec<Family>,
}

/// Adds a team.
pub async fn create_team(store: &dyn Store, new: NewTeam) -> Result<Team, AdminError> {
    let team = Team {
        id: new.id,
        name: required(new.name.trim(), "the team's name")?,
        created: new.at,
    };
    let mut txn = store.begin().await?;
    txn.create_team(&team).await?;
    txn.commit().await?;
    Ok(team)
}

/// Every team, by name.
pub async fn teams(store: &dyn Store) -> Result<Vec<TeamListed>, AdminError> {
    let mut txn = store.begin().await?;
    let mut listed = Vec::new();
    for team in txn.teams().await? {
        let mut people = Vec::new();
        for place in txn.places_in(team.id).await? {
            if let Some(account) = txn.account(place.professional).await? {
                people.push((account, place.role));
            }
        }
        people.sort_by(|(a, _), (b, _)| a.sign_in.cmp(&b.sign_in));
        let families = txn.families_assigned(team.id).await?;
        listed.push(TeamListed {
            team,
            people,
            families,
        });
    }
    Ok(listed)
}

/// Gives an account a role in a team from `at` (milliseconds since 1970), instead of any other role
/// there.
pub async fn join_team(
    store: &dyn Store,
    sign_in: &str,
    team: &str,
    role: TeamRole,
    at: i64,
) -> Result<(), AdminError> {
    let role = role.code().ok_or(AdminError::Empty("the role"))?;
    let mut txn = store.begin().await?;
    let professional = find(&mut *txn, sign_in).await?.id;
    let team = named(&mut *txn, team).await?.id;
    txn.join_team(&TeamPlace {
        team,
        professional,
        role: role.to_owned(),
        from: at,
    })
    .await?;
    Ok(txn.commit().await?)
}

/// Ends an account's place in a team at `at` (milliseconds since 1970). Returns whether there was one.
pub async fn leave_team(
    store: &dyn Store,
    sign_in: &str,
    team: &str,
    at: i64,
) -> Result<bool, AdminError> {
    let mut txn = store.begin().await?;
    let professional = find(&mut *txn, sign_in).await?.id;
    let team = named(&mut *txn, team).await?.id;
    let left = txn.leave_team(team, professional, at).await?;
    txn.commit().await?;
    Ok(left)
}

/// Allocates a family to a team from `at` (milliseconds since 1970), instead of any other team.
pub async fn assign_family(
    store: &dyn Store,
    family: FamilyId,
    team: &str,
    at: i64,
) -> Result<(), AdminError> {
    let mut txn = store.begin().await?;
    known(&mut *txn, family).await?;
    let team = named(&mut *txn, team).await?.id;
    txn.assign_family(team, family, at).await?;
    Ok(txn.commit().await?)
}

/// Takes a family from its team at `at` (milliseconds since 1970). Returns whether it had one.
pub async fn unassign_family(
    store: &dyn Store,
    family: FamilyId,
    at: i64,
) -> Result<bool, AdminError> {
    let mut txn = store.begin().await?;
    known(&mut *txn, family).await?;
    let had = txn.unassign_family(family, at).await?;
    txn.commit().await?;
    Ok(had)
}

/// Hides a family's very existence from other teams from `at` (milliseconds since 1970).
pub async fn restrict_family(
    store: &dyn Store,
    family: FamilyId,
    at: i64,
) -> Result<(), AdminError> {
    let mut txn = store.begin().await?;
    known(&mut *txn, family).await?;
    txn.restrict_family(family, at).await?;
    Ok(txn.commit().await?)
}

/// Ends a restriction at `at` (milliseconds since 1970). Returns whether there was one.
pub async fn lift_restriction(
    store: &dyn Store,
    family: FamilyId,
    at: i64,
) -> Result<bool, AdminError> {
    let mut txn = store.begin().await?;
    known(&mut *txn, family).await?;
    let was = txn.lift_restriction(family, at).await?;
    txn.commit().await?;
    Ok(was)
}

async fn known(txn: &mut dyn Txn, family: FamilyId) -> Result<(), AdminError> {
    let found = txn.family(family).await?;
    found.map(|_| ()).ok_or(AdminError::NoFamily(family))
}

async fn named(txn: &mut dyn Txn, name: &str) -> Result<Team, AdminError> {
    let name = name.trim();
    let teams = txn.teams().await?;
    teams
        .into_iter()
        .find(|team| team.name == name)
        .ok_or_else(|| AdminError::NoTeam(name.to_owned()))
}
