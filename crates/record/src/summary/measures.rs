//! Readings side by side, tools with their bands and prompts, direction of travel.

use jiff::civil::Date;

use super::{DirectionLine, Line, ReadingLine, ToolLine};
use crate::{
    band,
    ids::EntryId,
    model::{Direction, Entry, Party, Reading, ToolUse},
    source::Source,
    terms::Tool,
    wording::{capital, long_date, push_because},
};

/// Readings by scale, then holder, then date. Never averaged.
pub(super) fn readings(source: &Source<'_>) -> Vec<ReadingLine> {
    let mut lines: Vec<_> = source
        .entries
        .iter()
        .rev()
        .flat_map(|(id, entry)| {
            entry.readings.iter().map(move |reading| {
                let date = entry.occurred.start.date();
                ReadingLine {
                    scale: reading.scale.clone(),
                    holder: source.workbook.party_name(&reading.holder),
                    value: reading.value.to_string(),
                    line: source.line(reading_text(source, reading, date), *id, entry),
                }
            })
        })
        .collect();
    // Stable: within a holder the readings stay in the order of their dates.
    lines.sort_by(|a, b| (&a.scale, &a.holder).cmp(&(&b.scale, &b.holder)));
    lines
}

/// A reading in words: scale, holder, value, day and why.
pub(crate) fn reading_text(source: &Source<'_>, reading: &Reading, date: Date) -> String {
    let mut text = format!(
        "{}: {} said {} of 10 on {}",
        capital(&reading.scale.replace('-', " ")),
        source.workbook.party_name(&reading.holder),
        reading.value,
        long_date(date)
    );
    push_because(&mut text, reading.because.as_deref());
    text
}

pub(super) fn tools(source: &Source<'_>) -> Vec<ToolLine> {
    source
        .entries
        .iter()
        .flat_map(|(id, entry)| {
            entry.tools.iter().map(|used| {
                let band = used.score.and_then(|score| band(&used.tool, score));
                ToolLine {
                    tool: used.tool.label().to_owned(),
                    score: used.score,
                    band: band.map(|band| band.label.to_owned()),
                    judgement: used.judgement.clone(),
                    line: source.line(tool_text(source, used), *id, entry),
                }
            })
        })
        .collect()
}

/// A tool in words: with whom, judgement, score and band, what came of it.
pub(crate) fn tool_text(source: &Source<'_>, used: &ToolUse) -> String {
    let mut text = capital(used.tool.label());
    let with = source.parties(&used.with);
    if !with.is_empty() {
        text.push_str(" with ");
        text.push_str(&with.join(", "));
    }
    // Judgement stands above the score: a low DASH score never speaks first (`DOMAIN` section 2).
    if let Some(judgement) = &used.judgement {
        text.push_str(": professional judgement: ");
        text.push_str(judgement.trim_end_matches('.'));
    }
    if let Some(score) = used.score {
        text.push_str(if used.judgement.is_some() {
            "; score "
        } else {
            ": "
        });
        text.push_str(&score.to_string());
        if let Some(band) = band(&used.tool, score) {
            text.push_str(&format!(", {} ({})", band.label, band.rule));
        }
    }
    if let Some(previous) = used.previous {
        text.push_str(&format!("; before: {previous}"));
    }
    if let Some(reflection) = &used.reflection {
        text.push_str(&format!(". {reflection}"));
    }
    text.push('.');
    text
}

/// The latest word of each author on each domain: authors who differ stand side by side.
pub(super) fn direction(source: &Source<'_>) -> Vec<DirectionLine> {
    let mut lines: Vec<_> = latest_direction(source)
        .into_iter()
        .map(|(id, entry, said)| DirectionLine {
            domain: said.domain.as_ref().map(|domain| domain.label().to_owned()),
            direction: said.direction.label().to_owned(),
            line: source.line(direction_text(said), id, entry),
        })
        .collect();
    lines.sort_by(|a, b| a.domain.cmp(&b.domain));
    lines
}

/// What each author last said about each domain, newest entry first.
pub(crate) fn latest_direction<'a>(
    source: &Source<'a>,
) -> Vec<(EntryId, &'a Entry, &'a Direction)> {
    let mut told = Vec::new();
    let mut latest = Vec::new();
    for (id, entry) in &source.entries {
        for said in entry.direction.iter().rev() {
            let key = (said.domain.clone(), entry.by);
            if !told.contains(&key) {
                told.push(key);
                latest.push((*id, *entry, said));
            }
        }
    }
    latest
}

/// Direction of travel in words.
pub(crate) fn direction_text(said: &Direction) -> String {
    let subject = said
        .domain
        .as_ref()
        .map_or("The family", |domain| domain.label());
    let mut text = format!("{}: {}", capital(subject), said.direction.label());
    push_because(&mut text, said.because.as_deref());
    text
}

/// A safety prompt for each PHQ-9 whose item 9 was answered above 0, newest first, until a later
/// PHQ-9 with the same people answers it with 0. A later one without the item clears nothing.
pub(super) fn prompts(source: &Source<'_>) -> Vec<Line> {
    let mut cleared: Vec<&[Party]> = Vec::new();
    let mut lines = Vec::new();
    for (id, entry) in &source.entries {
        for used in entry.tools.iter().rev().filter(|it| it.tool == Tool::Phq9) {
            match used.item9 {
                Some(0) => cleared.push(&used.with),
                Some(answer) if !cleared.contains(&used.with.as_slice()) => {
                    lines.push(source.line(prompt(source, used, answer, entry), *id, entry));
                }
                _ => {}
            }
        }
    }
    lines
}

fn prompt(source: &Source<'_>, used: &ToolUse, answer: u32, entry: &Entry) -> String {
    let with = source.parties(&used.with);
    let with = if with.is_empty() {
        String::new()
    } else {
        format!(" with {}", with.join(", "))
    };
    format!(
        "Safety prompt: PHQ-9{with} on {}: item 9 was answered {answer} of 3. Ask about thoughts of \
         suicide or self-harm, and record what was done about safety.",
        long_date(entry.occurred.start.date())
    )
}
