//! A draft entry: its author's alone, outside every document until it is complete.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{ActionId, ConcernId, EntryId},
    model::{ATTESTATION, Action, Attestation, Concern, Entry, Record},
};

/// What will be written as one change when its author has attested it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct EntryDraft {
    /// The id that the entry will have.
    pub id: EntryId,
    /// The entry, not attested yet.
    pub entry: Entry,
    /// Concerns that it raises.
    #[serde(default)]
    pub concerns: BTreeMap<ConcernId, Concern>,
    /// Actions that it agrees.
    #[serde(default)]
    pub actions: BTreeMap<ActionId, Action>,
}

impl EntryDraft {
    /// The records of the complete entry. Calling this *is* the author's confirmation, in the words
    /// of [`ATTESTATION`], at the time `at` by the device's clock: call it only when they gave it.
    pub fn attest(self, at: Timestamp) -> Vec<Record> {
        let Self {
            id,
            mut entry,
            concerns,
            actions,
        } = self;
        entry.at = at;
        entry.attestation = Some(Attestation {
            statement: ATTESTATION.to_owned(),
            at,
        });
        let mut records = vec![Record::new(id, entry)];
        for (concern_id, concern) in concerns {
            records.push(Record::new(
                concern_id,
                Concern {
                    entry: Some(id),
                    at,
                    ..concern
                },
            ));
        }
        for (action_id, action) in actions {
            records.push(Record::new(
                action_id,
                Action {
                    entry: Some(id),
                    at,
                    ..action
                },
            ));
        }
        records
    }
}
