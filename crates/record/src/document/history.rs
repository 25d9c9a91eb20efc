//! What checks ask about a document's history, kept ready: Automerge finds out anew each time, and
//! doesn't tell at all how far an actor has got.

use std::collections::HashMap;

use automerge::{ActorId, Automerge, Change, ChangeHash};

/// One change of the history, as far as others build on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    /// The number of its last operation.
    pub(crate) last_operation: u64,
    /// Which change of its actor it is, from 1.
    pub(crate) seq: u64,
}

/// Every change by its hash, and how many each actor has written.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    changes: HashMap<ChangeHash, Known>,
    actors: HashMap<ActorId, u64>,
}

impl History {
    pub(super) fn of(document: &Automerge) -> Self {
        let mut history = Self::default();
        for meta in document.get_changes_meta(&[]) {
            let known = Known {
                last_operation: meta.max_op,
                seq: meta.seq,
            };
            history.add(meta.hash, &meta.actor, known);
        }
        history
    }

    pub(super) fn add_change(&mut self, change: &Change) {
        let known = Known {
            last_operation: change.max_op(),
            seq: change.seq(),
        };
        self.add(change.hash(), change.actor_id(), known);
    }

    /// Adds a later part of the same history.
    pub(super) fn extend(&mut self, later: Self) {
        self.changes.extend(later.changes);
        self.actors.extend(later.actors);
    }

    fn add(&mut self, hash: ChangeHash, actor: &ActorId, known: Known) {
        self.changes.insert(hash, known);
        let written = self.actors.entry(actor.clone()).or_default();
        *written = known.seq.max(*written);
    }

    pub(super) fn change(&self, hash: &ChangeHash) -> Option<Known> {
        self.changes.get(hash).copied()
    }

    /// How many changes an actor has written.
    pub(super) fn written_by(&self, actor: &ActorId) -> u64 {
        self.actors.get(actor).copied().unwrap_or_default()
    }
}
