//! `workbook erase`: takes a family, or one thing of its record, out for good, with a certificate.

mod file;
mod words;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use record::ids::{ConcernId, EntryId, FamilyId, PersonId};
use server::{
    NoRandomness,
    admin::erase::{self, Certificate, Order, What as Erased},
};
use store::server::Store;

use super::database::{self, Place};
use crate::{ambient, terminal};
use file::CertificateFile;

/// What `erase` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook erase entry FAMILY ENTRY --reference DP-2026-31 --certificate dp-2026-31.json
  workbook erase entry FAMILY ENTRY --reference DP-2026-31 --certificate dp-2026-31.json --yes
  workbook erase check dp-2026-31.json
  workbook erase repeat dp-2026-31.json --certificate dp-2026-31-again.json --yes

Without --yes it prints what would go and changes nothing. What is erased can't be brought back. A server may
run beside. Devices drop it when they next reach the server; backups keep it until they are destroyed. While
`workbook hold` holds the family, nothing is erased. All of it: docs/retention.md.")]
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

/// What can be erased, and what can be done with a certificate.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Erase a family with everything
    Family {
        /// The family's id
        #[arg(value_name = "FAMILY")]
        family: FamilyId,
        /// Who orders it, and how it is done
        #[command(flatten)]
        order: Ordered,
    },
    /// Erase a person from a family's record, with what is said about them alone
    Person {
        /// The family's id
        #[arg(value_name = "FAMILY")]
        family: FamilyId,
        /// The person's id
        #[arg(value_name = "PERSON")]
        person: PersonId,
        /// Who orders it, and how it is done
        #[command(flatten)]
        order: Ordered,
    },
    /// Erase an entry, with what was appended to it
    Entry {
        /// The family's id
        #[arg(value_name = "FAMILY")]
        family: FamilyId,
        /// The entry's id
        #[arg(value_name = "ENTRY")]
        entry: EntryId,
        /// Who orders it, and how it is done
        #[command(flatten)]
        order: Ordered,
    },
    /// Erase one statement of an entry
    Statement {
        /// The family's id
        #[arg(value_name = "FAMILY")]
        family: FamilyId,
        /// The entry's id
        #[arg(value_name = "ENTRY")]
        entry: EntryId,
        /// Which of its statements, counted from 0 as in the entry's JSON
        #[arg(value_name = "INDEX")]
        index: usize,
        /// Although another statement of this entry has been erased before, so that the others have
        /// moved up
        #[arg(long)]
        again: bool,
        /// Who orders it, and how it is done
        #[command(flatten)]
        order: Ordered,
    },
    /// Erase a concern, with all views of it
    Concern {
        /// The family's id
        #[arg(value_name = "FAMILY")]
        family: FamilyId,
        /// The concern's id
        #[arg(value_name = "CONCERN")]
        concern: ConcernId,
        /// Who orders it, and how it is done
        #[command(flatten)]
        order: Ordered,
    },
    /// Compare a certificate with the audit log
    Check {
        /// The certificate
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Erase again what a certificate tells, in a database that was restored from a backup of before
    Repeat {
        /// The certificate of then
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// How it is done
        #[command(flatten)]
        execution: Execution,
    },
    /// Make sure once more that nothing erased stands in the database's files, where that failed
    Scrub,
}

/// Who orders an erasure, and how it is done.
#[derive(Debug, Args)]
pub struct Ordered {
    /// Who ordered it: a case number, no story and no name
    #[arg(long, value_name = "TEXT")]
    reference: String,
    #[command(flatten)]
    execution: Execution,
}

/// How an erasure is done.
#[derive(Debug, Args)]
pub struct Execution {
    /// Where to write the certificate; must not be there yet
    #[arg(long, value_name = "FILE")]
    certificate: PathBuf,

    /// Do it. Without this, what would go is printed and nothing is changed
    #[arg(long)]
    yes: bool,

    /// For how many days devices open their copies without the server, as `serve` was told
    #[arg(long, value_name = "DAYS", default_value_t = 14)]
    lease_days: u16,

    /// The day on which the last backup of before will be destroyed, for the certificate
    #[arg(long, value_name = "DATE")]
    backups_until: Option<Date>,
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let db = arguments.db.as_ref();
    let (what, reference, execution, again, repeats) = match &arguments.what {
        What::Check { file } => return check(db, file),
        What::Scrub => return scrub(db),
        What::Repeat { file, execution } => {
            let repeated = Certificate::from_bytes(&read(file)?)?;
            let reference = repeated.reference.clone();
            (repeated.what, reference, execution, false, Some(repeated))
        }
        What::Family { family, order } => {
            let what = Erased::Family { family: *family };
            (what, order.reference.clone(), &order.execution, false, None)
        }
        What::Person {
            family,
            person,
            order,
        } => {
            let (family, person) = (*family, *person);
            let what = Erased::Person { family, person };
            (what, order.reference.clone(), &order.execution, false, None)
        }
        What::Entry {
            family,
            entry,
            order,
        } => {
            let (family, entry) = (*family, *entry);
            let what = Erased::Entry { family, entry };
            (what, order.reference.clone(), &order.execution, false, None)
        }
        What::Statement {
            family,
            entry,
            index,
            again,
            order,
        } => {
            let what = Erased::Statement {
                family: *family,
                entry: *entry,
                index: *index,
            };
            (
                what,
                order.reference.clone(),
                &order.execution,
                *again,
                None,
            )
        }
        What::Concern {
            family,
            concern,
            order,
        } => {
            let (family, concern) = (*family, *concern);
            let what = Erased::Concern { family, concern };
            (what, order.reference.clone(), &order.execution, false, None)
        }
    };
    let order = Order {
        id: ambient::new_id()?,
        what,
        reference,
        at: ambient::now().as_millisecond(),
        today: ambient::today(),
        lease_days: execution.lease_days,
        backups_until: execution.backups_until,
        again,
        repeats,
    };
    carry_out(db, order, execution)
}

fn carry_out(db: Option<&Place>, order: Order, execution: &Execution) -> Result<()> {
    ensure!(
        !order.reference.trim().is_empty(),
        "the reference is empty: say who ordered this, by a case number"
    );
    let file = CertificateFile::new(&execution.certificate)?;
    let place = database::existing(db)?;
    if !execution.yes {
        let survey = database::with(Some(&place), async |store| {
            Ok(erase::survey(store, &order).await?)
        })?;
        return terminal::print(&words::would_go(&survey, &order.what));
    }
    let certificate = database::with(Some(&place), async |store| one(store, order, file).await)?;
    terminal::print(&words::went(&certificate, &execution.certificate))?;
    if let Some(failure) = &certificate.scrub_failure {
        bail!(
            "it is erased and nobody can read it any more, but its bytes may still stand in the \
             database's files: {failure}; then do `workbook erase scrub`"
        );
    }
    Ok(())
}

async fn one(store: &dyn Store, order: Order, mut file: CertificateFile) -> Result<Certificate> {
    let randomness = |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(32) {
            let random: [u8; 32] = ambient::random_bytes().map_err(|_| NoRandomness)?;
            for (to, from) in chunk.iter_mut().zip(random) {
                *to = from;
            }
        }
        Ok(())
    };
    let done = erase::erase(store, order, &randomness, &mut |it| file.keep(it)).await;
    match done {
        Ok(certificate) => Ok(certificate),
        Err(error) => {
            let kept = file.after_failure()?;
            Err(anyhow::Error::from(error).context(if kept {
                "the erasure was cut off: what the certificate tells is done; do it again with \
                 another certificate for the rest"
            } else {
                "nothing was erased"
            }))
        }
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("can't read {}", file.display()))
}

fn check(db: Option<&Place>, file: &Path) -> Result<()> {
    let bytes = read(file)?;
    let place = database::existing(db)?;
    let checked = database::with(Some(&place), async |store| {
        Ok(erase::check(store, &bytes).await?)
    })?;
    ensure!(
        checked.finished,
        "what {} tells is in the audit log, but the erasure was cut off there: do it again with another \
         certificate for the rest",
        file.display()
    );
    terminal::print(&format!(
        "proven: {} documents, as the audit log has it",
        checked.certificate.documents.len()
    ))
}

fn scrub(db: Option<&Place>) -> Result<()> {
    let place = database::existing(db)?;
    let at = ambient::now().as_millisecond();
    database::with(Some(&place), async |store| {
        Ok(erase::scrub(store, at).await?)
    })?;
    terminal::print("nothing erased stands in the database's files")
}
