//! `workbook account`: who may sign in, and to which families they are allocated.

use std::io::{IsTerminal as _, Read as _};

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use jiff::civil::Date;
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
    /// Link an account to a person at the identity provider, so that they sign in there
    Link(Identity),
    /// End such a link
    Unlink(Identity),
    /// Close a leaver's account: sessions, devices, allocations and places end in one step, and their
    /// devices delete their copies at the next contact
    Close(Close),
    /// Let a closed account sign in again, or drop a plan to close it; nothing that ended comes back
    Reopen(Who),
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

/// An account and who that is at the identity provider.
#[derive(Debug, Args)]
pub struct Identity {
    /// What they type to sign in here
    #[arg(long, value_name = "NAME")]
    pub sign_in: String,

    /// The provider's issuer, exactly as it writes it
    #[arg(long, value_name = "URL")]
    pub issuer: String,

    /// The value of the claim that the server is set to (--oidc-claim): the person's object id at
    /// Entra ID, never an e-mail address
    #[arg(long, value_name = "VALUE")]
    pub subject: String,
}

/// An account and its end.
#[derive(Debug, Args)]
pub struct Close {
    /// What they type to sign in
    #[arg(long, value_name = "NAME")]
    pub sign_in: String,

    /// Their last day, such as 2026-12-18: closed when it ends in this machine's time zone
    /// [default: at once]
    #[arg(long, value_name = "DATE")]
    pub last_day: Option<Date>,
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
        What::Link(link) => {
            admin::link_identity(store, &link.sign_in, &link.issuer, &link.subject, now).await?;
            format!("{} signs in at {} from now on", link.sign_in, link.issuer)
        }
        What::Unlink(link) => {
            let (sign_in, issuer) = (&link.sign_in, &link.issuer);
            if !admin::unlink_identity(store, sign_in, issuer, &link.subject).await? {
                bail!("{sign_in} has no such link: nothing was changed");
            }
            format!("{sign_in} does not sign in at {issuer} any more")
        }
        What::Close(close) => {
            let at = match close.last_day {
                Some(day) => ambient::end_of(day)?.as_millisecond(),
                None => now,
            };
            let sign_in = &close.sign_in;
            if admin::close_account(store, sign_in, at, now).await? {
                format!(
                    "{sign_in} is closed; their devices delete their copies at the next contact"
                )
            } else {
                format!("{sign_in} will be closed when that day ends")
            }
        }
        What::Reopen(Who { sign_in }) => {
            admin::reopen_account(store, sign_in).await?;
            format!("{sign_in} may sign in again; allocate and enrol anew")
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
    for identity in admin::identities(store, sign_in).await? {
        lines.push(format!(
            "  signs in at {} as {}",
            identity.issuer, identity.subject
        ));
    }
    if let Some(at) = admin::closing_of(store, account.id).await? {
        let at = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
        lines.push(format!("  closed from {at} on"));
    }
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
