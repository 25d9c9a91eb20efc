//! A PostgreSQL of its own for tests: in a temporary folder, reached by a socket there, gone when
//! the test process ends, however it ends.
//!
//! Needs Debian's package `postgresql` (15 or newer) or the same programs in `PATH`. A test that
//! can't have one fails; it never skips. PostgreSQL refuses to run as root, so there it runs as the
//! user `postgres`.

use std::{
    io::{self, BufRead as _, BufReader, Write as _},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, postgres::PgConnectOptions};

/// Starts, kills and removes the server, as it is told on its input. The end of the input is the end
/// of the test process: a guardian outlives even one that is killed.
const GUARDIAN: &str = include_str!("testing/guardian.sh");

/// Whether the cluster writes to the disk for real.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// `fsync` off: quick, and no worse for tests that nothing crashes in.
    Skipped,
    /// As in use.
    Synced,
}

/// A running PostgreSQL.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    guardian: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    databases: AtomicU32,
}

impl Cluster {
    /// Starts one.
    pub fn start(disk: Disk) -> io::Result<Self> {
        let programs = programs()?;
        let folder = tempfile::Builder::new()
            .prefix("workbook-postgres-")
            .tempdir()?
            .keep();
        let mut command = Command::new("sh");
        command
            .args(["-c", GUARDIAN, "guardian"])
            .arg(&programs)
            .arg(if disk == Disk::Synced { "on" } else { "off" })
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if id(&["-u"])? == 0 {
            let (user, group) = (id(&["-u", "postgres"])?, id(&["-g", "postgres"])?);
            std::os::unix::fs::chown(&folder, Some(user), Some(group))?;
            command.uid(user).gid(group);
        }
        let mut guardian = command.spawn()?;
        let orders = guardian.stdin.take();
        let answers = guardian
            .stdout
            .take()
            .ok_or_else(|| missing("its output"))?;
        let mut cluster = Self {
            folder,
            guardian,
            orders,
            answers: BufReader::new(answers),
            databases: AtomicU32::new(0),
        };
        cluster.expect("ready")?;
        Ok(cluster)
    }

    /// One for all tests of this process, with [`Disk::Skipped`].
    pub fn shared() -> io::Result<&'static Self> {
        static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
        SHARED
            .get_or_init(|| Self::start(Disk::Skipped).map_err(|error| error.to_string()))
            .as_ref()
            .map_err(|error| io::Error::other(error.clone()))
    }

    /// Makes an empty database and returns its URL.
    pub async fn new_database(&self) -> Result<String, sqlx::Error> {
        let name = format!("test{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let options: PgConnectOptions = self.url("postgres").parse()?;
        let mut db = options.connect().await?;
        let create = format!("CREATE DATABASE {name}");
        sqlx::raw_sql(AssertSqlSafe(create))
            .execute(&mut db)
            .await?;
        db.close().await?;
        Ok(self.url(&name))
    }

    /// The folder of its files (PGDATA), for tests that look for bytes there.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The URL of a database of this cluster, there or not.
    pub fn url(&self, database: &str) -> String {
        let folder = self.folder.display();
        format!("postgres://postgres@localhost/{database}?host={folder}")
    }

    /// Kills every process of it at once (SIGKILL); the data stay.
    pub fn kill(&mut self) -> io::Result<()> {
        self.order("kill", "killed")
    }

    /// Starts it again on its data.
    pub fn restart(&mut self) -> io::Result<()> {
        self.order("start", "ready")
    }

    fn order(&mut self, order: &str, answer: &str) -> io::Result<()> {
        let orders = self.orders.as_mut().ok_or_else(|| missing("its input"))?;
        writeln!(orders, "{order}")?;
        self.expect(answer)
    }

    fn expect(&mut self, answer: &str) -> io::Result<()> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        if line.trim_end() == answer {
            return Ok(());
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(io::Error::other(format!(
            "PostgreSQL did not get to \"{answer}\": {line}\n{log}"
        )))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.orders.take());
        // Nothing is left to be done about a guardian that can't be waited for.
        let _ = self.guardian.wait();
    }
}

fn missing(what: &str) -> io::Error {
    io::Error::other(format!("the test's PostgreSQL has lost {what}"))
}

/// What `id` says.
fn id(arguments: &[&str]) -> io::Result<u32> {
    let output = Command::new("id").args(arguments).output()?;
    String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .map_err(|_| {
            io::Error::other("there is no user \"postgres\": install the package postgresql")
        })
}

/// The folder of `initdb` and `postgres`: where `PATH` has them, or Debian's newest.
fn programs() -> io::Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|it| it.path().join("bin")).collect())
        .unwrap_or_default();
    debian.sort();
    std::env::split_paths(&path)
        .chain(debian.into_iter().rev())
        .find(|folder| has_programs(folder))
        .ok_or_else(|| {
            io::Error::other(
                "these tests need PostgreSQL 15 or newer: run scripts/setup, or install the package \
                 postgresql",
            )
        })
}

fn has_programs(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_isready"]
        .iter()
        .all(|program| folder.join(program).is_file())
}
