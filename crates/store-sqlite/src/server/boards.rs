//! Boards beside the documents.

use async_trait::async_trait;
use record::ids::{DocumentId, ProfessionalId};
use store::{
    StoreError,
    server::{BoardRow, BoardTxn},
};

use super::SqliteTxn;
use crate::values::{driver, driver_or_missing, seq, seq_bound};

#[async_trait]
impl BoardTxn for SqliteTxn {
    async fn put_board(&mut self, document: DocumentId, row: &BoardRow) -> Result<(), StoreError> {
        let key = document.as_uuid().as_bytes().as_slice();
        let (at, entries) = (seq_bound(row.seq), seq_bound(row.entries));
        let children = seq_bound(row.children);
        sqlx::query!(
            "INSERT INTO boards (document, seq, entries, children, body) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, entries = excluded.entries,
                 children = excluded.children, body = excluded.body",
            key,
            at,
            entries,
            children,
            row.body,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("keeping a board", "document"))?;
        Ok(())
    }

    async fn board(&mut self, document: DocumentId) -> Result<Option<BoardRow>, StoreError> {
        let key = document.as_uuid().as_bytes().as_slice();
        sqlx::query!(
            "SELECT seq, entries, children, body FROM boards WHERE document = $1",
            key
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a board"))?
        .map(|row| {
            Ok(BoardRow {
                seq: seq("boards", row.seq)?,
                entries: seq("boards", row.entries)?,
                children: seq("boards", row.children)?,
                body: row.body,
            })
        })
        .transpose()
    }

    async fn workload(&mut self, professional: ProfessionalId) -> Result<(u64, u64), StoreError> {
        let key = professional.as_uuid().as_bytes().as_slice();
        let row = sqlx::query!(
            r#"SELECT count(DISTINCT a.family) AS "families!: i64",
                      coalesce(sum(b.children), 0) AS "children!: i64"
               FROM allocations a LEFT JOIN documents d ON d.family = a.family
                   LEFT JOIN boards b ON b.document = d.id
               WHERE a.professional = $1 AND a.ended IS NULL"#,
            key
        )
        .fetch_one(&mut *self.db)
        .await
        .map_err(driver("counting a workload"))?;
        Ok((
            seq("allocations", row.families)?,
            seq("boards", row.children)?,
        ))
    }
}
