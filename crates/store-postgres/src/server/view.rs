//! What one transaction has seen, locked and appended, document by document.
//!
//! READ COMMITTED shows each statement what is committed by then, so a log could grow between two
//! reads of it. A transaction that has been shown a head reads nothing beyond it.

use std::collections::{BTreeMap, BTreeSet};

use record::ids::DocumentId;
use store::server::Document;

/// One transaction's view.
#[derive(Debug, Default)]
pub(super) struct View {
    /// The heads that it was shown first, moved by its own appends and by waiting for a lock.
    heads: BTreeMap<DocumentId, u64>,
    /// The documents whose row lock it holds.
    locked: BTreeSet<DocumentId>,
    /// The newest sequence numbers that it appended.
    grown: BTreeMap<DocumentId, u64>,
}

impl View {
    /// Shows a document's row: with the head that this transaction goes by.
    pub(super) fn show(&mut self, mut row: Document) -> Document {
        row.head = *self.heads.entry(row.id).or_insert(row.head);
        row
    }

    /// Shows a row that is locked now: nobody else can move its head any more.
    pub(super) fn lock(&mut self, row: &Document) {
        self.heads.insert(row.id, row.head);
        self.locked.insert(row.id);
    }

    /// Whether this transaction holds the document's row lock.
    pub(super) fn holds(&self, document: DocumentId) -> bool {
        self.locked.contains(&document)
    }

    /// Notes an own append.
    pub(super) fn grow(&mut self, document: DocumentId, seq: u64) {
        self.heads.insert(document, seq);
        self.grown.insert(document, seq);
    }

    /// The last sequence number to be read of a document: any, where nobody else can add to it.
    pub(super) fn upto(&self, document: DocumentId) -> u64 {
        match self.heads.get(&document) {
            Some(head) if !self.holds(document) => *head,
            _ => u64::MAX,
        }
    }

    /// What is to be told when the transaction is committed.
    pub(super) fn grown(&self) -> &BTreeMap<DocumentId, u64> {
        &self.grown
    }
}
