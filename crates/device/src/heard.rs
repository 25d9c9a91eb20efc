//! Which words of a text deserve a second look, and when each was spoken.
//!
//! The words of a transcript are looked up in the text one after the other: where a word can't be found
//! (the text was punctuated, say), it has a time and no place, and no other word is shifted by it.

use dictation::{
    draft::{Draft, Span},
    transcript::{Transcript, Word},
};

use crate::shapes::{Mark, MarkKind, Place, Second, Source, SpokenWord, Uncertain};

/// Below this a word is doubtful.
pub(crate) const DOUBTFUL: f32 = 0.5;
/// How far ahead a word is looked for, in bytes.
const AHEAD: usize = 80;

/// A text with its words in time.
pub(crate) struct Heard<'a> {
    text: &'a str,
    /// UTF-16 units before each byte of the text, and after its last.
    units: Vec<u32>,
    /// Words with the bytes at which they stand.
    words: Vec<(Span, &'a Word)>,
}

impl<'a> Heard<'a> {
    pub(crate) fn new(text: &'a str, transcript: Option<&'a Transcript>) -> Self {
        let words = transcript.map_or_else(Vec::new, |transcript| placed(text, transcript));
        Self {
            text,
            units: units(text),
            words,
        }
    }

    fn place(&self, span: Span) -> Place {
        let unit = |byte: usize| {
            let last = self.units.last().copied().unwrap_or_default();
            self.units.get(byte).copied().unwrap_or(last)
        };
        Place {
            start: unit(span.0),
            end: unit(span.1),
        }
    }

    /// When the words of a span were spoken.
    fn audio(&self, span: Span) -> Option<Second> {
        let mut inside = self
            .words
            .iter()
            .filter(|(at, _)| at.0 < span.1 && span.0 < at.1)
            .map(|(_, word)| word);
        let first = inside.next()?;
        let last = inside.next_back().unwrap_or(first);
        Some(Second {
            start_ms: first.start_ms,
            end_ms: last.end_ms.max(first.end_ms),
        })
    }

    /// Every word with its place and time.
    pub(crate) fn words(&self) -> Vec<SpokenWord> {
        self.words
            .iter()
            .map(|(span, word)| SpokenWord {
                place: self.place(*span),
                audio: Second {
                    start_ms: word.start_ms,
                    end_ms: word.end_ms,
                },
                confidence: word.confidence,
            })
            .collect()
    }

    /// What to check, in the order of the text: doubtful words, and what the draft marked.
    pub(crate) fn marks(&self, draft: &Draft) -> Vec<Mark> {
        let doubtful = self.words.iter().filter(|(_, it)| it.confidence < DOUBTFUL);
        let doubtful = doubtful.map(|(span, _)| (*span, MarkKind::Doubtful));
        let marked = draft
            .marks
            .iter()
            .filter_map(|mark| Some((mark.span, kind(&mark.kind)?)));
        let mut all: Vec<_> = doubtful.chain(marked).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter()
            .zip(0..)
            .map(|((span, kind), id)| Mark {
                id,
                kind,
                text: span.of(self.text).to_owned(),
                place: self.place(span),
                audio: self.audio(span),
                must: kind.must_be_settled(),
                settled: false,
            })
            .collect()
    }

    /// Where plain values were read.
    pub(crate) fn sources(&self, draft: &Draft) -> Vec<Source> {
        let sources = draft.sources.iter().map(|it| Source {
            field: it.field.clone(),
            value: it.value.clone(),
            place: self.place(it.span),
            audio: self.audio(it.span),
        });
        sources.collect()
    }

    /// What the draft is unsure of.
    pub(crate) fn doubts(&self, draft: &Draft) -> Vec<Uncertain> {
        let doubts = draft.doubts.iter().map(|it| Uncertain {
            heard: it.heard.clone(),
            why: it.why.clone(),
            suggestion: it.suggestion.clone(),
            place: self.place(it.span),
            audio: self.audio(it.span),
        });
        doubts.collect()
    }
}

fn kind(label: &str) -> Option<MarkKind> {
    Some(match label {
        "name" => MarkKind::Name,
        "number" => MarkKind::Number,
        "date" => MarkKind::Date,
        "negation" => MarkKind::Negation,
        "risk word" => MarkKind::Risk,
        _ => return None,
    })
}

fn units(text: &str) -> Vec<u32> {
    let mut units = Vec::with_capacity(text.len() + 1);
    let mut count = 0_u32;
    for letter in text.chars() {
        for _ in 0..letter.len_utf8() {
            units.push(count);
        }
        count = count.saturating_add(if letter.len_utf16() == 2 { 2 } else { 1 });
    }
    units.push(count);
    units
}

fn placed<'a>(text: &str, transcript: &'a Transcript) -> Vec<(Span, &'a Word)> {
    let mut placed = Vec::new();
    let mut from = 0;
    for word in transcript.segments.iter().flat_map(|it| &it.words) {
        let bare = word.text.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            continue;
        }
        let mut until = (from + AHEAD + bare.len()).min(text.len());
        while !text.is_char_boundary(until) {
            until -= 1;
        }
        let window = text.get(from..until).unwrap_or_default();
        if let Some(at) = whole_word(window, bare) {
            let span = Span(from + at, from + at + bare.len());
            from = span.1;
            placed.push((span, word));
        }
    }
    placed
}

/// Where a word stands in a text as a word of its own.
fn whole_word(text: &str, word: &str) -> Option<usize> {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        edge(text[..*at].chars().next_back()) && edge(text[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use dictation::transcript::{ModelStamp, Segment};

    use super::*;

    fn transcript(words: &[(&str, f32)]) -> Transcript {
        let words: Vec<_> = words
            .iter()
            .zip(0_u64..)
            .map(|((text, confidence), n)| Word {
                start_ms: n * 1_000,
                end_ms: n * 1_000 + 800,
                text: (*text).to_owned(),
                confidence: *confidence,
            })
            .collect();
        let text = words
            .iter()
            .map(|it| it.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let segment = Segment {
            start_ms: 0,
            end_ms: 10_000,
            text: text.clone(),
            words,
        };
        let model = ModelStamp {
            name: "scripted".into(),
            sha256: String::new(),
        };
        Transcript::from_segments(vec![segment], model, 10_000, 1)
    }

    #[test]
    fn a_doubtful_word_knows_its_place_and_its_second() {
        let heard = transcript(&[("Zoë", 0.9), ("is", 0.9), ("not", 0.9), ("hurt.", 0.2)]);
        let words = Heard::new(&heard.text, Some(&heard));
        let marks = words.marks(&Draft::default());
        assert_eq!(marks.len(), 1);
        assert_eq!(marks[0].text, "hurt");
        // UTF-16 units, not bytes: the e with two dots is one unit and two bytes.
        assert_eq!(marks[0].place, Place { start: 11, end: 15 });
        let second = Second {
            start_ms: 3_000,
            end_ms: 3_800,
        };
        assert_eq!(marks[0].audio, Some(second));
        assert!(marks[0].must && !marks[0].settled);
    }

    #[test]
    fn what_the_draft_marks_is_seen_and_need_not_be_settled() {
        let heard = transcript(&[("Tyler", 0.9), ("is", 0.9), ("not", 0.9), ("hurt.", 0.9)]);
        let day = jiff::civil::date(2026, 10, 8);
        let draft = dictation::draft::draft(&heard.text, &dictation::draft::People::default(), day);
        let words = Heard::new(&heard.text, Some(&heard));
        let marks = words.marks(&draft);
        let negation = marks
            .iter()
            .find(|it| it.kind == MarkKind::Negation)
            .unwrap();
        assert_eq!((negation.text.as_str(), negation.must), ("not", false));
        assert_eq!(negation.audio.unwrap().start_ms, 2_000);
    }

    #[test]
    fn a_word_that_is_not_in_the_text_shifts_no_other() {
        let heard = transcript(&[("Home", 0.9), ("comma", 0.1), ("visit", 0.3)]);
        let words = Heard::new("Home, visit", Some(&heard));
        let marks = words.marks(&Draft::default());
        assert_eq!(marks.len(), 1);
        assert_eq!(marks[0].text, "visit");
    }
}
