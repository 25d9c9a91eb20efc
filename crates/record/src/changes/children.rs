//! Each child, seen or not seen in the new entries.

use super::{ChildSince, Points};
use crate::{
    ids::{EntryId, PersonId},
    model::{ChildSeen, Entry},
    source::{Line, Source},
    terms::{PersonRole, Seen, SeenAlone},
    wording::long_date,
};

pub(super) fn children(points: &Points<'_>) -> Vec<ChildSince> {
    let people = &points.after.workbook.people;
    let mut children: Vec<_> = people
        .iter()
        .filter(|(_, it)| it.role.is_child() && it.role != PersonRole::UnbornChild)
        .filter_map(|(id, _)| child(points, *id))
        .collect();
    children.sort_by(|a, b| (&a.name, a.child).cmp(&(&b.name, b.child)));
    children
}

fn child(points: &Points<'_>, child: PersonId) -> Option<ChildSince> {
    let known = &points.before.workbook.entries;
    let after = &points.after;
    let name = after.workbook.person_name(child);
    let (new, old): (Vec<_>, Vec<_>) = sightings(after, child)
        .into_iter()
        .partition(|(id, ..)| !known.contains_key(id));
    let alone: Vec<_> = new
        .iter()
        .filter(|(_, _, it)| it.alone == Some(SeenAlone::Yes))
        .collect();
    let line = match new.as_slice() {
        [] => not_seen(
            points,
            child,
            &name,
            old.first().map(|(id, entry, _)| (*id, *entry)),
        )?,
        [(_, newest, _), ..] => {
            let times = if new.len() == 1 {
                "once".to_owned()
            } else {
                format!("{} times", new.len())
            };
            let last = long_date(newest.occurred.start.date());
            let alone = alone.first().map_or_else(
                || "not alone".to_owned(),
                |(_, entry, _)| format!("alone on {}", long_date(entry.occurred.start.date())),
            );
            Line {
                compartments: vec![],
                text: format!("{name} was seen {times}, last on {last}; {alone}."),
                citations: new
                    .iter()
                    .map(|(id, entry, _)| after.cite(*id, entry))
                    .collect(),
            }
        }
    };
    Some(ChildSince {
        child,
        seen: new.len(),
        alone: alone.len(),
        line,
        name,
    })
}

fn not_seen(
    points: &Points<'_>,
    child: PersonId,
    name: &str,
    last: Option<(EntryId, &Entry)>,
) -> Option<Line> {
    let after = &points.after;
    if let Some((id, entry)) = last {
        let date = long_date(entry.occurred.start.date());
        return Some(after.line(format!("{name} was not seen; last on {date}."), id, entry));
    }
    let person = after.workbook.people.get(&child)?;
    let citation = after.cite_record(format!("people/{child}"), person.by, person.at);
    Some(citation.says(format!("{name} was not seen, and never was before.")))
}

/// The entries in which a child was seen, newest first.
fn sightings<'a>(source: &Source<'a>, child: PersonId) -> Vec<(EntryId, &'a Entry, &'a ChildSeen)> {
    let mut sightings = Vec::new();
    for (id, entry) in &source.entries {
        let seen = entry
            .children
            .iter()
            .find(|it| it.child == child && it.seen != Seen::NotSeen);
        sightings.extend(seen.map(|seen| (*id, *entry, seen)));
    }
    sightings
}
