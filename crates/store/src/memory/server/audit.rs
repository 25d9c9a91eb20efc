//! The audit log in memory.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use record::ids::FamilyId;

use super::MemoryTxn;
use crate::{
    StoreError,
    audit::{Chain, Event, Row, ZERO, hash},
    server::{AuditChain, AuditTxn},
};

/// One chain: its rows, and what the contract says of it.
#[derive(Clone)]
pub(super) struct Kept {
    chain: AuditChain,
    rows: Vec<Arc<Row>>,
}

/// All chains.
pub(super) type Chains = BTreeMap<Chain, Kept>;

#[async_trait]
impl AuditTxn for MemoryTxn {
    async fn append_audit(&mut self, chain: Chain, event: &Event) -> Result<u64, StoreError> {
        let kept = self.state.audit.entry(chain).or_insert_with(|| Kept {
            chain: AuditChain {
                chain,
                family: None,
                length: 0,
                head: ZERO,
                anchored: 0,
            },
            rows: Vec::new(),
        });
        let seq = kept.chain.length + 1;
        let row = Row {
            chain,
            seq,
            hash: hash(chain, seq, event, &kept.chain.head),
            event: event.clone(),
        };
        kept.chain.length = seq;
        kept.chain.head = row.hash;
        kept.chain.family = kept.chain.family.or(event.family_of(chain));
        kept.rows.push(Arc::new(row));
        Ok(seq)
    }

    async fn audit_after(
        &mut self,
        chain: Chain,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError> {
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let rows = self.state.audit.get(&chain).map_or(&[][..], |it| &it.rows);
        let page = rows.iter().skip(after).take(limit);
        Ok(page.map(|row| row.as_ref().clone()).collect())
    }

    async fn audit_chains(
        &mut self,
        family: Option<FamilyId>,
    ) -> Result<Vec<AuditChain>, StoreError> {
        let chains = self.state.audit.values().map(|it| it.chain.clone());
        Ok(chains
            .filter(|it| family.is_none() || it.family == family)
            .collect())
    }

    async fn audit_anchored(&mut self, chain: Chain, length: u64) -> Result<(), StoreError> {
        if let Some(kept) = self.state.audit.get_mut(&chain) {
            kept.chain.anchored = length;
        }
        Ok(())
    }
}
