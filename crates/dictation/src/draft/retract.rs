//! Slips that the speaker put right: "on Tuesday, no sorry, Wednesday the eleventh".
//!
//! A day, a time, a number or a name before such words and another of the same kind after them: the
//! first was a slip and is not read. It stays in the text, and a doubt says so.

use std::ops::Range;

use super::{
    clock::clock_at, date::dates, model::Doubt, number::whole, phrase::match_at, span::Span,
    token::Token,
};

/// Longest first where one begins another. "no" alone counts between commas only.
const CUES: &[&str] = &[
    "no sorry i mean|meant",
    "sorry i mean|meant",
    "no i mean|meant",
    "no i tell a lie",
    "i tell a lie",
    "no no? sorry",
    "no wait",
    "no make that",
    "sorry no?",
    "or rather",
    "correction",
    "scratch that",
    "i mean|meant",
    "no",
];
/// Words that may stand before the right one.
const LEADS: &str = "it's|it|that's|on|at|the|was|is? was|be|a|aged?";
/// How many words a slip may have.
const LONGEST: usize = 8;

/// Takes slips out of the words. Returns doubts that tell of them.
pub(super) fn retract(text: &str, tokens: &mut Vec<Token>) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut at = 1;
    while at < tokens.len() {
        match slip(tokens, at) {
            Some((struck, right)) => {
                let span = Span(tokens[struck.start].start, tokens[right.end - 1].end);
                doubts.push(Doubt {
                    heard: span.of(text).to_owned(),
                    why: "Put right while speaking: what was said last is taken.".to_owned(),
                    suggestion: Some(Span(tokens[right.start].start, span.1).of(text).to_owned()),
                    span,
                });
                let next = struck.start;
                if let Some(before) = next.checked_sub(1).and_then(|it| tokens.get_mut(it))
                    && !before.gap.contains(['.', '!', '?'])
                {
                    before.gap = String::from(" ");
                }
                tokens.drain(struck);
                at = next.max(1);
            }
            None => at += 1,
        }
    }
    doubts
}

/// Words to strike when a cue begins at `at`, and the right ones after them.
fn slip(tokens: &[Token], at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let end = tokens.len();
    let apart = tokens[at - 1].gap.contains([',', '.', ';', '–', '—', '-'])
        && tokens[at - 1].gap.trim() != "";
    let stop = CUES
        .iter()
        .find_map(|cue| match_at(tokens, at, end, cue))
        .filter(|stop| *stop > at)?;
    let closed = tokens.get(stop - 1)?.gap.contains([',', '.']);
    if !apart || (tokens[at].lower == "no" && stop == at + 1 && !closed) {
        return None;
    }
    let from = match_at(tokens, stop, end, LEADS).unwrap_or(stop);
    let kinds: [fn(&[Token], usize) -> Option<usize>; 4] = [day, time, number, name];
    kinds.iter().find_map(|kind| {
        let (first, close) = [stop, from]
            .into_iter()
            .find_map(|first| Some((first, kind(tokens, first)?)))?;
        let wrong =
            (at.saturating_sub(LONGEST)..at).find(|&start| kind(tokens, start) == Some(at))?;
        // "the tenth" before "Wednesday the eleventh": the article goes along.
        Some((wrong..stop, first..close))
    })
}

fn day(tokens: &[Token], at: usize) -> Option<usize> {
    let until = tokens.len().min(at + LONGEST);
    let first = dates(tokens, at..until).into_iter().next()?;
    (first.tokens.start == at).then_some(first.tokens.end)
}

fn time(tokens: &[Token], at: usize) -> Option<usize> {
    let (clock, stop) = clock_at(tokens, at, tokens.len().min(at + LONGEST))?;
    clock.sure.then_some(stop)
}

fn number(tokens: &[Token], at: usize) -> Option<usize> {
    whole(tokens, at).map(|(_, stop)| stop)
}

fn name(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let proper =
        token.capital && token.lower.len() > 2 && !super::name_words::ordinary(token.bare());
    proper.then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokens, retract};

    #[test]
    fn what_is_said_last_is_taken_and_other_talk_stays() {
        for (said, left) in [
            (
                "on Tuesday the tenth, no sorry, Wednesday the eleventh of November",
                "on wednesday the eleventh of november",
            ),
            ("at two o'clock, I mean half past two", "at half past two"),
            ("Toby, who's three, no, four", "toby who's four"),
            ("I rang Donna, sorry, Dawn today", "i rang dawn today"),
            ("he said, no, Donna will not", "he said no donna will not"),
            ("two children, no dogs", "two children no dogs"),
            (
                "I mean that on Tuesday, no sorry call",
                "i mean that on tuesday no sorry call",
            ),
        ] {
            let mut words = tokens(said);
            retract(said, &mut words);
            let kept: Vec<_> = words.iter().map(|t| t.lower.as_str()).collect();
            assert_eq!(kept.join(" "), left, "{said}");
        }
    }
}
