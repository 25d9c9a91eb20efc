//! Names and terms that a speech engine got wrong, corrected where that can be seen.
//!
//! Names are corrected against the family's people (`names`), terms against a glossary of the field
//! (`glossary`). Nothing is corrected silently: each [`Correction`] says what was heard, what is
//! written instead and why; it is a doubt of the draft; and words that are now others count as
//! doubtful in the transcript, so that their author must look at them.
//!
//! Invariants: only words that were heard are ever replaced, so that a list of people alone puts no
//! name into a text; what is heard as it is written stays. A prompt with the names would help less
//! and invent (measured: word errors rose from 7.6 to 11.2%).
//!
//! Not here: spoken punctuation (`spoken`), what the words mean (`draft`).
//!
//! ```
//! use dictation::{correct::correct_text, draft::People};
//!
//! let people = People::from_json(r#"[{"name": "Kelly Hartley"}]"#)?;
//! let (text, corrections) = correct_text("I rang Kali Hartley and the Iba.", &people);
//! assert_eq!(text, "I rang Kelly Hartley and the IDVA.");
//! assert_eq!((corrections[0].heard.as_str(), corrections[0].kind.as_str()), ("Kali", "name"));
//! # Ok::<(), dictation::draft::PeopleError>(())
//! ```

mod glossary;
mod names;
mod rewrite;
mod sounds;
mod terms;

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    draft::{
        Doubt, Draft, People, Span, draft,
        words::{Token, tokens},
    },
    transcript::Transcript,
};

/// Words that were replaced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// What was heard.
    pub heard: String,
    /// What is written instead.
    pub written: String,
    /// `name` or `term`.
    pub kind: String,
    /// Why, in plain English.
    pub why: String,
    /// Where the written words stand in the corrected text.
    pub span: Span,
}

impl Correction {
    /// Whether it changes letters rather than capitals and hyphens.
    pub fn changes_letters(&self) -> bool {
        let letters = |text: &str| -> String {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        };
        letters(&self.heard) != letters(&self.written)
    }

    fn doubt(&self) -> Doubt {
        Doubt {
            heard: self.heard.clone(),
            why: self.why.clone(),
            suggestion: Some(self.written.clone()),
            span: self.span,
        }
    }
}

/// A transcript in which names and terms are corrected.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    /// The transcript as it is now written. Its words keep their times; those that are now others
    /// have a confidence below 0.5.
    pub transcript: Transcript,
    /// What was replaced, in the order of the text.
    pub corrections: Vec<Correction>,
}

impl Corrected {
    /// A draft of the corrected text, in which each correction is a doubt.
    pub fn draft(&self, people: &People, recorded_on: Date) -> Draft {
        let mut made = draft(&self.transcript.text, people, recorded_on);
        let changed = self.corrections.iter().filter(|it| it.changes_letters());
        made.doubts.extend(changed.map(Correction::doubt));
        made.doubts.sort_by_key(|doubt| doubt.span);
        made
    }
}

/// Corrects a transcript.
pub fn correct(transcript: &Transcript, people: &People) -> Corrected {
    let confidences = rewrite::confidences(transcript);
    let changes = changes(&transcript.text, &confidences, people);
    let (text, corrections) = rewrite::text(&transcript.text, &changes);
    let segments = rewrite::segments(transcript, &changes, &corrections);
    Corrected {
        transcript: Transcript {
            text,
            segments,
            ..transcript.clone()
        },
        corrections,
    }
}

/// Corrects a text of which nothing but its words is known.
pub fn correct_text(text: &str, people: &People) -> (String, Vec<Correction>) {
    rewrite::text(text, &changes(text, &[], people))
}

/// Every term as the glossary writes it.
pub fn terms() -> Vec<&'static str> {
    glossary::terms()
}

/// Words to replace.
struct Change {
    /// In the text as heard.
    span: Span,
    written: String,
    kind: &'static str,
}

/// What is to be replaced, in order, none touching another.
fn changes(text: &str, confidences: &[(Span, f32)], people: &People) -> Vec<Change> {
    let tokens = tokens(text);
    // A word is as sure as its least sure part; where nothing is known, it is sure.
    let sure = |words: Range<usize>| {
        let (Some(first), Some(last)) = (tokens.get(words.start), tokens.get(words.end - 1)) else {
            return 1.0;
        };
        let from = confidences.partition_point(|(span, _)| span.1 <= first.start);
        let inside = confidences[from..]
            .iter()
            .take_while(|(span, _)| span.0 < last.end);
        inside
            .map(|(_, confidence)| *confidence)
            .fold(1.0, f32::min)
    };
    let change = |words: Range<usize>, written: String, kind| {
        let last = &tokens[words.end - 1];
        // A possessive stays.
        let ending = last.lower.len() - last.bare().len();
        let ending = if ending == 0 {
            0
        } else {
            possessive(text, last)
        };
        // What a hyphen held together ("pre-has") is a name and another word.
        let split = kind == "name" && last.gap == "-";
        Change {
            span: Span(
                tokens[words.start].start,
                last.end - ending + usize::from(split),
            ),
            written: if split { written + " " } else { written },
            kind,
        }
    };
    let mut changes: Vec<Change> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match terms::term_at(&tokens, at, &sure) {
            Some((words, written)) => {
                at = words.end;
                changes.push(change(words, written.to_owned(), "term"));
            }
            None => at += 1,
        }
    }
    let names = names::Names::of(people).misheard(&tokens, &sure);
    for (words, written) in names {
        let one = change(words, written, "name");
        if changes
            .iter()
            .all(|it| it.span.1 <= one.span.0 || one.span.1 <= it.span.0)
        {
            changes.push(one);
        }
    }
    changes.retain(|it| {
        let plain = |text: &str| text.replace(['-', ' ', '\n'], "");
        plain(it.span.of(text)) != plain(&it.written)
    });
    changes.sort_by_key(|it| it.span);
    changes
}

/// Bytes of a possessive ending.
fn possessive(text: &str, token: &Token) -> usize {
    let word = Span(token.start, token.end).of(text);
    ["'s", "’s", "'", "’"]
        .iter()
        .find(|ending| word.ends_with(*ending))
        .map_or(0, |it| it.len())
}
