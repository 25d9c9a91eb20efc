//! What the end-to-end stories share: the built program, and a server process with a family.
//!
//! The stories themselves are in `tests/tests`, one file each. They run the real binary, on real
//! files, over real HTTP on the loopback address.

mod logs;
pub mod proxy;
mod served;
mod servers;

use std::{
    collections::BTreeMap,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use anyhow::{Context as _, Result, ensure};
use cli::{
    demo::Server,
    device::Device,
    sample::{self, Prepared},
    verbs::database::{Database, Place},
};
use store_postgres::testing::Cluster;

pub use logs::{Logs, PRIVATE};
pub use served::Served;
pub use servers::Servers;

/// The built `workbook`; built first if it is not there or is out of date.
pub fn workbook() -> Result<&'static Path> {
    built("dev")
}

/// As [`workbook`], with one of Cargo's profiles; the first one asked for is the one of this process.
pub fn built(profile: &str) -> Result<&'static Path> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| build(profile).map_err(|error| format!("{error:#}")));
    built
        .as_deref()
        .map_err(|error| anyhow::anyhow!(error.clone()))
}

fn build(profile: &str) -> Result<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    // What Cargo tells a test about its package is not for the Cargo inside: a build script that looks at it
    // (ring's) would run anew, and all that lies on top be built twice, under those who use it already.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
        ]
        .iter()
        .any(|of_the_test| name.starts_with(of_the_test))
        {
            cargo.env_remove(&*name);
        }
    }
    let output = cargo
        .args([
            "build",
            "--profile",
            profile,
            "--package",
            "cli",
            "--bin",
            "workbook",
            "--message-format",
            "json",
        ])
        .current_dir(root())
        .output()?;
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout)?;
    text.lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
        .next_back()
        .context("cargo named no executable")
}

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What a story's server keeps its data in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A database of the PostgreSQL that all stories of a test file share.
    Postgres,
}

impl Engine {
    /// What `--db` takes for an empty database; a file's is in this folder.
    pub async fn new_database(self, folder: &Path) -> Result<OsString> {
        Ok(match self {
            Self::Sqlite => folder.join("server.db").into(),
            Self::Postgres => Cluster::shared()?.new_database().await?.into(),
        })
    }
}

/// A family with its team's devices, on a server that can be killed.
pub struct Town {
    // Looked through before the folder goes.
    logs: Logs,
    /// The folder with all databases.
    pub folder: tempfile::TempDir,
    /// The family.
    pub prepared: Prepared,
    /// The team's password.
    pub password: String,
    /// The server's database, as `--db` takes it.
    pub database: OsString,
}

impl Town {
    /// The sample family's accounts in a new database; no server runs yet.
    pub async fn on(engine: Engine) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let database = engine.new_database(folder.path()).await?;
        Self::in_database(folder, database).await
    }

    /// As [`Town::on`], in this empty database.
    pub async fn in_database(folder: tempfile::TempDir, database: OsString) -> Result<Self> {
        let store = Database::open(Some(&Place::from(database.clone()))).await?;
        let password = sample::password()?;
        let prepared = sample::prepare(&store, vec![sample::brennan()?], &password).await?;
        store.close().await;
        let prepared = prepared.into_iter().next().context("a family")?;
        Ok(Self {
            logs: Logs::beside(folder.path())?,
            folder,
            prepared,
            password,
            database,
        })
    }

    /// The database's file, where the engine keeps it in one.
    pub fn file(&self) -> &Path {
        Path::new(&self.database)
    }

    /// What the database is kept in.
    pub fn engine(&self) -> Engine {
        match Place::from(self.database.clone()) {
            Place::File(_) => Engine::Sqlite,
            Place::Postgres(_) => Engine::Postgres,
        }
    }

    /// Starts one server process.
    pub async fn serve(&self) -> Result<Server> {
        Server::start_logging(workbook()?, &self.database, self.logs.next()?).await
    }

    /// Starts as many processes as the engine carries: one on a file, two on PostgreSQL.
    pub async fn serve_all(&self) -> Result<Servers> {
        Servers::start(self).await
    }

    /// Opens the database beside its servers.
    pub async fn open(&self) -> Result<Database> {
        Database::open(Some(&Place::from(self.database.clone()))).await
    }

    /// Enrols everybody's device and writes the sample's notes.
    pub async fn settle(&self, server: &Server) -> Result<BTreeMap<String, Device>> {
        self.settle_at(&server.address).await
    }

    /// As [`Town::settle`], on a server that was started otherwise.
    pub async fn settle_at(&self, address: &str) -> Result<BTreeMap<String, Device>> {
        self.settle_with(|_| address).await
    }

    /// As [`Town::settle`], with the devices spread over all processes.
    pub async fn settle_over(&self, servers: &Servers) -> Result<BTreeMap<String, Device>> {
        self.settle_with(|number| servers.address_for(number)).await
    }

    async fn settle_with<'a>(
        &self,
        address_for: impl Fn(usize) -> &'a str,
    ) -> Result<BTreeMap<String, Device>> {
        let folder = self.folder.path();
        let mut devices = BTreeMap::new();
        for (number, who) in self.prepared.team().enumerate() {
            let device = self
                .prepared
                .enrol(folder, address_for(number), who, &self.password)
                .await?;
            devices.insert(who.to_owned(), device);
        }
        self.prepared.write_all(&mut devices).await?;
        for device in devices.values_mut() {
            device.sync().await?;
        }
        Ok(devices)
    }
}
