//! Chapters: each discipline's entries, and its monthly summary in its own words.

use super::{Chapter, Line, contact, period};
use crate::{
    ids::{EntryId, ProfessionalId},
    model::Entry,
    source::Source,
    terms::{Discipline, EntryKind},
    wording::{long_date, sentence},
};

/// A chapter for each discipline that has written an entry.
pub(super) fn chapters(source: &Source<'_>) -> Vec<Chapter> {
    let mut disciplines: Vec<&Discipline> = source
        .entries
        .iter()
        .map(|(_, entry)| &entry.discipline)
        .collect();
    disciplines.sort_unstable();
    disciplines.dedup();
    disciplines
        .into_iter()
        .map(|discipline| chapter(source, discipline))
        .collect()
}

fn chapter(source: &Source<'_>, discipline: &Discipline) -> Chapter {
    let from = period::current_from(source);
    let of_chapter = || {
        source
            .entries
            .iter()
            .filter(move |(_, entry)| entry.discipline == *discipline)
    };
    let mut told: Vec<ProfessionalId> = Vec::new();
    let mut monthly_summary = Vec::new();
    for (id, entry) in of_chapter().filter(|(_, it)| it.kind == EntryKind::MonthlySummary) {
        if !told.contains(&entry.by) {
            told.push(entry.by);
            monthly_summary.extend(summary_lines(source, *id, entry));
        }
    }
    let line = |(id, entry): &(EntryId, &Entry)| source.line(contact(source, entry), *id, entry);
    let (this_period, earlier): (Vec<_>, Vec<_>) = of_chapter()
        .filter(|(_, it)| it.kind != EntryKind::MonthlySummary)
        .partition(|(_, it)| from.is_none_or(|from| it.occurred.start.date() >= from));
    Chapter {
        discipline: discipline.label().to_owned(),
        monthly_summary,
        this_period: this_period.into_iter().map(line).collect(),
        earlier: earlier.into_iter().map(line).collect(),
    }
}

/// What a monthly summary says: its statements, then its analysis.
fn summary_lines(source: &Source<'_>, id: EntryId, entry: &Entry) -> Vec<Line> {
    let month = long_date(entry.occurred.start.date());
    let mut lines = vec![source.line(format!("Monthly summary of {month}:"), id, entry)];
    let mut say = |text: String| lines.push(source.line(text, id, entry));
    for statement in &entry.statements {
        say(sentence(&statement.text));
    }
    if let Some(analysis) = &entry.analysis {
        if let Some(changed) = &analysis.changed {
            say(format!("What changed: {}", sentence(changed)));
        }
        for meaning in &analysis.meaning {
            let child = source.workbook.person_name(meaning.child);
            say(format!(
                "What it means for {child}: {}",
                sentence(&meaning.text)
            ));
        }
        if let Some(uncertain) = &analysis.uncertain {
            say(format!("What is uncertain: {}", sentence(uncertain)));
        }
    }
    lines
}
