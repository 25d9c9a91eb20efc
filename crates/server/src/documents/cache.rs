//! Recently used documents, each as of one sequence number of one epoch.
//!
//! Only committed states come in here, so that nothing is read that a roll-back takes away. Any
//! server process may drop or miss entries: the log is the truth.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use record::{Document, ids::DocumentId};

use crate::gate::Opened;

/// How much is kept, in bytes as [`weight`] guesses them. One document always is.
const BUDGET: u64 = 256_000_000;

/// What a document takes in memory: 27 MB with 2,000 entries (DESIGN), so 14 kB a change, and what an
/// empty one takes.
fn weight(seq: u64) -> u64 {
    64_000 + 14_000 * seq
}

struct Kept {
    id: DocumentId,
    epoch: u64,
    seq: u64,
    document: Arc<Document>,
}

/// The most recently used documents, newest last.
#[derive(Default)]
pub(crate) struct Cache {
    kept: Mutex<VecDeque<Kept>>,
}

impl Cache {
    /// The newest state kept that is not past what was opened, with its sequence number.
    pub(crate) fn newest(&self, opened: &Opened) -> Option<(u64, Arc<Document>)> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // A state of another epoch is never used again, and may hold what was erased since.
        kept.retain(|one| one.id != opened.id() || one.epoch == opened.epoch());
        let at = kept.iter().position(|one| {
            one.id == opened.id() && one.epoch == opened.epoch() && one.seq <= opened.head()
        })?;
        let one = kept.remove(at)?;
        let found = (one.seq, Arc::clone(&one.document));
        kept.push_back(one);
        Some(found)
    }

    /// Keeps a committed state, in place of an older one of the same document.
    pub(crate) fn keep(&self, opened: &Opened, seq: u64, document: Arc<Document>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (id, epoch) = (opened.id(), opened.epoch());
        // Two requests may finish in either order: the newer state stays.
        if kept
            .iter()
            .any(|one| one.id == id && one.epoch == epoch && one.seq > seq)
        {
            return;
        }
        kept.retain(|one| one.id != id);
        let mut held: u64 = weight(seq) + kept.iter().map(|one| weight(one.seq)).sum::<u64>();
        while held > BUDGET
            && let Some(oldest) = kept.pop_front()
        {
            held -= weight(oldest.seq);
        }
        kept.push_back(Kept {
            id,
            epoch,
            seq,
            document,
        });
    }

    /// Lets go of a document, so that whoever is about to grow it holds the only copy and need not
    /// duplicate it.
    pub(crate) fn let_go(&self, id: DocumentId) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.id != id);
    }
}
