//! `workbook hold`: families whose record must not be erased.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use record::ids::FamilyId;
use server::admin;
use store::server::Store;

use super::{
    account::listed,
    database::{self, Place},
};
use crate::{ambient, terminal};

/// What `hold` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook hold set 0198f1a0-0000-7000-8000-000000000001 --reference 'LEG-2026-117'
  workbook hold list
  workbook hold lift 0198f1a0-0000-7000-8000-000000000001

While a hold is open, `workbook erase` refuses. Holds are the operator's, on behalf of whoever answers for
the data: docs/retention.md.")]
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

/// What can be done with holds.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Forbid that anything of a family's record is erased
    Set {
        /// The family's id
        #[arg(value_name = "FAMILY")]
        family: FamilyId,

        /// Where the reason can be read: a case number, no story and no name
        #[arg(long, value_name = "TEXT")]
        reference: String,
    },
    /// End a hold
    Lift {
        /// The family's id
        #[arg(value_name = "FAMILY")]
        family: FamilyId,
    },
    /// List the holds that are open
    List,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let place = database::existing(arguments.db.as_ref())?;
    let said = database::with(Some(&place), async |store| {
        act(store, &arguments.what).await
    })?;
    terminal::print(&said)
}

async fn act(store: &dyn Store, what: &What) -> Result<String> {
    let at = ambient::now().as_millisecond();
    match what {
        What::Set { family, reference } => {
            admin::set_hold(store, *family, reference, at).await?;
            Ok(format!(
                "family {family} is held: nothing of its record can be erased"
            ))
        }
        What::Lift { family } => {
            if !admin::lift_hold(store, *family, at).await? {
                bail!("family {family} is not held: nothing was changed");
            }
            Ok(format!("family {family} is not held any more"))
        }
        What::List => {
            let holds = admin::holds(store).await?;
            let lines = holds.iter().map(|(family, hold)| {
                let since = Timestamp::from_millisecond(hold.began).unwrap_or_default();
                format!(
                    "{}  {}  since {since:.0}  {}",
                    family.id, family.name, hold.reference
                )
            });
            Ok(listed(lines, "no family is held"))
        }
    }
}
