//! What the engine writes that nobody said, and why it is taken for that.
//!
//! Whisper invents over silence and noise, writes notes on sounds, and sometimes falls into repeating
//! one phrase until its window is full. All of this is taken out, and none of it in secret: the
//! transcript lists what was suppressed, where, and why.
//!
//! Invariants: a segment is doubted away only when the engine doubts it *and* the sound under it isn't
//! speech, so that spoken words are never lost here; of a repetition, the first time stays.

use crate::engine::Heard;
use crate::silence::Region;
use crate::speech::Speech;
use crate::transcript::{Reason, Segment, Suppressed, Word};

/// A segment is doubted when the engine thinks "no speech" more likely than this …
const NO_SPEECH: f32 = 0.6;
/// … or when its words are on average less sure than this.
const UNSURE: f32 = 0.35;
/// Sound of which less than this share is speech isn't speech.
const LITTLE_SPEECH: f32 = 0.15;

/// A phrase of up to this many words …
const LONGEST_PHRASE: usize = 12;
/// … said this often on end …
const TIMES: usize = 4;
/// … and this many words in all is a repetition that nobody spoke ("no, no, no, no" is).
const REPEATED_WORDS: usize = 10;

/// Whether the engine doubts a segment and the sound under it isn't speech either.
pub(crate) fn is_invented(heard: &Heard, offset_ms: u64, speech: &Speech) -> bool {
    let sum: f32 = heard.words.iter().map(|word| word.confidence).sum();
    #[expect(clippy::cast_precision_loss, reason = "a few dozen words")]
    let mean = sum / heard.words.len().max(1) as f32;
    if heard.no_speech < NO_SPEECH && mean > UNSURE {
        return false;
    }
    let sample = |ms: u64| usize::try_from((offset_ms + ms) * 16).unwrap_or(usize::MAX);
    let under = Region {
        start: sample(heard.start_ms),
        end: sample(heard.end_ms.max(heard.start_ms + 1)),
    };
    speech.share(under) < LITTLE_SPEECH
}

/// "[BLANK_AUDIO]", "(door closes)", "♪": whisper's notes on sounds, which nobody said.
pub(crate) fn is_sound_label(text: &str) -> bool {
    let wrapped = |open: char, close: char| {
        text.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|inner| !inner.contains([open, close]))
    };
    wrapped('[', ']')
        || wrapped('(', ')')
        || wrapped('*', '*')
        || text.chars().all(|letter| !letter.is_alphanumeric())
}

/// Takes repetitions out of the segments of one window; says what it took.
pub(crate) fn without_repetitions(segments: Vec<Segment>) -> (Vec<Segment>, Vec<Suppressed>) {
    let said: Vec<String> = segments
        .iter()
        .flat_map(|segment| &segment.words)
        .map(|word| bare(&word.text))
        .collect();
    let repeated = repeated(&said);
    if !repeated.contains(&true) {
        return (segments, Vec::new());
    }
    let mut flags = repeated.into_iter();
    let (mut kept, mut suppressed) = (Vec::new(), Vec::new());
    for segment in segments {
        let is_repeated: Vec<bool> = flags.by_ref().take(segment.words.len()).collect();
        let part = |wanted: bool| -> Vec<Word> {
            let words = segment.words.iter().zip(&is_repeated);
            words.filter(|(_, flag)| **flag == wanted).map(|(word, _)| word.clone()).collect()
        };
        if let Some((start_ms, end_ms, text)) = joined(&part(true)) {
            suppressed.push(Suppressed { start_ms, end_ms, text, reason: Reason::Repetition });
        }
        let words = part(false);
        if let Some((start_ms, end_ms, text)) = joined(&words) {
            let whole = words.len() == segment.words.len();
            kept.push(Segment {
                start_ms: if whole { segment.start_ms } else { start_ms },
                end_ms: if whole { segment.end_ms } else { end_ms },
                text,
                words,
            });
        }
    }
    (kept, suppressed)
}

fn joined(words: &[Word]) -> Option<(u64, u64, String)> {
    let (first, last) = (words.first()?, words.last()?);
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    Some((first.start_ms, last.end_ms, text))
}

/// Which words repeat, without need, the phrase before them.
fn repeated(words: &[String]) -> Vec<bool> {
    let mut flags = vec![false; words.len()];
    let mut at = 0;
    while at < words.len() {
        let run = (1..=LONGEST_PHRASE).find_map(|length| {
            let phrase = words.get(at..at + length)?;
            let rest = words[at + length..].chunks_exact(length);
            let times = 1 + rest.take_while(|next| *next == phrase).count();
            (times >= TIMES && times * length >= REPEATED_WORDS).then_some((length, times))
        });
        match run {
            Some((length, times)) => {
                flags[at + length..at + length * times].fill(true);
                at += length * times;
            }
            None => at += 1,
        }
    }
    flags
}

/// A word as it sounds: without case and punctuation.
fn bare(word: &str) -> String {
    let letters = word.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(start_ms: u64, text: &str) -> Segment {
        let words: Vec<Word> = text
            .split(' ')
            .zip(0..)
            .map(|(text, at)| Word {
                start_ms: start_ms + at * 100,
                end_ms: start_ms + at * 100 + 90,
                text: text.into(),
                confidence: 0.9,
            })
            .collect();
        let end_ms = words.last().map_or(start_ms, |word| word.end_ms);
        Segment { start_ms, end_ms, text: text.into(), words }
    }

    fn texts(segments: Vec<Segment>) -> (Vec<String>, Vec<String>) {
        let (kept, gone) = without_repetitions(segments);
        let kept = kept.into_iter().map(|segment| segment.text).collect();
        (kept, gone.into_iter().map(|gone| gone.text).collect())
    }

    #[test]
    fn a_phrase_that_fills_the_window_is_kept_once_and_reported() {
        let (kept, gone) = texts(vec![
            segment(0, "Mum was tired. I'm sorry. I'm sorry."),
            segment(2_000, "I'm sorry. I'm sorry, I'm sorry. I am"),
        ]);
        assert_eq!(kept, ["Mum was tired. I'm sorry.", "I am"]);
        assert_eq!(gone, ["I'm sorry.", "I'm sorry. I'm sorry, I'm sorry."]);
        let (kept, gone) = texts(vec![segment(0, &["you"; 12].join(" "))]);
        assert_eq!((kept, gone), (vec!["you".to_owned()], vec![["you"; 11].join(" ")]));
    }

    #[test]
    fn what_people_repeat_stays() {
        for said in [
            "No, no, no, no, no.",
            "She said go away go away go away and he went.",
            "five five five oh one two",
            "He was seen. She was seen. He was asleep. She was asleep.",
        ] {
            assert_eq!(texts(vec![segment(0, said)]), (vec![said.to_owned()], vec![]));
        }
    }

    #[test]
    fn notes_on_sounds_are_not_words() {
        for label in ["[BLANK_AUDIO]", "(door", "♪", "*sighs*", "..."] {
            let dropped = is_sound_label(label);
            assert_eq!(dropped, label != "(door", "{label}");
        }
        assert!(!is_sound_label("(she said) and (he said)"));
    }
}
