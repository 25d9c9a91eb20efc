//! A document with its whole log: to be written anew, each new change in the name of the old one that it
//! stands for.

use std::collections::BTreeMap;

use record::{Change, Document, contents, ids::DocumentId};
use store::server::{Document as Row, NewChange, StoredChange, Txn};

use crate::admin::AdminError;

/// How many changes are read from the log at once.
const PAGE: u32 = 200;

/// A document as of its head.
pub(super) struct Log {
    /// Its row.
    pub(super) row: Row,
    /// Its lineage.
    pub(super) lineage: u64,
    /// What it says.
    pub(super) document: Document,
    changes: Vec<(StoredChange, Change)>,
}

impl Log {
    /// Locks a document and reads it; none when there is no such document.
    pub(super) async fn locked(
        txn: &mut dyn Txn,
        id: DocumentId,
    ) -> Result<Option<Self>, AdminError> {
        let Some(row) = txn.lock_document(id).await? else {
            return Ok(None);
        };
        let lineage = txn.lineage(id).await?.unwrap_or(row.epoch);
        let mut changes = Vec::new();
        let mut seq = 0;
        while seq < row.head {
            let page = txn.changes_after(id, seq, PAGE).await?;
            let Some(last) = page.last() else {
                return Err(unreadable(&"its log ends too early"));
            };
            seq = last.seq;
            for stored in page {
                let change =
                    Change::decode(&stored.change.bytes).map_err(|error| unreadable(&error))?;
                changes.push((stored, change));
            }
        }
        let mut document = Document::genesis();
        let decoded: Vec<_> = changes.iter().map(|(_, change)| change.clone()).collect();
        document
            .apply_all(&decoded)
            .map_err(|error| unreadable(&error))?;
        Ok(Some(Self {
            row,
            lineage,
            document,
            changes,
        }))
    }

    /// The new document's changes with their actors, each by the author and device and with the receipt
    /// of the old change that held its records.
    pub(super) fn in_the_names_of_old(
        &self,
        new: &Document,
    ) -> Result<Vec<(NewChange, Vec<u8>)>, AdminError> {
        let mut origins: BTreeMap<String, &NewChange> = BTreeMap::new();
        for (stored, change) in &self.changes {
            for record in contents(change)? {
                origins.insert(record.path(), &stored.change);
            }
        }
        let mut changes = Vec::new();
        for change in new.changes() {
            let records = contents(&change)?;
            let origin = records
                .first()
                .and_then(|record| origins.get(&record.path()))
                .ok_or_else(|| unreadable(&"a change without an origin"))?;
            let stands = NewChange {
                hash: change.hash(),
                bytes: change.bytes().to_vec(),
                author: origin.author,
                device: origin.device,
                received: origin.received,
            };
            changes.push((stands, change.actor().to_vec()));
        }
        Ok(changes)
    }
}

fn unreadable(error: &dyn std::fmt::Display) -> AdminError {
    AdminError::Unreadable(error.to_string())
}
