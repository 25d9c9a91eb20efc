//! Words that speech engines get wrong and that matter: to stand out on the screen for checking.

use super::{
    cast::AUTHOR,
    date::dates,
    mention::Form,
    model::Mark,
    note::Note,
    number::{ordinal, whole},
    phrase::match_at,
    span::Span,
};

const NEGATIONS: &str = "not no never none nobody nothing neither nor without cannot can't didn't doesn't don't isn't wasn't weren't won't wouldn't couldn't hasn't haven't hadn't aren't shouldn't refused denies denied declined";
const RISKS: &[&str] = &[
    "bruise*|injur*|burn|burns|fracture*|bleeding",
    "hit|hits|slap*|punch*|kick*|strangl*|strangul*|chok*",
    "threat*|weapon|knife|knives|gun",
    "suicid*|overdose*",
    "self harm*",
    "die|died|death|kill*|dead",
    "abus*|assault*|rape*|sexual*|violen*",
    "drunk|intoxicated|heroin|cocaine|crack|cannabis|methadone|needles",
    "police|arrest*|bail|court|marac|order",
    "missing|ran away|runaway",
    "frightened|scared|terrified|afraid",
    "unsafe|danger*|risk*",
    "neglect*|hungry|starv*",
    "pregnan*|miscarr*",
    "stalk*|follow*|breach*",
];

/// All marks in text order; one place may bear two kinds.
pub(super) fn marks(note: &Note<'_>) -> Vec<Mark> {
    let mut found: Vec<(Span, &str)> = Vec::new();
    found.extend(
        note.mentions
            .iter()
            .filter(|m| m.form == Form::Name && !m.who.contains(&AUTHOR))
            .map(|m| (note.span(&m.tokens), "name")),
    );
    let days = dates(&note.tokens, 0..note.tokens.len());
    found.extend(days.iter().map(|day| (note.span(&day.tokens), "date")));
    let mut at = 0;
    while at < note.tokens.len() {
        if let Some(day) = days.iter().find(|day| day.tokens.contains(&at)) {
            at = day.tokens.end;
            continue;
        }
        let token = &note.tokens[at];
        let digits = token.lower.starts_with(|c: char| c.is_ascii_digit());
        let number = ordinal(&note.tokens, at)
            .or_else(|| whole(&note.tokens, at))
            .map(|(_, stop)| stop)
            .or(digits.then_some(at + 1));
        if let Some(stop) = number.filter(|stop| token.lower != "second" && *stop > at) {
            found.push((note.span(&(at..stop)), "number"));
            at = stop;
            continue;
        }
        if super::name_words::listed(NEGATIONS, &token.lower) {
            found.push((note.span(&(at..at + 1)), "negation"));
        }
        if let Some(stop) = RISKS
            .iter()
            .find_map(|words| match_at(&note.tokens, at, note.tokens.len(), words))
        {
            found.push((note.span(&(at..stop)), "risk word"));
        }
        at += 1;
    }
    found.sort();
    found
        .into_iter()
        .map(|(span, kind)| Mark {
            span,
            kind: kind.to_owned(),
        })
        .collect()
}
