//! `workbook team`: teams, who is in them with which role, and the families allocated to them.

use anyhow::{Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use record::ids::{FamilyId, TeamId};
use server::admin;
use store::server::Store;

use super::{
    account::listed,
    database::{self, Place},
};
use crate::{ambient, terminal};

/// What `team` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook team add --name \"North 2\"
  workbook team join --team \"North 2\" --sign-in marcus --role manager
  workbook team assign --team \"North 2\" --family 0198f1a0-0000-7000-8000-000000000001
  workbook team list

Managers reach every family of their team; supervisors too, but for restricted ones; members need an
allocation of their own (`workbook account allocate`). Nobody gets a compartment by their role. What is
changed counts from the next request on.")]
pub struct Arguments {
    /// The database: a file, or postgres://USER@HOST/DATABASE (its password in PGPASSWORD or
    /// PGPASSFILE) [default: family-workbook/server.db in your data folder]
    #[arg(
        long,
        env = "WORKBOOK_DB",
        hide_env_values = true,
        value_name = "PATH|URL",
        global = true
    )]
    pub db: Option<Place>,

    /// What to do.
    #[command(subcommand)]
    pub what: What,
}

/// What can be done with teams.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Add a team
    Add {
        /// Its name, which no other team has
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// List every team with its people and families
    List,
    /// Give an account a place in a team, or another role there
    Join {
        /// The team's name
        #[arg(long, value_name = "NAME")]
        team: String,
        /// What they type to sign in
        #[arg(long, value_name = "NAME")]
        sign_in: String,
        /// Their role
        #[arg(long, value_name = "ROLE", value_enum, default_value_t = Role::Member)]
        role: Role,
    },
    /// End an account's place in a team
    Leave {
        /// The team's name
        #[arg(long, value_name = "NAME")]
        team: String,
        /// What they type to sign in
        #[arg(long, value_name = "NAME")]
        sign_in: String,
    },
    /// Allocate a family to a team, instead of any other team
    Assign {
        /// The team's name
        #[arg(long, value_name = "NAME")]
        team: String,
        /// The family's id
        #[arg(long, value_name = "ID")]
        family: FamilyId,
    },
    /// Take a family from its team
    Unassign {
        /// The family's id
        #[arg(long, value_name = "ID")]
        family: FamilyId,
    },
}

/// A role in a team.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Role {
    /// Works in it
    Member,
    /// Leads its group supervisions
    Supervisor,
    /// Manages it, and is told when somebody breaks the glass on its families
    Manager,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let said = database::with(arguments.db.as_ref(), async |store| {
        act(store, &arguments.what).await
    })?;
    terminal::print(&said)
}

async fn act(store: &dyn Store, what: &What) -> Result<String> {
    let now = ambient::now().as_millisecond();
    Ok(match what {
        What::Add { name } => {
            let new = admin::NewTeam {
                id: TeamId::from_uuid(ambient::new_id()?),
                name: name.clone(),
                at: now,
            };
            let team = admin::create_team(store, new).await?;
            format!("added team {}", team.name)
        }
        What::List => list(store).await?,
        What::Join {
            team,
            sign_in,
            role,
        } => {
            let (role, name) = match role {
                Role::Member => (admin::TeamRole::Member, "a member"),
                Role::Supervisor => (admin::TeamRole::Supervisor, "a supervisor"),
                Role::Manager => (admin::TeamRole::Manager, "the manager"),
            };
            admin::join_team(store, sign_in, team, role, now).await?;
            format!("{sign_in} is {name} of {team}")
        }
        What::Leave { team, sign_in } => {
            if !admin::leave_team(store, sign_in, team, now).await? {
                bail!("{sign_in} is not in {team}: nothing was changed");
            }
            format!("{sign_in} is not in {team} any more")
        }
        What::Assign { team, family } => {
            admin::assign_family(store, *family, team, now).await?;
            format!("family {family} is allocated to {team}")
        }
        What::Unassign { family } => {
            if !admin::unassign_family(store, *family, now).await? {
                bail!("family {family} has no team: nothing was changed");
            }
            format!("family {family} has no team any more")
        }
    })
}

async fn list(store: &dyn Store) -> Result<String> {
    let mut lines = Vec::new();
    for listed in admin::teams(store).await? {
        lines.push(listed.team.name);
        for (account, role) in listed.people {
            lines.push(format!("  {role} {} ({})", account.sign_in, account.name));
        }
        for family in listed.families {
            lines.push(format!("  family {} ({})", family.id, family.name));
        }
    }
    Ok(listed(
        lines.into_iter(),
        "there is no team yet: add one with `workbook team add`",
    ))
}
