//! Contacts, each child seen and heard, strengths.

use super::{ChildLines, Line};
use crate::{
    ids::PersonId,
    model::{ChildSeen, Entry, Party},
    source::Source,
    terms::{EntryKind, Seen, SeenAlone},
    wording::{capital, long_date},
};

/// How many contacts the summary names; the chronology has them all.
const CONTACTS_SHOWN: usize = 8;

pub(super) fn contacts(source: &Source<'_>) -> Vec<Line> {
    source
        .entries
        .iter()
        // A monthly summary is no contact: its chapter shows it.
        .filter(|(_, entry)| entry.kind != EntryKind::MonthlySummary)
        .take(CONTACTS_SHOWN)
        .map(|(id, entry)| source.line(contact(source, entry), *id, entry))
        .collect()
}

/// What kind of contact, when, what came of it, who was there.
pub(crate) fn contact(source: &Source<'_>, entry: &Entry) -> String {
    contact_with(source, entry, &entry.present)
}

/// The same, naming only some of those who were there.
pub(crate) fn contact_with(source: &Source<'_>, entry: &Entry, present: &[Party]) -> String {
    let mut text = format!(
        "{}, {}: {}",
        capital(entry.kind.label()),
        long_date(entry.occurred.start.date()),
        entry.outcome.label()
    );
    if entry.announced == Some(false) {
        text.push_str(", unannounced");
    }
    let present = source.parties(present);
    if !present.is_empty() {
        text.push_str("; present: ");
        text.push_str(&present.join(", "));
    }
    text.push('.');
    text
}

pub(super) fn children(source: &Source<'_>) -> Vec<ChildLines> {
    let mut children: Vec<_> = source
        .workbook
        .people
        .iter()
        .filter(|(_, person)| person.role.is_child())
        .map(|(id, _)| child(source, *id))
        .collect();
    children.sort_by(|a, b| (&a.name, a.child).cmp(&(&b.name, b.child)));
    children
}

fn child(source: &Source<'_>, child: PersonId) -> ChildLines {
    let name = source.workbook.person_name(child);
    let mut lines = Vec::new();
    let (mut last_seen, mut last_seen_alone) = (None, None);
    for (id, entry) in &source.entries {
        for seen in entry.children.iter().filter(|seen| seen.child == child) {
            let date = entry.occurred.start.date();
            if seen.seen != Seen::NotSeen {
                last_seen.get_or_insert(date);
                if seen.alone == Some(SeenAlone::Yes) {
                    last_seen_alone.get_or_insert(date);
                }
            }
            let text = format!("{name} was {} on {}.", how_seen(seen), long_date(date));
            lines.push(source.line(text, *id, entry));
            if let Some(voice) = &seen.voice {
                let how = voice.how.as_deref().unwrap_or("said");
                let text = format!("{name} ({how}): “{}”", voice.words);
                lines.push(source.line(text, *id, entry));
            }
        }
    }
    ChildLines {
        child,
        name,
        last_seen,
        last_seen_alone,
        lines,
    }
}

/// How a child was seen, alone or why not.
pub(crate) fn how_seen(seen: &ChildSeen) -> String {
    let base = seen.seen.label();
    match &seen.alone {
        _ if seen.seen == Seen::NotSeen => base.to_owned(),
        None => base.to_owned(),
        Some(SeenAlone::Yes) => format!("{base}, alone,"),
        Some(reason) => format!("{base}, not alone ({}),", reason.label()),
    }
}

pub(super) fn strengths(source: &Source<'_>) -> Vec<Line> {
    source
        .entries
        .iter()
        .flat_map(|(id, entry)| {
            entry
                .strengths
                .iter()
                .map(|strength| source.line(strength.text.clone(), *id, entry))
        })
        .collect()
}
