//! `workbook account`: who may sign in, and to which families they are allocated.

use std::io::{IsTerminal as _, Read as _};

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use record::{
    ids::{FamilyId, ProfessionalId},
    terms::Discipline,
};
use server::admin;
use store::server::Store;

use crate::{
    ambient, terminal,
    verbs::database::{self, Place},
};

/// What `account` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  printf %s \"$PASSWORD\" | workbook account add --sign-in amira --name \"Amira Okafor\" \\
      --discipline childrens-social-worker --password-stdin
  workbook account allocate --sign-in amira --family 0198f1a0-0000-7000-8000-000000000001
  workbook account show --sign-in amira
  workbook account list

These work on the database, beside a running server or without one. A change of allocation
counts from the next request on. Lost devices: `workbook device revoke`.")]
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

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Add an account
    Add(Add),
    /// Show an account and the families that it is allocated to
    Show(Who),
    /// Allocate an account to a family: from now on it reaches the family's workbook
    Allocate(Allocation),
    /// End an allocation, and with it every place in the family's compartments
    Deallocate(Allocation),
    /// List every account: sign-in name, discipline, professional id, full name
    List,
}

/// A new account.
#[derive(Debug, Args)]
pub struct Add {
    /// What they type to sign in; capitals don't matter
    #[arg(long, value_name = "NAME")]
    pub sign_in: String,

    /// Their full name, as colleagues read it
    #[arg(long, value_name = "FULL NAME")]
    pub name: String,

    /// Their discipline's code, such as childrens-social-worker
    #[arg(long, value_name = "CODE", value_parser = discipline)]
    pub discipline: Discipline,

    /// Read the password from stdin, up to its end or first line break (there is no other way: a
    /// password on a command line stays in histories and process lists)
    #[arg(long, required = true)]
    pub password_stdin: bool,
}

/// An account.
#[derive(Debug, Args)]
pub struct Who {
    /// What they type to sign in
    #[arg(long, value_name = "NAME")]
    pub sign_in: String,
}

/// An account and a family.
#[derive(Debug, Args)]
pub struct Allocation {
    /// What they type to sign in
    #[arg(long, value_name = "NAME")]
    pub sign_in: String,

    /// The family's id
    #[arg(long, value_name = "ID")]
    pub family: FamilyId,
}

/// Only the field's own disciplines: a code that was mistyped would open an account that can do less
/// (or more) than was meant.
fn discipline(code: &str) -> Result<Discipline, String> {
    Discipline::ALL
        .iter()
        .find(|known| known.code() == code)
        .cloned()
        .ok_or_else(|| {
            let codes: Vec<_> = Discipline::ALL.iter().map(Discipline::code).collect();
            format!("there is no such discipline; one of: {}", codes.join(", "))
        })
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    // The password first: where it is missing or too short, no database is made.
    let password_hash = match &arguments.what {
        What::Add(_) => Some(admin::hash_password(
            &read_password()?,
            ambient::random_bytes()?,
        )?),
        _ => None,
    };
    let said = database::with(arguments.db.as_ref(), async |store| {
        act(store, &arguments.what, password_hash).await
    })?;
    terminal::print(&said)
}

async fn act(store: &dyn Store, what: &What, password_hash: Option<String>) -> Result<String> {
    let now = ambient::now().as_millisecond();
    Ok(match what {
        What::Add(add) => {
            let account = admin::NewAccount {
                id: ProfessionalId::from(ambient::new_id()?),
                sign_in: add.sign_in.clone(),
                name: add.name.clone(),
                discipline: add.discipline.clone(),
                password_hash: password_hash.context("a password is needed")?,
            };
            let account = admin::create_account(store, account).await?;
            format!(
                "added {} with professional id {}",
                account.sign_in, account.id
            )
        }
        What::Show(who) => show(store, &who.sign_in).await?,
        What::Allocate(Allocation { sign_in, family }) => {
            admin::allocate(store, sign_in, *family, now).await?;
            format!("{sign_in} is allocated to family {family}")
        }
        What::Deallocate(Allocation { sign_in, family }) => {
            if !admin::deallocate(store, sign_in, *family, now).await? {
                bail!("{sign_in} is not allocated to family {family}: nothing was changed");
            }
            format!("{sign_in} is not allocated to family {family} any more")
        }
        What::List => {
            let accounts = admin::accounts(store).await?;
            let lines = accounts
                .iter()
                .map(|it| format!("{}  {}  {}  {}", it.sign_in, it.discipline, it.id, it.name));
            listed(
                lines,
                "there is no account yet: add one with `workbook account add`",
            )
        }
    })
}

/// Lines, or what to say when there are none.
pub(super) fn listed(lines: impl Iterator<Item = String>, none: &str) -> String {
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() {
        none.to_owned()
    } else {
        lines.join("\n")
    }
}

async fn show(store: &dyn Store, sign_in: &str) -> Result<String> {
    let (account, families) = admin::account(store, sign_in).await?;
    let mut lines = vec![format!(
        "{}: {}, {}, professional id {}",
        account.sign_in, account.name, account.discipline, account.id
    )];
    for family in families {
        lines.push(format!(
            "  allocated to family {} ({})",
            family.id, family.name
        ));
    }
    Ok(lines.join("\n"))
}

fn read_password() -> Result<String> {
    if std::io::stdin().is_terminal() {
        bail!("pipe the password into this command, so that nobody reads it on the screen");
    }
    let mut text = String::new();
    // A little more than the longest password: the rest is refused, not read.
    std::io::stdin()
        .take(2_000)
        .read_to_string(&mut text)
        .context("reading the password failed")?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
