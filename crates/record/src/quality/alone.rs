//! Children who were visited and not seen alone since they last were. A child who was always too
//! young for it is left out.

use super::PersonLine;
use crate::{
    ids::{EntryId, PersonId},
    model::{ChildSeen, Entry},
    source::{Line, Source},
    summary::long_date,
    terms::{Seen, SeenAlone},
};

pub(super) fn not_seen_alone(source: &Source<'_>) -> Vec<PersonLine> {
    source
        .workbook
        .people
        .iter()
        .filter(|(_, person)| person.role.is_child())
        .filter_map(|(id, _)| line(source, *id).map(|line| PersonLine { person: *id, line }))
        .collect()
}

/// `None` when the last time that the child was seen, it was alone, or when nobody could have.
fn line(source: &Source<'_>, child: PersonId) -> Option<Line> {
    let mut since: Vec<(EntryId, &Entry, &ChildSeen)> = Vec::new();
    let mut last_alone = None;
    for (id, entry) in &source.entries {
        let seen = entry.children.iter().filter(|it| it.child == child);
        for seen in seen.filter(|it| it.seen != Seen::NotSeen) {
            if seen.alone == Some(SeenAlone::Yes) {
                last_alone = Some((*id, *entry));
            } else if seen.alone != Some(SeenAlone::TooYoung) {
                since.push((*id, entry, seen));
            }
        }
        if last_alone.is_some() {
            break;
        }
    }
    if since.is_empty() {
        return None;
    }
    let name = source.workbook.person_name(child);
    let mut text = last_alone.map_or_else(
        || format!("{name} has not been seen alone"),
        |(_, entry)| {
            let date = long_date(entry.occurred.start.date());
            format!("{name} has not been seen alone since {date}")
        },
    );
    let times = since.len();
    let s = if times == 1 { "" } else { "s" };
    text.push_str(&format!(" (seen {times} time{s}: {}).", reasons(&since)));
    let mut citations: Vec<_> = since
        .iter()
        .map(|(id, entry, _)| source.cite(*id, entry))
        .collect();
    citations.extend(last_alone.map(|(id, entry)| source.cite(id, entry)));
    Some(Line::new(text, citations))
}

/// The reasons given, newest first, each once.
fn reasons(since: &[(EntryId, &Entry, &ChildSeen)]) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for (_, _, seen) in since {
        let reason = seen
            .alone
            .as_ref()
            .map_or("no reason given", SeenAlone::label);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons.join(", ")
}
