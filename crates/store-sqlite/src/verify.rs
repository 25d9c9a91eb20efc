//! Reads a whole database and says what is wrong with it. Changes nothing.
//!
//! Knows the schema's promises, not the record's: whether a change's bytes have the hash that is
//! stored with them is for the server to check, which knows Automerge.

mod audit;
mod forgetting;

use std::fmt;

use record::ids::DocumentId;
use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool};
use store::StoreError;

use crate::values::{driver, id};

const DOING: &str = "verifying the database";

/// Something that is wrong with a database. Names ids, never people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The table, or `file` for what SQLite itself finds.
    pub table: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.table, self.what)
    }
}

/// A server's database: the file, then the logs.
pub(crate) async fn server(pool: &SqlitePool) -> Result<Vec<Finding>, StoreError> {
    let mut reader = read_only(pool).await?;
    let mut state = reader.begin().await.map_err(driver(DOING))?;
    let mut findings = file(&mut state).await?;
    // Queries over a damaged file fail or mislead; what SQLite found is the news.
    if findings.is_empty() {
        findings.extend(logs(&mut state).await?);
        findings.extend(snapshots(&mut state).await?);
        findings.extend(audit::chains(&mut state).await?);
        findings.extend(forgetting::findings(&mut state).await?);
    }
    Ok(findings)
}

/// A device's database: the file.
pub(crate) async fn device(pool: &SqlitePool) -> Result<Vec<Finding>, StoreError> {
    let mut reader = read_only(pool).await?;
    let mut state = reader.begin().await.map_err(driver(DOING))?;
    file(&mut state).await
}

/// A connection of its own, so that a long look at one stable state holds up no writer.
///
/// It refuses writes by `query_only`: SQLite leaves CHECK constraints out of the schema, and so out of
/// its integrity check, when the file itself is opened read-only.
async fn read_only(pool: &SqlitePool) -> Result<SqliteConnection, StoreError> {
    let options = pool
        .connect_options()
        .as_ref()
        .clone()
        .pragma("query_only", "ON");
    options.connect().await.map_err(driver(DOING))
}

async fn file(db: &mut SqliteConnection) -> Result<Vec<Finding>, StoreError> {
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_all(&mut *db)
        .await
        .map_err(driver(DOING))?;
    let mut findings: Vec<Finding> = lines
        .into_iter()
        .filter(|line| line != "ok")
        .map(|what| Finding {
            table: "file".to_owned(),
            what,
        })
        .collect();
    let strays: Vec<(String, String)> =
        sqlx::query_as("SELECT \"table\", parent FROM pragma_foreign_key_check")
            .fetch_all(&mut *db)
            .await
            .map_err(driver(DOING))?;
    findings.extend(strays.into_iter().map(|(table, parent)| Finding {
        table,
        what: format!("a row names one of {parent} that isn't there"),
    }));
    Ok(findings)
}

/// Each log runs from 1 to its document's head without a gap.
async fn logs(db: &mut SqliteConnection) -> Result<Vec<Finding>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT d.id AS "id!", d.head AS "head!", count(c.seq) AS "count!: i64",
                  coalesce(min(c.seq), 1) AS "first!: i64", coalesce(max(c.seq), 0) AS "last!: i64"
           FROM documents d LEFT JOIN changes c ON c.document = d.id GROUP BY d.id, d.head
           HAVING d.head <> coalesce(max(c.seq), 0) OR d.head <> count(c.seq)
               OR coalesce(min(c.seq), 1) <> 1"#,
    )
    .fetch_all(&mut *db)
    .await
    .map_err(driver(DOING))?;
    rows.into_iter()
        .map(|row| {
            let document: DocumentId = id("documents", &row.id)?;
            Ok(Finding {
                table: "changes".to_owned(),
                what: format!(
                    "document {document} holds {} changes numbered {} to {}, but its head is {}",
                    row.count, row.first, row.last, row.head
                ),
            })
        })
        .collect()
}

/// No snapshot is ahead of its log.
async fn snapshots(db: &mut SqliteConnection) -> Result<Vec<Finding>, StoreError> {
    let rows = sqlx::query!(
        "SELECT d.id, d.head, s.seq FROM snapshots s JOIN documents d ON d.id = s.document
         WHERE s.seq > d.head",
    )
    .fetch_all(&mut *db)
    .await
    .map_err(driver(DOING))?;
    rows.into_iter()
        .map(|row| {
            let document: DocumentId = id("documents", &row.id)?;
            Ok(Finding {
                table: "snapshots".to_owned(),
                what: format!(
                    "document {document} has a snapshot as of {}, but its head is {}",
                    row.seq, row.head
                ),
            })
        })
        .collect()
}
