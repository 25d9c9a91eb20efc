//! Automerge's own JavaScript sync server and clients, from npm (`peer/`): file storage, web sockets.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};
use record::{
    Writer,
    ids::{DeviceId, ProfessionalId, mint},
    terms::Discipline,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{gauge::Gauge, visit};

/// As the report names it.
pub(crate) const NAME: &str = "automerge-repo 2.5.6 (Node, file storage, web sockets)";

fn folder() -> PathBuf {
    tests::root().join("tests/benches/sync/peer")
}

/// A Node program that says a line of JSON when it is ready.
struct Program {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Program {
    fn start(script: &str, arguments: &[String]) -> Result<Self> {
        let mut child = Command::new("node")
            .arg(folder().join(script))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting Node failed: `make bench-sync` installs what it needs")?;
        let lines = BufReader::new(child.stdout.take().context("its output")?);
        Ok(Self { child, lines })
    }

    fn line<T: for<'a> Deserialize<'a>>(&mut self) -> Result<T> {
        let mut line = String::new();
        ensure!(
            self.lines.read_line(&mut line)? > 0,
            "the Node program ended early"
        );
        Ok(serde_json::from_str(&line)?)
    }

    fn say(&mut self, value: &Value) -> Result<()> {
        let input = self.child.stdin.as_mut().context("its input")?;
        writeln!(input, "{value}")?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Their server.
pub(crate) struct Server {
    _program: Program,
    _folder: tempfile::TempDir,
    url: String,
    pub(crate) gauge: Gauge,
}

#[derive(Deserialize)]
struct Listening {
    url: String,
}

impl Server {
    pub(crate) fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let arguments = [folder.path().display().to_string()];
        let mut program = Program::start("server.mjs", &arguments)?;
        let Listening { url } = program.line()?;
        Ok(Self {
            gauge: Gauge(program.child.id()),
            _program: program,
            _folder: folder,
            url,
        })
    }
}

/// Visits as ours write them, as plain data.
fn visits(clients: usize, each: u32) -> Result<Vec<Vec<Value>>> {
    let one = |n: u8| Writer {
        professional: ProfessionalId::from(mint(1, [n; 10])),
        discipline: Discipline::ChildrensSocialWorker,
        device: DeviceId::from(mint(2, [n; 10])),
    };
    (0..clients)
        .map(|n| {
            let (by, series) = (one(u8::try_from(n)?), u32::try_from(n)?);
            Ok((0..each)
                .map(|visit| visit::content(&by, series, visit))
                .collect())
        })
        .collect()
}

/// Clients that are connected and hold what there is.
pub(crate) struct Clients(Program);

#[derive(Deserialize)]
struct Ready {
    ready: bool,
}

/// What a client needed.
#[derive(Deserialize)]
pub(crate) struct Done {
    pub(crate) seconds: f64,
    /// The client's own processor time, in seconds.
    pub(crate) cpu: f64,
}

impl Clients {
    /// `clients` clients that hold `families` documents and are about to write.
    pub(crate) async fn live(
        server: &Server,
        families: usize,
        clients: usize,
        each: u32,
    ) -> Result<Self> {
        let arguments = ["live".to_owned(), server.url.clone()];
        let mut program = Program::start("clients.mjs", &arguments)?;
        program.say(&json!({"families": families, "visits": visits(clients, each)?}))?;
        tokio::task::spawn_blocking(move || {
            ensure!(program.line::<Ready>()?.ready);
            Ok(Self(program))
        })
        .await?
    }

    /// Writes, and waits until all have all.
    pub(crate) fn go(&mut self) -> Result<Done> {
        self.0.say(&json!("go"))?;
        tokio::task::block_in_place(|| self.0.line())
    }

    /// A new client gets these documents for the first time.
    pub(crate) fn first(server: &Server, filled: &Filled, entries: usize) -> Result<Done> {
        let arguments = ["first".to_owned(), server.url.clone()];
        let mut program = Program::start("clients.mjs", &arguments)?;
        program.say(&json!({"urls": filled.urls, "entries": entries}))?;
        ensure!(program.line::<Ready>()?.ready);
        program.say(&json!("go"))?;
        tokio::task::block_in_place(|| program.line())
    }
}

/// Documents on their server.
#[derive(Deserialize)]
pub(crate) struct Filled {
    urls: Vec<String>,
}

/// Writes documents and waits until their server has them.
pub(crate) fn fill(server: &Server, families: usize, entries: usize) -> Result<Filled> {
    let arguments = ["fill".to_owned(), server.url.clone()];
    let mut program = Program::start("clients.mjs", &arguments)?;
    program.say(&json!({"visits": visits(families, u32::try_from(entries)?)?}))?;
    tokio::task::block_in_place(|| program.line())
}
