//! A whole recording to a transcript: silence out, windows through the engine, times mapped back,
//! inventions dropped.
//!
//! Invariants: where nobody speaks the engine is never run; words keep the times of the original
//! recording; a segment is dropped only when the engine doubts it *and* the sound under it isn't
//! speech by energy, so that spoken words are never lost here.
//!
//! Not here: a recording that comes in pieces and an engine that lives elsewhere, as on the phone
//! (`listening`), decoding (`audio`), and what the words mean (`spoken`, `draft`).

use std::time::Duration;

use crate::audio::{Audio, samples_to_ms};
use crate::chunk;
use crate::engine::{Engine, EngineError, Heard};
use crate::silence::{Loudness, Region};
use crate::transcript::{Segment, Transcript, Word};

/// A segment is doubted when the engine thinks "no speech" more likely than this …
const NO_SPEECH: f32 = 0.6;
/// … or when its words are on average less sure than this.
const UNSURE: f32 = 0.35;
/// Sound in which less than this share stands out of the background isn't speech.
const LITTLE_SPEECH: f32 = 0.15;

/// How far recognition has come, in milliseconds of speech (silence isn't counted).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Speech recognised so far.
    pub done_ms: u64,
    /// All the speech there is.
    pub total_ms: u64,
}

/// Transcribes `audio`.
///
/// `elapsed` is the caller's monotonic clock (this crate has none); it is read before and after.
/// `progress` is called before the first window and after each.
pub fn listen(
    audio: &Audio,
    engine: &mut dyn Engine,
    elapsed: &dyn Fn() -> Duration,
    progress: &mut dyn FnMut(Progress),
) -> Result<Transcript, EngineError> {
    let samples = audio.samples();
    let loudness = Loudness::measure(samples);
    let windows = chunk::windows(&loudness, &loudness.regions(), samples.len());
    let length = |window: &Region| samples_to_ms(window.end - window.start);
    let total_ms = windows.iter().map(length).sum();
    let mut done_ms = 0;
    let mut segments = Vec::new();
    progress(Progress { done_ms, total_ms });
    let before = elapsed();
    for window in &windows {
        let heard = engine.recognise(&samples[window.start..window.end])?;
        segments.extend(placed(heard, *window, &loudness));
        done_ms += length(window);
        progress(Progress { done_ms, total_ms });
    }
    let spent = if windows.is_empty() {
        Duration::ZERO
    } else {
        elapsed().saturating_sub(before)
    };
    Ok(Transcript::from_segments(
        segments,
        engine.model().clone(),
        audio.duration_ms(),
        u64::try_from(spent.as_millis()).unwrap_or(u64::MAX),
    ))
}

/// What was heard in a window at its place in the recording, without inventions.
pub(crate) fn placed(heard: Vec<Heard>, window: Region, loudness: &Loudness) -> Vec<Segment> {
    let (offset_ms, end_ms) = (samples_to_ms(window.start), samples_to_ms(window.end));
    heard
        .into_iter()
        .filter_map(|heard| segment(heard, offset_ms, end_ms, loudness))
        .collect()
}

/// A heard segment at its place in the recording; `None` when it is empty or an invention.
fn segment(heard: Heard, offset_ms: u64, end_ms: u64, loudness: &Loudness) -> Option<Segment> {
    if is_invented(&heard, offset_ms, loudness) {
        return None;
    }
    let place = |ms: u64| (offset_ms + ms).min(end_ms);
    let words: Vec<Word> = heard
        .words
        .into_iter()
        .filter(|word| !word.text.is_empty())
        .map(|word| Word {
            start_ms: place(word.start_ms),
            end_ms: place(word.end_ms.max(word.start_ms)),
            text: word.text,
            confidence: word.confidence.clamp(0.0, 1.0),
        })
        .collect();
    let text = words
        .iter()
        .map(|word| word.text.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    if text.is_empty() || is_sound_label(&text) {
        return None;
    }
    Some(Segment {
        start_ms: place(heard.start_ms),
        end_ms: place(heard.end_ms.max(heard.start_ms)),
        text,
        words,
    })
}

/// Whether the engine doubts a segment and the sound under it isn't speech either.
fn is_invented(heard: &Heard, offset_ms: u64, loudness: &Loudness) -> bool {
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
    loudness.speech_share(under) < LITTLE_SPEECH
}

/// "[BLANK_AUDIO]", "(door closes)", "♪": whisper's notes on sounds, which nobody said.
fn is_sound_label(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::HeardWord;
    use crate::transcript::ModelStamp;

    /// Says the same for each window and remembers how long the windows were.
    struct Scripted {
        model: ModelStamp,
        answer: Vec<Heard>,
        windows: Vec<usize>,
    }

    impl Scripted {
        fn saying(answer: Vec<Heard>) -> Self {
            let model = ModelStamp {
                name: "scripted".into(),
                sha256: String::new(),
            };
            Self {
                model,
                answer,
                windows: Vec::new(),
            }
        }
    }

    impl Engine for Scripted {
        fn model(&self) -> &ModelStamp {
            &self.model
        }
        fn recognise(&mut self, window: &[f32]) -> Result<Vec<Heard>, EngineError> {
            self.windows.push(window.len());
            Ok(self.answer.clone())
        }
    }

    fn heard(start_ms: u64, end_ms: u64, text: &str, confidence: f32, no_speech: f32) -> Heard {
        let word = HeardWord {
            start_ms,
            end_ms,
            text: text.into(),
            confidence,
        };
        Heard {
            start_ms,
            end_ms,
            words: vec![word],
            no_speech,
        }
    }

    /// Bursts of sound at the given seconds, one second each, in `length` seconds of zero.
    fn bursts(length: usize, at: &[usize]) -> Audio {
        let mut samples = vec![0.0; length * 16_000];
        for start in at {
            for n in 0..16_000 {
                samples[start * 16_000 + n] = if n % 2 == 0 { 0.2 } else { -0.2 };
            }
        }
        Audio::from_samples(samples)
    }

    fn run(audio: &Audio, engine: &mut Scripted) -> Transcript {
        listen(audio, engine, &|| Duration::ZERO, &mut |_| {}).unwrap()
    }

    #[test]
    fn silence_never_reaches_the_engine() {
        let mut engine = Scripted::saying(vec![heard(0, 500, "Thanks", 0.9, 0.0)]);
        let transcript = run(&bursts(60, &[]), &mut engine);
        assert_eq!(engine.windows, [] as [usize; 0]);
        assert_eq!(transcript.text, "");
        assert_eq!((transcript.audio_ms, transcript.engine_ms), (60_000, 0));
    }

    #[test]
    fn times_are_those_of_the_original_recording() {
        let mut engine = Scripted::saying(vec![heard(250, 1_250, "Hello", 0.9, 0.0)]);
        let transcript = run(&bursts(60, &[10, 40]), &mut engine);
        let starts: Vec<_> = transcript
            .segments
            .iter()
            .map(|s| s.words[0].start_ms)
            .collect();
        assert_eq!(transcript.text, "Hello Hello");
        assert!(starts[0].abs_diff(10_000) < 50, "{starts:?}");
        assert!(starts[1].abs_diff(40_000) < 50, "{starts:?}");
    }

    #[test]
    fn only_doubted_words_over_no_speech_are_dropped() {
        let over_silence = heard(1_450, 1_490, "Thanks", 0.2, 0.9);
        let doubted_but_spoken = heard(300, 1_200, "Iba", 0.1, 0.9);
        let sure = heard(1_450, 1_490, "Yes", 0.95, 0.1);
        let mut engine = Scripted::saying(vec![doubted_but_spoken, over_silence, sure]);
        assert_eq!(run(&bursts(5, &[2]), &mut engine).text, "Iba Yes");
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
