//! Actions opened, closed and reopened. An action that one closes while another keeps it open is
//! not closed: it still waits for somebody, and the record says both.

use super::{ActionChange, Points};
use crate::{
    ids::{ActionId, EntryId},
    model::ActionUpdate,
    source::Citation,
    summary::{action_line, action_status},
    terms::ActionStatus,
};

#[derive(Default)]
pub(super) struct ActionChanges {
    pub(super) opened: Vec<ActionChange>,
    pub(super) closed: Vec<ActionChange>,
    pub(super) reopened: Vec<ActionChange>,
}

pub(super) fn actions(points: &Points<'_>) -> ActionChanges {
    let mut changes = ActionChanges::default();
    let (before, after) = (&points.before, &points.after);
    for (id, action) in &after.workbook.actions {
        let Some((now, open)) = action_line(after, *id, action) else {
            continue;
        };
        let known = before.workbook.actions.contains_key(id);
        let status = action_status(after, *id);
        let was_open = known && action_status(before, *id).iter().any(ActionStatus::is_open);
        let disagrees = status.len() > 1 && action_status(before, *id) != status;
        let into = match (known, was_open, open) {
            (false, _, true) => &mut changes.opened,
            (true, false, true) => &mut changes.reopened,
            (true, true, true) if disagrees => &mut changes.reopened,
            (true, true, false) | (false, _, false) => &mut changes.closed,
            (true, ..) => continue,
        };
        let mut line = now.line;
        if known || !open {
            let labels: Vec<_> = status.iter().map(ActionStatus::label).collect();
            let notes = news(points, *id);
            line.text = format!("{} Now {}.", line.text, labels.join(" and "));
            for (update, citation) in notes {
                if let Some(note) = &update.note {
                    line.text
                        .push_str(&format!(" {}", crate::wording::sentence(note)));
                }
                if !line.citations.contains(&citation) {
                    line.citations.push(citation);
                }
            }
        }
        into.push(ActionChange { id: *id, line });
    }
    changes
}

/// The news of an action since the earlier point, each with where it stands.
fn news<'a>(points: &Points<'a>, action: ActionId) -> Vec<(&'a ActionUpdate, Citation)> {
    let (before, after) = (points.before.workbook, &points.after);
    let mut news: Vec<(&ActionUpdate, Citation)> = Vec::new();
    for (id, it) in &after.workbook.action_updates {
        if it.action == action && !before.action_updates.contains_key(id) {
            let citation = after.cite_record(format!("actionUpdates/{id}"), it.by, it.at);
            news.push((it, citation));
        }
    }
    for (id, entry) in after.entries.iter().filter(|(id, _)| is_new(points, *id)) {
        let told = entry.action_updates.iter().filter(|it| it.action == action);
        news.extend(told.map(|it| (it, after.cite(*id, entry))));
    }
    news.sort_by_key(|(it, _)| (it.at, it.by));
    news
}

fn is_new(points: &Points<'_>, id: EntryId) -> bool {
    !points.before.workbook.entries.contains_key(&id)
}
