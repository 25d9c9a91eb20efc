//! What a restore needs: the key of proofs, each document's heads and lineage, what was given back.

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId};
use store::{
    StoreError,
    server::{Heads, RestoreTxn},
};

use super::SqliteTxn;
use crate::values::{bytes32, driver, driver_or_missing, id, seq, seq_bound};

#[async_trait]
impl RestoreTxn for SqliteTxn {
    async fn proof_key(&mut self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        let fresh = fresh.as_slice();
        sqlx::query!(
            "INSERT INTO proof_key (one, key) VALUES (1, $1) ON CONFLICT DO NOTHING",
            fresh,
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
        let key = document.as_uuid().as_bytes().as_slice();
        let at = seq_bound(heads.seq);
        let hashes = heads.hashes.concat();
        sqlx::query!(
            "INSERT INTO heads (document, seq, hashes) VALUES ($1, $2, $3)
             ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, hashes = excluded.hashes",
            key,
            at,
            hashes,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("noting a document's heads", "document"))?;
        Ok(())
    }

    async fn heads(&mut self, document: DocumentId) -> Result<Option<Heads>, StoreError> {
        let key = document.as_uuid().as_bytes().as_slice();
        let row = sqlx::query!("SELECT seq, hashes FROM heads WHERE document = $1", key)
            .fetch_optional(&mut *self.db)
            .await
            .map_err(driver("reading a document's heads"))?;
        row.map(|row| {
            Ok(Heads {
                seq: seq("heads", row.seq)?,
                hashes: row.hashes.as_chunks::<32>().0.to_vec(),
            })
        })
        .transpose()
    }

    async fn lineage(&mut self, document: DocumentId) -> Result<Option<u64>, StoreError> {
        let key = document.as_uuid().as_bytes().as_slice();
        let epoch = sqlx::query_scalar!("SELECT epoch FROM documents WHERE id = $1", key)
            .fetch_optional(&mut *self.db)
            .await
            .map_err(driver("reading a document's epoch"))?;
        let Some(epoch) = epoch else {
            return Ok(None);
        };
        let goes_on = sqlx::query_scalar!(
            "SELECT lineage FROM lineages WHERE document = $1 AND epoch = $2",
            key,
            epoch,
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a document's lineage"))?;
        Ok(Some(goes_on.unwrap_or(epoch).cast_unsigned()))
    }

    async fn begin_epoch(&mut self, document: DocumentId, epoch: u64) -> Result<(), StoreError> {
        let lineage = self.lineage(document).await?;
        let lineage = lineage.ok_or(StoreError::Missing { what: "document" })?;
        let key = document.as_uuid().as_bytes().as_slice();
        let (epoch, lineage) = (epoch.cast_signed(), lineage.cast_signed());
        sqlx::query!("UPDATE documents SET epoch = $2 WHERE id = $1", key, epoch)
            .execute(&mut *self.db)
            .await
            .map_err(driver("beginning an epoch"))?;
        sqlx::query!(
            "INSERT INTO lineages (document, epoch, lineage) VALUES ($1, $2, $3)
             ON CONFLICT (document) DO UPDATE SET epoch = excluded.epoch, lineage = excluded.lineage",
            key,
            epoch,
            lineage,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("noting a lineage"))?;
        Ok(())
    }

    async fn note_returned(
        &mut self,
        document: DocumentId,
        seq: u64,
        by: DeviceId,
        at: i64,
    ) -> Result<(), StoreError> {
        let key = document.as_uuid().as_bytes().as_slice();
        let seq = seq_bound(seq);
        let by = by.as_uuid().as_bytes().as_slice();
        sqlx::query!(
            "INSERT INTO returned (document, seq, device, received) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
            key,
            seq,
            by,
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
        let key = document.as_uuid().as_bytes().as_slice();
        let seq = seq_bound(seq);
        let row = sqlx::query!(
            "SELECT device, received FROM returned WHERE document = $1 AND seq = $2",
            key,
            seq,
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a return"))?;
        row.map(|row| Ok((id("returned", &row.device)?, row.received)))
            .transpose()
    }
}
