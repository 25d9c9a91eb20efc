//! Names of the family that were misheard.
//!
//! The more a word itself speaks for a name, the less alike it needs to sound: beside the person's
//! other name ("Kali Hartley") most may be wrong; a capital alone needs nearly the same sound; where
//! the engine was unsure, something between. Nothing is corrected in a text that names nobody of the
//! family as they are written or by both names alike, whatever resembles one of them.

use std::{collections::HashSet, ops::Range};

use super::sounds::{sounds, unlike};
use crate::draft::{
    People,
    words::{TITLES, Token, given_name, ordinary, place_follows},
};

/// How unlike a word may sound beside the person's other name …
const BESIDE: f32 = 0.4;
/// … for both names together …
const BOTH: f32 = 0.2;
/// … where the engine was unsure …
const DOUBTED: f32 = 0.26;
/// … and else.
const ALONE: f32 = 0.1;
/// The same sound, as far as letters tell.
const SAME: f32 = 0.05;
/// Surer than this, a word is what it says unless it sounds the same.
const SURE: f32 = 0.6;
/// With more names than this the list no longer says much: some name sounds like any word.
const MANY: usize = 40;

/// A name to write.
struct Name {
    given: String,
    surname: Option<String>,
}

/// Everything that is known of the names.
pub(super) struct Names {
    names: Vec<Name>,
    /// Words that are names as they are written, in lower case.
    written: HashSet<String>,
}

/// A replacement: words, and what to write for them.
pub(super) type Found = (Range<usize>, String);

impl Names {
    pub(super) fn of(people: &People) -> Self {
        let mut names: Vec<Name> = Vec::new();
        for name in people.names() {
            let parts: Vec<&str> = name
                .split_whitespace()
                .filter(|part| part.starts_with(char::is_uppercase) && part.chars().count() > 2)
                .filter(|part| !ordinary(&part.to_lowercase()))
                .collect();
            let Some((given, rest)) = parts.split_first() else {
                continue;
            };
            names.push(Name {
                given: (*given).to_owned(),
                surname: rest.last().map(|surname| (*surname).to_owned()),
            });
        }
        let words = names
            .iter()
            .flat_map(|it| [Some(&it.given), it.surname.as_ref()]);
        let written = words.flatten().map(|word| word.to_lowercase()).collect();
        Self { names, written }
    }

    fn is_written(&self, token: &Token) -> bool {
        self.written.contains(token.bare())
    }

    /// All misheard names, in order.
    pub(super) fn misheard(
        &self,
        tokens: &[Token],
        sure: &dyn Fn(Range<usize>) -> f32,
    ) -> Vec<Found> {
        if self.names.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Found> = Vec::new();
        for at in 0..tokens.len() {
            if found.last().is_none_or(|(words, _)| words.end <= at)
                && let Some(both) = self.both(tokens, at, sure)
            {
                found.push(both);
            }
        }
        let anchored = !found.is_empty() || tokens.iter().any(|t| t.capital && self.is_written(t));
        if anchored {
            let small: HashSet<&str> = tokens
                .iter()
                .filter(|t| !t.capital)
                .map(Token::bare)
                .collect();
            for at in 0..tokens.len() {
                if found.iter().any(|(words, _)| words.contains(&at)) {
                    continue;
                }
                let one = self
                    .head(tokens, at)
                    .or_else(|| self.single(tokens, at, &small, sure));
                found.extend(one);
            }
            again(tokens, &mut found);
        }
        found.sort_by_key(|(words, _)| words.start);
        found
    }

    /// "pre-inear", "Chair and Call": a whole name at this word.
    fn both(
        &self,
        tokens: &[Token],
        at: usize,
        sure: &dyn Fn(Range<usize>) -> f32,
    ) -> Option<Found> {
        let first = tokens.get(at)?;
        let mut best: Option<(f32, Found)> = None;
        for length in 2..=4 {
            let words = at..at + length;
            let Some(spoken) = tokens.get(words.clone()) else {
                break;
            };
            if spoken[..length - 1]
                .iter()
                .any(|t| t.gap.contains(['.', ',', '!', '?', ';', '\n']))
            {
                break;
            }
            let compound = length > 1 && spoken[..length - 1].iter().all(|t| t.gap == "-");
            if !(first.capital || compound) || self.is_written(first) && self.is_written(&spoken[1])
            {
                continue;
            }
            // Other words must not be eaten: a name begins and ends with words that are none of the
            // language's own, and none of them is right already.
            let inner = spoken[..length - 1].iter().any(Token::possessive);
            let plain = inner
                || title(first.bare())
                || ordinary(first.bare())
                || ordinary(spoken[length - 1].bare())
                || spoken.iter().any(|t| self.is_written(t));
            let unsure = sure(words.clone()) < SURE;
            let heard: String = spoken.iter().map(Token::bare).collect();
            let row = sounds(&heard);
            for name in &self.names {
                let Some(surname) = &name.surname else {
                    continue;
                };
                let full = format!("{}{surname}", name.given);
                let far = unlike(&row, &sounds(&full));
                let two = length == 2
                    && self.part_like(&spoken[0], &name.given)
                    && self.part_like(&spoken[1], surname);
                let limit = if self.names.len() <= MANY { BOTH } else { SAME };
                let near = row.len() >= 5
                    && !plain
                    && ((far <= limit && unsure) || (far <= SAME && compound));
                let exact = length == 2
                    && spoken[0].bare() == name.given.to_lowercase()
                    && spoken[1].bare() == surname.to_lowercase();
                if exact {
                    return None;
                }
                if (near || two) && best.as_ref().is_none_or(|(least, _)| far < *least) {
                    best = Some((far, (words.clone(), format!("{} {surname}", name.given))));
                }
            }
        }
        best.map(|(_, found)| found)
    }

    /// "pre-has already spoken": a name that the engine took for the beginning of a word.
    fn head(&self, tokens: &[Token], at: usize) -> Option<Found> {
        let token = tokens
            .get(at)
            .filter(|it| it.gap == "-" && it.bare().len() > 2)?;
        let rest = tokens
            .get(at + 1)
            .filter(|it| it.bare().len() < 5 || it.gap == "-")?;
        let alone = at
            .checked_sub(1)
            .is_none_or(|before| tokens[before].gap != "-");
        let row = sounds(token.bare());
        let mut fitting = self
            .names
            .iter()
            .map(|name| &name.given)
            .filter(|given| unlike(&row, &sounds(given)) <= SAME);
        let given = fitting
            .next()
            .filter(|_| alone && !self.is_written(token) && row.len() > 2)?;
        let other = fitting.any(|name| name != given);
        // "Pre-Aia" is the name alone, "pre-has" the name and a word.
        let whole = format!("{}{}", token.bare(), rest.bare());
        let vowels = unlike(&sounds(&whole), &row) <= SAME;
        (!other).then(|| match vowels {
            true => (at..at + 2, given.clone()),
            false => (at..at + 1, given.clone()),
        })
    }

    /// Nearly the same sound, or the same word.
    fn part_like(&self, token: &Token, part: &str) -> bool {
        token.capital
            && !ordinary(token.bare())
            && (token.bare() == part.to_lowercase()
                || (unlike(&sounds(token.bare()), &sounds(part)) <= ALONE
                    && !self.is_written(token)))
    }

    /// One name at this word.
    fn single(
        &self,
        tokens: &[Token],
        at: usize,
        small: &HashSet<&str>,
        sure: &dyn Fn(Range<usize>) -> f32,
    ) -> Option<Found> {
        let token = tokens.get(at)?;
        if self.is_written(token) {
            // "skye": a name in small letters.
            return None;
        }
        // "Pre-A": what a hyphen joins was one word to the engine.
        let joined = token.gap == "-" && tokens.get(at + 1).is_some_and(|t| t.bare().len() <= 3);
        let words = at..at + 1 + usize::from(joined);
        let heard: String = tokens[words.clone()].iter().map(Token::bare).collect();
        let heard = heard.as_str();
        if title(heard)
            || heard.chars().count() < 3
            || (ordinary(heard) && !joined)
            || token.lower.starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let row = sounds(heard);
        let confidence = sure(words.clone());
        let known = given_name(heard);
        let before = at
            .checked_sub(1)
            .and_then(|it| tokens.get(it))
            .filter(|it| it.joins_next());
        let after = tokens
            .get(words.end)
            .filter(|_| tokens[words.end - 1].joins_next());
        if place_follows(tokens, words.end) {
            return None;
        }
        // Beside the person's other name; another real name only when it nearly sounds the same.
        if token.capital {
            let beside_limit = if known && confidence >= SURE {
                0.15
            } else {
                BESIDE
            };
            for name in &self.names {
                let Some(surname) = &name.surname else {
                    continue;
                };
                let is = |token: Option<&Token>, word: &str| {
                    token.is_some_and(|t| t.capital && t.bare() == word.to_lowercase())
                };
                for (part, beside) in [
                    (surname, is(before, &name.given)),
                    (&name.given, is(after, surname)),
                ] {
                    if beside && unlike(&row, &sounds(part)) <= beside_limit {
                        return Some((words, part.clone()));
                    }
                }
            }
        }
        let mut parts: Vec<(f32, &String)> = Vec::new();
        for name in &self.names {
            for part in [Some(&name.given), name.surname.as_ref()]
                .into_iter()
                .flatten()
            {
                if !parts.iter().any(|(_, other)| *other == part) {
                    parts.push((unlike(&row, &sounds(part)), part));
                }
            }
        }
        let least = parts.iter().map(|(far, _)| *far).fold(1.0, f32::min);
        let mut nearest = parts.iter().filter(|(far, _)| *far <= least + 0.04);
        let (far, part) = nearest.next()?;
        if nearest.next().is_some() {
            return None;
        }
        let opens = before.is_none() && small.contains(heard);
        let few = self.names.len() <= MANY;
        let letters = strsim::jaro_winkler(heard, &part.to_lowercase());
        // Short words resemble too many.
        let doubted = match () {
            () if row.len() < 4 && letters < 0.8 => 0.1,
            () if confidence < 0.25 && letters >= 0.7 => 0.25,
            () if letters >= 0.8 => 0.22,
            () => 0.18,
        };
        let few = self.names.len() <= MANY;
        let (allowed, alike) = match (token.capital && !opens, known) {
            _ if !few => return None,
            (true, false) if confidence < SURE => (doubted, 0.6),
            (true, false) => (ALONE, 0.84),
            (true, true) if confidence < 0.5 => (0.13, 0.6),
            // "sky was seen": small letters need the same sound, and doubt.
            (false, false) if confidence < 0.5 && !article(before) => (0.0, 0.84),
            _ => return None,
        };
        (*far <= allowed && letters >= alike).then(|| (words, (*part).clone()))
    }
}

fn title(word: &str) -> bool {
    TITLES.contains(&word) || matches!(word, "colonel" | "captain" | "lord" | "lady" | "sir")
}

fn article(before: Option<&Token>) -> bool {
    before.is_some_and(|t| {
        matches!(
            t.lower.as_str(),
            "the" | "a" | "an" | "in" | "of" | "this" | "that"
        )
    })
}
