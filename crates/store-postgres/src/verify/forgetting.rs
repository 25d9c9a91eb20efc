//! What must hold after something was erased: nothing is left of what went, and it does not come
//! back.

use record::ids::DocumentId;
use sqlx::PgConnection;
use store::StoreError;
use uuid::Uuid;

use super::{DOING, Finding};
use crate::values::driver;

/// All of it.
pub(super) async fn findings(db: &mut PgConnection) -> Result<Vec<Finding>, StoreError> {
    let mut findings = ahead(db).await?;
    findings.extend(resurrected(db).await?);
    findings.extend(gaps(db).await?);
    findings.extend(undead(db).await?);
    Ok(findings)
}

/// Nothing that was made from a log is ahead of it: it would be of the log before.
async fn ahead(db: &mut PgConnection) -> Result<Vec<Finding>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT m.document AS "document!", d.head AS "head!", m.seq AS "seq!"
           FROM (SELECT document, seq FROM boards UNION ALL SELECT document, seq FROM heads
                 UNION ALL SELECT document, seq FROM returned) m
               JOIN documents d ON d.id = m.document
           WHERE m.seq > d.head"#
    )
    .fetch_all(&mut *db)
    .await
    .map_err(driver(DOING))?;
    Ok(rows
        .into_iter()
        .map(|row| {
            found(
                "boards, heads, returned",
                row.document,
                &format!("has a row as of {}, but its head is {}", row.seq, row.head),
            )
        })
        .collect())
}

/// No log holds a change that was retired.
async fn resurrected(db: &mut PgConnection) -> Result<Vec<Finding>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT r.document AS "document!", count(*) AS "count!"
           FROM retired r JOIN changes c ON c.document = r.document AND c.hash = r.hash
           GROUP BY r.document"#
    )
    .fetch_all(&mut *db)
    .await
    .map_err(driver(DOING))?;
    Ok(rows
        .into_iter()
        .map(|row| {
            found(
                "retired",
                row.document,
                &format!(
                    "holds {} changes that were erased or written anew",
                    row.count
                ),
            )
        })
        .collect())
}

/// What was forgotten is numbered from 1 without a gap.
async fn gaps(db: &mut PgConnection) -> Result<Vec<Finding>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT f.document AS "document!", count(*) AS "count!", max(f.place) AS "last!"
           FROM forgotten f GROUP BY f.document HAVING count(*) <> max(f.place)"#
    )
    .fetch_all(&mut *db)
    .await
    .map_err(driver(DOING))?;
    Ok(rows
        .into_iter()
        .map(|row| {
            found(
                "forgotten",
                row.document,
                &format!("has {} ids numbered up to {}", row.count, row.last),
            )
        })
        .collect())
}

/// No document is there that was erased.
async fn undead(db: &mut PgConnection) -> Result<Vec<Finding>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT e.document AS "document!" FROM erased_documents e JOIN documents d ON d.id = e.document"#
    )
    .fetch_all(&mut *db)
    .await
    .map_err(driver(DOING))?;
    Ok(rows
        .into_iter()
        .map(|row| found("erased_documents", row.document, "is there, but was erased"))
        .collect())
}

fn found(table: &str, document: Uuid, what: &str) -> Finding {
    let document = DocumentId::from(document);
    Finding {
        table: table.to_owned(),
        what: format!("document {document} {what}"),
    }
}
