//! Whether corrections of names and terms did good or harm.

use std::collections::HashSet;

use serde::Serialize;

use super::{
    align::{Step, align},
    normalise::normalise,
};
use crate::correct::Correction;

/// Corrections of a text, or of many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Replaced {
    /// Corrections that were made.
    pub made: usize,
    /// Words that they wrote and nobody said there, whatever stood there before.
    pub wrong_words: usize,
}

impl Replaced {
    /// Adds another text's.
    pub fn add(&mut self, other: Self) {
        self.made += other.made;
        self.wrong_words += other.wrong_words;
    }
}

/// Written before each word of a replacement: a letter of nobody's, which normalisation keeps.
const SIGN: char = '\u{E000}';

/// Lays a corrected text beside what was said, after normalisation.
pub fn replaced(said: &str, corrected: &str, corrections: &[Correction]) -> Replaced {
    let mut signed = String::with_capacity(corrected.len() + corrections.len() * 8);
    let mut at = 0;
    for one in corrections {
        signed.push_str(corrected.get(at..one.span.0).unwrap_or_default());
        for word in one.span.of(corrected).split_inclusive([' ', '-']) {
            signed.push(SIGN);
            signed.push_str(word);
        }
        at = one.span.1;
    }
    signed.push_str(corrected.get(at..).unwrap_or_default());
    let (said, signed) = (normalise(said), normalise(&signed));
    let said: Vec<&str> = said.split_whitespace().collect();
    let signed: Vec<&str> = signed.split_whitespace().collect();
    let plain: Vec<String> = signed.iter().map(|word| word.replace(SIGN, "")).collect();
    let written: Vec<&str> = plain.iter().map(String::as_str).collect();
    let right: HashSet<usize> = align(&said, &written)
        .into_iter()
        .filter_map(|step| match step {
            Step::Same(_, to) => Some(to),
            _ => None,
        })
        .collect();
    let wrong = signed
        .iter()
        .enumerate()
        .filter(|(at, word)| word.starts_with(SIGN) && !right.contains(at));
    Replaced {
        made: corrections.len(),
        wrong_words: wrong.count(),
    }
}
