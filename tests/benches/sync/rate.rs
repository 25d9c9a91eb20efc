//! How many entries a second are accepted, each by a push and a commit of its own, beside what the same
//! engine on the same disk does when somebody only inserts and commits rows of that size.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, Result, ensure};
use record::Change;
use store_postgres::testing::{Cluster, Disk};
use sync::wire::PushRequest;

use crate::{
    council::{Council, Running},
    log::{Log, accepted},
    report::{Goal, Report},
    wire::{Identity, Line},
};

const WRITERS: usize = 8;
/// Each writer's entries.
const EACH: usize = 250;

pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let (ours, size) = accepted_a_second(&Council::new(None, WRITERS, 1).await?).await?;
    let folder = tempfile::tempdir()?;
    report.beside(
        "accepted-a-second-sqlite",
        ours,
        "1/s",
        ("bare INSERT and commit", bare_sqlite(folder.path(), size)?),
        Goal::AtLeast(0.6),
    );
    let cluster = Cluster::start(Disk::Synced)?;
    let database = cluster.new_database().await?;
    let council = Council::new(Some(database.into()), WRITERS, 1).await?;
    let (ours, size) = accepted_a_second(&council).await?;
    let bare = bare_postgres(&cluster.new_database().await?, folder.path(), size)?;
    report.beside(
        "accepted-a-second-postgres",
        ours,
        "1/s",
        ("bare INSERT and commit", bare),
        Goal::AtLeast(0.6),
    );
    Ok(())
}

/// What one writer sends, written ahead.
struct Work {
    by: Identity,
    pushes: Vec<PushRequest>,
}

/// The rate, and the mean size of a change in bytes.
async fn accepted_a_second(council: &Council) -> Result<(f64, usize)> {
    let running = council.serve().await?;
    let manager = council.set_up(&running).await?;
    let (mut work, mut bytes) = (Vec::new(), 0);
    let identities = council.identities(0, WRITERS).await?;
    for ((series, family), by) in (0..).zip(&council.families).zip(identities) {
        let mut log = Log::from(manager.document(family.id)?, family.document, &by, series);
        let changes: Vec<Change> = (0..EACH).map(|_| log.next()).collect::<Result<_>>()?;
        bytes += changes.iter().map(|it| it.bytes().len()).sum::<usize>();
        let pushes = changes.into_iter().map(|it| log.push(&[it])).collect();
        work.push(Work { by, pushes });
    }
    let seconds = send(&running, &work)?;
    Ok((rate(seconds)?, bytes / (WRITERS * EACH)))
}

/// All writers at once, each waiting for its answer before the next push. Seconds.
fn send(running: &Running, work: &[Work]) -> Result<f64> {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let writers: Vec<_> = work
            .iter()
            .map(|work| {
                scope.spawn(|| -> Result<()> {
                    let mut line = Line::to(running.address(), &work.by)?;
                    work.pushes
                        .iter()
                        .try_for_each(|push| accepted(&mut line, push))
                })
            })
            .collect();
        for writer in writers {
            writer
                .join()
                .map_err(|_| anyhow::anyhow!("a writer failed"))??;
        }
        Ok(begun.elapsed().as_secs_f64())
    })
}

fn rate(seconds: f64) -> Result<f64> {
    Ok(f64::from(u32::try_from(WRITERS * EACH)?) / seconds)
}

/// The same rows by SQLite's own shell, in one process: SQLite writes one at a time, so that several only
/// wait for each other.
fn bare_sqlite(folder: &Path, size: usize) -> Result<f64> {
    let table = "CREATE TABLE bare (document INT, seq INT, hash BLOB, bytes BLOB, \
        PRIMARY KEY (document, seq)) WITHOUT ROWID;";
    let mut script = format!("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {table}\n");
    for n in 0..WRITERS * EACH {
        let (document, seq) = (n % WRITERS, n / WRITERS);
        script.push_str(&format!(
            "INSERT INTO bare VALUES ({document}, {seq}, randomblob(32), randomblob({size}));\n"
        ));
    }
    let path = folder.join("bare.sql");
    std::fs::write(&path, script)?;
    let begun = Instant::now();
    let status = Command::new("sqlite3")
        .arg(folder.join("bare.db"))
        .stdin(std::fs::File::open(&path)?)
        .stdout(Stdio::null())
        .status()
        .context("the bench needs the program sqlite3")?;
    ensure!(status.success(), "sqlite3 failed");
    rate(begun.elapsed().as_secs_f64())
}

/// The same rows by PostgreSQL's own benchmark, with as many connections as writers.
fn bare_postgres(url: &str, folder: &Path, size: usize) -> Result<f64> {
    let run = |script: &str, clients: usize, times: usize| -> Result<()> {
        let path = folder.join("bare.pgbench");
        std::fs::write(&path, script)?;
        let output = Command::new(pgbench())
            .args(["--no-vacuum", "--protocol", "prepared", "--jobs", "2"])
            .args(["--client", &clients.to_string()])
            .args(["--transactions", &times.to_string()])
            .arg("--file")
            .arg(&path)
            .arg(url)
            .output()
            .context("the bench needs PostgreSQL's program pgbench")?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "pgbench failed: {said}");
        Ok(())
    };
    run(
        "CREATE TABLE bare (document int, seq bigserial, hash bytea, bytes bytea, \
         PRIMARY KEY (document, seq));",
        1,
        1,
    )?;
    let insert = format!(
        "INSERT INTO bare (document, hash, bytes) VALUES (:client_id, \
         decode(repeat('5a', 32), 'hex'), decode(repeat('5a', {size}), 'hex'));"
    );
    let begun = Instant::now();
    run(&insert, WRITERS, EACH)?;
    rate(begun.elapsed().as_secs_f64())
}

/// In `PATH`, or where Debian keeps it.
fn pgbench() -> std::path::PathBuf {
    let folders = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    folders
        .flatten()
        .map(|folder| folder.path().join("bin/pgbench"))
        .find(|path| path.exists())
        .unwrap_or_else(|| "pgbench".into())
}
