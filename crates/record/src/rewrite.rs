//! A document written anew without one thing: for erasure, rectification, and what was recorded about
//! the wrong family.
//!
//! History cannot be cut out of an Automerge document, so the record is written again, change by
//! change in the same order, onto the same genesis: a new document (a new epoch) that takes the place
//! of the old one everywhere. Invariants: every remaining record is equal to what it was but for
//! references to what is gone; author, device and times stand in the records and stay; the time of
//! each change stays; no byte of the new document holds what was removed, nor a hash of it.
//!
//! What becomes of the records that refer to what is gone stands in [`mod@strip`], and for readers
//! in `docs/record-format.md`.
//!
//! Changes are written one after the other: that two of them had once been concurrent is not kept.
//! Whether it is lawful to do this, and to whom it must be told, is not decided here.

mod gone;
mod mentions;
mod strip;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::{
    Document, Refusal, contents,
    ids::{ConcernId, EntryId, PersonId},
    model::Record,
};
use gone::Gone;
pub use mentions::mentions_of;

/// What is to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remove {
    /// An entry, with what was appended to it.
    Entry(EntryId),
    /// A person, with what is said about them alone.
    Person(PersonId),
    /// A concern, with views of it. Also for a compartment that had viewed a concern which went
    /// from the team's document.
    Concern(ConcernId),
    /// One statement of an entry.
    Statement {
        /// The entry.
        entry: EntryId,
        /// Which of its statements, from 0.
        index: usize,
    },
}

/// A document without what was removed.
#[derive(Debug, Clone)]
pub struct Rewritten {
    /// The new document.
    pub document: Document,
    /// Records that are gone, as `collection/id`. Names what was removed: not for the record.
    pub dropped: Vec<String>,
    /// Records that stay without a reference or a part, as `collection/id`.
    pub altered: Vec<String>,
    /// Records whose narrative still has a name of the removed person, as `collection/id`: for
    /// somebody to read. No program can tell whom a sentence is about.
    pub mentions: Vec<String>,
}

/// Why a document can't be rewritten.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RewriteError {
    /// There is nothing to remove.
    #[error("the workbook does not hold what is to be removed: sync, and look again")]
    NotThere,
    /// A change holds something other than new records; only a forged one does.
    #[error("a change of this workbook can't be read: restore the workbook from a backup")]
    Unreadable(#[source] Refusal),
    /// Two records stand under one id, so that it can't be told which is meant.
    #[error("two records stand under one id ({0}): restore the workbook from a backup")]
    Twice(String),
    /// The new document can't be written.
    #[error("the new workbook can't be written")]
    Unwritten(#[source] Refusal),
}

/// One change of the old document.
struct Replayed {
    actor: Vec<u8>,
    at: Timestamp,
    records: Vec<Record>,
}

/// Writes a document anew without one thing. The old document is not touched.
///
/// `fresh` gives the new actor for each old one, and is asked once for each: an actor belongs to one
/// device *and one document* for ever, so the old ones can't be used again.
///
/// # Errors
/// See [`RewriteError`].
pub fn rewrite(
    document: &Document,
    remove: Remove,
    mut fresh: impl FnMut(&[u8]) -> Vec<u8>,
) -> Result<Rewritten, RewriteError> {
    let replayed = replay(document)?;
    let before: Vec<&Record> = replayed.iter().flat_map(|it| &it.records).collect();
    let gone = Gone::find(&before, remove);
    let mut rewritten = Rewritten {
        document: Document::genesis(),
        dropped: Vec::new(),
        altered: Vec::new(),
        mentions: Vec::new(),
    };
    let mut actors: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    let mut kept = Vec::new();
    for change in &replayed {
        let from = kept.len();
        for record in &change.records {
            match gone.strip(record) {
                None => rewritten.dropped.push(record.path()),
                Some(stripped) => {
                    if stripped != *record {
                        rewritten.altered.push(record.path());
                    }
                    kept.push(stripped);
                }
            }
        }
        let remaining = kept.get(from..).unwrap_or_default();
        if remaining.is_empty() {
            continue;
        }
        let actor = actors
            .entry(change.actor.clone())
            .or_insert_with(|| fresh(&change.actor));
        rewritten
            .document
            .write(actor, remaining, change.at)
            .map_err(RewriteError::Unwritten)?;
    }
    if rewritten.dropped.is_empty() && rewritten.altered.is_empty() {
        return Err(RewriteError::NotThere);
    }
    rewritten.mentions = mentions::of(remove, &before, &kept);
    Ok(rewritten)
}

fn replay(document: &Document) -> Result<Vec<Replayed>, RewriteError> {
    let mut seen = BTreeSet::new();
    let mut replayed = Vec::new();
    for change in document.changes() {
        let records = contents(&change).map_err(RewriteError::Unreadable)?;
        for record in &records {
            if !seen.insert(record.path()) {
                return Err(RewriteError::Twice(record.path()));
            }
        }
        replayed.push(Replayed {
            actor: change.actor().to_vec(),
            at: change.written(),
            records,
        });
    }
    Ok(replayed)
}
