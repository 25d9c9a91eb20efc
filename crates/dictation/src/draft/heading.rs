//! Spoken headings: which words open which section of the note.
//!
//! A heading opens a sentence. Short ones ("Strengths") count only when they stand apart, by
//! punctuation or by a capital after them; long ones ("direction of travel") count always.
//! What a section's sentences mean doesn't belong here.

use super::{
    heading_words::{LEADS, LINKS, LONG, SHORT},
    phrase::match_at,
    token::Token,
};

/// The part of the note that a sentence stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Opening,
    Present,
    Absent,
    Purpose,
    Account,
    Strengths,
    Concerns,
    Views,
    Voice,
    Tools,
    Scaling,
    Stage,
    Direction,
    Safety,
    Analysis,
    Actions,
    Next,
}

impl Section {
    /// The name that statements and markers show.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Purpose => "purpose",
            Self::Account => "account",
            Self::Strengths => "strengths",
            Self::Concerns => "concerns",
            Self::Views => "views",
            Self::Voice => "child's voice",
            Self::Tools => "tools",
            Self::Scaling => "scaling",
            Self::Stage => "stage of change",
            Self::Direction => "direction of travel",
            Self::Safety => "immediate safety",
            Self::Analysis => "analysis",
            Self::Actions => "actions",
            Self::Next => "next contact",
        }
    }
}

/// A heading at the start of these tokens: its section and where the body begins.
pub(super) fn heading(tokens: &[Token], start: usize, end: usize) -> Option<(Section, usize)> {
    let (section, body) = first_heading(tokens, start, end)?;
    // "What needs to change, or what I am worried about": the second says it better.
    let second = match_at(tokens, body, end, "or|and")
        .and_then(|again| first_heading(tokens, again, end))
        .filter(|(_, stop)| *stop == end);
    Some(second.unwrap_or((section, body)))
}

fn first_heading(tokens: &[Token], start: usize, end: usize) -> Option<(Section, usize)> {
    let mut from = start;
    for _ in 0..3 {
        if let Some(found) = plain(tokens, from, end) {
            return Some(found);
        }
        from = LEADS
            .iter()
            .find_map(|lead| match_at(tokens, from, end, lead))
            .filter(|at| *at > from && *at < end)?;
    }
    plain(tokens, from, end)
}

fn plain(tokens: &[Token], from: usize, end: usize) -> Option<(Section, usize)> {
    let long = LONG
        .iter()
        .filter_map(|(pattern, section)| Some((*section, match_at(tokens, from, end, pattern)?)));
    if let Some((section, stop)) = long.max_by_key(|(_, stop)| *stop) {
        return Some((section, after_link(tokens, stop, end)));
    }
    let short = SHORT
        .iter()
        .filter_map(|(pattern, section)| Some((*section, match_at(tokens, from, end, pattern)?)))
        .filter(|(_, stop)| *stop > from);
    let apart =
        short.filter_map(|(section, stop)| Some((section, stop, body(tokens, from, stop, end)?)));
    apart
        .max_by_key(|(_, stop, _)| *stop)
        .map(|(section, _, body)| (section, body))
}

fn after_link(tokens: &[Token], stop: usize, end: usize) -> usize {
    LINKS
        .iter()
        .filter_map(|link| match_at(tokens, stop, end, link))
        .max()
        .unwrap_or(stop)
}

/// Where the body begins if the short heading `from..stop` stands apart from what follows.
fn body(tokens: &[Token], from: usize, stop: usize, end: usize) -> Option<usize> {
    if stop >= end {
        return Some(stop);
    }
    let last = tokens.get(stop - 1)?;
    if last.gap.contains([',', ':', ';', '–', '—']) || last.gap.contains(" - ") {
        return Some(stop);
    }
    let linked = after_link(tokens, stop, end);
    if linked > stop {
        // "Strengths are that she…", but not "Progress is slow" or "The plan is working".
        let plural = tokens.get(stop - 1).is_some_and(|t| t.lower.ends_with('s'));
        let opens = tokens
            .get(linked - 1)
            .is_some_and(|t| matches!(t.lower.as_str(), "that" | "to"));
        return (plural || opens).then_some(linked);
    }
    let next = tokens.get(stop)?;
    let opens = next.capital
        && tokens.get(from).is_some_and(|t| t.capital)
        && last.gap.chars().all(char::is_whitespace);
    (opens && !next.acronym).then_some(stop)
}
