//! Actions that still wait for somebody, or about which the record disagrees.

use super::{ActionLine, Line};
use crate::{
    ids::ActionId,
    model::{Action, ActionUpdate},
    source::Source,
    terms::ActionStatus,
    wording::long_date,
};

pub(super) fn open(source: &Source<'_>) -> Vec<ActionLine> {
    let mut lines: Vec<_> = source
        .workbook
        .actions
        .iter()
        .filter_map(|(id, action)| line(source, *id, action))
        .filter(|(_, open)| *open)
        .map(|(line, _)| line)
        .collect();
    // Overdue and soonest first; what has no date comes last.
    lines.sort_by_key(|line| (line.due.is_none(), line.due, line.id));
    lines
}

/// The news of one action that no later news by the same person replaces.
pub(crate) fn standing<'a>(source: &Source<'a>, action: ActionId) -> Vec<&'a ActionUpdate> {
    let from_entries = source
        .entries
        .iter()
        .flat_map(|(_, entry)| &entry.action_updates);
    let between = source.workbook.action_updates.values();
    let mut news: Vec<&ActionUpdate> = from_entries
        .chain(between)
        .filter(|it| it.action == action)
        .collect();
    news.sort_by_key(|it| (it.by, it.at));
    let mut latest: Vec<&ActionUpdate> = Vec::new();
    for update in news {
        match latest.last_mut() {
            Some(last) if last.by == update.by => *last = update,
            _ => latest.push(update),
        }
    }
    latest
}

/// How an action stands: what each author last said, without repetition. Several where they differ.
pub(crate) fn status(source: &Source<'_>, action: ActionId) -> Vec<ActionStatus> {
    let mut status: Vec<_> = standing(source, action)
        .iter()
        .map(|it| it.status.clone())
        .collect();
    status.sort();
    status.dedup();
    if status.is_empty() {
        status.push(ActionStatus::Open);
    }
    status
}

/// An action in words, and whether it still waits for somebody. `None` when it was agreed in an
/// entry that does not count.
pub(crate) fn line(
    source: &Source<'_>,
    id: ActionId,
    action: &Action,
) -> Option<(ActionLine, bool)> {
    let citation =
        source.cite_written_in(action.entry, format!("actions/{id}"), action.by, action.at)?;
    let status = status(source, id);
    let open = status.iter().any(ActionStatus::is_open);
    let overdue = open && action.due.is_some_and(|due| due < source.as_of);
    let mut text = action.text.trim_end_matches('.').to_owned();
    if let Some(owner) = &action.owner {
        text.push_str(&format!(" ({})", source.workbook.party_name(owner)));
    }
    if let Some(due) = action.due {
        let word = if overdue { "overdue since" } else { "due" };
        text.push_str(&format!(", {word} {}", long_date(due)));
    }
    if status.len() > 1 {
        let labels: Vec<_> = status.iter().map(ActionStatus::label).collect();
        text.push_str(&format!("; recorded as both {}", labels.join(" and ")));
    }
    text.push('.');
    let line = ActionLine {
        id,
        status: status.iter().map(|it| it.label().to_owned()).collect(),
        due: action.due,
        overdue,
        line: Line {
            text,
            citations: vec![citation],
        },
    };
    Some((line, open))
}
