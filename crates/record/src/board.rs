//! What a board shows of a family: each child with when a visit is due and why, when they were last
//! seen, open actions, supervision.
//!
//! A [`Board`] is for keeping: it holds due days and not whether they have passed, so that it stays true
//! while days go by. What else the calendar can change (a plan that begins next week) it names with the
//! first such day ([`Board::changes_on`]), from which on it is made anew.
//!
//! ```
//! use jiff::civil::date;
//! use record::{Board, Configuration, Document, Page};
//!
//! let today = date(2026, 10, 12);
//! let page = Page::of(&Document::genesis(), today);
//! let board = Board::of(page.workbook(), &Configuration::built_in()?, today);
//! assert!(board.children.is_empty());
//! assert_eq!(Board::from_bytes(&board.to_bytes()), Some(board));
//! # Ok::<(), record::ConfigurationError>(())
//! ```

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    Configuration, Workbook,
    configuration::Origin,
    ids::{ActionId, EntryId, PersonId},
    json,
    source::Source,
    summary::summary,
    timescales::{closed, timescales, uncovered},
};

/// Counts every alteration of what a board keeps.
const VERSION: u32 = 1;

/// A family on a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Board {
    version: u32,
    /// Its children, by name.
    pub children: Vec<BoardChild>,
    /// Children for whom no rule says when to visit, in words.
    pub uncovered: Vec<String>,
    /// What still waits for somebody, soonest first.
    pub actions: Vec<BoardAction>,
    /// The day of the last group supervision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_supervision: Option<Date>,
    /// The day for which the next is planned or was agreed; none when nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervision_due: Option<Date>,
    /// The latest contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<BoardEntry>,
    /// The first day on which something other than the passing of days can alter this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes_on: Option<Date>,
}

/// A child on a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BoardChild {
    /// The child.
    pub child: PersonId,
    /// Their name.
    pub name: String,
    /// Whether the work with them has ended.
    pub closed: bool,
    /// The last day on which they were seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Date>,
    /// The last day on which they were seen alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_alone: Option<Date>,
    /// When a visit is due, by each rule that applies.
    pub visits: Vec<BoardVisit>,
}

/// When the next visit is due by one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BoardVisit {
    /// The rule's code.
    pub rule: String,
    /// Its name.
    pub title: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The code of the plan under which it applies.
    pub plan: String,
    /// The day of the last visit that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// The last day on which the next is in time.
    pub due: Date,
}

/// An open action on a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BoardAction {
    /// The action.
    pub action: ActionId,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
}

/// A contact on a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BoardEntry {
    /// The entry.
    pub entry: EntryId,
    /// Its day.
    pub date: Date,
}

impl Board {
    /// Draws up the board of a workbook, or of a page's, as of a day.
    pub fn of(workbook: &Workbook, configuration: &Configuration, as_of: Date) -> Self {
        let summary = summary(workbook, as_of);
        let closed = closed(workbook, as_of);
        let mut visits: BTreeMap<PersonId, Vec<BoardVisit>> = BTreeMap::new();
        for it in timescales(workbook, configuration, as_of) {
            visits.entry(it.child).or_default().push(BoardVisit {
                rule: it.rule,
                title: it.title,
                origin: it.origin,
                plan: it.plan,
                last: it.last,
                due: it.due,
            });
        }
        let children = summary.children.into_iter().map(|it| BoardChild {
            child: it.child,
            name: it.name,
            closed: closed.contains(&it.child),
            last_seen: it.last_seen,
            last_seen_alone: it.last_seen_alone,
            visits: visits.remove(&it.child).unwrap_or_default(),
        });
        let actions = summary.actions.into_iter().map(|it| BoardAction {
            action: it.id,
            due: it.due,
        });
        let uncovered = uncovered(workbook, configuration, as_of);
        let source = Source::new(workbook, as_of);
        let latest = source.entries.first().map(|(id, entry)| BoardEntry {
            entry: *id,
            date: entry.occurred.start.date(),
        });
        Self {
            version: VERSION,
            children: children.collect(),
            uncovered: uncovered.into_iter().map(|it| it.text).collect(),
            actions: actions.collect(),
            last_supervision: last_supervision(workbook, as_of),
            supervision_due: supervision_due(workbook, as_of),
            latest,
            changes_on: changes_on(workbook, configuration, as_of),
        }
    }

    /// How many children the work goes on with.
    pub fn open_children(&self) -> usize {
        self.children.iter().filter(|it| !it.closed).count()
    }

    /// As bytes, to be kept beside the document. They hold personal data.
    pub fn to_bytes(&self) -> Vec<u8> {
        // A board holds nothing that JSON can't; an empty one would be made anew.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads a kept board. `None` when it is damaged or of another version: make it anew.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        json::from_slice(bytes)
            .ok()
            .filter(|board: &Self| board.version == VERSION)
    }
}

fn last_supervision(workbook: &Workbook, as_of: Date) -> Option<Date> {
    let held = workbook.supervisions.values().map(|it| it.date);
    held.filter(|date| *date <= as_of).max()
}

/// The next planned day; else the one that the last supervision agreed on.
fn supervision_due(workbook: &Workbook, as_of: Date) -> Option<Date> {
    let last = last_supervision(workbook, as_of);
    let was_held = |id| workbook.supervisions.values().any(|it| it.plan == Some(id));
    let planned = workbook
        .supervision_plans
        .iter()
        .filter(|(id, it)| !was_held(**id) && last.is_none_or(|last| it.date > last))
        .map(|(_, it)| it.date)
        .min();
    let agreed = workbook
        .supervisions
        .values()
        .filter(|it| Some(it.date) == last)
        .filter_map(|it| it.next)
        .min();
    planned.or(agreed)
}

/// The first day after `as_of` on which something that is recorded, or a rule, begins or ends.
fn changes_on(workbook: &Workbook, configuration: &Configuration, as_of: Date) -> Option<Date> {
    let withdrawn: BTreeSet<_> = workbook.withdrawals.values().map(|it| it.entry).collect();
    let standing = workbook.entries.iter();
    let entries = standing
        .filter(|(id, _)| !withdrawn.contains(id))
        .map(|(_, it)| it.occurred.start.date());
    let plans = workbook.plan_statuses.values().map(|it| it.from);
    let events = workbook.chronology_events.values().map(|it| it.when.date);
    let supervisions = workbook.supervisions.values().map(|it| it.date);
    let rules = configuration.visits().iter().flat_map(|rule| {
        let after = rule.effective.until;
        let after = after.and_then(|until| until.checked_add(1.day()).ok());
        std::iter::once(rule.effective.from).chain(after)
    });
    entries
        .chain(plans)
        .chain(events)
        .chain(supervisions)
        .chain(rules)
        .filter(|date| *date > as_of)
        .min()
}
