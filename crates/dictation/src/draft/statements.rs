//! Everything that no other item holds whole, kept word for word, with what kind of saying it is.
//!
//! Invariant: after this, statements, strengths, concerns, views, actions, directions and markers
//! together cover every character that is not white space.

use std::ops::Range;

use super::{
    cast::AUTHOR,
    heading::Section,
    model::{Draft, Marker, Statement},
    note::Note,
    part::Part,
    sentence::Sentence,
    span::Span,
    speech::speech,
};

const NATURES: &[(&str, &[&str])] = &[
    (
        "document",
        &[
            "report|letter|assessment|plan|record|records|notification|minutes|order|email|referral says|said|states|stated|shows|showed|confirms|notes|from",
            "according to the report|letter|records|notification|minutes|plan",
            "attendance report|figures|record",
        ],
    ),
    (
        "hypothesis",
        &[
            "may|might|could be|have|explain|mean|suggest",
            "possibly|perhaps|maybe",
            "i wonder",
            "it is possible",
            "i suspect",
            "one explanation",
        ],
    ),
    (
        "analysis",
        &[
            "my analysis",
            "this means",
            "suggests|indicates that",
            "what this means",
            "the impact|effect on|of",
            "because of this",
            "the pattern",
            "on balance",
            "overall",
        ],
    ),
    (
        "professional opinion",
        &[
            "i think|feel|believe|consider|am|remain|would|was worried|concerned|of|say|confident|pleased?",
            "i'm worried|concerned|confident|not|of",
            "in my professional? view|opinion|judgement",
            "my view|opinion|impression|sense|feeling",
            "it is my",
            "appeared|seemed|seems|appears to",
            "i assess",
        ],
    ),
];

pub(super) fn read(note: &Note<'_>, draft: &mut Draft, parts: &[Part]) {
    for (sentence, part) in note.sentences.iter().zip(parts) {
        if let Some(section) = sentence.heading {
            let end = if sentence.body.is_empty() {
                sentence.span.1
            } else {
                sentence.body_span.0
            };
            let span = Span(sentence.span.0, end).trimmed(note.text);
            draft.markers.push(Marker {
                text: span.of(note.text).to_owned(),
                kind: "heading".to_owned(),
                section: Some(section.label().to_owned()),
                span,
            });
        }
        if let Some(kind) = sentence.mark {
            let start = if sentence.heading.is_some() {
                sentence.body_span.0
            } else {
                sentence.span.0
            };
            let span = Span(start, sentence.span.1);
            if span.0 < span.1 {
                draft.markers.push(Marker {
                    text: span.of(note.text).to_owned(),
                    kind: kind.to_owned(),
                    section: None,
                    span,
                });
            }
            continue;
        }
        if sentence.body.is_empty() && sentence.heading.is_some() {
            continue;
        }
        if !held(note, draft, sentence.body_span) {
            draft.statements.push(statement(note, sentence, *part));
        }
    }
    used_by(draft);
}

/// Whether text-bearing items already hold every character of a span.
fn held(note: &Note<'_>, draft: &Draft, span: Span) -> bool {
    let items = || {
        let views = draft
            .concerns
            .iter()
            .flat_map(|c| c.views.iter().map(|v| v.span));
        draft
            .strengths
            .iter()
            .map(|s| s.span)
            .chain(draft.concerns.iter().map(|c| c.span))
            .chain(views)
            .chain(draft.actions.iter().map(|a| a.span))
            .chain(draft.direction.iter().map(|d| d.span))
    };
    span.of(note.text)
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .all(|(at, c)| {
            let byte = Span(span.0 + at, span.0 + at + c.len_utf8());
            items().any(|item| item.contains(byte))
        })
}

fn statement(note: &Note<'_>, sentence: &Sentence, part: Part) -> Statement {
    let range = &sentence.body;
    let about: Vec<String> = note
        .family_in(range)
        .into_iter()
        .map(|who| note.short(who))
        .collect();
    let section = Some(sentence.section)
        .filter(|section| *section != Section::Opening)
        .map(|section| section.label().to_owned());
    let nature = if range.is_empty() {
        None
    } else {
        Some(nature(note, sentence, range, part))
    };
    Statement {
        text: sentence.body_span.of(note.text).to_owned(),
        nature,
        about,
        section,
        used_by: Vec::new(),
        span: sentence.body_span,
    }
}

fn nature(note: &Note<'_>, sentence: &Sentence, range: &Range<usize>, part: Part) -> String {
    if let Some(said) = speech(&note.tokens, range.clone())
        && let Some(speaker) = note.before(said.cue.start, range)
        && let Some(&who) = speaker.who.first().filter(|who| **who != AUTHOR)
    {
        return format!("reported by {}", note.short(who));
    }
    if part == Part::View {
        return "family's view".to_owned();
    }
    let believes = note
        .find(
            range.clone(),
            &["thinks|feels|believes|wants|hopes|worries|would like"],
        )
        .is_some_and(|cue| {
            note.before(cue.start, range)
                .is_some_and(|m| !m.who.contains(&AUTHOR) && cue.start - m.tokens.end <= 1)
        });
    if believes {
        return "family's view".to_owned();
    }
    let found = NATURES
        .iter()
        .find(|(_, words)| note.has(range, words))
        .map(|(nature, _)| *nature);
    let plain = if sentence.section == Section::Analysis {
        "analysis"
    } else {
        "observed fact"
    };
    found.unwrap_or(plain).to_owned()
}

/// Names the fields that were filled from each statement.
fn used_by(draft: &mut Draft) {
    let mut filled: Vec<(String, Span)> = draft
        .sources
        .iter()
        .map(|source| (source.field.clone(), source.span))
        .collect();
    filled.extend(draft.children.iter().flat_map(|child| {
        child
            .voice_spans
            .iter()
            .map(|span| ("voice".to_owned(), *span))
    }));
    filled.extend(
        draft
            .scores
            .iter()
            .map(|score| ("scores".to_owned(), score.span)),
    );
    filled.extend(
        draft
            .readings
            .iter()
            .map(|reading| ("readings".to_owned(), reading.span)),
    );
    for statement in &mut draft.statements {
        for (field, _) in filled
            .iter()
            .filter(|(_, span)| statement.span.contains(*span))
        {
            if !statement.used_by.contains(field) {
                statement.used_by.push(field.clone());
            }
        }
    }
}
