//! What one transaction has seen of the audit log's chains, and what it notes of them at its end.

use std::collections::BTreeMap;

use store::{audit::Chain, server::AuditChain};

/// One transaction's view of the chains.
#[derive(Debug, Default)]
pub(super) struct Chains {
    /// The lengths that it was shown last, moved by its own appends.
    lengths: BTreeMap<Chain, u64>,
    /// The lengths whose heads it has anchored.
    anchored: BTreeMap<Chain, u64>,
}

impl Chains {
    /// Shows a chain's row: from here on, this is how long the chain is for this transaction.
    pub(super) fn show(&mut self, mut row: AuditChain) -> AuditChain {
        self.lengths.insert(row.chain, row.length);
        if let Some(length) = self.anchored.get(&row.chain) {
            row.anchored = row.anchored.max(*length);
        }
        row
    }

    /// Notes an own append.
    pub(super) fn grow(&mut self, chain: Chain, seq: u64) {
        self.lengths.insert(chain, seq);
    }

    /// The last row to be read of a chain: any, of one that it was not shown.
    pub(super) fn upto(&self, chain: Chain) -> u64 {
        self.lengths.get(&chain).copied().unwrap_or(u64::MAX)
    }

    /// Notes an anchor.
    pub(super) fn anchor(&mut self, chain: Chain, length: u64) {
        self.anchored.insert(chain, length);
    }

    /// What is to be kept when the transaction is committed.
    pub(super) fn anchored(&self) -> &BTreeMap<Chain, u64> {
        &self.anchored
    }
}
