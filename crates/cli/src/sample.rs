//! Sample families: invented people, set up and written about in the ordinary way.
//!
//! Nothing here reaches past the crates that users have: accounts come from the operator's
//! functions, the record from devices that enrol, write and sync over HTTP, and each note goes
//! through the same draft, check and completion as a dictated one.

mod calendar;
mod family;
mod more;
mod said;

use std::{collections::BTreeMap, path::Path};

use ::device::{
    Ids,
    compose::{Desk, Place, compose, people_of, place},
};
use anyhow::{Context, Result, ensure};
use jiff::{
    Timestamp,
    civil::{Date, time},
    tz::TimeZone,
};
use record::{
    ids::{DocumentId, FamilyId, ProfessionalId},
    model::Provenance,
    terms::{Compartment, Discipline},
};
use serde::Deserialize;
use server::admin::{self, NewAccount, NewCompartment, NewFamily};
use store::server::Store;

use crate::{
    ambient,
    device::{Device, SignIn},
    terminal,
};

pub use said::Said;

/// A sample family as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    name: String,
    people: Vec<family::Person>,
    team: Vec<Member>,
    notes: Vec<Note>,
    /// Beyond what the demo needs.
    #[serde(default)]
    more: more::More,
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
    /// What the author answers when the draft asks.
    #[serde(default)]
    said: Said,
}

/// A family whose accounts exist, ready to be written about.
pub struct Prepared {
    /// The family.
    pub family: FamilyId,
    sample: Sample,
    accounts: BTreeMap<String, ProfessionalId>,
}

/// The week in which the demo's recordings were made.
const DEMO_WEEK: Date = Date::constant(2023, 9, 4);

/// The family of the demo, as of the week of its recordings, without what goes beyond them.
pub fn brennan() -> Result<Sample> {
    Ok(Sample {
        more: more::More::default(),
        ..read(include_str!("../samples/brennan.json"), DEMO_WEEK)?
    })
}

/// Every sample family with all that is said of it, as of a day.
pub fn all(today: Date) -> Result<Vec<Sample>> {
    [
        include_str!("../samples/brennan.json"),
        include_str!("../samples/hartley.json"),
        include_str!("../samples/pryce.json"),
        include_str!("../samples/whitaker.json"),
        include_str!("../samples/adeyemi.json"),
    ]
    .into_iter()
    .map(|json| {
        let mut sample = read(json, calendar::monday_of(today)?)?;
        sample.team.append(&mut sample.more.team);
        sample.notes.append(&mut sample.more.notes);
        Ok(sample)
    })
    .collect()
}

fn read(json: &str, monday: Date) -> Result<Sample> {
    let json = calendar::fill(json, monday)?;
    serde_json::from_str(&json).context("a sample family's file can't be read")
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
    store: &dyn Store,
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
        open_compartments(store, family, &sample, at).await?;
        prepared.push(Prepared {
            family,
            sample,
            accounts: accounts.clone(),
        });
    }
    Ok(prepared)
}

/// Opens the family's compartments in the manager's name and names their members.
async fn open_compartments(
    store: &dyn Store,
    family: FamilyId,
    sample: &Sample,
    at: i64,
) -> Result<()> {
    for beside in &sample.more.compartments {
        let new = NewCompartment {
            family,
            compartment: beside.compartment.clone(),
            sign_in: sample.manager()?.to_owned(),
            document: DocumentId::from_uuid(ambient::new_id()?),
            epoch: u64::from_le_bytes(ambient::random_bytes()?),
            actor: ambient::random_bytes()?,
            at,
        };
        admin::open_compartment(store, new).await?;
        for member in &beside.members {
            admin::add_member(store, member, family, &beside.compartment, at).await?;
        }
    }
    Ok(())
}

impl Sample {
    /// The sign-in name of the team's manager.
    fn manager(&self) -> Result<&str> {
        let is_manager = |member: &&Member| {
            Discipline::from_label(&member.discipline).is_some_and(|it| it.is_manager())
        };
        let manager = self.team.iter().find(is_manager);
        manager
            .map(|it| it.sign_in.as_str())
            .context("a sample's team has a manager")
    }
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
        let manager = self.sample.manager()?;
        let notes = self.sample.notes.iter().map(|note| note.on);
        let statements = self.sample.more.statements.iter().map(|it| it.on);
        let day = notes.chain(statements).min();
        let at = evening_of(
            day.context("something is said of each family")?
                .yesterday()?,
        )?;
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
            let text = Text {
                text: &note.text,
                on: note.on,
                provenance: Provenance::Typed,
            };
            write_note(device, self.family, text, &note.said).await?;
            device.sync().await?;
        }
        let team = Compartment::Team;
        self.state(devices, &team, &self.sample.more.statements)
            .await?;
        for beside in &self.sample.more.compartments {
            let place = &beside.compartment;
            self.state(devices, place, &beside.statements).await?;
            for note in &beside.notes {
                let device = devices.get_mut(&note.by).context("an author's device")?;
                device.sync().await?;
                let text = Text {
                    text: &note.text,
                    on: note.on,
                    provenance: Provenance::Typed,
                };
                write_note_in(device, self.family, place, text, &note.said).await?;
                device.sync().await?;
            }
        }
        Ok(())
    }

    /// What members state by itself, not as part of an entry.
    async fn state(
        &self,
        devices: &mut BTreeMap<String, Device>,
        place: &Compartment,
        statements: &[more::Stated],
    ) -> Result<()> {
        for stated in statements {
            let device = devices.get_mut(&stated.by).context("an author's device")?;
            device.sync().await?;
            let record = stated.record(device, &device.workbook(self.family)?)?;
            let at = evening_of(stated.on)?;
            device.write_in(self.family, place, &[record], at).await?;
            device.sync().await?;
        }
        Ok(())
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
    pub async fn invite(store: &dyn Store) -> Result<Self> {
        let families = store.begin().await?.families().await?;
        ensure!(
            families.is_empty(),
            "this database has families already: name a new one with --db, or leave --sample out"
        );
        let password = password()?;
        Ok(Self {
            prepared: prepare(store, all(ambient::today())?, &password).await?,
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

/// A note's text, and how it came about.
pub struct Text<'a> {
    /// The words.
    pub text: &'a str,
    /// The day on which they were spoken or typed.
    pub on: Date,
    /// How they came about.
    pub provenance: Provenance,
}

/// Drafts, keeps, attests and completes one note on a device; `said` is what its author answers to
/// what the draft asks.
pub async fn write_note(
    device: &mut Device,
    family: FamilyId,
    note: Text<'_>,
    said: &Said,
) -> Result<()> {
    write_note_in(device, family, &Compartment::Team, note, said).await
}

/// As [`write_note`], into one of the family's compartments.
async fn write_note_in(
    device: &mut Device,
    family: FamilyId,
    compartment: &Compartment,
    note: Text<'_>,
    said: &Said,
) -> Result<()> {
    let at = evening_of(note.on)?;
    let writer = device.writer()?;
    let workbook = device.workbook(family)?;
    let spoken = dictation::draft::draft(note.text, &people_of(&workbook, &writer), note.on);
    ensure!(
        *compartment != Compartment::Team || place(&spoken) == Place::Team,
        "this note must not go to the whole team: keep it as a draft until the family has a \
         compartment for it"
    );
    let desk = Desk {
        workbook: &workbook,
        writer: &writer,
        recorded_on: note.on,
        at,
        provenance: note.provenance,
    };
    let mut ids = Ids::new(&ambient::random_bytes::<32>()?, ambient::now())?;
    let mut draft = compose(&spoken, &desk, &mut ids);
    said.tell(&mut draft)
        .with_context(|| format!("a note of {}", note.on))?;
    device.keep_draft(family, &draft, at).await?;
    device.complete_in(compartment, draft, at).await
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use serde_json::json;

    use super::*;

    /// Whatever day the samples are made on, each note's draft finds its day, its answers and when
    /// each action is due.
    #[test]
    fn the_samples_are_understood_in_every_week() {
        let mut day = Date::constant(2026, 1, 1);
        for _ in 0..50 {
            for sample in all(day).unwrap() {
                let beside = sample.more.compartments.iter().flat_map(|it| &it.notes);
                let people: Vec<_> = sample.people.iter().map(family::Person::known).collect();
                let people = json!({ "people": people }).to_string();
                let people = dictation::draft::People::from_json(&people).unwrap();
                for note in sample.notes.iter().chain(beside) {
                    let draft = dictation::draft::draft(&note.text, &people, note.on);
                    let about = format!("{}, {} in the week of {day}", sample.name, note.by);
                    assert_eq!(draft.date, Some(note.on), "{about}");
                    assert!(!draft.actions.is_empty(), "{about}");
                    for action in &draft.actions {
                        assert!(action.due.is_some(), "{about}: {}", action.text);
                    }
                    let asked = [
                        draft.kind.is_none(),
                        draft.outcome.is_none(),
                        draft.start.is_none(),
                    ];
                    assert_eq!(asked, note.said.answers(), "{about}");
                    assert!(note.on < day, "{about}");
                }
            }
            day = day.checked_add(8.days()).unwrap();
        }
    }
}
