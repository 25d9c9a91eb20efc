//! `workbook serve --sample`, as somebody tries the app: the families of a week, the dates of which
//! are always of these weeks, and a compartment that only its member gets.

use std::{path::Path, process::Stdio};

use anyhow::{Context as _, Result};
use cli::device::{Device, SignIn};
use record::{
    ids::FamilyId,
    terms::{ActionStatus, Compartment},
};
use tests::{Engine, workbook};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

struct Street {
    _server: Child,
    folder: tempfile::TempDir,
    address: String,
    password: String,
}

impl Street {
    async fn open(engine: Engine) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let database = engine.new_database(folder.path()).await?;
        let mut server = Command::new(workbook()?)
            .args(["serve", "--sample", "--listen", "127.0.0.1:0", "--db"])
            .arg(&database)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(server.stdout.take().context("an output")?).lines();
        let mut said = Vec::new();
        while let Some(line) = lines.next_line().await? {
            said.push(line);
            if said.last().is_some_and(|it| it.contains("password")) {
                break;
            }
        }
        let after = |start: &str| {
            let found = said.iter().find_map(|line| line.strip_prefix(start));
            found.map(str::to_owned).context("what to do next")
        };
        Ok(Self {
            address: after("listening on ")?,
            password: after("the password of each is ")?,
            _server: server,
            folder,
        })
    }

    async fn device(&self, sign_in: &str) -> Result<Device> {
        let path = self.folder.path().join(format!("{sign_in}.db"));
        let password = self.password.clone();
        let sign_in = sign_in.to_owned();
        let sign_in = SignIn { sign_in, password };
        let mut device = Device::enrol(Path::new(&path), &self.address, &sign_in).await?;
        device.sync().await?;
        Ok(device)
    }
}

fn family(device: &Device, name: &str) -> Result<FamilyId> {
    let families = device.families();
    let found = families.iter().find(|(_, other)| *other == name);
    found.map(|(id, _)| *id).context("a family of that name")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_families_show_what_a_phone_shows() -> Result<()> {
    shows_what_a_phone_shows(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_families_on_postgres() -> Result<()> {
    shows_what_a_phone_shows(Engine::Postgres).await
}

async fn shows_what_a_phone_shows(engine: Engine) -> Result<()> {
    let street = Street::open(engine).await?;
    let amira = street.device("amira").await?;
    let mut names: Vec<_> = amira.families().iter().map(|(_, name)| *name).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["Adeyemi", "Brennan", "Hartley", "Pryce", "Whitaker"]
    );

    let brennan = family(&amira, "Brennan")?;
    let workbook = amira.workbook(brennan)?;
    let today = cli::ambient::today();
    let dues: Vec<_> = workbook.actions.values().filter_map(|it| it.due).collect();
    assert!(
        dues.iter().any(|due| *due < today),
        "something is overdue: {dues:?}"
    );
    let later = amira
        .families()
        .iter()
        .map(|(id, _)| amira.workbook(*id))
        .collect::<Result<Vec<_>>>()?
        .iter()
        .flat_map(|it| it.actions.values().filter_map(|action| action.due))
        .any(|due| due >= today);
    assert!(later, "something is still to come");
    assert!(
        workbook
            .action_updates
            .values()
            .all(|it| it.status != ActionStatus::Done)
    );
    assert!(!workbook.safety_plans.is_empty() && !workbook.goals.is_empty());
    let summary = record::summary(&workbook, today);
    let authors: std::collections::BTreeSet<_> = workbook
        .entries
        .values()
        .map(|entry| entry.discipline.code())
        .collect();
    assert!(authors.len() >= 4, "{authors:?}");
    let json = serde_json::to_value(&summary)?;
    let viewed = json["concerns"].as_array().context("concerns")?;
    assert!(
        viewed
            .iter()
            .any(|it| it["views"].as_array().is_some_and(|it| it.len() >= 2))
    );
    let skye = workbook
        .people
        .keys()
        .find(|id| workbook.person_name(**id) == "Skye Brennan")
        .context("Skye")?;
    let born = workbook.current_facts(*skye, record::model::FactField::DateOfBirth);
    assert_eq!(born.len(), 2, "two dates of birth stand side by side");

    // The compartment reaches its member alone, and says where the safe address is kept.
    let leila = street.device("leila").await?;
    let compartment = leila.document_in(brennan, &Compartment::VictimSafe)?.read();
    assert_eq!((compartment.entries.len(), compartment.facts.len()), (1, 1));
    assert!(
        amira
            .document_in(brennan, &Compartment::VictimSafe)
            .is_err()
    );
    let morgan = street.device("morgan").await?;
    assert!(
        morgan
            .document_in(brennan, &Compartment::VictimSafe)
            .is_err()
    );
    for device in [amira, leila, morgan] {
        assert_eq!(device.waiting(), 0);
        assert!(device.quarantine().await?.is_empty());
        device.close().await;
    }
    Ok(())
}
