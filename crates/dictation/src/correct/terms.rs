//! Terms that were misheard, by the glossary.

use std::ops::Range;

use super::glossary::{MISHEARD, Misheard};
use crate::draft::words::{Token, match_at};

/// Below this the engine was unsure.
pub(super) const UNSURE: f32 = 0.7;

/// A term that begins at a word: the words to replace and what to write.
pub(super) fn term_at(
    tokens: &[Token],
    at: usize,
    sure: &dyn Fn(Range<usize>) -> f32,
) -> Option<(Range<usize>, &'static str)> {
    let fitting = MISHEARD.iter().filter_map(|one| {
        let heard = one.heard.split(" / ");
        let stop = heard
            .filter_map(|words| match_at(tokens, at, tokens.len(), words))
            .max()?;
        (fits(tokens, at..stop, one) && !(one.unsure && sure(at..stop) >= UNSURE))
            .then_some((at..stop, one.written))
    });
    fitting.max_by_key(|(words, _)| words.end)
}

fn fits(tokens: &[Token], words: Range<usize>, one: &Misheard) -> bool {
    let apart = |at: usize| tokens[at].gap.contains(['.', '!', '?', '\n']);
    let inner = words.start..words.end.saturating_sub(1);
    // Letters ("i d v a") may have stops between them; words of a sentence's end and the next one's start not.
    let whole = inner
        .clone()
        .all(|at| !apart(at) || tokens[at].lower.len() == 1);
    let led = one.before.is_empty()
        || (1..=4).any(|back| {
            words.start >= back
                && match_at(tokens, words.start - back, words.start, one.before)
                    == Some(words.start)
        });
    let followed = one.after.is_empty()
        || (!apart(words.end - 1)
            && match_at(tokens, words.end, tokens.len(), one.after)
                .is_some_and(|stop| stop > words.end));
    !words.is_empty() && whole && led && followed
}
