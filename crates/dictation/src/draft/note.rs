//! The note as the readers see it: words, sentences, people, and the ways to ask about them.
//!
//! Invariant: built once from the text, never changed afterwards. No reader's vocabulary is here.

use std::ops::Range;

use super::{
    calendar::Visit,
    cast::{AUTHOR, Cast},
    mention::{Form, Mention, mentions},
    model::{Doubt, Draft, Source},
    people::People,
    phrase,
    retract::retract,
    sentence::{Sentence, sentences},
    span::Span,
    token::{Token, tokens},
};

/// A note taken apart.
#[derive(Debug)]
pub(super) struct Note<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) cast: Cast,
    pub(super) mentions: Vec<Mention>,
    /// Known once `occasion.rs` has read the date.
    pub(super) visit: Option<Visit>,
}

impl<'a> Note<'a> {
    pub(super) fn new(text: &'a str, people: &People, doubts: &mut Vec<Doubt>) -> Self {
        let mut tokens = tokens(text);
        let slips = retract(text, &mut tokens);
        let sentences = sentences(text, &tokens);
        let (cast, mentions) = mentions(text, &tokens, &sentences, people, doubts);
        doubts.extend(slips);
        Self {
            text,
            tokens,
            sentences,
            cast,
            mentions,
            visit: None,
        }
    }

    /// The earliest match of one of the patterns.
    pub(super) fn find(&self, range: Range<usize>, patterns: &[&str]) -> Option<Range<usize>> {
        phrase::find(&self.tokens, range, patterns)
    }

    pub(super) fn has(&self, range: &Range<usize>, patterns: &[&str]) -> bool {
        self.find(range.clone(), patterns).is_some()
    }

    /// Whether a pattern matches from the very start of the range.
    pub(super) fn opens(&self, range: &Range<usize>, patterns: &[&str]) -> Option<usize> {
        patterns
            .iter()
            .filter_map(|pattern| phrase::match_at(&self.tokens, range.start, range.end, pattern))
            .max()
    }

    /// Text from the first to the last token.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let first = self.tokens.get(range.start).filter(|_| !range.is_empty());
        match (
            first,
            range.end.checked_sub(1).and_then(|at| self.tokens.get(at)),
        ) {
            (Some(first), Some(last)) => Span(first.start, last.end),
            _ => Span::default(),
        }
    }

    /// The words of some tokens, verbatim.
    pub(super) fn words(&self, range: &Range<usize>) -> String {
        self.span(range).of(self.text).to_owned()
    }

    /// Whether punctuation of these kinds follows the token.
    pub(super) fn gap_has(&self, at: usize, marks: &[char]) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.gap.contains(marks))
    }

    pub(super) fn mentions_in(
        &self,
        range: &Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &Mention> {
        self.mentions
            .iter()
            .filter(move |m| range.start <= m.tokens.start && m.tokens.end <= range.end)
    }

    /// The nearest mention that ends before `at` within the range and is no possessor.
    pub(super) fn before(&self, at: usize, range: &Range<usize>) -> Option<&Mention> {
        self.mentions_in(&(range.start..at))
            .rfind(|m| !m.possessive)
    }

    /// The first mention at or after `at` within the range that is no possessor.
    pub(super) fn after(&self, at: usize, range: &Range<usize>) -> Option<&Mention> {
        self.mentions_in(&(at..range.end)).find(|m| !m.possessive)
    }

    /// Everyone in the list that `mention` ends: "mum, Donna, and the children".
    pub(super) fn list_ending(&self, mention: &Mention, range: &Range<usize>) -> Vec<usize> {
        let mut who = mention.who.clone();
        let mut start = mention.tokens.start;
        while let Some(left) = self
            .mentions_in(&(range.start..start))
            .next_back()
            .filter(|left| {
                !left.possessive
                    && (self.joined(left.tokens.end, start)
                        || (left.tokens.end == start && left.who == self.who_at(start)))
            })
        {
            who.splice(0..0, left.who.iter().copied());
            start = left.tokens.start;
        }
        who
    }

    /// Everyone in the list that `mention` begins, and where the list ends.
    pub(super) fn list_starting(
        &self,
        mention: &Mention,
        range: &Range<usize>,
    ) -> (Vec<usize>, usize) {
        let mut who = mention.who.clone();
        let mut end = mention.tokens.end;
        while let Some(right) = self
            .mentions_in(&(end..range.end))
            .next()
            .filter(|right| !right.possessive && self.joined(end, right.tokens.start))
        {
            who.extend(right.who.iter().copied());
            end = right.tokens.end;
        }
        (who, end)
    }

    /// Whom the mention that begins here means.
    fn who_at(&self, start: usize) -> &[usize] {
        let mention = self.mentions.iter().find(|m| m.tokens.start == start);
        mention.map_or(&[], |m| m.who.as_slice())
    }

    /// Only "and", commas and determiners stand between.
    fn joined(&self, end: usize, start: usize) -> bool {
        let between = self.tokens.get(end..start).unwrap_or_default();
        let gap = end
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .map_or("", |t| t.gap.trim());
        let words = between.iter().all(|t| {
            matches!(
                t.lower.as_str(),
                "and"
                    | "her"
                    | "his"
                    | "the"
                    | "their"
                    | "with"
                    | "or"
                    | "both"
                    | "baby"
                    | "son"
                    | "daughter"
                    | "sister"
                    | "brother"
                    | "aunt"
                    | "friend"
                    | "cousin"
                    | "from"
                    | "neighbour"
                    | "mum"
                    | "dad"
                    | "lad"
                    | "lads"
                    | "boys"
                    | "girls"
                    | "kids"
                    | "children"
                    | "twins"
                    | "bairns"
                    | "two"
                    | "three"
                    | "four"
                    | "little"
                    | "wee"
            )
        });
        words
            && matches!(gap, "" | "," | "-" | "&" | "(")
            && (!between.is_empty() || gap == "," || gap == "(" || gap == "&")
    }

    /// As spoken there for a name, else what the person is called.
    pub(super) fn called(&self, mention: &Mention) -> Vec<String> {
        let own = |who: &usize| {
            let person = self.cast.person(*who)?;
            let spoken = self.span(&mention.tokens).of(self.text);
            let plain = spoken
                .strip_suffix("'s")
                .or_else(|| spoken.strip_suffix("’s"))
                .unwrap_or(spoken);
            let exact =
                mention.form == Form::Name && (person.full == plain || person.short == plain);
            Some(if exact {
                plain.to_owned()
            } else {
                person.short.clone()
            })
        };
        mention.who.iter().filter_map(own).collect()
    }

    pub(super) fn short(&self, who: usize) -> String {
        if who == AUTHOR {
            "author".to_owned()
        } else {
            self.cast
                .person(who)
                .map(|p| p.short.clone())
                .unwrap_or_default()
        }
    }

    pub(super) fn full(&self, who: usize) -> String {
        self.cast
            .person(who)
            .map(|p| p.full.clone())
            .unwrap_or_default()
    }

    /// People of the family (not professionals, not the author) spoken of in a range.
    pub(super) fn family_in(&self, range: &Range<usize>) -> Vec<usize> {
        let mut who: Vec<usize> = Vec::new();
        for one in self.mentions_in(range).flat_map(|m| m.who.iter().copied()) {
            let same = who.iter().any(|&other| {
                other == one
                    || self.cast.likely(one) == Some(other)
                    || self.cast.likely(other) == Some(one)
            });
            if !same && !self.cast.is_professional(one) {
                who.push(one);
            }
        }
        who
    }

    /// A note of where a plain value was read.
    pub(super) fn source(
        &self,
        draft: &mut Draft,
        field: &str,
        value: Option<String>,
        range: &Range<usize>,
    ) {
        draft.sources.push(Source {
            field: field.to_owned(),
            value,
            span: self.span(range),
        });
    }

    /// A doubt about the words of a range.
    pub(super) fn doubt(
        &self,
        draft: &mut Draft,
        range: &Range<usize>,
        why: &str,
        suggestion: Option<String>,
    ) {
        draft.doubts.push(Doubt {
            heard: self.words(range),
            why: why.to_owned(),
            suggestion,
            span: self.span(range),
        });
    }
}
