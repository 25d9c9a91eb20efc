//! Changes carried out in a text and in the words of its transcript.

use super::{Change, Correction};
use crate::{
    draft::Span,
    transcript::{Segment, Transcript, Word},
};

/// What a changed word's confidence is at most: below the limit from which words count as sure.
const CHANGED: f32 = 0.49;

/// How sure each word of a transcript is, at its place in the text. Empty where the segments are
/// not those of the text.
pub(super) fn confidences(transcript: &Transcript) -> Vec<(Span, f32)> {
    let mut all = Vec::new();
    let mut at = 0;
    for word in transcript.segments.iter().flat_map(|it| &it.words) {
        let rest = transcript.text.get(at..).unwrap_or_default();
        let Some(place) = rest
            .find(word.text.as_str())
            .filter(|place| rest[..*place].trim().is_empty())
        else {
            return Vec::new();
        };
        let span = Span(at + place, at + place + word.text.len());
        at = span.1;
        all.push((span, word.confidence));
    }
    all
}

/// The text with all changes, and what was changed at its new place.
pub(super) fn text(heard: &str, changes: &[Change]) -> (String, Vec<Correction>) {
    let mut out = String::with_capacity(heard.len());
    let mut corrections = Vec::new();
    let mut at = 0;
    for change in changes {
        out.push_str(heard.get(at..change.span.0).unwrap_or_default());
        let start = out.len();
        out.push_str(&change.written);
        at = change.span.1;
        let why = match change.kind {
            "name" => "Heard so; written as the family's person who sounds like it.",
            _ => "Heard so; written as the term that it is often mistaken for.",
        };
        corrections.push(Correction {
            heard: change.span.of(heard).to_owned(),
            written: change.written.clone(),
            kind: change.kind.to_owned(),
            why: why.to_owned(),
            span: Span(start, out.len()),
        });
    }
    out.push_str(heard.get(at..).unwrap_or_default());
    (out, corrections)
}

/// The segments with all changes. Where they are not those of the text they stay as they are.
pub(super) fn segments(
    transcript: &Transcript,
    changes: &[Change],
    corrections: &[Correction],
) -> Vec<Segment> {
    let places = confidences(transcript);
    if places.is_empty() || changes.is_empty() {
        return transcript.segments.clone();
    }
    let mut place = places.iter().map(|(span, _)| *span);
    let mut segments = Vec::with_capacity(transcript.segments.len());
    for segment in &transcript.segments {
        let spans: Vec<Span> = place.by_ref().take(segment.words.len()).collect();
        let mut words: Vec<Word> = Vec::with_capacity(segment.words.len());
        let mut at = 0;
        while at < segment.words.len() {
            let touches = |change: &&(&Change, &Correction)| {
                change.0.span.0 < spans[at].1 && spans[at].0 < change.0.span.1
            };
            let pairs: Vec<_> = changes.iter().zip(corrections).collect();
            let Some((change, correction)) = pairs.iter().find(touches) else {
                words.push(segment.words[at].clone());
                at += 1;
                continue;
            };
            let end = (at..spans.len())
                .take_while(|&it| spans[it].0 < change.span.1)
                .last()
                .map_or(at + 1, |last| last + 1);
            let heard = &transcript.text;
            let before = heard
                .get(spans[at].0..change.span.0.max(spans[at].0))
                .unwrap_or_default();
            let after = heard
                .get(change.span.1.min(spans[end - 1].1)..spans[end - 1].1)
                .unwrap_or_default();
            // What ran on from the segment before has been written there.
            let written = if change.span.0 < spans[at].0 && at == 0 {
                ""
            } else {
                &change.written
            };
            let whole = format!("{before}{written}{after}");
            words.extend(spread(
                &whole,
                &segment.words[at..end],
                correction.changes_letters(),
            ));
            at = end;
        }
        let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        segments.push(Segment {
            text: text.join(" "),
            words,
            ..segment.clone()
        });
    }
    segments
}

/// New words over the time of the old ones.
fn spread(text: &str, old: &[Word], changed: bool) -> Vec<Word> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let (Some(first), Some(last)) = (old.first(), old.last()) else {
        return Vec::new();
    };
    let least = old.iter().map(|word| word.confidence).fold(1.0, f32::min);
    let length = last.end_ms.saturating_sub(first.start_ms);
    let count = parts.len().max(1) as u64;
    let words = parts.iter().zip(0_u64..).map(|(part, n)| Word {
        start_ms: first.start_ms + length * n / count,
        end_ms: first.start_ms + length * (n + 1) / count,
        text: (*part).to_owned(),
        confidence: if changed { least.min(CHANGED) } else { least },
    });
    words.collect()
}
