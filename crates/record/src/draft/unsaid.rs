//! What nobody said. A field that every entry has, and of which the dictation said nothing, holds a
//! stand-in until its author has said it: a stand-in is never the author's word.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::EntryDraft;
use crate::{
    model::Occurred,
    terms::{EntryKind, Outcome},
};

/// A field of an entry that was not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Unsaid {
    /// What kind of contact it was; "other" stands in.
    Kind,
    /// What came of it; "took place" stands in.
    Outcome,
    /// At what time it began; midnight of the day stands in.
    Start,
}

impl Unsaid {
    /// All of them, in the order in which a screen asks.
    pub const ALL: [Self; 3] = [Self::Kind, Self::Outcome, Self::Start];

    /// What to say, in plain English.
    pub fn message(self) -> &'static str {
        match self {
            Self::Kind => "say what kind of contact this was",
            Self::Outcome => "say what came of it: whether it took place",
            Self::Start => "say when it began, or that you do not know the time",
        }
    }
}

/// A draft that can't be attested yet: something in it was never said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct Unconfirmed {
    /// What its author has to say first; never empty.
    pub fields: BTreeSet<Unsaid>,
}

impl Unconfirmed {
    fn message(&self) -> String {
        let messages: Vec<_> = self.fields.iter().map(|it| it.message()).collect();
        messages.join("; ")
    }
}

impl EntryDraft {
    /// The author says what kind of contact it was.
    pub fn say_kind(&mut self, kind: EntryKind) {
        self.entry.kind = kind;
        self.unsaid.remove(&Unsaid::Kind);
    }

    /// The author says what came of it.
    pub fn say_outcome(&mut self, outcome: Outcome) {
        self.entry.outcome = outcome;
        self.unsaid.remove(&Unsaid::Outcome);
    }

    /// The author says when it was; [`Occurred::on`] for "I do not know the time".
    pub fn say_occurred(&mut self, occurred: Occurred) {
        self.entry.occurred = occurred;
        self.unsaid.remove(&Unsaid::Start);
    }
}
