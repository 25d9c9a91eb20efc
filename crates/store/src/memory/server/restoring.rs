//! What a restore needs, in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId};

use super::MemoryTxn;
use crate::{
    StoreError,
    server::{Heads, RestoreTxn},
};

/// The part of the state that [`RestoreTxn`] is about.
#[derive(Clone, Default)]
pub(super) struct Restoring {
    key: Option<[u8; 32]>,
    heads: BTreeMap<DocumentId, Heads>,
    /// An epoch and the lineage that it goes on.
    lineages: BTreeMap<DocumentId, (u64, u64)>,
    returned: BTreeMap<(DocumentId, u64), (DeviceId, i64)>,
}

impl Restoring {
    /// Drops what is known of a document: how many heads, lineages and returns.
    pub(super) fn forget(&mut self, document: DocumentId) -> (u64, u64, u64) {
        let heads = self.heads.remove(&document);
        let lineage = self.lineages.remove(&document);
        let returned = self.returned.extract_if(.., |(of, _), _| *of == document);
        let returned = u64::try_from(returned.count()).unwrap_or(u64::MAX);
        (heads.is_some().into(), lineage.is_some().into(), returned)
    }
}

#[async_trait]
impl RestoreTxn for MemoryTxn {
    async fn proof_key(&mut self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        Ok(*self.state.restoring.key.get_or_insert(fresh))
    }

    async fn put_heads(&mut self, document: DocumentId, heads: &Heads) -> Result<(), StoreError> {
        self.state.log_mut(document)?;
        self.state.restoring.heads.insert(document, heads.clone());
        Ok(())
    }

    async fn heads(&mut self, document: DocumentId) -> Result<Option<Heads>, StoreError> {
        Ok(self.state.restoring.heads.get(&document).cloned())
    }

    async fn lineage(&mut self, document: DocumentId) -> Result<Option<u64>, StoreError> {
        let Some(log) = self.state.logs.get(&document) else {
            return Ok(None);
        };
        let epoch = log.document.epoch;
        let goes_on = self.state.restoring.lineages.get(&document);
        Ok(Some(match goes_on {
            Some((begun, lineage)) if *begun == epoch => *lineage,
            _ => epoch,
        }))
    }

    async fn begin_epoch(&mut self, document: DocumentId, epoch: u64) -> Result<(), StoreError> {
        let lineage = self.lineage(document).await?;
        let lineage = lineage.ok_or(StoreError::Missing { what: "document" })?;
        self.state.log_mut(document)?.document.epoch = epoch;
        self.state
            .restoring
            .lineages
            .insert(document, (epoch, lineage));
        Ok(())
    }

    async fn note_returned(
        &mut self,
        document: DocumentId,
        seq: u64,
        by: DeviceId,
        at: i64,
    ) -> Result<(), StoreError> {
        self.state.log_mut(document)?;
        self.state
            .restoring
            .returned
            .insert((document, seq), (by, at));
        Ok(())
    }

    async fn returned(
        &mut self,
        document: DocumentId,
        seq: u64,
    ) -> Result<Option<(DeviceId, i64)>, StoreError> {
        Ok(self.state.restoring.returned.get(&(document, seq)).copied())
    }
}
