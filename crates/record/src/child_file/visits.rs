//! Visits and contacts as far as they are the child's: seen, alone, voice, what was said and meant.

use std::collections::BTreeSet;

use serde::Serialize;

use super::File;
use crate::{
    about::Share,
    ids::{EntryId, PersonId},
    model::{Entry, Party, Statement},
    source::Line,
    summary::{contact_with, how_seen, reading_text, tool_text},
    terms::Nature,
    wording::{capital, long_date, sentence},
};

/// One visit or contact, as far as it is the child's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitLines {
    /// The entry.
    pub entry: EntryId,
    /// What kind, when, what came of it, who was there.
    pub line: Line,
    /// Whether the child was seen, alone or why not, and the child's voice.
    pub seen: Vec<Line>,
    /// Statements and analysis.
    pub said: Vec<Line>,
}

/// The entries about the child, newest first, and markers for what was left out of them.
pub(super) fn visits(file: &File<'_>) -> (Vec<VisitLines>, Vec<Line>) {
    let mut left_out = Vec::new();
    let visits = file
        .source
        .entries
        .iter()
        .filter_map(|(id, entry)| {
            let around = file.children.of_entry(entry);
            around
                .contains(&file.child)
                .then(|| visit(file, *id, entry, &around, &mut left_out))
        })
        .collect();
    (visits, left_out)
}

fn visit(
    file: &File<'_>,
    id: EntryId,
    entry: &Entry,
    around: &BTreeSet<PersonId>,
    left_out: &mut Vec<Line>,
) -> VisitLines {
    let source = &file.source;
    let present: Vec<Party> = entry
        .present
        .iter()
        .filter(|it| !matches!(it, Party::Person(id) if file.is_other_child(*id)))
        .cloned()
        .collect();
    let mut said = Vec::new();
    let mut unsaid = 0_usize;
    for (tags, what, words) in parts(file, entry) {
        match file.children.share(file.child, tags, &[words], around) {
            Share::Family if !is_with_child(file, entry) => {}
            Share::Own | Share::Family => {
                said.push(source.line(format!("{what}{}", sentence(words)), id, entry));
            }
            Share::Others => {}
            Share::Unsaid => unsaid += 1,
        }
    }
    let meaning = entry.analysis.iter().flat_map(|it| &it.meaning);
    said.extend(meaning.filter(|it| it.child == file.child).map(|it| {
        let text = format!("What it means for {}: {}", file.name, sentence(&it.text));
        source.line(text, id, entry)
    }));
    if unsaid > 0 {
        let parts = if unsaid == 1 { "part does" } else { "parts do" };
        let text = format!(
            "{unsaid} {parts} not say which child is meant ({} of {}).",
            entry.kind.label(),
            long_date(entry.occurred.start.date())
        );
        left_out.push(source.line(text, id, entry));
    }
    VisitLines {
        entry: id,
        line: source.line(contact_with(source, entry, &present), id, entry),
        seen: seen(file, id, entry),
        said,
    }
}

/// Whether the child was there, or a visit was to them: what an adult says in a session of their own
/// stays out, even where one sentence of it is about the child.
fn is_with_child(file: &File<'_>, entry: &Entry) -> bool {
    entry.children.iter().any(|it| it.child == file.child)
        || entry.present.contains(&Party::Person(file.child))
}

/// The parts of an entry that may be about anybody: whom they are about, how they begin, the words.
fn parts<'a>(
    file: &File<'_>,
    entry: &'a Entry,
) -> impl Iterator<Item = (&'a [PersonId], String, &'a str)> {
    let statements = entry.statements.iter().map(|it| {
        let nature = format!("{}: ", nature(file, it));
        (it.about.as_slice(), nature, it.text.as_str())
    });
    let analysis = entry.analysis.iter().flat_map(|it| {
        let changed = it.changed.iter().map(|it| ("What changed: ", it.as_str()));
        let uncertain = it.uncertain.iter().map(|it| ("Uncertain: ", it.as_str()));
        changed.chain(uncertain)
    });
    let nobody: &[PersonId] = &[];
    statements.chain(analysis.map(move |(what, words)| (nobody, what.to_owned(), words)))
}

/// What kind of statement it is and who reported it, unless that was another child.
fn nature(file: &File<'_>, statement: &Statement) -> String {
    let source = statement
        .source
        .as_ref()
        .filter(|it| !matches!(it, Party::Person(id) if file.is_other_child(*id)))
        .map(|it| file.source.workbook.party_name(it));
    match (&statement.nature, source) {
        (Nature::Reported, None) => "Reported".to_owned(),
        (Nature::Reported, Some(name)) => format!("Reported by {name}"),
        (nature, None) => capital(nature.label()),
        (nature, Some(name)) => format!("{} ({name})", capital(nature.label())),
    }
}

fn seen(file: &File<'_>, id: EntryId, entry: &Entry) -> Vec<Line> {
    let date = long_date(entry.occurred.start.date());
    let mut lines = Vec::new();
    for seen in entry.children.iter().filter(|it| it.child == file.child) {
        let text = format!("{} was {} on {date}.", file.name, how_seen(seen));
        lines.push(file.source.line(text, id, entry));
        if let Some(voice) = &seen.voice {
            let how = voice.how.as_deref().unwrap_or("said");
            let text = format!("{} ({how}): “{}”", file.name, voice.words);
            lines.push(file.source.line(text, id, entry));
        }
    }
    lines
}

/// The child's own readings, and tools used with the child and with no other child.
pub(super) fn measures(file: &File<'_>) -> Vec<Line> {
    let source = &file.source;
    let me = Party::Person(file.child);
    let mut lines = Vec::new();
    for (id, entry) in &source.entries {
        let date = entry.occurred.start.date();
        for reading in entry.readings.iter().filter(|it| it.holder == me) {
            lines.push(source.line(reading_text(source, reading, date), *id, entry));
        }
        for used in entry.tools.iter().filter(|it| it.with.contains(&me)) {
            let shared = |it: &Party| matches!(it, Party::Person(id) if file.is_other_child(*id));
            if !used.with.iter().any(shared) {
                lines.push(source.line(tool_text(source, used), *id, entry));
            }
        }
    }
    lines
}

/// Strengths about the child, and those about no child in entries with the child.
pub(super) fn strengths(file: &File<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (id, entry) in &file.source.entries {
        let around = file.children.of_entry(entry);
        for strength in &entry.strengths {
            let share =
                file.children
                    .share(file.child, &strength.about, &[&strength.text], &around);
            let family = share == Share::Family && is_with_child(file, entry);
            if share == Share::Own || family {
                lines.push(file.source.line(sentence(&strength.text), *id, entry));
            }
        }
    }
    lines
}
