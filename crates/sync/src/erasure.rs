//! What an erasure on the server means for a device.
//!
//! The server has written the document anew, so that every old hash is gone with the lineage. A device
//! that still holds the old one drops it whole. What it keeps *beside* it is sorted here: the outbox,
//! and the rows of its quarantine. **Invariants**: nothing that was erased is sent again or kept; what
//! its author has written and no server ever had is never dropped, whatever it refers to.

use record::{Change, Document, Refusal, Rule, Writer, contents, model::Record};
use serde_json::Value;

/// What somebody who keeps refused changes must drop, as a part that started from the beginning tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erasure {
    /// Ids of records that were erased or lost a part, as text.
    ids: Vec<String>,
    /// Whether the lineage that this device had kept is over.
    ends_lineage: bool,
}

/// What becomes of a change of the outbox after an erasure.
pub(crate) enum Fate {
    /// It still waits, to be written anew on the new state.
    Waits,
    /// All that it says stands in the new state: its answer was lost.
    Stands,
    /// It had been accepted, and was erased; or it was another's, who sends it again.
    Forgotten,
}

impl Erasure {
    pub(crate) fn new(ids: impl Iterator<Item = uuid::Uuid>, ends_lineage: bool) -> Option<Self> {
        let ids: Vec<_> = ids.map(|id| id.to_string()).collect();
        (ends_lineage || !ids.is_empty()).then_some(Self { ids, ends_lineage })
    }

    /// Whether the lineage that this device had kept is over.
    pub(crate) fn ends_lineage(&self) -> bool {
        self.ends_lineage
    }

    /// Whether a change that was refused before this erasure, and its reason, must go: it holds or
    /// refers to something that was erased, or it is a colleague's that a restored server had lost,
    /// of which nobody can tell here whether it was erased.
    pub fn takes(&self, refused: &Change, why: &Refusal) -> bool {
        let lost = self.ends_lineage && *why == lost_by_server();
        lost || contents(refused).is_ok_and(|records| {
            records
                .iter()
                .any(|it| self.holds(it) || self.refers(&it.content))
        })
    }

    fn holds(&self, record: &Record) -> bool {
        self.ids.contains(&record.id)
    }

    /// Whether one of the ids stands anywhere in it.
    fn refers(&self, content: &record::model::Content) -> bool {
        !self.ids.is_empty()
            && serde_json::to_value(content).is_ok_and(|value| mentions(&value, &self.ids))
    }

    /// Whether a change that waits outside of the replica's outbox goes on waiting beside the new state.
    pub fn lets_wait(&self, waiting: &Change, document: &Document, writer: &Writer) -> bool {
        matches!(self.fate(waiting, document, writer), Fate::Waits)
    }

    /// What becomes of a change that waits, beside the new state.
    pub(crate) fn fate(&self, waiting: &Change, document: &Document, writer: &Writer) -> Fate {
        let Ok(records) = contents(waiting) else {
            // The rules say why, as ever.
            return Fate::Waits;
        };
        let stands = |it: &Record| {
            document.get(it.content.collection(), &it.id).as_ref() == Some(&it.content)
        };
        let others = self.ends_lineage
            && records
                .iter()
                .any(|it| it.content.by() != writer.professional);
        if others || records.iter().any(|it| self.holds(it)) {
            Fate::Forgotten
        } else if records.iter().all(stands) {
            Fate::Stands
        } else {
            Fate::Waits
        }
    }

    /// Whether an own change that had been accepted is in the new state no more although nothing of it
    /// was erased: the server was restored, too, from a backup of before it. Its author writes it anew.
    pub(crate) fn was_lost(&self, accepted: &Change, document: &Document, writer: &Writer) -> bool {
        !document.holds(&accepted.hash())
            && contents(accepted).is_ok_and(|records| {
                records.iter().all(|it| {
                    it.content.by() == writer.professional
                        && !self.holds(it)
                        && !self.refers(&it.content)
                        && !document.contains(it.content.collection(), &it.id)
                })
            })
    }
}

/// They are few: a list is as good as a set, and makes the phone's core smaller.
fn mentions(value: &Value, ids: &[String]) -> bool {
    match value {
        Value::String(text) => ids.contains(text),
        Value::Array(items) => items.iter().any(|it| mentions(it, ids)),
        Value::Object(fields) => fields
            .iter()
            .any(|(key, it)| ids.contains(key) || mentions(it, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Why a colleague's change lies in this device's quarantine after a restore.
pub(crate) fn lost_by_server() -> Refusal {
    Refusal::new(
        Rule::MissingDependencies,
        "the server was restored from a backup and no longer holds this change of a colleague: \
         keep this device and tell whoever runs the system",
    )
}
