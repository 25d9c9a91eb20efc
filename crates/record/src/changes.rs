//! What changed between two points of a workbook: "since the last supervision".
//!
//! New is what the later point holds and the earlier one does not, whenever it happened: a visit of
//! last month that arrived today is news. Everything cites records of the later point. Where people
//! differ, each author's change stands by itself; nothing is settled here.

mod actions;
mod children;
mod measures;
mod news;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Document, Workbook,
    ids::{ActionId, ConcernId, PersonId},
    model::Collection,
    source::{Line, Source},
};

/// Something that reads otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// What: the concern's statement, the scale, the domain's label.
    pub subject: String,
    /// The concern, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concern: Option<ConcernId>,
    /// Whose view, reading or word it is.
    pub holder: String,
    /// How it was; absent when they had said nothing before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// How it is.
    pub after: String,
    /// In words, cited.
    pub line: Line,
}

/// An action that was opened, closed or reopened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionChange {
    /// The action.
    pub id: ActionId,
    /// In words, cited by the news where there is some.
    pub line: Line,
}

/// Whether a child was seen in the new entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChildSince {
    /// The child.
    pub child: PersonId,
    /// Their name.
    pub name: String,
    /// On how many of the new entries they were seen.
    pub seen: usize,
    /// On how many of them alone.
    pub alone: usize,
    /// In words, cited.
    pub line: Line,
}

/// What changed between two points.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// New entries, newest first.
    pub entries: Vec<Line>,
    /// Entries withdrawn since, and what was appended to entries.
    pub amended: Vec<Line>,
    /// Each child: seen or not seen.
    pub children: Vec<ChildSince>,
    /// New concerns, and concerns closed since.
    pub concerns: Vec<Line>,
    /// Views that changed, or were given for the first time.
    pub views: Vec<Changed>,
    /// New readings beside the holder's last one.
    pub readings: Vec<Changed>,
    /// Directions that changed, or were given for the first time.
    pub direction: Vec<Changed>,
    /// New goals, and news of goals.
    pub goals: Vec<Line>,
    /// Actions opened.
    pub opened: Vec<ActionChange>,
    /// Actions closed.
    pub closed: Vec<ActionChange>,
    /// Actions that were closed and are open again, or about which the record now disagrees.
    pub reopened: Vec<ActionChange>,
    /// Changes of plan, new safety plans, supervisions and management decisions.
    pub decisions: Vec<Line>,
    /// Facts about which the record now disagrees.
    pub disputes: Vec<Line>,
    /// Records that can't be read and were not there, or could be read, before.
    pub unreadable: Vec<Line>,
}

/// What two points look like, without withdrawn entries.
struct Points<'a> {
    before: Source<'a>,
    after: Source<'a>,
}

/// What `after` has that `before` had not.
pub fn diff(before: &Workbook, after: &Workbook) -> Changes {
    let points = Points {
        before: Source::whole(before),
        after: Source::whole(after),
    };
    let actions = actions::actions(&points);
    Changes {
        entries: news::entries(&points),
        amended: news::amended(&points),
        children: children::children(&points),
        concerns: news::concerns(&points),
        views: measures::views(&points),
        readings: measures::readings(&points),
        direction: measures::direction(&points),
        goals: news::goals(&points),
        opened: actions.opened,
        closed: actions.closed,
        reopened: actions.reopened,
        decisions: news::decisions(&points),
        disputes: news::disputes(&points),
        unreadable: news::unreadable(&points),
    }
}

/// What changed since the last group supervision up to a day: since its chair wrote it down, with
/// all that the chair's device held. `None` before the first.
pub fn since_last_supervision(document: &Document, as_of: Date) -> Option<Changes> {
    let after = document.read();
    let (id, _) = after
        .supervisions
        .iter()
        .filter(|(_, it)| it.date <= as_of)
        .max_by_key(|(id, it)| (it.date, **id))?;
    let point = document.written_at(Collection::Supervisions, &id.to_string())?;
    let before = document.read_at(&[point]).ok()?;
    Some(diff(&before, &after))
}

impl Changes {
    /// Every sentence, in reading order.
    pub fn lines(&self) -> Vec<&Line> {
        let mut lines: Vec<&Line> = self.entries.iter().chain(&self.amended).collect();
        lines.extend(self.children.iter().map(|it| &it.line));
        lines.extend(&self.concerns);
        let changed = [&self.views, &self.readings, &self.direction];
        lines.extend(changed.into_iter().flatten().map(|it| &it.line));
        lines.extend(&self.goals);
        let actions = [&self.opened, &self.closed, &self.reopened];
        lines.extend(actions.into_iter().flatten().map(|it| &it.line));
        lines.extend(self.decisions.iter().chain(&self.disputes));
        lines.extend(&self.unreadable);
        lines
    }
}
