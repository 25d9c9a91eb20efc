//! Actions that still wait for somebody, or about which the record disagrees.

use super::{ActionLine, Line};
use crate::{
    ids::ActionId,
    model::{Action, ActionUpdate},
    source::{Citation, Source},
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

/// The news of one action that no later news by the same person replaces, each with its source.
fn standing<'a>(source: &Source<'a>, action: ActionId) -> Vec<(&'a ActionUpdate, Citation)> {
    let mut news: Vec<(&ActionUpdate, Citation)> = Vec::new();
    for (id, entry) in &source.entries {
        let told = entry.action_updates.iter().filter(|it| it.action == action);
        news.extend(told.map(|it| (it, source.cite(*id, entry))));
    }
    let between = source.workbook.action_updates.iter();
    news.extend(
        between
            .filter(|(_, it)| it.action == action)
            .map(|(id, it)| {
                let record = format!("actionUpdates/{id}");
                (it, source.cite_record(record, it.by, it.at))
            }),
    );
    news.sort_by_key(|(it, _)| (it.by, it.at));
    let mut latest: Vec<(&ActionUpdate, Citation)> = Vec::new();
    for update in news {
        match latest.last_mut() {
            Some(last) if last.0.by == update.0.by => *last = update,
            _ => latest.push(update),
        }
    }
    latest
}

/// How an action stands: what each author last said, without repetition. Several where they differ.
pub(crate) fn status(source: &Source<'_>, action: ActionId) -> Vec<ActionStatus> {
    terms(&standing(source, action))
}

fn terms(standing: &[(&ActionUpdate, Citation)]) -> Vec<ActionStatus> {
    let mut status: Vec<_> = standing.iter().map(|(it, _)| it.status.clone()).collect();
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
    let standing = standing(source, id);
    let status = terms(&standing);
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
    let mut citations = vec![citation];
    if status.len() > 1 {
        citations.extend(standing.into_iter().map(|(_, citation)| citation));
    }
    let line = ActionLine {
        id,
        status: status.iter().map(|it| it.label().to_owned()).collect(),
        due: action.due,
        overdue,
        line: Line {
            compartments: vec![],
            text,
            citations,
        },
    };
    Some((line, open))
}
