//! A draft entry: its author's alone, outside every document until it is complete.
//!
//! Where it stands is derived: from when it was begun, from what is still [`Missing`], and from the
//! council's time-out. Nothing is ever refused for being late or thin: a timed-out draft can still be
//! completed and is marked late, and an author may attest a draft in which something is missing. Only
//! what nobody said ([`Unsaid`]) must be said first: the record never holds a stand-in.
//! Keeping drafts on a device is the device's subject.

mod missing;
mod unsaid;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use missing::in_entry;
pub use missing::{Missing, missing};
pub use unsaid::{Unconfirmed, Unsaid};

use crate::{
    Configuration,
    calendar::{days_between, local},
    ids::{ActionId, ConcernId, EntryId},
    model::{ATTESTATION, Action, Attestation, Concern, Entry, Record},
};

/// What will be written as one change when its author has attested it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct EntryDraft {
    /// The id that the entry will have.
    pub id: EntryId,
    /// The entry, not attested yet. Until then its `at` is when the draft was begun: leave it as it
    /// was first set.
    pub entry: Entry,
    /// Concerns that it raises.
    #[serde(default)]
    pub concerns: BTreeMap<ConcernId, Concern>,
    /// Actions that it agrees.
    #[serde(default)]
    pub actions: BTreeMap<ActionId, Action>,
    /// Fields that nobody has said yet: in the entry a stand-in holds their place.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub unsaid: BTreeSet<Unsaid>,
}

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum DraftState {
    /// Something is missing.
    Draft,
    /// Nothing is missing: it waits for its author to read and attest it.
    Ready,
    /// Left longer than the council allows. It can still be completed and will be marked late.
    TimedOut,
}

impl EntryDraft {
    /// When it was begun, by the device's clock.
    pub fn begun(&self) -> Timestamp {
        self.entry.at
    }

    /// Where it stands at a time. On the day on which the time-out falls it is still in time.
    pub fn state(&self, configuration: &Configuration, now: Timestamp) -> DraftState {
        if self.late_days(configuration, now).is_some() {
            DraftState::TimedOut
        } else if missing(self).is_empty() {
            DraftState::Ready
        } else {
            DraftState::Draft
        }
    }

    /// By how many calendar days in England it is past the time-out; `None` in time.
    pub fn late_days(&self, configuration: &Configuration, now: Timestamp) -> Option<u32> {
        let kept = days_between(local(self.begun()).date(), local(now).date());
        kept.checked_sub(configuration.draft_time_out_days())
            .filter(|late| *late > 0)
    }

    /// The records of the complete entry. Calling this *is* the author's confirmation, in the words
    /// of [`ATTESTATION`], at the time `at` by the device's clock: call it only when they gave it.
    /// An entry whose draft had timed out is marked with the days.
    ///
    /// # Errors
    /// [`Unconfirmed`] while something has not been said.
    pub fn attest(
        self,
        configuration: &Configuration,
        at: Timestamp,
    ) -> Result<Vec<Record>, Unconfirmed> {
        if !self.unsaid.is_empty() {
            return Err(Unconfirmed {
                fields: self.unsaid,
            });
        }
        let late = self.late_days(configuration, at);
        let Self {
            id,
            mut entry,
            concerns,
            actions,
            unsaid: _,
        } = self;
        entry.at = at;
        entry.finished_late_days = late;
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
        Ok(records)
    }
}
