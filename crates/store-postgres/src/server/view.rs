//! What one transaction has seen, locked and appended, document by document.
//!
//! READ COMMITTED shows each statement what is committed by then, so a log could grow, or be written
//! anew, between two reads of it. A transaction that has been shown a document reads nothing beyond
//! that head, and nothing of another epoch.

use std::collections::{BTreeMap, BTreeSet};

use record::ids::DocumentId;
use store::{StoreError, server::Document};

/// The state of a log that a transaction goes by.
#[derive(Debug, Clone, Copy)]
struct Shown {
    epoch: u64,
    head: u64,
}

/// One transaction's view.
#[derive(Debug, Default)]
pub(super) struct View {
    /// As it was shown first, moved by its own writes and by waiting for a lock.
    shown: BTreeMap<DocumentId, Shown>,
    /// The documents whose row lock it holds.
    locked: BTreeSet<DocumentId>,
    /// The newest sequence numbers that it appended.
    grown: BTreeMap<DocumentId, u64>,
}

impl View {
    /// Shows a document's row: with the head that this transaction goes by. An error where another
    /// has written the document anew since it was shown first.
    pub(super) fn show(&mut self, mut row: Document) -> Result<Document, StoreError> {
        let new = Shown {
            epoch: row.epoch,
            head: row.head,
        };
        let shown = self.shown.entry(row.id).or_insert(new);
        if shown.epoch != row.epoch {
            return Err(written_anew());
        }
        row.head = shown.head;
        Ok(row)
    }

    /// Shows a row that is locked now: nobody else can move its head any more.
    pub(super) fn lock(&mut self, row: &Document) {
        let Document { epoch, head, .. } = *row;
        self.shown.insert(row.id, Shown { epoch, head });
        self.locked.insert(row.id);
    }

    /// Whether this transaction holds the document's row lock.
    pub(super) fn holds(&self, document: DocumentId) -> bool {
        self.locked.contains(&document)
    }

    /// Notes an own append.
    pub(super) fn grow(&mut self, document: DocumentId, seq: u64) {
        if let Some(shown) = self.shown.get_mut(&document) {
            shown.head = seq;
        }
        self.grown.insert(document, seq);
    }

    /// Notes an own new epoch of a document that is locked.
    pub(super) fn begin(&mut self, document: DocumentId, epoch: u64) {
        if let Some(shown) = self.shown.get_mut(&document) {
            shown.epoch = epoch;
        }
    }

    /// Forgets a document that this transaction has erased.
    pub(super) fn erase(&mut self, document: DocumentId) {
        self.shown.remove(&document);
        self.locked.remove(&document);
        self.grown.remove(&document);
    }

    /// The last sequence number to be read of a document: any, where nobody else can add to it.
    pub(super) fn upto(&self, document: DocumentId) -> u64 {
        match self.shown.get(&document) {
            Some(shown) if !self.holds(document) => shown.head,
            _ => u64::MAX,
        }
    }

    /// The epoch that a document must still be of: any, where this transaction was not shown it or
    /// holds off whoever would write it anew.
    pub(super) fn epoch(&self, document: DocumentId) -> Option<u64> {
        let shown = self.shown.get(&document);
        shown
            .filter(|_| !self.holds(document))
            .map(|shown| shown.epoch)
    }

    /// What is to be told when the transaction is committed.
    pub(super) fn grown(&self) -> &BTreeMap<DocumentId, u64> {
        &self.grown
    }
}

/// What a transaction gets that would read on in a log that is no more.
pub(super) fn written_anew() -> StoreError {
    StoreError::Driver {
        doing: "reading a document",
        source: "it was written anew meanwhile: try again".into(),
    }
}
