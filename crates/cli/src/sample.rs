//! Sample families: invented people, set up and written about in the ordinary way.
//!
//! Nothing here reaches past the crates that users have: accounts come from the operator's
//! functions, the record from devices that enrol, write and sync over HTTP, and each note goes
//! through the same draft, check and completion as a dictated one.

mod family;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, ensure};
use jiff::{
    Timestamp,
    civil::{Date, time},
    tz::TimeZone,
};
use record::{
    ids::{DocumentId, FamilyId, ProfessionalId},
    model::Provenance,
    terms::Discipline,
};
use serde::Deserialize;
use server::admin::{self, NewAccount, NewFamily};
use store::server::Store as _;
use store_sqlite::SqliteStore;

use crate::{
    ambient,
    device::{
        Device, SignIn,
        compose::{Desk, compose, people_of},
    },
    terminal,
};

/// A sample family as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    name: String,
    people: Vec<family::Person>,
    team: Vec<Member>,
    notes: Vec<Note>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    sign_in: String,
    name: String,
    discipline: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    by: String,
    on: Date,
    text: String,
}

/// A family whose accounts exist, ready to be written about.
pub struct Prepared {
    /// The family.
    pub family: FamilyId,
    sample: Sample,
    accounts: BTreeMap<String, ProfessionalId>,
}

/// The family of the demo.
pub fn brennan() -> Result<Sample> {
    read(include_str!("../samples/brennan.json"))
}

/// Every sample family.
pub fn all() -> Result<Vec<Sample>> {
    Ok(vec![
        brennan()?,
        read(include_str!("../samples/hartley.json"))?,
    ])
}

fn read(json: &str) -> Result<Sample> {
    serde_json::from_str(json).context("a sample family's file can't be read")
}

/// A password for a sample's accounts, fresh for each database.
pub fn password() -> Result<String> {
    let random: [u8; 6] = ambient::random_bytes()?;
    Ok(random
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .join("-"))
}

/// The time that a device shows on a sample day: five in the afternoon.
pub fn evening_of(day: Date) -> Result<Timestamp> {
    Ok(day
        .to_datetime(time(17, 0, 0, 0))
        .to_zoned(TimeZone::UTC)?
        .timestamp())
}

/// Adds the families with their accounts and allocations, as an operator would.
pub async fn prepare(
    store: &SqliteStore,
    samples: Vec<Sample>,
    password: &str,
) -> Result<Vec<Prepared>> {
    let at = ambient::now().as_millisecond();
    let hash = admin::hash_password(password, ambient::random_bytes()?)?;
    let mut accounts = BTreeMap::new();
    let mut prepared = Vec::new();
    for sample in samples {
        let family = FamilyId::from_uuid(ambient::new_id()?);
        let new = NewFamily {
            id: family,
            name: sample.name.clone(),
            document: DocumentId::from_uuid(ambient::new_id()?),
            epoch: u64::from_le_bytes(ambient::random_bytes()?),
            at,
        };
        admin::create_family(store, new).await?;
        for member in &sample.team {
            if !accounts.contains_key(&member.sign_in) {
                let new = NewAccount {
                    id: ProfessionalId::from_uuid(ambient::new_id()?),
                    sign_in: member.sign_in.clone(),
                    name: member.name.clone(),
                    discipline: Discipline::from_label(&member.discipline)
                        .with_context(|| format!("no discipline {:?}", member.discipline))?,
                    password_hash: hash.clone(),
                };
                accounts.insert(member.sign_in.clone(), new.id);
                admin::create_account(store, new).await?;
            }
            admin::allocate(store, &member.sign_in, family, at).await?;
        }
        prepared.push(Prepared {
            family,
            sample,
            accounts: accounts.clone(),
        });
    }
    Ok(prepared)
}

impl Prepared {
    /// Enrols a member's device, with its store in `folder`.
    pub async fn enrol(
        &self,
        folder: &Path,
        server: &str,
        sign_in: &str,
        password: &str,
    ) -> Result<Device> {
        let path = folder.join(format!("{sign_in}.db"));
        let sign_in = SignIn {
            sign_in: sign_in.to_owned(),
            password: password.to_owned(),
        };
        Device::enrol(&path, server, &sign_in).await
    }

    /// The manager sets up the record; then everybody's notes are written, completed and synced.
    /// `devices` are by sign-in name and belong to this family's team.
    pub async fn write_all(&self, devices: &mut BTreeMap<String, Device>) -> Result<()> {
        let manager = self.manager()?;
        let day = self.sample.notes.iter().map(|note| note.on).min();
        let at = evening_of(day.context("a sample has notes")?.yesterday()?)?;
        let device = devices
            .get_mut(manager)
            .context("the manager has a device")?;
        device.sync().await?;
        let by = device.writer()?.professional;
        let records = family::records(&self.sample, self.family, &self.accounts, by, at)?;
        device.write(self.family, &records, at).await?;
        device.sync().await?;
        for note in &self.sample.notes {
            let device = devices
                .get_mut(&note.by)
                .context("a note's author has a device")?;
            device.sync().await?;
            write_note(device, self.family, &note.text, note.on, Provenance::Typed).await?;
            device.sync().await?;
        }
        Ok(())
    }

    /// The sign-in name of the team's manager.
    pub fn manager(&self) -> Result<&str> {
        let is_manager = |member: &&Member| {
            Discipline::from_label(&member.discipline).is_some_and(|it| it.is_manager())
        };
        let manager = self.sample.team.iter().find(is_manager);
        manager
            .map(|it| it.sign_in.as_str())
            .context("a sample's team has a manager")
    }

    /// The sign-in names of the team.
    pub fn team(&self) -> impl Iterator<Item = &str> {
        self.sample
            .team
            .iter()
            .map(|member| member.sign_in.as_str())
    }
}

/// The sample families on their way into a server that `workbook serve --sample` starts.
pub struct Party {
    prepared: Vec<Prepared>,
    password: String,
}

impl Party {
    /// Adds the families and their accounts to a database that has none.
    pub async fn invite(store: &SqliteStore) -> Result<Self> {
        let families = store.begin().await?.families().await?;
        ensure!(
            families.is_empty(),
            "this database has families already: name a new file with --db, or leave --sample out"
        );
        let password = password()?;
        Ok(Self {
            prepared: prepare(store, all()?, &password).await?,
            password,
        })
    }

    /// Lets the samples' devices enrol, write and sync, then prints how to sign in.
    pub async fn arrive(self, server: &str) -> Result<()> {
        let folder = tempfile::tempdir().context("no temporary folder can be made")?;
        let mut devices = BTreeMap::new();
        let mut names = Vec::new();
        for prepared in &self.prepared {
            for member in prepared.team() {
                if !devices.contains_key(member) {
                    let device = prepared
                        .enrol(folder.path(), server, member, &self.password)
                        .await?;
                    devices.insert(member.to_owned(), device);
                    names.push(member.to_owned());
                }
            }
            prepared.write_all(&mut devices).await?;
        }
        for device in devices.into_values() {
            device.close().await;
        }
        terminal::print(&format!(
            "open {server} and sign in as {}",
            names.join(", ")
        ))?;
        terminal::print(&format!("the password of each is {}", self.password))
    }
}

/// Drafts, keeps, attests and completes one note on a device.
pub async fn write_note(
    device: &mut Device,
    family: FamilyId,
    text: &str,
    on: Date,
    provenance: Provenance,
) -> Result<()> {
    let at = evening_of(on)?;
    let writer = device.writer()?;
    let workbook = device.workbook(family)?;
    let spoken = dictation::draft::draft(text, &people_of(&workbook, &writer)?, on);
    let desk = Desk {
        workbook: &workbook,
        writer: &writer,
        recorded_on: on,
        at,
        provenance,
        ids: &ambient::new_id,
    };
    let draft = compose(&spoken, &desk)?;
    device.keep_draft(family, &draft, at).await?;
    device.complete(draft, at).await
}
