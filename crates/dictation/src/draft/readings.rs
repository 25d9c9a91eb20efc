//! Numbers on scaling questions and rulers: whose, how much, why.
//!
//! Readings of different holders are never joined. A number is a reading only with "out of ten",
//! a scaling word, or right after another reading.

use std::ops::Range;

use super::{
    cast::AUTHOR,
    date::dates,
    heading::Section,
    model::{Draft, Reading},
    note::Note,
    number::{decimal, digits},
};

const SCALING: &[&str] = &[
    "scale|scaled|scaling|rate|rated|rates|scales",
    "out of ten|10",
    "importance|confidence",
    "scored safety|herself|himself",
    "safety as? a?",
    "put|puts|gave|gives|placed|place .. at|as|a|an|safety",
];
const VERBS: &[&str] = &[
    "scaled|scaling|rated|scored|rates|scales",
    "put|puts|placed|place .. at|as",
    "gave|give|gives|given",
    "say|said|says",
    "went for",
    "at",
    "is|was|be a|an?",
    "mine is|was|would",
    "am|are|is at",
    "importance|confidence",
    "a|an",
];
const UNITS: &[&str] = &[
    "days|day|weeks|week|months|month|years|year|minutes|hours|times|cans|sessions|children|percent|pm|am|o'clock|houses|miles|people|pounds|times|nights|things|questions|visits|appointments|of|units|year|siblings",
    "past|to",
];

pub(super) fn read(note: &Note<'_>, draft: &mut Draft) {
    let mut previous_sentence = false;
    for sentence in note.sentences.iter().filter(|s| s.mark.is_none()) {
        let range = sentence.body.clone();
        let planned = matches!(sentence.section, Section::Actions | Section::Next);
        let scaling = note.has(&range, SCALING)
            || matches!(sentence.section, Section::Scaling)
            || (sentence.section == Section::Stage && note.has(&range, &["importance|confidence"]));
        let before = draft.readings.len();
        if !planned && (scaling || previous_sentence) && !range.is_empty() {
            sentence_readings(note, draft, &range, scaling);
        }
        previous_sentence = draft.readings.len() > before;
    }
}

/// Whether a sentence gives a number on a scale.
pub(super) fn spoken(note: &Note<'_>, range: &Range<usize>) -> bool {
    note.has(range, SCALING) && !values(note, range, true).is_empty()
}

fn sentence_readings(note: &Note<'_>, draft: &mut Draft, range: &Range<usize>, scaling: bool) {
    let found = values(note, range, scaling);
    for (n, (value, place)) in found.iter().enumerate() {
        // A reason ends where the next reading's clause begins.
        let until = found.get(n + 1).map_or(range.end, |(_, next)| {
            let cut = (place.end..next.start)
                .rev()
                .find(|&at| note.gap_has(at, &[',', ';']));
            cut.map_or(next.start, |at| at + 1)
        });
        keep(note, draft, &(range.start..until), place.clone(), *value);
    }
}

fn values(note: &Note<'_>, range: &Range<usize>, scaling: bool) -> Vec<(f64, Range<usize>)> {
    let skip = skipped(note, range);
    let mut all = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let found = value_at(note, at, range.end);
        let Some((value, stop, out_of)) = found.filter(|_| !skip.iter().any(|s| s.contains(&at)))
        else {
            at += 1;
            continue;
        };
        let beside = scaling
            && note
                .mentions
                .iter()
                .any(|m| m.tokens.end == at && m.tokens.start >= range.start);
        let verb = beside
            || note.has(&(range.start.max(at.saturating_sub(8))..at), VERBS)
                && (scaling || at - range.start <= 8);
        if value <= 10.0 && (out_of || verb) && note.opens(&(stop..range.end), UNITS).is_none() {
            all.push((value, at..stop));
        }
        at = stop;
    }
    all
}

/// Dates, tool names with a number in them, and the scale's own ends.
fn skipped(note: &Note<'_>, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut skip: Vec<Range<usize>> = dates(&note.tokens, range.clone())
        .into_iter()
        .map(|d| d.tokens)
        .collect();
    skip.extend(
        super::tools::used(note, range)
            .into_iter()
            .filter(|(tool, _)| matches!(*tool, "PHQ-9" | "GAD-7" | "three houses"))
            .map(|(_, place)| place),
    );
    let ends = [
        "scale of|from? _ to _",
        "from zero|nought|naught|0|one|1 to ten|10",
        "zero|nought|0|one|1 to ten|10",
        "zero|nought|0|ten|10 is|being|means|was|meaning",
        "where zero|0|ten|10",
    ];
    for at in range.clone() {
        if let Some(stop) = note.opens(&(at..range.end), &ends) {
            skip.push(at..stop);
        }
    }
    skip
}

/// A value at `at`: "8/10", "eight out of ten", "five and a half".
fn value_at(note: &Note<'_>, at: usize, end: usize) -> Option<(f64, usize, bool)> {
    let token = note.tokens.get(at)?;
    // "I would say four." is often heard as "for".
    let said = at.checked_sub(1).and_then(|it| note.tokens.get(it));
    let closed = token.gap.trim_start().starts_with(['.', ','])
        || note
            .opens(
                &(at + 1..end.max(at + 1)),
                &["direction of travel", "because"],
            )
            .is_some()
        || at + 1 >= end;
    if token.lower == "for"
        && closed
        && said.is_some_and(|t| matches!(t.lower.as_str(), "say" | "said"))
    {
        return Some((4.0, at + 1, false));
    }
    if let Some(value) = token.lower.strip_suffix("/10").and_then(digits) {
        return Some((value, at + 1, true));
    }
    let (value, stop) = decimal(&note.tokens, at).filter(|&(_, stop)| stop <= end)?;
    match note.opens(&(stop..end), &["out of a? ten|10", "on the scale"]) {
        Some(close) => Some((value, close, true)),
        None => Some((value, stop, false)),
    }
}

fn keep(note: &Note<'_>, draft: &mut Draft, range: &Range<usize>, place: Range<usize>, value: f64) {
    let lead = range.start.max(place.start.saturating_sub(2))..place.start;
    let trail = place.end..range.end.min(place.end + 3);
    let earlier = note.has(&lead, &["from"]) || (note.has(&trail, &["last", "previously|before", "in january|february|march|april|may|june|july|august|september|october|november|december"]) && !note.has(&trail, &["now|and"])) || note.has(&lead, &["it was"]);
    if earlier {
        return;
    }
    let kind = kind(note, range, place.start);
    let because = note
        .find(place.end..range.end, &["because|since|as"])
        .filter(|cue| cue.end < range.end)
        .map(|cue| {
            let stop = note
                .find(
                    cue.end..range.end,
                    &["and i|he|she|mum|dad would|said|gave|rated|scaled|put"],
                )
                .map_or(range.end, |stop| stop.start);
            note.words(&(cue.end..stop))
        });
    let holder = holder(note, draft, range, &place, kind);
    draft.readings.push(Reading {
        holder,
        value,
        kind: kind.to_owned(),
        because,
        span: note.span(&place),
    });
}

fn kind(note: &Note<'_>, range: &Range<usize>, at: usize) -> &'static str {
    let said = |word: &str| {
        (range.start..at)
            .rev()
            .find(|&place| note.opens(&(place..at), &[word]).is_some())
    };
    let for_what = note.opens(
        &(at..range.end),
        &["_ _? out? of? ten|10? for|on|in|with? importance|confidence"],
    );
    if let Some(stop) = for_what {
        let importance = note
            .tokens
            .get(stop - 1)
            .is_some_and(|t| t.lower == "importance");
        return if importance {
            "importance"
        } else {
            "confidence"
        };
    }
    match (said("importance|important"), said("confidence|confident")) {
        (Some(importance), Some(confidence)) if importance > confidence => "importance",
        (_, Some(_)) => "confidence",
        (Some(_), None) => "importance",
        (None, None) => "safety scale",
    }
}

/// Who gave the number: the subject before it, else the one it is "for", else the person of the session.
fn holder(
    note: &Note<'_>,
    draft: &Draft,
    range: &Range<usize>,
    place: &Range<usize>,
    kind: &str,
) -> Option<String> {
    let own = note.find(range.start..place.start, &["mine|my"]).is_some()
        && note
            .before(place.start, range)
            .is_none_or(|m| m.who == [AUTHOR]);
    if own {
        return Some("author".to_owned());
    }
    let subject = note
        .mentions_in(&(range.start..place.start))
        .rfind(|m| !m.possessive && !object(note, m.tokens.start));
    let possessor = note.mentions_in(&(range.start..place.start)).next_back();
    let target = note.after(place.end, &(place.end..range.end.min(place.end + 3)));
    let found = subject
        .or(possessor)
        .or(target)
        .filter(|m| kind == "safety scale" || !m.who.contains(&AUTHOR));
    found
        .and_then(|m| note.called(m).first().cloned())
        .or_else(|| {
            let ruler = kind != "safety scale";
            let client = draft.present.first().filter(|_| ruler)?;
            note.mentions
                .iter()
                .find(|m| m.who.first().is_some_and(|&who| note.full(who) == *client))
                .and_then(|m| m.who.first())
                .map(|&who| note.short(who))
        })
}

/// "with Donna", "put herself": not the one who speaks the number.
fn object(note: &Note<'_>, at: usize) -> bool {
    at > 0
        && note
            .tokens
            .get(at - 1)
            .is_some_and(|t| matches!(t.lower.as_str(), "with" | "asked" | "for" | "to" | "from"))
}
