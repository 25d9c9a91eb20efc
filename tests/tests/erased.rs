//! What an operator erases is gone: from the server's answers, from every file of its database, and from
//! the devices, also from one that was away and comes back with the old copy.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use cli::{demo::Server, device::Device, sample::evening_of};
use record::{
    ids::EntryId,
    model::{ATTESTATION, Entry, Record},
};
use serde_json::json;
use store_postgres::testing::{Cluster, Disk};
use tests::{Engine, Town, workbook};

/// Words that nothing can shorten, so that they stand in files as they are.
fn words(mut seed: u64) -> String {
    const LETTERS: &[u8; 64] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    (0..600)
        .map(|_| char::from(LETTERS[usize::try_from(next() % 64).unwrap_or_default()]))
        .collect()
}

/// A town with the folder of its database's files.
struct Place {
    town: Town,
    server: Server,
    devices: BTreeMap<String, Device>,
    data: PathBuf,
    /// Runs until the end.
    _cluster: Option<Cluster>,
}

impl Place {
    async fn on(engine: Engine) -> Result<Self> {
        let (town, data, cluster) = match engine {
            Engine::Sqlite => {
                let town = Town::on(engine).await?;
                let data = town.folder.path().to_owned();
                (town, data, None)
            }
            Engine::Postgres => {
                // Of its own: other tests' databases would be scrubbed along, and looked through.
                let cluster = Cluster::start(Disk::Skipped)?;
                let url = cluster.new_database().await?;
                let town = Town::in_database(tempfile::tempdir()?, url.into()).await?;
                let data = cluster.data();
                (town, data, Some(cluster))
            }
        };
        let server = town.serve().await?;
        let mut devices = town.settle(&server).await?;
        for device in devices.values_mut() {
            device.sync().await?;
        }
        Ok(Self {
            town,
            server,
            devices,
            data,
            _cluster: cluster,
        })
    }

    fn device(&mut self, who: &str) -> Result<&mut Device> {
        self.devices.get_mut(who).context("a device")
    }

    /// Completes an entry with these statements.
    async fn write(&mut self, who: &str, statements: &[&str]) -> Result<EntryId> {
        let family = self.town.prepared.family;
        let device = self.device(who)?;
        let at = evening_of(jiff::civil::date(2023, 9, 5))?;
        let writer = device.writer()?;
        let id: EntryId = cli::ambient::new_id()?.into();
        let statements: Vec<_> = statements
            .iter()
            .map(|text| json!({"text": text, "nature": "observed-fact"}))
            .collect();
        let entry: Entry = serde_json::from_value(json!({
            "kind": "phone", "outcome": "took-place",
            "occurred": {"start": "2023-09-05T16:00:00"},
            "at": at, "by": writer.professional, "discipline": writer.discipline,
            "device": writer.device, "statements": statements,
            "provenance": {"how": "typed"},
            "attestation": {"statement": ATTESTATION, "at": at},
        }))?;
        device.write(family, &[Record::new(id, entry)], at).await?;
        Ok(id)
    }

    async fn all_sync(&mut self) -> Result<()> {
        for _ in 0..2 {
            for device in self.devices.values_mut() {
                device.sync().await?;
            }
        }
        Ok(())
    }

    /// Bytes out of the middle of the change that holds an entry, as they stand in the log.
    fn bytes_of(&self, entry: EntryId) -> Result<Vec<u8>> {
        let device = self.devices.values().next().context("a device")?;
        let document = device.document(self.town.prepared.family)?;
        let change = document
            .changes()
            .into_iter()
            .find(|it| {
                record::contents(it).is_ok_and(|it| it.iter().any(|it| it.id == entry.to_string()))
            })
            .context("the entry's change")?;
        let middle = change.bytes().len() / 2;
        let bytes = change.bytes().get(middle..middle + 40);
        Ok(bytes.context("a long change")?.to_vec())
    }

    /// Whether bytes stand in any file of the database.
    fn files_hold(&self, bytes: &[u8]) -> Result<bool> {
        Ok(self.file_with(bytes)?.is_some())
    }

    /// A file of the database in which bytes stand.
    fn file_with(&self, bytes: &[u8]) -> Result<Option<PathBuf>> {
        let mut folders = vec![self.data.clone()];
        while let Some(folder) = folders.pop() {
            for item in fs::read_dir(&folder)? {
                let path = item?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if is_the_databases(&path)
                    // PostgreSQL takes files away while we look.
                    && let Ok(file) = fs::read(&path)
                    && holds(&file, bytes)
                {
                    return Ok(Some(path));
                }
            }
        }
        Ok(None)
    }

    /// Runs the program on the database; whether it succeeded, and what it said.
    fn run(&self, words: &[&str]) -> Result<(bool, String)> {
        let output = Command::new(workbook()?)
            .args(words)
            .arg("--db")
            .arg(&self.town.database)
            .output()?;
        let said = [output.stdout, output.stderr].concat();
        Ok((output.status.success(), String::from_utf8(said)?))
    }

    /// Erases, and gives the certificate's path and what was said.
    fn erase(&self, what: &[&str], name: &str) -> Result<(String, String)> {
        let path = self.town.folder.path().join(name);
        let path = path.to_str().context("a path")?.to_owned();
        let order = ["--reference", "DP-7", "--certificate", &path];
        let words = [&["erase"], what, &order].concat();
        let (looked, said) = self.run(&words)?;
        ensure!(looked && said.contains("nothing was changed"), "{said}");
        ensure!(!Path::new(&path).exists(), "a look wrote a certificate");
        let (done, said) = self.run(&[&words[..], &["--yes"]].concat())?;
        ensure!(done, "{said}");
        let (proven, checked) = self.run(&["erase", "check", &path])?;
        ensure!(proven && checked.contains("proven"), "{checked}");
        Ok((path, said))
    }

    /// The family's summary as a browser gets it.
    fn summary(&self) -> Result<String> {
        let agent = ureq::Agent::new_with_defaults();
        let signed_in = agent
            .post(format!("{}/api/sessions", self.server.address))
            .send_json(json!({"sign_in": "amira", "password": self.town.password}))?;
        let cookie = signed_in
            .headers()
            .get("set-cookie")
            .context("a cookie")?
            .to_str()?
            .split(';')
            .next()
            .context("a cookie")?
            .to_owned();
        let family = self.town.prepared.family;
        let path = format!("{}/api/families/{family}/summary", self.server.address);
        let mut answer = agent.get(path).header("cookie", cookie).call()?;
        Ok(answer.body_mut().read_to_string()?)
    }
}

/// Whether bytes stand in a file, but for the schema's own comment, which SQLite keeps: `such as 'Brennan'`.
fn holds(file: &[u8], bytes: &[u8]) -> bool {
    let mut windows = file.windows(bytes.len()).enumerate();
    windows.any(|(at, window)| {
        window == bytes && !file.get(..at).is_some_and(|it| it.ends_with(b"such as '"))
    })
}

/// The devices' stores are in the same folder, and theirs to keep.
fn is_the_databases(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.ends_with(".json") && (!name.contains(".db") || name.starts_with("server.db"))
}

fn says(device: &Device, town: &Town, text: &str) -> Result<bool> {
    let workbook = serde_json::to_string(&device.workbook(town.prepared.family)?)?;
    Ok(workbook.contains(text))
}

#[tokio::test(flavor = "multi_thread")]
async fn erased_is_gone_from_files_answers_and_devices() -> Result<()> {
    story(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn and_so_it_is_on_postgresql() -> Result<()> {
    story(Engine::Postgres).await
}

async fn story(engine: Engine) -> Result<()> {
    let mut place = Place::on(engine).await?;
    let family = place.town.prepared.family.to_string();
    let (first, second) = (words(11), words(12));
    let half = place
        .write("amira", &["The door was shut.", &first])
        .await?;
    let whole = place.write("joe", &[&second]).await?;
    place.all_sync().await?;
    let traces = [place.bytes_of(half)?, place.bytes_of(whole)?];
    for trace in &traces {
        ensure!(
            place.files_hold(trace)?,
            "the test looks for the wrong bytes"
        );
    }
    // Joe is away from here on, with the old copy and something new.
    place.write("joe", &["The kettle was new."]).await?;

    one_statement_and_one_entry(&mut place, &family, half, whole)?;
    for (device, text) in [("amira", &first), ("amira", &second), ("joe", &second)] {
        place.device(device)?.sync().await?;
        ensure!(
            !says(&place.devices[device], &place.town, text)?,
            "{device}"
        );
    }
    place.all_sync().await?;
    let mut heads = Vec::new();
    for (who, device) in &place.devices {
        ensure!(!says(device, &place.town, &first)?, "{who}");
        ensure!(!says(device, &place.town, &second)?, "{who}");
        for kept in ["The door was shut.", "The kettle was new."] {
            ensure!(says(device, &place.town, kept)?, "{who} lost: {kept}");
        }
        ensure!(device.quarantine().await?.is_empty() && device.waiting() == 0);
        heads.push(device.document(place.town.prepared.family)?.heads());
    }
    ensure!(heads.windows(2).all(|two| two[0] == two[1]), "not the same");
    let summary = place.summary()?;
    ensure!(!summary.contains(&first) && !summary.contains(&second));
    for trace in &traces {
        ensure!(!place.files_hold(trace)?, "it came back");
    }
    a_person_under_a_hold(&mut place, &family).await?;
    the_whole_family(&mut place, &family).await?;
    place.server.kill().await
}

fn one_statement_and_one_entry(
    place: &mut Place,
    family: &str,
    half: EntryId,
    whole: EntryId,
) -> Result<()> {
    let traces = [place.bytes_of(half)?, place.bytes_of(whole)?];
    let (half, whole) = (half.to_string(), whole.to_string());
    let (file, _) = place.erase(&["statement", family, &half, "1"], "statement.json")?;
    place.erase(&["entry", family, &whole], "entry.json")?;
    for trace in &traces {
        ensure!(!place.files_hold(trace)?, "it stands in a file");
    }
    let altered = fs::read_to_string(&file)?.replace("DP-7", "DP-8");
    let forged = place.town.folder.path().join("forged.json");
    fs::write(&forged, altered)?;
    let (proven, said) = place.run(&["erase", "check", forged.to_str().context("a path")?])?;
    ensure!(!proven && said.contains("altered"), "{said}");
    // There is nothing left that the certificate could be repeated on.
    let again = place.town.folder.path().join("again.json");
    let again = again.to_str().context("a path")?;
    let (done, said) = place.run(&["erase", "repeat", &file, "--certificate", again, "--yes"])?;
    ensure!(!done && said.contains("erased before"), "{said}");
    ensure!(!Path::new(again).exists(), "a certificate of nothing");
    Ok(())
}

async fn a_person_under_a_hold(place: &mut Place, family: &str) -> Result<()> {
    let workbook = place.device("amira")?.workbook(family.parse()?)?;
    let donna = workbook
        .people
        .keys()
        .find(|id| workbook.person_name(**id).contains("Donna"))
        .context("Donna")?
        .to_string();
    let (held, said) = place.run(&["hold", "set", family, "--reference", "LEG-1"])?;
    ensure!(held, "{said}");
    let path = place.town.folder.path().join("refused.json");
    let path = path.to_str().context("a path")?;
    let order = ["--reference", "DP-8", "--certificate", path, "--yes"];
    for what in [&["person", family, &donna][..], &["family", family]] {
        let (done, said) = place.run(&[&["erase"], what, &order].concat())?;
        ensure!(!done && said.contains("LEG-1"), "{said}");
        ensure!(!Path::new(path).exists(), "a certificate of nothing");
    }
    let (listed, said) = place.run(&["retention", "list"])?;
    ensure!(listed && said.contains("held (LEG-1)"), "{said}");
    let (ended, said) = place.run(&["hold", "lift", family])?;
    ensure!(ended, "{said}");

    let (file, said) = place.erase(&["person", family, &donna], "person.json")?;
    // Her name stands in what others wrote: for somebody to read.
    ensure!(said.contains("were not erased"), "{said}");
    let certificate = fs::read_to_string(file)?;
    ensure!(certificate.contains("entries/") && !certificate.contains("Donna"));
    place.all_sync().await?;
    for device in place.devices.values() {
        let workbook = device.workbook(family.parse()?)?;
        ensure!(!workbook.people.contains_key(&donna.parse()?));
    }
    Ok(())
}

async fn the_whole_family(place: &mut Place, family: &str) -> Result<()> {
    ensure!(place.files_hold(b"Brennan")?, "the test looks for nothing");
    let (file, _) = place.erase(&["family", family], "family.json")?;
    for name in ["Brennan", "Donna"] {
        let file = place.file_with(name.as_bytes())?;
        ensure!(file.is_none(), "{name} stands in {file:?}");
    }
    ensure!(fs::read_to_string(file)?.contains("\"families\": 1"));
    for (who, device) in &mut place.devices {
        let synced = device.sync().await?;
        ensure!(synced.erased == 1, "{who} was told of {}", synced.erased);
        ensure!(device.families().is_empty(), "{who} keeps a family");
    }
    ensure!(!place.files_hold(b"Brennan")?, "a device brought it back");
    let (sound, said) = place.run(&["verify"])?;
    ensure!(sound && said.trim() == "sound", "{said}");
    let log = place.town.folder.path().join("audit.json");
    let log = log.to_str().context("a path")?;
    let (exported, said) = place.run(&["audit", "export", log])?;
    ensure!(exported, "{said}");
    let (whole, said) = place.run(&["audit", "verify", log])?;
    ensure!(whole, "{said}");
    Ok(())
}
