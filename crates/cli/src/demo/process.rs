//! `workbook serve` as a process of its own.

use std::{ffi::OsStr, path::Path, process::Stdio};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

/// A running server. It is killed when this is dropped.
pub struct Server {
    child: Child,
    /// Where it listens, such as `http://127.0.0.1:41234`.
    pub address: String,
}

impl Server {
    /// Starts this very program as a server on a free port, and waits until it listens.
    pub async fn start(database: &Path) -> Result<Self> {
        let program = std::env::current_exe().context("finding this program failed")?;
        Self::start_program(&program, database).await
    }

    /// As [`Server::start`], with the program named; the database is whatever `--db` takes.
    pub async fn start_program(program: &Path, database: impl AsRef<OsStr>) -> Result<Self> {
        Self::start_logging(program, database, Stdio::null()).await
    }

    /// As [`Server::start_program`], with a place for its log.
    pub async fn start_logging(
        program: &Path,
        database: impl AsRef<OsStr>,
        log: impl Into<Stdio>,
    ) -> Result<Self> {
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--db"])
            .arg(database.as_ref())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .context("starting the server failed")?;
        let stdout = child.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(stdout).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some(address) = line.strip_prefix("listening on ") {
                return Ok(Self {
                    child,
                    address: address.to_owned(),
                });
            }
        }
        bail!("the server ended before it listened: try `workbook serve` by itself to see why")
    }

    /// Its process id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Kills it at once (SIGKILL): what it had acknowledged must be on disk.
    pub async fn kill(mut self) -> Result<()> {
        self.child
            .kill()
            .await
            .context("stopping the server failed")
    }
}
