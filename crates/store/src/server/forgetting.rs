//! What is kept against erasure, what is erased, and what must not come back: legal holds, documents
//! written anew, families that are gone.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId, FamilyId};
use uuid::Uuid;

use super::{Document, NewChange};
use crate::StoreError;

/// That a family's record must not be erased, or was not to be: a court, an inquiry, a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The family.
    pub family: FamilyId,
    /// Where to read why, such as a case number of the legal department. No story: it is listed.
    pub reference: String,
    /// Since when (milliseconds since 1970).
    pub began: i64,
    /// Until when; none while it holds.
    pub ended: Option<i64>,
}

/// A document written anew without something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewriting {
    /// The new epoch, which ends the lineage: no proof of before holds any more.
    pub epoch: u64,
    /// The whole new log, oldest first, each with its actor. Author, device and receipt are those of
    /// the change that it stands for.
    pub changes: Vec<(NewChange, Vec<u8>)>,
    /// Ids of the records that are gone or lack a part: what devices look for in what they keep
    /// beside their copy.
    pub forgotten: Vec<Uuid>,
    /// When (milliseconds since 1970).
    pub at: i64,
}

impl Rewriting {
    /// Whether it can take the place of this document's log: for engines, before they write anything.
    /// An epoch that is the old one would hide the rewriting from devices; two changes of one hash are
    /// no log. Both are [`StoreError::Exists`].
    pub fn must_be_sound(&self, before: &Document) -> Result<(), StoreError> {
        if self.epoch == before.epoch {
            return Err(StoreError::Exists { what: "epoch" });
        }
        let hashes: BTreeSet<_> = self.changes.iter().map(|(it, _)| it.hash).collect();
        if hashes.len() < self.changes.len() {
            return Err(StoreError::Exists { what: "change" });
        }
        Ok(())
    }
}

/// What the erasure of a family took away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErasedFamily {
    /// Its documents, which no device may keep.
    pub documents: Vec<DocumentId>,
    /// How many rows went, by table. A table that held none is not named.
    pub rows: BTreeMap<&'static str, u64>,
}

impl ErasedFamily {
    /// Adds to the count of a table; for engines.
    pub fn count(&mut self, table: &'static str, rows: u64) {
        if rows > 0 {
            *self.rows.entry(table).or_default() += rows;
        }
    }
}

/// The part of a transaction that is about keeping and forgetting. What it deletes is out of reach
/// once committed; that its bytes stand in no file any more is [`super::Store::scrub`]'s.
///
/// Erasing a family is the one deed that writes to several documents at once.
#[async_trait]
pub trait ForgetTxn: Send {
    /// Sets a hold. Returns whether there was none: one that is open stays as it is. The family must
    /// exist ([`StoreError::Missing`]).
    async fn set_hold(&mut self, hold: &Hold) -> Result<bool, StoreError>;
    /// Ends the open hold of a family. Returns whether there was one.
    async fn lift_hold(&mut self, family: FamilyId, at: i64) -> Result<bool, StoreError>;
    /// The open hold of a family. Until this transaction ends nobody else sets or lifts one, so that
    /// "ask for a hold, then erase" is safe.
    async fn hold_of(&mut self, family: FamilyId) -> Result<Option<Hold>, StoreError>;
    /// Every open hold, by beginning.
    async fn holds(&mut self) -> Result<Vec<Hold>, StoreError>;

    /// Puts a new log in the place of a document's. The old changes, snapshot, heads, board, actors,
    /// lineage and notes of returns go; the hashes of the old changes are kept as retired, but for
    /// those that stand in the new log too (its genesis may). Lock the document first. Returns how many
    /// changes went. The document must exist; see [`Rewriting::must_be_sound`].
    async fn rewrite_log(
        &mut self,
        document: DocumentId,
        rewriting: &Rewriting,
    ) -> Result<u64, StoreError>;
    /// Whether a change of this hash was once accepted here and has been erased or written anew.
    async fn is_retired(
        &mut self,
        document: DocumentId,
        hash: [u8; 32],
    ) -> Result<bool, StoreError>;
    /// Ids of what has been erased from a document, all times together, in the order of their erasure.
    async fn forgotten(&mut self, document: DocumentId) -> Result<Vec<Uuid>, StoreError>;

    /// Deletes a family with all its documents and all that refers to them; what stays is the audit
    /// log, which names nobody, and that these documents were erased. The family must exist. A hold
    /// does not stop it: ask [`ForgetTxn::hold_of`] first, in this transaction.
    async fn erase_family(&mut self, family: FamilyId, at: i64)
    -> Result<ErasedFamily, StoreError>;
    /// Whether a document was erased with its family.
    async fn was_erased(&mut self, document: DocumentId) -> Result<bool, StoreError>;
    /// Which device an actor of a document is bound to, if to any.
    async fn actor_device(
        &mut self,
        document: DocumentId,
        actor: &[u8],
    ) -> Result<Option<DeviceId>, StoreError>;
}
