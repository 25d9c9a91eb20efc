//! What a restore from a backup needs: the server's word on what it had accepted, and which documents
//! go on under a new epoch.

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId};

use crate::StoreError;

/// The heads of a document as of one sequence number, 32 bytes each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    /// The newest change that they stand for.
    pub seq: u64,
    /// Automerge's hashes.
    pub hashes: Vec<[u8; 32]>,
}

/// The part of a transaction that is about restoring. Everything is keyed by document, but for the
/// key, of which there is one.
#[async_trait]
pub trait RestoreTxn: Send {
    /// The key under which this server proves what it has accepted: the same for ever, and part of
    /// every backup. `fresh` becomes it where there is none yet.
    async fn proof_key(&mut self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError>;
    /// Notes a document's heads, in place of those noted before.
    async fn put_heads(&mut self, document: DocumentId, heads: &Heads) -> Result<(), StoreError>;
    /// The heads noted last; none before the first.
    async fn heads(&mut self, document: DocumentId) -> Result<Option<Heads>, StoreError>;
    /// The lineage of a document: its epoch, or, where that one was begun by [`Self::begin_epoch`],
    /// the lineage that it had before. So an epoch that is begun in any other way (something was
    /// erased) ends it.
    async fn lineage(&mut self, document: DocumentId) -> Result<Option<u64>, StoreError>;
    /// Begins a new epoch of a document without ending its lineage: devices then look for what the
    /// server lacks.
    async fn begin_epoch(&mut self, document: DocumentId, epoch: u64) -> Result<(), StoreError>;
    /// Notes that a change was given back after a restore: by which device, and when (milliseconds
    /// since 1970).
    async fn note_returned(
        &mut self,
        document: DocumentId,
        seq: u64,
        by: DeviceId,
        at: i64,
    ) -> Result<(), StoreError>;
    /// Who gave a change back and when, if it was.
    async fn returned(
        &mut self,
        document: DocumentId,
        seq: u64,
    ) -> Result<Option<(DeviceId, i64)>, StoreError>;
}
