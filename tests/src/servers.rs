//! The server of a story: one process on a file, two on a PostgreSQL, which devices are spread over.

use anyhow::Result;
use cli::demo::Server;

use crate::{Engine, Town};

impl Engine {
    /// How many processes share a database of this engine in the stories.
    fn processes(self) -> usize {
        match self {
            Self::Sqlite => 1,
            Self::Postgres => 2,
        }
    }
}

/// The running processes on one database. They are killed when this is dropped.
pub struct Servers(Vec<Server>);

impl Servers {
    pub(crate) async fn start(town: &Town) -> Result<Self> {
        let mut servers = Self(Vec::new());
        for _ in 0..town.engine().processes() {
            servers.add(town).await?;
        }
        Ok(servers)
    }

    /// Where the processes listen.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|it| it.address.as_str())
    }

    /// Where the device or request of this number goes: they take turns.
    pub fn address_for(&self, number: usize) -> &str {
        &self.0[number % self.0.len()].address
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Kills one of them (SIGKILL); the others go on.
    pub async fn kill(&mut self, which: usize) -> Result<()> {
        self.0.remove(which).kill().await
    }

    /// Starts another process.
    pub async fn add(&mut self, town: &Town) -> Result<()> {
        self.0.push(town.serve().await?);
        Ok(())
    }

    /// Kills all of them.
    pub async fn kill_all(self) -> Result<()> {
        for server in self.0 {
            server.kill().await?;
        }
        Ok(())
    }
}
