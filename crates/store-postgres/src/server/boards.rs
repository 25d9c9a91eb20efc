//! Boards beside the documents. A board is as fresh as each call, whatever head the transaction was
//! shown: it is made to be read without its document, and says itself of which head it is.

use async_trait::async_trait;
use record::ids::{DocumentId, ProfessionalId};
use store::{
    StoreError,
    server::{BoardRow, BoardTxn},
};

use super::PostgresTxn;
use crate::values::{driver, seq, seq_bound};

#[async_trait]
impl BoardTxn for PostgresTxn {
    async fn put_board(&mut self, document: DocumentId, row: &BoardRow) -> Result<(), StoreError> {
        self.must_hold(document, "document").await?;
        sqlx::query!(
            "INSERT INTO boards (document, seq, entries, children, body) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, entries = excluded.entries,
                 children = excluded.children, body = excluded.body",
            document.as_uuid(),
            seq_bound(row.seq),
            seq_bound(row.entries),
            seq_bound(row.children),
            row.body,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("keeping a board"))?;
        Ok(())
    }

    async fn board(&mut self, document: DocumentId) -> Result<Option<BoardRow>, StoreError> {
        sqlx::query!(
            "SELECT seq, entries, children, body FROM boards WHERE document = $1",
            document.as_uuid(),
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
        let row = sqlx::query!(
            r#"SELECT count(DISTINCT a.family) AS "families!",
                      coalesce(sum(b.children), 0)::bigint AS "children!"
               FROM allocations a LEFT JOIN documents d ON d.family = a.family
                   LEFT JOIN boards b ON b.document = d.id
               WHERE a.professional = $1 AND a.ended IS NULL"#,
            professional.as_uuid(),
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
