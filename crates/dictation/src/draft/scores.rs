//! Scores of tools and their bands.
//!
//! Bands by rule: AUDIT as in the field notes (0 low, 8 increasing, 16 higher, 20 possible
//! dependence; WHO's manual, Public Health England's wording); AUDIT-C 5 or more positive (the
//! same); PHQ-9 at 5, 10, 15, 20 (Kroenke 2001); GAD-7 at 5, 10, 15 (Spitzer 2006); DASH 14 or
//! more high (SafeLives). Below 14 professional judgement may still find high risk, so that band
//! says "not high by score". A score beyond a tool's maximum is kept without a band and doubted.

use std::ops::Range;

use super::{
    date::dates,
    model::{Draft, Score},
    note::Note,
    number::whole,
    tools::used,
};

type Bands = &'static [(u32, &'static str)];

/// Tool, highest possible score, bands from their lowest score.
const RULES: &[(&str, u32, Bands)] = &[
    (
        "AUDIT",
        40,
        &[
            (0, "low"),
            (8, "increasing"),
            (16, "higher"),
            (20, "possible dependence"),
        ],
    ),
    ("AUDIT-C", 12, &[(0, "not positive"), (5, "positive")]),
    (
        "PHQ-9",
        27,
        &[
            (0, "minimal"),
            (5, "mild"),
            (10, "moderate"),
            (15, "moderately severe"),
            (20, "severe"),
        ],
    ),
    (
        "GAD-7",
        21,
        &[
            (0, "minimal"),
            (5, "mild"),
            (10, "moderate"),
            (15, "severe"),
        ],
    ),
    ("DASH", 27, &[(0, "not high by score"), (14, "high")]),
    ("SDQ", 40, &[]),
];
const SCORED: &[&str] = &[
    "scored|scores|score|total|totalled|got|came|answered|ticked",
    "said yes",
    "result",
];
/// A number before one of these counts something else.
const UNITS: &[&str] = &[
    "days|day|weeks|week|months|years|minutes|hours|times|cans|sessions|children|percent|pm|am|o'clock|of|houses|pages",
    "past|to",
];
const EARLIER: &[&str] = &[
    "from",
    "last time|month|week|visit|session",
    "previously",
    "it was",
    "was",
    "before",
    "compared with|to",
    "previous score was|of?",
];

/// Tool mentions whose tool has a score; sentence by sentence.
pub(super) fn read(note: &Note<'_>, draft: &mut Draft) {
    for (at, sentence) in note.sentences.iter().enumerate() {
        let range = sentence.body.clone();
        let found: Vec<_> = used(note, &range)
            .into_iter()
            .filter(|(tool, _)| RULES.iter().any(|rule| rule.0 == *tool))
            .collect();
        for (n, (tool, place)) in found.iter().enumerate() {
            let until = found.get(n + 1).map_or(range.end, |next| next.1.start);
            let next = note
                .sentences
                .get(at + 1)
                .map(|s| s.body.clone())
                .filter(|r| found.len() == 1 && used(note, r).iter().all(|(t, _)| t == tool));
            let own = numbers(note, place.end..until);
            let before = if n == 0 {
                numbers(note, range.start..place.start)
            } else {
                Vec::new()
            };
            let cued = next.clone().filter(|r| {
                note.has(r, SCORED) || note.has(r, &["down|up from", "it|that|this was|is"])
            });
            let later = cued.map(|r| numbers(note, r)).unwrap_or_default();
            let current = own
                .iter()
                .chain(&later)
                .chain(&before)
                .find(|n| !n.earlier && n.cued)
                .or(own.iter().find(|n| !n.earlier));
            let Some(current) = current.cloned() else {
                continue;
            };
            let previous = own
                .iter()
                .chain(&later)
                .find(|n| n.earlier && n.value != current.value)
                .map(|n| n.value);
            keep(note, draft, tool, place, &current, previous);
        }
    }
}

fn keep(
    note: &Note<'_>,
    draft: &mut Draft,
    tool: &str,
    place: &Range<usize>,
    number: &Number,
    previous: Option<u32>,
) {
    let rule = RULES.iter().find(|rule| rule.0 == tool);
    let fits = rule.is_some_and(|rule| number.value <= rule.1);
    let band = rule
        .filter(|_| fits)
        .and_then(|rule| rule.2.iter().rfind(|(low, _)| number.value >= *low))
        .map(|(_, band)| (*band).to_owned());
    if draft.scores.iter().any(|score| score.tool == tool) {
        return;
    }
    let whole = place.start.min(number.tokens.start)..place.end.max(number.tokens.end);
    if !fits {
        note.doubt(
            draft,
            &number.tokens,
            "More than this tool's highest score.",
            None,
        );
    }
    draft.scores.push(Score {
        tool: tool.to_owned(),
        score: number.value,
        band,
        previous,
        span: note.span(&whole),
    });
}

#[derive(Debug, Clone)]
struct Number {
    value: u32,
    tokens: Range<usize>,
    earlier: bool,
    /// A word of scoring stands with it.
    cued: bool,
}

fn numbers(note: &Note<'_>, range: Range<usize>) -> Vec<Number> {
    let skip = dates(&note.tokens, range.clone());
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let dated = skip.iter().find(|d| d.tokens.contains(&at));
        let Some((value, stop)) = whole(&note.tokens, at).filter(|_| dated.is_none()) else {
            at = dated.map_or(at + 1, |d| d.tokens.end);
            continue;
        };
        let before = range.start.max(at.saturating_sub(5))..at;
        let after = stop..note.tokens.len().min(stop + 4);
        let unit = note.opens(&after, UNITS).is_some()
            && note
                .opens(&after, &["of the|her|his? questions", "out of"])
                .is_none();
        let cued = note.has(&before, SCORED)
            || note
                .opens(
                    &after,
                    &[
                        "questions|points|ticks|yeses|yes",
                        "of the questions",
                        "out of forty|40|27|21|12",
                    ],
                )
                .is_some()
            || note
                .opens(&(at.saturating_sub(1)..at), &["at|was|is|of"])
                .is_some();
        let back = note.has(&(range.start.max(at.saturating_sub(2))..at), EARLIER)
            && (note.has(
                &(range.start.max(at.saturating_sub(4))..at),
                &[
                    "from",
                    "it was",
                    "previous*",
                    "last",
                    "that was",
                    "compared",
                ],
            ) || note.has(&after, &["last", "previously|before", "in"]));
        let maximum = note
            .opens(&(at.saturating_sub(2)..at), &["out of"])
            .is_some();
        if !unit && !maximum {
            found.push(Number {
                value,
                tokens: at..stop,
                earlier: back,
                cued,
            });
        }
        at = stop;
    }
    found
}
