//! What a restore needs: the key of proofs, each document's heads and lineage, what was given back.

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId};
use store::{
    StoreError,
    server::{Heads, RestoreTxn},
};

use super::PostgresTxn;
use crate::values::{bytes32, driver, driver_or_missing, seq, seq_bound};

#[async_trait]
impl RestoreTxn for PostgresTxn {
    async fn proof_key(&mut self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        // Whoever comes second waits here for the first one's end, and then reads their key.
        sqlx::query!(
            "INSERT INTO proof_key (one, key) VALUES (1, $1) ON CONFLICT DO NOTHING",
            fresh.as_slice(),
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("keeping the key of proofs"))?;
        let key = sqlx::query_scalar!("SELECT key FROM proof_key WHERE one = 1")
            .fetch_one(&mut *self.db)
            .await
            .map_err(driver("reading the key of proofs"))?;
        bytes32("proof_key", &key)
    }

    async fn put_heads(&mut self, document: DocumentId, heads: &Heads) -> Result<(), StoreError> {
        self.must_hold(document, "document").await?;
        sqlx::query!(
            "INSERT INTO heads (document, seq, hashes) VALUES ($1, $2, $3)
             ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, hashes = excluded.hashes",
            document.as_uuid(),
            seq_bound(heads.seq),
            heads.hashes.concat(),
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("noting a document's heads", "document"))?;
        Ok(())
    }

    /// None also where another has moved the heads since this transaction was shown the document: the
    /// changes that they stand for are beyond what it reads.
    async fn heads(&mut self, document: DocumentId) -> Result<Option<Heads>, StoreError> {
        let row = sqlx::query!(
            "SELECT seq, hashes FROM heads WHERE document = $1 AND seq <= $2",
            document.as_uuid(),
            seq_bound(self.view.upto(document)),
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a document's heads"))?;
        self.must_be_as_shown(document).await?;
        row.map(|row| {
            Ok(Heads {
                seq: seq("heads", row.seq)?,
                hashes: row.hashes.as_chunks::<32>().0.to_vec(),
            })
        })
        .transpose()
    }

    async fn lineage(&mut self, document: DocumentId) -> Result<Option<u64>, StoreError> {
        let row = sqlx::query!(
            r#"SELECT epoch, (SELECT lineage FROM lineages
                   WHERE document = $1 AND lineages.epoch = documents.epoch) AS "lineage?"
               FROM documents WHERE id = $1"#,
            document.as_uuid(),
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a document's lineage"))?;
        self.must_be_as_shown(document).await?;
        Ok(row.map(|row| row.lineage.unwrap_or(row.epoch).cast_unsigned()))
    }

    async fn begin_epoch(&mut self, document: DocumentId, epoch: u64) -> Result<(), StoreError> {
        self.must_hold(document, "document").await?;
        let lineage = self.lineage(document).await?;
        let lineage = lineage.ok_or(StoreError::Missing { what: "document" })?;
        let (epoch, lineage) = (epoch.cast_signed(), lineage.cast_signed());
        sqlx::query!(
            "UPDATE documents SET epoch = $2 WHERE id = $1",
            document.as_uuid(),
            epoch,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("beginning an epoch"))?;
        sqlx::query!(
            "INSERT INTO lineages (document, epoch, lineage) VALUES ($1, $2, $3)
             ON CONFLICT (document) DO UPDATE SET epoch = excluded.epoch, lineage = excluded.lineage",
            document.as_uuid(),
            epoch,
            lineage,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("noting a lineage"))?;
        self.view.begin(document, epoch.cast_unsigned());
        Ok(())
    }

    async fn note_returned(
        &mut self,
        document: DocumentId,
        seq: u64,
        by: DeviceId,
        at: i64,
    ) -> Result<(), StoreError> {
        self.must_hold(document, "document").await?;
        sqlx::query!(
            "INSERT INTO returned (document, seq, device, received) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
            document.as_uuid(),
            seq_bound(seq),
            by.as_uuid(),
            at,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("noting a return", "document"))?;
        Ok(())
    }

    async fn returned(
        &mut self,
        document: DocumentId,
        seq: u64,
    ) -> Result<Option<(DeviceId, i64)>, StoreError> {
        let row = sqlx::query!(
            "SELECT device, received FROM returned WHERE document = $1 AND seq = $2",
            document.as_uuid(),
            seq_bound(seq),
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a return"))?;
        Ok(row.map(|row| (DeviceId::from(row.device), row.received)))
    }
}
