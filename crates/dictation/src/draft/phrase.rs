//! Phrases over tokens: the small pattern language of this module's vocabularies.
//!
//! A pattern is words with spaces between. Each may offer alternatives (`mum|mother`), end in `*`
//! (any word that begins so), end in `?` (may be missing), be `_` (any one word) or `..` (up to
//! three words). Matching is on lower case and ignores punctuation, which speech engines guess.

use std::ops::Range;

use super::token::Token;

/// Where the pattern, begun exactly at `at`, ends; `None` when it does not match before `end`.
pub(super) fn match_at(tokens: &[Token], at: usize, end: usize, pattern: &str) -> Option<usize> {
    let (first, rest) = pattern.split_once(' ').unwrap_or((pattern, ""));
    if first.is_empty() {
        return Some(at);
    }
    if first == ".." {
        return (0..=3)
            .filter(|skip| at + skip < end)
            .find_map(|skip| match_at(tokens, at + skip, end, rest));
    }
    let (word, optional) = first
        .strip_suffix('?')
        .map_or((first, false), |word| (word, true));
    let here = at < end
        && tokens
            .get(at)
            .is_some_and(|token| word_matches(&token.lower, word));
    let taken = if here {
        match_at(tokens, at + 1, end, rest)
    } else {
        None
    };
    taken.or_else(|| {
        if optional {
            match_at(tokens, at, end, rest)
        } else {
            None
        }
    })
}

fn word_matches(word: &str, alternatives: &str) -> bool {
    alternatives == "_"
        || alternatives.split('|').any(|one| {
            one.strip_suffix('*')
                .map_or(word == one, |stem| word.starts_with(stem))
        })
}

/// The earliest place in `range` where one of the patterns matches (the first listed wins a tie).
pub(super) fn find(
    tokens: &[Token],
    range: Range<usize>,
    patterns: &[&str],
) -> Option<Range<usize>> {
    let end = range.end.min(tokens.len());
    range.into_iter().find_map(|at| {
        patterns.iter().find_map(|pattern| {
            let stop = match_at(tokens, at, end, pattern)?;
            (stop > at).then_some(at..stop)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokens, find};

    #[test]
    fn alternatives_stems_options_and_gaps() {
        let t = tokens("Mum does not really see it as a problem");
        assert_eq!(
            find(&t, 0..t.len(), &["does not|never really? see"]),
            Some(1..5)
        );
        assert_eq!(find(&t, 0..t.len(), &["not .. problem"]), None);
        assert_eq!(find(&t, 0..t.len(), &["se* .. problem*"]), Some(4..9));
    }
}
