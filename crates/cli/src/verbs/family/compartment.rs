//! `workbook family compartment`: who gets the parts of a record that are not for the whole team.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use record::{
    ids::{DocumentId, FamilyId},
    terms::Compartment,
};
use server::admin::{self, NewCompartment};
use store::server::Store;

use crate::{ambient, verbs::account::listed};

/// What `family compartment` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook family compartment open --family ID --compartment victim-safe --manager morgan
  workbook family compartment add --family ID --compartment victim-safe --sign-in leila
  workbook family compartment remove --family ID --compartment victim-safe --sign-in leila
  workbook family compartment list --family ID

A compartment is a document of its own, which only its members' devices ever get. A member must be
allocated to the family as well; ending the allocation ends the membership. Nobody is a member of
both victim-safe and perpetrator-work. Who is taken out loses the copy when their device next
reaches the server.")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub what: What,
}

/// What can be done with compartments.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Open a compartment for a family, in the name of the manager who decided that it is needed
    Open {
        /// Which one, of which family.
        #[command(flatten)]
        place: Place,
        /// The manager's sign-in name (for author-only: the author's). Nobody is let in by this
        #[arg(long, value_name = "NAME")]
        manager: String,
    },
    /// Let somebody in
    Add(Member),
    /// Take somebody out
    Remove(Member),
    /// List a family's compartments with their members
    List {
        /// The family's id
        #[arg(long, value_name = "ID")]
        family: FamilyId,
    },
}

/// A compartment of a family.
#[derive(Debug, Args)]
pub struct Place {
    /// The family's id
    #[arg(long, value_name = "ID")]
    pub family: FamilyId,

    /// The compartment: victim-safe, perpetrator-work, health, probation, legal or author-only
    #[arg(long, value_name = "CODE", value_parser = compartment)]
    pub compartment: Compartment,
}

/// Somebody's place in a compartment.
#[derive(Debug, Args)]
pub struct Member {
    /// Which one, of which family.
    #[command(flatten)]
    pub place: Place,

    /// Their sign-in name
    #[arg(long, value_name = "NAME")]
    pub sign_in: String,
}

/// Only built-in compartments: nobody reaches one that the rules do not know.
fn compartment(code: &str) -> Result<Compartment, String> {
    let known = || {
        Compartment::ALL
            .iter()
            .filter(|it| **it != Compartment::Team)
    };
    known()
        .find(|it| it.code() == code)
        .cloned()
        .ok_or_else(|| {
            let codes: Vec<_> = known().map(Compartment::code).collect();
            format!("there is no such compartment; one of: {}", codes.join(", "))
        })
}

pub(super) async fn act(store: &dyn Store, arguments: &Arguments) -> Result<String> {
    let now = ambient::now().as_millisecond();
    match &arguments.what {
        What::Open { place, manager } => {
            let new = NewCompartment {
                family: place.family,
                compartment: place.compartment.clone(),
                sign_in: manager.clone(),
                document: DocumentId::from_uuid(ambient::new_id()?),
                epoch: u64::from_le_bytes(ambient::random_bytes()?),
                actor: ambient::random_bytes()?,
                at: now,
            };
            admin::open_compartment(store, new).await?;
            Ok(format!(
                "family {} has the compartment {}",
                place.family,
                place.compartment.code()
            ))
        }
        What::Add(Member { place, sign_in }) => {
            admin::add_member(store, sign_in, place.family, &place.compartment, now).await?;
            Ok(format!(
                "{sign_in} is a member of {}",
                place.compartment.code()
            ))
        }
        What::Remove(Member { place, sign_in }) => {
            let (family, compartment) = (place.family, &place.compartment);
            if !admin::end_membership(store, sign_in, family, compartment, now).await? {
                let code = compartment.code();
                bail!("{sign_in} is no member of {code}: nothing was changed");
            }
            Ok(format!(
                "{sign_in} is not a member of {} any more",
                compartment.code()
            ))
        }
        What::List { family } => {
            let found = admin::compartments(store, *family).await?;
            let lines = found.iter().map(|it| {
                let who = it.owner.iter().chain(&it.members);
                let who: Vec<_> = who.map(|account| account.sign_in.as_str()).collect();
                format!("{}  {}", it.compartment.code(), who.join(", "))
            });
            Ok(listed(lines, "this family has no compartment"))
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use record::{
        ids::{ProfessionalId, mint},
        terms::Discipline,
    };
    use store::memory::MemoryStore;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    async fn council() -> (MemoryStore, String) {
        let store = MemoryStore::default();
        let family = FamilyId::from(mint(1, [1; 10]));
        let new = admin::NewFamily {
            id: family,
            name: "Brennan".into(),
            document: DocumentId::from(mint(1, [2; 10])),
            epoch: 1,
            at: 1,
        };
        admin::create_family(&store, new).await.unwrap();
        for (n, sign_in, discipline) in [
            (3, "morgan", Discipline::TeamManager),
            (4, "leila", Discipline::DomesticAbuseVictimWorker),
        ] {
            let account = admin::NewAccount {
                id: ProfessionalId::from(mint(1, [n; 10])),
                sign_in: sign_in.into(),
                name: sign_in.into(),
                discipline,
                password_hash: String::new(),
            };
            admin::create_account(&store, account).await.unwrap();
            admin::allocate(&store, sign_in, family, 1).await.unwrap();
        }
        (store, family.to_string())
    }

    async fn say(store: &MemoryStore, line: &str) -> Result<String> {
        let words = std::iter::once("compartment").chain(line.split_whitespace());
        act(store, &Line::try_parse_from(words)?.arguments).await
    }

    #[tokio::test]
    async fn a_compartment_is_opened_filled_and_emptied() {
        let (store, id) = council().await;
        let list = format!("list --family {id}");
        assert_eq!(
            say(&store, &list).await.unwrap(),
            "this family has no compartment"
        );
        let place = format!("--family {id} --compartment victim-safe");
        say(&store, &format!("open {place} --manager morgan"))
            .await
            .unwrap();
        say(&store, &format!("add {place} --sign-in Leila"))
            .await
            .unwrap();
        assert_eq!(say(&store, &list).await.unwrap(), "victim-safe  leila");
        say(&store, &format!("remove {place} --sign-in leila"))
            .await
            .unwrap();
        assert_eq!(say(&store, &list).await.unwrap(), "victim-safe  ");
        let again = say(&store, &format!("remove {place} --sign-in leila")).await;
        assert!(
            again
                .unwrap_err()
                .to_string()
                .contains("nothing was changed")
        );
    }

    #[tokio::test]
    async fn a_mistyped_compartment_or_family_is_named() {
        let (store, id) = council().await;
        for wrong in ["team", "victim", "", "secret-notes"] {
            let line = format!("open --family {id} --manager morgan --compartment={wrong}");
            let error = say(&store, &line).await.unwrap_err().to_string();
            assert!(error.contains("victim-safe, perpetrator-work"), "{error}");
        }
        let error = say(&store, "list --family 0198f1a0-0000-7000-8000-000000000009").await;
        assert!(error.unwrap_err().to_string().contains("no family"));
        assert!(say(&store, "list --family x").await.is_err());
    }
}
