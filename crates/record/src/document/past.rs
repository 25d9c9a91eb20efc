//! Reading a document as it stood at an earlier point of its history.
//!
//! A point is a set of change hashes: those changes and everything that they build on. It is causal,
//! not a time: what a colleague wrote offline before a supervision, and synced after it, was not
//! known at the supervision and counts as new since then.

use automerge::{ChangeHash, ReadDoc as _};

use super::Document;
use crate::{Workbook, model::Collection};

/// A point of history that this document does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this workbook does not hold that point of its history: sync, then compare again")]
pub struct UnknownPoint;

impl Document {
    /// Reads the document as it stood at a point of its history.
    ///
    /// ```
    /// use record::Document;
    /// let document = Document::genesis();
    /// assert_eq!(document.read_at(&document.heads()), Ok(document.read()));
    /// assert!(document.read_at(&[[7; 32]]).is_err());
    /// ```
    ///
    /// # Errors
    /// [`UnknownPoint`] when the document lacks one of the changes.
    pub fn read_at(&self, heads: &[[u8; 32]]) -> Result<Workbook, UnknownPoint> {
        if !heads.iter().all(|hash| self.holds(hash)) {
            return Err(UnknownPoint);
        }
        let heads: Vec<_> = heads.iter().map(|hash| ChangeHash(*hash)).collect();
        Ok(self.read_as_of(Some(&heads)))
    }

    /// The point at which a record was written: its own change and all that its author knew then.
    pub fn written_at(&self, collection: Collection, id: &str) -> Option<[u8; 32]> {
        let (_, record) = self
            .inner()
            .get(super::collection_id(collection), id)
            .ok()??;
        self.inner().hash_for_opid(&record).map(|hash| hash.0)
    }
}
