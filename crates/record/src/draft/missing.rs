//! What an entry still lacks, by what its kind and outcome call for. Drafts ask before completion,
//! quality asks after it: both by this one list, so that nobody is coached about what the draft did
//! not ask for.

use serde::Serialize;

use super::{EntryDraft, Unsaid};
use crate::{
    ids::PersonId,
    model::{Analysis, ChildSeen, Entry},
    terms::{EntryKind, Seen},
};

/// Something that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Missing {
    /// What kind of contact it was: it says only "other", or nothing.
    Kind,
    /// What came of it: nobody has said.
    Outcome,
    /// When it began: nobody has said.
    Start,
    /// What happened: there is nothing in it.
    Account,
    /// Which children the visit was to, and whether each was seen.
    Children,
    /// Whether a child who was seen was seen alone, or why not.
    SeenAlone(PersonId),
    /// The voice of a child who was seen awake.
    Voice(PersonId),
    /// What it means.
    Analysis,
    /// How safe the children are now.
    ImmediateSafety,
}

impl Missing {
    /// What to add, in plain English. Children are named by whoever shows it.
    pub fn message(self) -> &'static str {
        match self {
            Self::Kind => Unsaid::Kind.message(),
            Self::Outcome => Unsaid::Outcome.message(),
            Self::Start => Unsaid::Start.message(),
            Self::Account => "say what happened",
            Self::Children => "say which children you visited, and whether you saw each of them",
            Self::SeenAlone(_) => "say whether you saw this child alone, or why not",
            Self::Voice(_) => "add what this child said or showed, in their own words",
            Self::Analysis => "say what has changed and what it means for each child",
            Self::ImmediateSafety => {
                "say whether anything had to be done about safety there and then"
            }
        }
    }
}

/// What is missing from a draft, in the order of [`Missing`].
pub fn missing(draft: &EntryDraft) -> Vec<Missing> {
    let mut missing = in_entry(&draft.entry);
    if !draft.concerns.is_empty() || !draft.actions.is_empty() {
        // A raised concern or an agreed action is an account of its own.
        missing.retain(|it| *it != Missing::Account);
    }
    missing.extend(draft.unsaid.iter().map(|unsaid| match unsaid {
        Unsaid::Kind => Missing::Kind,
        Unsaid::Outcome => Missing::Outcome,
        Unsaid::Start => Missing::Start,
    }));
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// What is missing from an entry. A contact that did not come about needs no more than its outcome;
/// only visits need to say how the children are; only visits and sessions need analysis.
pub(crate) fn in_entry(entry: &Entry) -> Vec<Missing> {
    let mut missing = Vec::new();
    if entry.kind == EntryKind::Other {
        missing.push(Missing::Kind);
    }
    if !entry.outcome.was_contact() {
        return missing;
    }
    if is_empty(entry) {
        missing.push(Missing::Account);
    }
    let visit = entry.kind.is_visit();
    if visit && entry.children.is_empty() {
        missing.push(Missing::Children);
    }
    if visit {
        let seen = entry.children.iter().filter(|it| it.seen != Seen::NotSeen);
        missing.extend(seen.flat_map(of_child));
    }
    let needs_analysis = visit || entry.kind == EntryKind::SpecialistSession;
    if needs_analysis && entry.analysis.as_ref().is_none_or(says_nothing) {
        missing.push(Missing::Analysis);
    }
    if visit && entry.immediate_safety.is_none() {
        missing.push(Missing::ImmediateSafety);
    }
    missing.sort_unstable();
    missing
}

fn of_child(seen: &ChildSeen) -> impl Iterator<Item = Missing> {
    let alone = seen
        .alone
        .is_none()
        .then_some(Missing::SeenAlone(seen.child));
    // A sleeping child has no say, and is not silent either.
    let silent = seen.voice.is_none() && seen.seen != Seen::Asleep;
    let voice = silent.then_some(Missing::Voice(seen.child));
    alone.into_iter().chain(voice)
}

fn says_nothing(analysis: &Analysis) -> bool {
    *analysis == Analysis::default()
}

fn is_empty(entry: &Entry) -> bool {
    entry.statements.is_empty()
        && entry.children.is_empty()
        && entry.analysis.as_ref().is_none_or(says_nothing)
        && entry.strengths.is_empty()
        && entry.views.is_empty()
        && entry.readings.is_empty()
        && entry.tools.is_empty()
        && entry.direction.is_empty()
        && entry.action_updates.is_empty()
        && entry.significant_event.is_none()
}
