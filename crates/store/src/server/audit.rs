//! The audit log's part of the contract. What a row is and how it is hashed stands in
//! [`crate::audit`], once for every engine.

use async_trait::async_trait;
use record::ids::FamilyId;

use crate::{
    StoreError,
    audit::{Chain, Event, Row},
};

/// A chain and how far it has got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditChain {
    /// The chain.
    pub chain: Chain,
    /// The family of a document's chain; none for any other.
    pub family: Option<FamilyId>,
    /// How many rows it has.
    pub length: u64,
    /// The hash of its last row.
    pub head: [u8; 32],
    /// How many rows it had when its head was last noted in the house's chain; 0 for never.
    pub anchored: u64,
}

/// Appending to the audit log and reading it. Nothing here alters or removes a row, and an engine
/// refuses when somebody else tries.
#[async_trait]
pub trait AuditTxn: Send {
    /// Appends to a chain and returns the row's number. Until this transaction ends no other appends to
    /// the same chain. Nothing that the event names must exist: rows outlive what they tell of.
    async fn append_audit(&mut self, chain: Chain, event: &Event) -> Result<u64, StoreError>;
    /// At most `limit` rows of a chain after row `after`, in order.
    async fn audit_after(
        &mut self,
        chain: Chain,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError>;
    /// The chains of a family's documents, or all chains; by id, so that the house's is the first.
    async fn audit_chains(
        &mut self,
        family: Option<FamilyId>,
    ) -> Result<Vec<AuditChain>, StoreError>;
    /// Keeps that the house's chain names the head that this chain had after `length` rows.
    async fn audit_anchored(&mut self, chain: Chain, length: u64) -> Result<(), StoreError>;
}
