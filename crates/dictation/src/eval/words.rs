//! How far a transcript is from what was said, in words, and on the words that matter most.

use std::collections::HashSet;

use serde::Serialize;

use super::{
    align::{Step, align},
    normalise::normalise,
};
use crate::{correct, draft::watched};

/// Errors among words of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// How many such words were said.
    pub said: usize,
    /// Of these, how many were written as something else or not at all.
    pub missed: usize,
    /// How many were written where no such word was said.
    pub invented: usize,
}

impl Kind {
    /// `(missed + invented) / said`, where something was said.
    pub fn rate(&self) -> Option<f64> {
        share(self.missed + self.invented, self.said)
    }

    fn add(&mut self, other: Self) {
        self.said += other.said;
        self.missed += other.missed;
        self.invented += other.invented;
    }
}

/// Word errors of one text, or of many added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Words that were said, after normalisation.
    pub said: usize,
    /// Another word was written.
    pub substituted: usize,
    /// A word was left out.
    pub deleted: usize,
    /// A word was written that nobody said.
    pub inserted: usize,
    /// Places to change: differences that touch each other are one.
    pub places: usize,
    /// Names: those given as such.
    pub names: Kind,
    /// Words with digits after normalisation, which writes "twenty-two" as 22 (and 1 as "one",
    /// which isn't counted, since it is mostly no number).
    pub numbers: Kind,
    /// The draft's own list of negations, contractions spelt out.
    pub negations: Kind,
    /// The draft's own list of risk words.
    pub risk_words: Kind,
    /// Terms of the glossary, as often as they were said.
    pub terms: Kind,
}

impl Words {
    /// All differences.
    pub fn errors(&self) -> usize {
        self.substituted + self.deleted + self.inserted
    }

    /// Word error rate, where something was said.
    pub fn error_rate(&self) -> Option<f64> {
        share(self.errors(), self.said)
    }

    /// Adds another text's.
    pub fn add(&mut self, other: &Self) {
        self.said += other.said;
        self.substituted += other.substituted;
        self.deleted += other.deleted;
        self.inserted += other.inserted;
        self.places += other.places;
        self.names.add(other.names);
        self.numbers.add(other.numbers);
        self.negations.add(other.negations);
        self.risk_words.add(other.risk_words);
        self.terms.add(other.terms);
    }
}

/// A share of a whole that isn't nothing.
pub(super) fn share(part: usize, whole: usize) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Kinds that a word may be of.
#[derive(Clone, Copy, Default)]
struct Of {
    name: bool,
    number: bool,
    negation: bool,
    risk: bool,
}

/// Compares what was written with what was said. `names`: words of names in lower case.
///
/// ```
/// use std::collections::HashSet;
/// let names = HashSet::from(["tyler".to_owned()]);
/// let words = dictation::eval::compare("Tyler did not cry.", "Taylor did cry", &names);
/// assert_eq!((words.said, words.errors()), (4, 2));
/// assert_eq!((words.names.missed, words.negations.missed), (1, 1));
/// ```
pub fn compare(said: &str, written: &str, names: &HashSet<String>) -> Words {
    let (said, written) = (normalise(said), normalise(written));
    let (kinds_said, kinds_written) = (kinds(&said, names), kinds(&written, names));
    let said: Vec<&str> = said.split_whitespace().collect();
    let written: Vec<&str> = written.split_whitespace().collect();
    let mut words = Words {
        terms: terms(&said, &written),
        said: said.len(),
        ..Words::default()
    };
    let mut inside = false;
    for step in align(&said, &written) {
        let (from, to) = match step {
            Step::Same(from, to) | Step::Instead(from, to) => (Some(from), Some(to)),
            Step::Missing(from) => (Some(from), None),
            Step::Extra(to) => (None, Some(to)),
        };
        match step {
            Step::Same(..) => {}
            Step::Instead(..) => words.substituted += 1,
            Step::Missing(_) => words.deleted += 1,
            Step::Extra(_) => words.inserted += 1,
        }
        let same = matches!(step, Step::Same(..));
        words.places += usize::from(!same && !inside);
        inside = !same;
        let of = |at: Option<usize>, kinds: &[Of]| at.map(|at| kinds[at]).unwrap_or_default();
        let (was, is) = (of(from, &kinds_said), of(to, &kinds_written));
        for (kind, was, is) in [
            (&mut words.names, was.name, is.name),
            (&mut words.numbers, was.number, is.number),
            (&mut words.negations, was.negation, is.negation),
            (&mut words.risk_words, was.risk, is.risk),
        ] {
            kind.said += usize::from(was);
            kind.missed += usize::from(was && !same);
            kind.invented += usize::from(is && !was);
        }
    }
    words
}

/// How often each term stands on either side. A term within a longer one counts with it, too.
fn terms(said: &[&str], written: &[&str]) -> Kind {
    let mut kind = Kind::default();
    for term in correct::terms() {
        let term = normalise(term);
        let term: Vec<&str> = term.split_whitespace().collect();
        let count = |words: &[&str]| {
            words
                .windows(term.len())
                .filter(|it| **it == term[..])
                .count()
        };
        let (said, written) = (count(said), count(written));
        kind.said += said;
        kind.missed += said.saturating_sub(written);
        kind.invented += written.saturating_sub(said);
    }
    kind
}

/// What each word of a normalised text is.
fn kinds(text: &str, names: &HashSet<String>) -> Vec<Of> {
    let mut starts = Vec::new();
    let mut kinds: Vec<Of> = Vec::new();
    let mut at = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        starts.push(at);
        at += word.len() + 1;
        kinds.push(Of {
            name: names.contains(word),
            number: word.contains(|c: char| c.is_ascii_digit()),
            ..Of::default()
        });
    }
    for (span, kind) in watched(text) {
        for (start, of) in starts.iter().zip(&mut kinds) {
            if (span.0..span.1).contains(start) {
                match kind {
                    "negation" => of.negation = true,
                    _ => of.risk = true,
                }
            }
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_counted_by_kind_and_place() {
        let names = HashSet::from(["craig".to_owned(), "skye".to_owned()]);
        let words = compare(
            "Craig didn't hit Skye at four. He has a knife.",
            "Greg did hit Skye at 14. He has no knife now, Craig.",
            &names,
        );
        assert_eq!(words.said, 11);
        assert_eq!(
            words.names,
            Kind {
                said: 2,
                missed: 1,
                invented: 1
            }
        );
        assert_eq!(
            words.numbers,
            Kind {
                said: 1,
                missed: 1,
                invented: 0
            }
        );
        assert_eq!(
            words.negations,
            Kind {
                said: 1,
                missed: 1,
                invented: 1
            }
        );
        assert_eq!(
            words.risk_words,
            Kind {
                said: 2,
                missed: 0,
                invented: 0
            }
        );
        assert_eq!(
            (words.substituted, words.deleted, words.inserted),
            (3, 1, 2)
        );
        assert_eq!(words.places, 5);
    }

    #[test]
    fn numbers_in_words_and_spellings_of_either_side_of_the_sea_are_no_errors() {
        let none = HashSet::new();
        let same = compare(
            "He scored twenty-two, isn't tired and saw the grey colour at the centre.",
            "he scored 22 is not tired, and saw the gray color at the center",
            &none,
        );
        assert_eq!(same.errors(), 0);
    }

    #[test]
    fn words_over_silence_are_all_inserted_and_have_no_rate() {
        let words = compare("", "Thank you for watching.", &HashSet::new());
        assert_eq!((words.inserted, words.error_rate()), (4, None));
    }
}
