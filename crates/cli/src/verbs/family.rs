//! `workbook family`: which families there are, their teams, and their compartments.

mod compartment;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use record::ids::{DocumentId, FamilyId};
use server::admin;
use store::server::Store;

use super::{
    account::listed,
    database::{self, Place},
};
use crate::{ambient, terminal};

/// What `family` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook family add --name Brennan
  workbook family list
  workbook account allocate --sign-in amira --family 0198f1a0-0000-7000-8000-000000000001

These work on the database, beside a running server or without one.")]
pub struct Arguments {
    /// The database: a file, made when it is not there, or postgres://USER@HOST/DATABASE (its
    /// password in PGPASSWORD or PGPASSFILE) [default: family-workbook/server.db in your data folder]
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

/// What can be done with families.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Add a family with an empty record for its team
    Add {
        /// Its name as the board shows it
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// List every family with its id and the sign-in names of its team
    List,
    /// Hide a family's very existence from other teams
    Restrict(One),
    /// End a restriction
    Unrestrict(One),
    /// Compartments: parts of a family's record that only named members ever get
    Compartment(compartment::Arguments),
}

/// A family.
#[derive(Debug, Args)]
pub struct One {
    /// The family's id
    #[arg(long, value_name = "ID")]
    pub family: FamilyId,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let said = database::with(arguments.db.as_ref(), async |store| {
        act(store, &arguments.what).await
    })?;
    terminal::print(&said)
}

async fn act(store: &dyn Store, what: &What) -> Result<String> {
    match what {
        What::Add { name } => {
            let new = admin::NewFamily {
                id: FamilyId::from_uuid(ambient::new_id()?),
                name: name.clone(),
                document: DocumentId::from_uuid(ambient::new_id()?),
                epoch: u64::from_le_bytes(ambient::random_bytes()?),
                at: ambient::now().as_millisecond(),
            };
            let id = new.id;
            admin::create_family(store, new).await?;
            Ok(format!("added family {id} ({})", name.trim()))
        }
        What::List => {
            let families = admin::families(store).await?;
            let lines = families.iter().map(|(family, team)| {
                let team: Vec<_> = team.iter().map(|it| it.sign_in.as_str()).collect();
                format!("{}  {}  {}", family.id, family.name, team.join(", "))
            });
            Ok(listed(
                lines,
                "there is no family yet: add one with `workbook family add`",
            ))
        }
        What::Restrict(One { family }) => {
            admin::restrict_family(store, *family, ambient::now().as_millisecond()).await?;
            Ok(format!("family {family} is restricted"))
        }
        What::Unrestrict(One { family }) => {
            let at = ambient::now().as_millisecond();
            if !admin::lift_restriction(store, *family, at).await? {
                bail!("family {family} is not restricted: nothing was changed");
            }
            Ok(format!("family {family} is not restricted any more"))
        }
        What::Compartment(arguments) => compartment::act(store, arguments).await,
    }
}
