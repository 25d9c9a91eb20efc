//! Sentences of the transcript and the section each stands in.
//!
//! Invariant: every character that is not white space lies in exactly one sentence, so that what
//! is kept per sentence is all that was said. Engines drop full stops: a capitalised heading in
//! mid-sentence ("… left the house Actions I will …") opens a new sentence.

use std::ops::Range;

use super::{
    heading::{Section, heading},
    part_words::{NO_WORRY, WORRY},
    phrase::{find, match_at},
    span::Span,
    token::Token,
};

/// Spoken marks that are no content.
const MARKS: &[(&str, &str)] = &[
    (
        "end|ends|end's of the? note|notes|recording|dictation|message|entry",
        "end of note",
    ),
    ("that's all|everything|it for? now?", "end of note"),
    ("that is all|everything|it for? now?", "end of note"),
    ("note ends", "end of note"),
    ("end of visit note", "end of note"),
    ("full stop", "spoken punctuation"),
    ("new paragraph|line", "spoken punctuation"),
    ("next paragraph", "spoken punctuation"),
    ("comma", "spoken punctuation"),
];

/// After these a full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &["mr", "mrs", "ms", "dr", "st", "prof", "no", "approx"];

/// Headings distinct enough to be believed in mid-sentence.
const BREAKERS: &[&str] = &[
    "strengths",
    "concerns",
    "worries",
    "actions",
    "tools used",
    "tools",
    "direction of travel",
    "next steps",
    "next visit",
    "next session",
    "next contact",
    "next appointment",
    "immediate safety",
    "stage of change",
    "positives",
    "action points",
    "end of note",
    "analysis",
    "risks",
    "no immediate safety",
    "scaling",
];

/// One sentence.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// All of it, punctuation included.
    pub(super) span: Span,
    /// The heading's words at its start, if any.
    pub(super) heading: Option<Section>,
    /// Tokens after the heading.
    pub(super) body: Range<usize>,
    /// Where the body begins in the text.
    pub(super) body_span: Span,
    /// The section that it stands in (its own heading included).
    pub(super) section: Section,
    /// A spoken mark rather than content.
    pub(super) mark: Option<&'static str>,
}

/// Cuts a text into sentences and gives each its section.
pub(super) fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut section = Section::Opening;
    for (span, range) in cut(text, tokens) {
        let opened = heading(tokens, range.start, range.end);
        let body = opened.map_or(range.start, |(_, at)| at)..range.end;
        section = match opened {
            Some((next, _)) => next,
            // These introduce one sentence, not a section.
            None if matches!(
                section,
                Section::Present | Section::Absent | Section::Purpose
            ) =>
            {
                Section::Opening
            }
            // A worry in so many words ends the talk of strengths.
            None if section == Section::Strengths && worry(tokens, range.clone()) => {
                Section::Account
            }
            None => section,
        };
        // The last words of a note are its end, however they were heard ("End of Noke").
        let last = range.end == tokens.len()
            && match_at(tokens, range.start, range.end, "end of _") == Some(range.end);
        let ending = ("end of _", "end of note");
        let mark = MARKS
            .iter()
            .chain(last.then_some(&ending))
            .find(|(pattern, _)| {
                match_at(tokens, range.start, range.end, pattern) == Some(range.end)
            });
        let from = if opened.is_none() {
            span.0
        } else {
            tokens
                .get(body.start)
                .filter(|_| !body.is_empty())
                .map_or(span.1, |t| t.start)
        };
        found.push(Sentence {
            span,
            heading: opened.map(|(section, _)| section),
            body_span: Span(from, span.1),
            body,
            section,
            mark: mark.map(|&(_, kind)| kind).filter(|_| !range.is_empty()),
        });
    }
    found
}

fn worry(tokens: &[Token], range: Range<usize>) -> bool {
    let early = range.start..range.end.min(range.start + 6);
    let place = find(tokens, early, WORRY);
    place.is_some_and(|place| place.start <= range.start + 1)
        && find(tokens, range, NO_WORRY).is_none()
}

/// Spans of sentences with their tokens.
fn cut(text: &str, tokens: &[Token]) -> Vec<(Span, Range<usize>)> {
    let mut pieces = Vec::new();
    let (mut from_byte, mut from_token) = (0, 0);
    for at in 0..tokens.len() {
        let Some(stop) = sentence_end(tokens, at) else {
            continue;
        };
        pieces.push((Span(from_byte, stop).trimmed(text), from_token..at + 1));
        (from_byte, from_token) = (stop, at + 1);
    }
    let rest = Span(from_byte, text.len()).trimmed(text);
    if rest.0 < rest.1 {
        pieces.push((rest, from_token..tokens.len()));
    }
    pieces
}

/// The byte at which the sentence that ends with this token ends, if one does.
fn sentence_end(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1)?;
    // Engines put a full stop before a reason, and in the middle of a clause.
    if continues(next) && !token.gap.contains('\n') {
        return None;
    }
    if let Some(mark) = token.gap.find(['.', '!', '?', '\n', '…']) {
        let followed =
            token.gap[mark..].contains(char::is_whitespace) || token.gap[mark..].contains('\n');
        let short = ABBREVIATIONS.contains(&token.lower.as_str())
            && token.gap.starts_with('.')
            && next.capital;
        let initials = matches!(token.lower.as_str(), "am" | "pm" | "gp" | "eg" | "ie")
            && token.gap.starts_with('.')
            && !next.capital;
        if followed && !short && !initials {
            // Closing quotes and brackets belong to the sentence that they close.
            let rest = &token.gap[mark..];
            let width = rest.find(char::is_whitespace).unwrap_or(rest.len());
            return Some(token.end + mark + width);
        }
    }
    breaks_before(tokens, at + 1).then_some(token.end)
}

/// A word that begins no sentence of its own.
fn continues(next: &Token) -> bool {
    let verb = matches!(
        next.lower.as_str(),
        "was" | "were" | "is" | "has" | "had" | "which" | "and" | "who"
    );
    next.lower == "because" || (verb && !next.capital)
}

/// A capitalised heading (or one between commas) in the middle of a sentence.
fn breaks_before(tokens: &[Token], at: usize) -> bool {
    let (Some(before), Some(first)) = (tokens.get(at.wrapping_sub(1)), tokens.get(at)) else {
        return false;
    };
    let stop = BREAKERS
        .iter()
        .filter_map(|pattern| match_at(tokens, at, tokens.len(), pattern))
        .max();
    let Some(last) = stop.and_then(|stop| tokens.get(stop - 1)) else {
        return false;
    };
    let bare = before.gap.chars().all(char::is_whitespace) && !before.gap.is_empty();
    let comma = before.gap.trim_end().ends_with([',', ';']);
    let after = last.gap.trim();
    let ahead = stop.and_then(|stop| tokens.get(stop));
    let body = ahead.is_some_and(|next| {
        next.capital || !matches!(next.lower.as_str(), "and" | "or" | "of" | "to")
    });
    // "the Strengths and Difficulties", "new Actions": a lower-case word before makes it a phrase.
    let phrase = matches!(
        before.lower.as_str(),
        "the" | "and" | "of" | "a" | "an" | "my" | "no" | "our" | "these" | "those" | "for" | "in"
    );
    let plain = matches!(
        before.lower.as_str(),
        "the" | "of" | "a" | "in" | "our" | "this" | "positive" | "overall"
    );
    let travel = match_at(tokens, at, tokens.len(), "direction of travel").is_some()
        && !plain
        && !before.gap.is_empty();
    // "… keep the texts next contact by phone": nobody says "texts next".
    let own = matches!(
        before.lower.as_str(),
        "the"
            | "our"
            | "her"
            | "his"
            | "a"
            | "my"
            | "until"
            | "till"
            | "at"
            | "before"
            | "for"
            | "by"
            | "to"
            | "their"
            | "and"
            | "of"
            | "from"
            | "is"
            | "was"
            | "your"
            | "on"
            | "this"
            | "that"
    );
    let next_one = (comma || !own) && match_at(tokens, at, tokens.len(), "next visit|session|contact|appointment on|is|by|at|in|will|monday|tuesday|wednesday|thursday|friday").is_some();
    if (travel || next_one) && !first.capital {
        return true;
    }
    (first.capital && (bare || comma) && body && !phrase && !before.capital)
        || (comma && after.starts_with([',', ':']))
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokens, sentences};
    use crate::draft::heading::Section;

    fn split(text: &str) -> Vec<(String, Section)> {
        let t = tokens(text);
        sentences(text, &t)
            .iter()
            .map(|s| (s.span.of(text).to_owned(), s.section))
            .collect()
    }

    #[test]
    fn abbreviations_and_times_do_not_end_sentences() {
        let cut = split("At 4.15 p.m. Dr. Patel came at 2 p.m. and left. \"Fine.\" Bye");
        let texts: Vec<_> = cut.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "At 4.15 p.m.",
                "Dr. Patel came at 2 p.m. and left.",
                "\"Fine.\"",
                "Bye"
            ]
        );
    }

    #[test]
    fn a_heading_without_a_full_stop_before_it() {
        let cut = split("The house was calm Actions I will ring the school");
        assert_eq!(
            cut[1],
            (
                "Actions I will ring the school".to_owned(),
                Section::Actions
            )
        );
    }
}
