//! Views, readings and directions beside what the same person said before.

use super::{Changed, Points};
use crate::{
    ids::EntryId,
    model::{Entry, Reading},
    source::Source,
    summary::{direction_text, latest_direction, reading_text, told, view_text},
};

/// Views whose latest word differs from the last one before, per holder and author.
pub(super) fn views(points: &Points<'_>) -> Vec<Changed> {
    let (before, after) = (&points.before, &points.after);
    let mut changed = Vec::new();
    for (id, concern) in &after.workbook.concerns {
        let earlier = told(before, *id);
        for (key, views) in told(after, *id) {
            let Some((entry_id, entry, view)) = views.first() else {
                continue;
            };
            let was = earlier.get(&key).and_then(|views| views.first());
            let was = was.map(|(_, _, view)| view.agreement.label().to_owned());
            let now = view.agreement.label().to_owned();
            if was.as_ref() == Some(&now) {
                continue;
            }
            let text = beside(view_text(after, view), was.as_deref());
            changed.push(Changed {
                subject: concern.statement.clone(),
                concern: Some(*id),
                holder: after.workbook.party_name(&view.holder),
                before: was,
                after: now,
                line: after.line(text, *entry_id, entry),
            });
        }
    }
    changed
}

/// Every reading of a new entry, beside its holder's last one before.
pub(super) fn readings(points: &Points<'_>) -> Vec<Changed> {
    let (before, after) = (&points.before, &points.after);
    let mut changed = Vec::new();
    for (id, entry) in after.entries.iter().rev() {
        if before.workbook.entries.contains_key(id) {
            continue;
        }
        for reading in &entry.readings {
            let was = last_reading(before, reading).map(|it| it.value.to_string());
            let date = entry.occurred.start.date();
            let text = beside(reading_text(after, reading, date), was.as_deref());
            changed.push(Changed {
                subject: reading.scale.clone(),
                concern: None,
                holder: after.workbook.party_name(&reading.holder),
                before: was,
                after: reading.value.to_string(),
                line: after.line(text, *id, entry),
            });
        }
    }
    changed
}

fn last_reading<'a>(source: &Source<'a>, like: &Reading) -> Option<&'a Reading> {
    source
        .entries
        .iter()
        .flat_map(|(_, entry)| entry.readings.iter().rev())
        .find(|it| it.scale == like.scale && it.holder == like.holder)
}

/// Directions whose latest word differs from the author's last one before.
pub(super) fn direction(points: &Points<'_>) -> Vec<Changed> {
    let after = &points.after;
    let earlier = latest_direction(&points.before);
    let changed = |(id, entry, said): (EntryId, &Entry, &crate::model::Direction)| {
        let same = |it: &&(EntryId, &Entry, &crate::model::Direction)| {
            it.1.by == entry.by && it.2.domain == said.domain
        };
        let was = earlier.iter().find(same);
        let was = was.map(|(_, _, it)| it.direction.label().to_owned());
        let now = said.direction.label().to_owned();
        if was.as_ref() == Some(&now) {
            return None;
        }
        let subject = said.domain.as_ref().map_or("the family", |it| it.label());
        Some(Changed {
            subject: subject.to_owned(),
            concern: None,
            holder: after.workbook.professional_name(entry.by).to_owned(),
            before: was.clone(),
            after: now,
            line: after.line(beside(direction_text(said), was.as_deref()), id, entry),
        })
    };
    latest_direction(after)
        .into_iter()
        .filter_map(changed)
        .collect()
}

/// What is said now, with what was said before.
fn beside(mut text: String, was: Option<&str>) -> String {
    text.push_str(&was.map_or_else(
        || " (first time)".to_owned(),
        |was| format!(" (before: {was})"),
    ));
    text
}
