//! `workbook device`: which devices are enrolled, and taking a lost one out of use.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use record::ids::DeviceId;
use server::admin;
use store::server::{Device, Store};

use super::{
    account::listed,
    database::{self, Place},
};
use crate::{ambient, terminal};

/// What `device` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook device list --sign-in amira
  workbook device revoke --device 0198f1a0-0000-7000-8000-000000000002

These work on the database, beside a running server or without one. A device that is out of use
reaches nothing from its next request on, is told to delete its copies, and can't be put back: enrol
it anew.")]
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

/// What can be done with devices.
#[derive(Debug, Subcommand)]
pub enum What {
    /// List devices: owner, id, when enrolled, when last seen (UTC), whether in use, what the owner
    /// calls it
    List {
        /// Only those of one account, by its sign-in name
        #[arg(long, value_name = "NAME")]
        sign_in: Option<String>,
    },
    /// Take a lost or returned device out of use: it reaches nothing from then on
    Revoke {
        /// The device's id
        #[arg(long, value_name = "ID")]
        device: DeviceId,
    },
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let now = ambient::now().as_millisecond();
    let said = database::with(arguments.db.as_ref(), async |store| {
        act(store, &arguments.what, now).await
    })?;
    terminal::print(&said)
}

async fn act(store: &dyn Store, what: &What, now: i64) -> Result<String> {
    match what {
        What::List { sign_in } => {
            let found = admin::devices(store, sign_in.as_deref()).await?;
            let lines = found.iter().flat_map(|(account, devices)| {
                devices.iter().map(|device| line(&account.sign_in, device))
            });
            Ok(listed(lines, "no device is enrolled"))
        }
        What::Revoke { device } => {
            if !admin::revoke_device(store, *device, now).await? {
                bail!("device {device} was out of use already: nothing was changed");
            }
            Ok(format!("device {device} is out of use"))
        }
    }
}

fn line(sign_in: &str, device: &Device) -> String {
    let seen = device.seen.map_or("never".to_owned(), time);
    let state = match device.revoked {
        Some(at) => format!("out of use since {}", time(at)),
        None => "in use".to_owned(),
    };
    let enrolled = time(device.enrolled);
    format!(
        "{sign_in}  {}  enrolled {enrolled}  last seen {seen}  {state}  {}",
        device.id, device.label
    )
    .trim_end()
    .to_owned()
}

fn time(unix_millis: i64) -> String {
    let time = Timestamp::from_millisecond(unix_millis).unwrap_or_default();
    time.strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use record::{
        ids::{ProfessionalId, mint},
        terms::Discipline,
    };
    use store::memory::MemoryStore;

    use super::*;

    async fn with_device() -> (MemoryStore, DeviceId) {
        let store = MemoryStore::default();
        let id = ProfessionalId::from(mint(1, [1; 10]));
        let account = admin::NewAccount {
            id,
            sign_in: "amira".into(),
            name: "Amira Khan".into(),
            discipline: Discipline::ChildrensSocialWorker,
            password_hash: String::new(),
        };
        admin::create_account(&store, account).await.unwrap();
        let device = Device {
            id: DeviceId::from(mint(1, [2; 10])),
            professional: id,
            public_key: [0; 32],
            label: "work phone".into(),
            enrolled: 1_772_000_000_000,
            seen: None,
            revoked: None,
        };
        let mut txn = store.begin().await.unwrap();
        txn.enrol_device(&device).await.unwrap();
        txn.commit().await.unwrap();
        (store, device.id)
    }

    #[tokio::test]
    async fn a_device_is_listed_and_taken_out_of_use_once() {
        let (store, device) = with_device().await;
        let list = What::List { sign_in: None };
        let said = act(&store, &list, 0).await.unwrap();
        assert_eq!(
            said,
            format!(
                "amira  {device}  enrolled 2026-02-25 06:13  last seen never  in use  work phone"
            )
        );
        let revoke = What::Revoke { device };
        act(&store, &revoke, 1_772_000_060_000).await.unwrap();
        assert!(act(&store, &revoke, 0).await.is_err());
        let said = act(&store, &list, 0).await.unwrap();
        assert!(said.contains("out of use since 2026-02-25 06:14"), "{said}");
        let nobody = What::List {
            sign_in: Some("joe".into()),
        };
        assert!(act(&store, &nobody, 0).await.is_err());
    }

    #[tokio::test]
    async fn an_empty_list_says_so() {
        let list = What::List { sign_in: None };
        let said = act(&MemoryStore::default(), &list, 0).await.unwrap();
        assert_eq!(said, "no device is enrolled");
    }
}
