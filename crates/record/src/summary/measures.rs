//! Readings side by side, tools with their bands, direction of travel.

use super::{DirectionLine, ReadingLine, Source, ToolLine, children::capital, long_date};
use crate::{band, model::ToolUse};

/// Readings by scale, then holder, then date. Never averaged.
pub(super) fn readings(source: &Source<'_>) -> Vec<ReadingLine> {
    let mut lines: Vec<_> = source
        .entries
        .iter()
        .rev()
        .flat_map(|(id, entry)| {
            entry.readings.iter().map(move |reading| {
                let holder = source.workbook.party_name(&reading.holder);
                let mut text = format!(
                    "{}: {holder} said {} of 10 on {}",
                    capital(&reading.scale.replace('-', " ")),
                    reading.value,
                    long_date(entry.occurred.start.date())
                );
                push_because(&mut text, reading.because.as_deref());
                ReadingLine {
                    scale: reading.scale.clone(),
                    holder,
                    value: reading.value.to_string(),
                    line: source.line(text, *id, entry),
                }
            })
        })
        .collect();
    // Stable: within a holder the readings stay in the order of their dates.
    lines.sort_by(|a, b| (&a.scale, &a.holder).cmp(&(&b.scale, &b.holder)));
    lines
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
                    line: source.line(tool_text(source, used), *id, entry),
                }
            })
        })
        .collect()
}

fn tool_text(source: &Source<'_>, used: &ToolUse) -> String {
    let mut text = capital(used.tool.label());
    let with: Vec<_> = used
        .with
        .iter()
        .map(|party| source.workbook.party_name(party))
        .collect();
    if !with.is_empty() {
        text.push_str(" with ");
        text.push_str(&with.join(", "));
    }
    if let Some(score) = used.score {
        text.push_str(&format!(": {score}"));
        if let Some(band) = band(&used.tool, score) {
            text.push_str(&format!(", {} ({})", band.label, band.rule));
        }
    }
    if let Some(previous) = used.previous {
        text.push_str(&format!("; before: {previous}"));
    }
    if let Some(judgement) = &used.judgement {
        text.push_str(&format!("; professional judgement: {judgement}"));
    }
    if let Some(reflection) = &used.reflection {
        text.push_str(&format!(". {reflection}"));
    }
    text.push('.');
    text
}

/// The latest word of each author on each domain: authors who differ stand side by side.
pub(super) fn direction(source: &Source<'_>) -> Vec<DirectionLine> {
    let mut told = Vec::new();
    let mut lines = Vec::new();
    for (id, entry) in &source.entries {
        for said in entry.direction.iter().rev() {
            let key = (said.domain.clone(), entry.by);
            if told.contains(&key) {
                continue;
            }
            told.push(key);
            let subject = said
                .domain
                .as_ref()
                .map_or("The family", |domain| domain.label());
            let mut text = format!("{}: {}", capital(subject), said.direction.label());
            push_because(&mut text, said.because.as_deref());
            lines.push(DirectionLine {
                domain: said.domain.as_ref().map(|domain| domain.label().to_owned()),
                direction: said.direction.label().to_owned(),
                line: source.line(text, *id, entry),
            });
        }
    }
    lines.sort_by(|a, b| a.domain.cmp(&b.domain));
    lines
}

fn push_because(text: &mut String, because: Option<&str>) {
    if let Some(because) = because {
        text.push_str(", because ");
        text.push_str(because.trim_end_matches('.'));
    }
    text.push('.');
}
