//! A council's database with families and workers, its server in a process of its own, and devices.

use std::{ffi::OsString, path::Path};

use anyhow::{Context as _, Result};
use cli::{
    ambient,
    demo::Server,
    device::{Device, SignIn},
    sample,
    verbs::database::{Database, Place},
};
use ed25519_dalek::SigningKey;
use record::{
    Writer,
    ids::{DeviceId, DocumentId, FamilyId, ProfessionalId},
    terms::Discipline,
};
use server::admin::{self, NewAccount, NewFamily};
use store::server::Store as _;
use tests::{Engine, built};

use crate::{gauge::Gauge, visit, wire::Identity};

/// The manager's sign-in name.
const MANAGER: &str = "manager";

/// A family and its team's document.
#[derive(Clone, Copy)]
pub(crate) struct Family {
    pub(crate) id: FamilyId,
    pub(crate) document: DocumentId,
}

/// A council whose workers are allocated to all its families.
pub(crate) struct Council {
    folder: tempfile::TempDir,
    database: OsString,
    password: String,
    pub(crate) families: Vec<Family>,
    workers: Vec<ProfessionalId>,
}

/// Its server, built as it is delivered.
pub(crate) struct Running {
    server: Server,
    pub(crate) gauge: Gauge,
}

impl Running {
    pub(crate) fn address(&self) -> &str {
        &self.server.address
    }
}

impl Council {
    /// In a new database of this engine, which `place` names or a file in a new folder is.
    pub(crate) async fn new(
        place: Option<OsString>,
        families: usize,
        workers: usize,
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let database = match place {
            Some(place) => place,
            None => Engine::Sqlite.new_database(folder.path()).await?,
        };
        let mut council = Self {
            folder,
            database,
            password: sample::password()?,
            families: Vec::new(),
            workers: Vec::new(),
        };
        let store = council.store().await?;
        let now = ambient::now().as_millisecond();
        for n in 0..families {
            let family = Family {
                id: FamilyId::from_uuid(ambient::new_id()?),
                document: DocumentId::from_uuid(ambient::new_id()?),
            };
            let new = NewFamily {
                id: family.id,
                name: format!("Family {n}"),
                document: family.document,
                epoch: u64::from_le_bytes(ambient::random_bytes()?),
                at: now,
            };
            admin::create_family(&store, new).await?;
            council.families.push(family);
        }
        let hash = admin::hash_password(&council.password, ambient::random_bytes()?)?;
        let manager = std::iter::once((MANAGER.to_owned(), Discipline::TeamManager));
        let staff = (0..workers).map(|n| (worker(n), Discipline::ChildrensSocialWorker));
        for (sign_in, discipline) in manager.chain(staff) {
            let id = ProfessionalId::from_uuid(ambient::new_id()?);
            let new = NewAccount {
                id,
                sign_in: sign_in.clone(),
                name: sign_in.clone(),
                discipline,
                password_hash: hash.clone(),
            };
            admin::create_account(&store, new).await?;
            if sign_in != MANAGER {
                council.workers.push(id);
            }
            for family in &council.families {
                admin::allocate(&store, &sign_in, family.id, now).await?;
            }
        }
        store.close().await;
        Ok(council)
    }

    async fn store(&self) -> Result<Database> {
        Database::open(Some(&Place::from(self.database.clone()))).await
    }

    /// Where devices keep their stores.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts the server.
    pub(crate) async fn serve(&self) -> Result<Running> {
        let server = Server::start_program(built("release")?, &self.database).await?;
        let gauge = Gauge(server.pid().context("the server runs")?);
        Ok(Running { server, gauge })
    }

    /// A new device of the `n`th worker.
    pub(crate) async fn device(&self, running: &Running, n: usize, name: &str) -> Result<Device> {
        self.enrol(running, &worker(n), name).await
    }

    async fn enrol(&self, running: &Running, sign_in: &str, name: &str) -> Result<Device> {
        let path = self.folder().join(format!("{name}.db"));
        let sign_in = SignIn {
            sign_in: sign_in.to_owned(),
            password: self.password.clone(),
        };
        Device::enrol(&path, running.address(), &sign_in).await
    }

    /// The manager sets every family up and syncs.
    pub(crate) async fn set_up(&self, running: &Running) -> Result<Device> {
        let mut manager = self.enrol(running, MANAGER, MANAGER).await?;
        manager.sync().await?;
        let by = manager.writer()?;
        for family in &self.families {
            let records = visit::set_up(family.id, &by);
            manager.write(family.id, &records, visit::at(0)).await?;
        }
        manager.sync().await?;
        Ok(manager)
    }

    /// Enrols devices of the `n`th worker by the operator's hand: only their keys are here.
    pub(crate) async fn identities(&self, n: usize, count: usize) -> Result<Vec<Identity>> {
        let store = self.store().await?;
        let mut txn = store.begin().await?;
        let mut enrolled = Vec::new();
        for _ in 0..count {
            let key = SigningKey::from_bytes(&ambient::random_bytes()?);
            let device = DeviceId::from_uuid(ambient::new_id()?);
            txn.enrol_device(&store::server::Device {
                id: device,
                professional: self.workers[n],
                public_key: key.verifying_key().to_bytes(),
                label: String::new(),
                enrolled: ambient::now().as_millisecond(),
                seen: None,
                revoked: None,
            })
            .await?;
            let writer = Writer {
                professional: self.workers[n],
                discipline: Discipline::ChildrensSocialWorker,
                device,
            };
            enrolled.push(Identity { writer, key });
        }
        txn.commit().await?;
        store.close().await;
        Ok(enrolled)
    }
}

fn worker(n: usize) -> String {
    format!("worker{n}")
}
