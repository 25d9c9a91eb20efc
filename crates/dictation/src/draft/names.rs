//! Runs of capitalised words that name a person.
//!
//! Finding only: whom a run names is settled in `identity.rs`. A capital at the start of a
//! sentence is a name only on evidence (a known given name, the same word capitalised elsewhere,
//! a verb after it that people do).

use std::{collections::HashSet, ops::Range};

use super::{
    given_names,
    name_words::{COMMON, FAMILY, NEVER, PLACES, VERBS, listed},
    people::People,
    role_words::TITLES,
    sentence::Sentence,
    token::Token,
};

/// Words before a capital that make it a place ("in Aberdare").
const INTO: &[&str] = &["in", "near"];
/// Words before a capital that make it a thing ("the Freedom programme").
const ARTICLES: &[&str] = &["the", "a", "an", "our"];

/// All runs of tokens that name a person, in order.
pub(super) fn runs(tokens: &[Token], sentences: &[Sentence], people: &People) -> Vec<Range<usize>> {
    let starts = initials(tokens, sentences);
    let small: HashSet<&str> = tokens
        .iter()
        .filter(|t| !t.capital)
        .map(Token::bare)
        .collect();
    let inner: HashSet<&str> = (0..tokens.len())
        .filter(|at| !starts.contains(at) && capital(tokens, *at))
        .map(|at| tokens[at].bare())
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let run = run_from(tokens, at);
        if run.is_empty() {
            at += 1;
            continue;
        }
        let end = run.end;
        let initial = starts.contains(&at);
        let trusted = |at: usize| {
            let word = tokens[at].bare();
            given_names::known(word) || inner.contains(word) || in_file(people, word)
        };
        let kept = keep(tokens, run, initial, &small, trusted);
        if !kept.is_empty() && !placed(tokens, &kept, people) {
            found.push(kept);
        }
        at = end;
    }
    found
}

/// Tokens whose capital may be due to their place: sentence, body and quotation starts.
fn initials(tokens: &[Token], sentences: &[Sentence]) -> HashSet<usize> {
    let first = |s: &Sentence| tokens.partition_point(|t| t.start < s.span.0);
    let mut starts: HashSet<usize> = sentences
        .iter()
        .flat_map(|s| [first(s), s.body.start])
        .collect();
    starts.extend((1..tokens.len()).filter(|&at| {
        tokens[at - 1].gap.contains(['"', '“', '‘', ':']) || opens_quote(&tokens[at - 1])
    }));
    starts
}

fn opens_quote(before: &Token) -> bool {
    before.gap.contains(',')
        && matches!(
            before.lower.as_str(),
            "said" | "says" | "me" | "us" | "replied" | "added" | "asked"
        )
}

fn capital(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| {
        t.capital
            && !t.acronym
            && t.lower.chars().count() > 1
            && !listed(NEVER, &t.lower)
            && !listed(NEVER, t.bare())
    })
}

fn title(token: &Token) -> bool {
    token.capital && TITLES.contains(&token.lower.as_str())
}

fn run_from(tokens: &[Token], at: usize) -> Range<usize> {
    let titled = title(&tokens[at])
        && (capital(tokens, at + 1) || tokens.get(at + 1).is_some_and(|t| t.lower == "and"));
    if titled
        && tokens.get(at + 1).is_some_and(|t| t.lower == "and")
        && tokens.get(at + 2).is_some_and(title)
        && capital(tokens, at + 3)
    {
        return at..at + 4;
    }
    if !(capital(tokens, at) || (titled && capital(tokens, at + 1))) {
        return at..at;
    }
    let mut end = at + 1;
    while end < tokens.len() && capital(tokens, end) {
        let before = &tokens[end - 1];
        let dotted = TITLES.contains(&before.lower.as_str()) && before.gap.trim() == ".";
        if !(before.joins_next() || dotted)
            || before.possessive()
            || (!given_names::known(tokens[end].bare()) && listed(COMMON, tokens[end].bare()))
        {
            break;
        }
        end += 1;
    }
    at..end
}

/// The part of a run that is a name.
fn keep(
    tokens: &[Token],
    run: Range<usize>,
    initial: bool,
    small: &HashSet<&str>,
    trusted: impl Fn(usize) -> bool,
) -> Range<usize> {
    let first = &tokens[run.start];
    let word = first.bare();
    let common = listed(COMMON, word) && !given_names::known(word);
    if title(first) && run.len() > 1 {
        return run;
    }
    let follows = tokens
        .get(run.end)
        .is_some_and(|next| first.joins_next() && listed(VERBS, &next.lower));
    let doubtful = common
        || (initial
            && !trusted(run.start)
            && (small.contains(word) || (run.len() == 1 && !follows)));
    if !doubtful {
        return run;
    }
    let rest = run.start + 1..run.end;
    if rest.is_empty() {
        rest
    } else {
        keep(tokens, rest, false, small, trusted)
    }
}

/// A place, an organisation or a whole family rather than a person.
fn placed(tokens: &[Token], run: &Range<usize>, people: &People) -> bool {
    let last = &tokens[run.end - 1];
    let next = tokens
        .get(run.end)
        .filter(|_| last.joins_next())
        .map_or("", |t| t.lower.as_str());
    let before = run
        .start
        .checked_sub(1)
        .and_then(|at| tokens.get(at))
        .map_or("", |t| t.lower.as_str());
    let first = tokens[run.start].bare();
    let person = given_names::known(first) || title(&tokens[run.start]) || in_file(people, first);
    listed(PLACES, last.bare())
        || (listed(PLACES, next) && !last.possessive())
        || (listed(FAMILY, next) && !last.possessive())
        || (ARTICLES.contains(&before) && !person)
        || (ARTICLES.contains(&before)
            && last.bare().ends_with('s')
            && !given_names::known(last.bare()))
        || (INTO.contains(&before) && run.len() == 1 && !person)
}

fn in_file(people: &People, word: &str) -> bool {
    people.list.iter().any(|known| {
        known
            .name
            .split_whitespace()
            .any(|part| part.to_lowercase() == word)
    })
}
