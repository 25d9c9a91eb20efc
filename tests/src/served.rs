//! A server process of which a story reads the log, and which it asks to stop.

use std::{ffi::OsStr, process::Stdio, time::Duration};

use anyhow::{Context as _, Result, ensure};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader},
    process::{Child, Command},
};

use crate::workbook;

/// A server with its log. It is killed when this is dropped.
pub struct Served {
    child: Child,
    /// Where it listens, such as `http://127.0.0.1:41234`.
    pub address: String,
    /// Where it serves its metrics, when it was asked to: host and port.
    pub metrics: Option<String>,
    log: tokio::task::JoinHandle<String>,
}

impl Served {
    /// Starts `workbook serve` on what `--db` takes, with more options.
    pub async fn start(database: &OsStr, more: &[&str]) -> Result<Self> {
        let mut child = Command::new(workbook()?)
            .args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json"])
            .arg("--db")
            .arg(database)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut errors = BufReader::new(child.stderr.take().context("a log")?);
        let mut first = String::new();
        let mut metrics = None;
        if more.contains(&"--metrics-listen") {
            errors.read_line(&mut first).await?;
            let line: serde_json::Value = serde_json::from_str(&first)?;
            metrics = line["address"].as_str().map(str::to_owned);
        }
        let log = tokio::spawn(async move {
            let mut rest = String::new();
            drop(errors.read_to_string(&mut rest).await);
            first + &rest
        });
        let mut said = BufReader::new(child.stdout.take().context("an output")?).lines();
        let line = said.next_line().await?.context("an address")?;
        let address = line.strip_prefix("listening on ").context("an address")?;
        Ok(Self {
            child,
            address: address.to_owned(),
            metrics,
            log,
        })
    }

    /// Asks it to stop, as systemd does.
    pub fn terminate(&self) -> Result<()> {
        let pid = self.child.id().context("a running server")?;
        let status = std::process::Command::new("kill")
            .args(["-TERM", &pid.to_string()])
            .status()?;
        ensure!(status.success());
        Ok(())
    }

    /// Waits for its end and gives its log.
    pub async fn ended(mut self) -> Result<String> {
        let ended = tokio::time::timeout(Duration::from_secs(30), self.child.wait());
        ensure!(ended.await.context("it never ended")??.success());
        Ok(self.log.await?)
    }
}
