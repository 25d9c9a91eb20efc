//! Reads a whole database and says what is wrong with it. Changes nothing.
//!
//! Knows the schema's promises, not the record's: whether a change's bytes have the hash that is
//! stored with them is for the server to check, which knows Automerge. Rows that name absent ones,
//! and damaged pages, are PostgreSQL's own to keep out and to find (`pg_amcheck`).

mod audit;
mod forgetting;

use std::fmt;

use record::ids::DocumentId;
use sqlx::{PgConnection, PgPool};
use store::StoreError;

use crate::values::driver;

const DOING: &str = "verifying the database";

/// Something that is wrong with a database. Names ids, never people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The table.
    pub table: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.table, self.what)
    }
}

/// A server's database, in one stable state: a long look holds up no writer.
pub(crate) async fn server(pool: &PgPool) -> Result<Vec<Finding>, StoreError> {
    let mut state = pool
        .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .await
        .map_err(driver(DOING))?;
    // Reading everything takes as long as it takes.
    sqlx::query("SET LOCAL statement_timeout = 0")
        .execute(&mut *state)
        .await
        .map_err(driver(DOING))?;
    let mut findings = logs(&mut state).await?;
    findings.extend(snapshots(&mut state).await?);
    findings.extend(audit::chains(&mut state).await?);
    findings.extend(forgetting::findings(&mut state).await?);
    Ok(findings)
}

/// Each log runs from 1 to its document's head without a gap.
async fn logs(db: &mut PgConnection) -> Result<Vec<Finding>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT d.id, d.head, count(c.seq) AS "count!", coalesce(min(c.seq), 1) AS "first!",
                  coalesce(max(c.seq), 0) AS "last!"
           FROM documents d LEFT JOIN changes c ON c.document = d.id GROUP BY d.id, d.head
           HAVING d.head <> coalesce(max(c.seq), 0) OR d.head <> count(c.seq)
               OR coalesce(min(c.seq), 1) <> 1"#,
    )
    .fetch_all(db)
    .await
    .map_err(driver(DOING))?;
    let findings = rows.into_iter().map(|row| Finding {
        table: "changes".to_owned(),
        what: format!(
            "document {} holds {} changes numbered {} to {}, but its head is {}",
            DocumentId::from(row.id),
            row.count,
            row.first,
            row.last,
            row.head
        ),
    });
    Ok(findings.collect())
}

/// No snapshot is ahead of its log.
async fn snapshots(db: &mut PgConnection) -> Result<Vec<Finding>, StoreError> {
    let rows = sqlx::query!(
        "SELECT d.id, d.head, s.seq FROM snapshots s JOIN documents d ON d.id = s.document
         WHERE s.seq > d.head",
    )
    .fetch_all(db)
    .await
    .map_err(driver(DOING))?;
    let findings = rows.into_iter().map(|row| Finding {
        table: "snapshots".to_owned(),
        what: format!(
            "document {} has a snapshot as of {}, but its head is {}",
            DocumentId::from(row.id),
            row.seq,
            row.head
        ),
    });
    Ok(findings.collect())
}
