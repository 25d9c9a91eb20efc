//! A recording that comes in pieces, which aren't kept: where somebody speaks in it, and its words at
//! their place. `listen` runs an engine between the two; on the phone the engine lives elsewhere
//! (whisper.cpp in a worker of its own).
//!
//! Invariants: the same windows, segments and transcript whatever the pieces were; words keep the times of
//! the original recording; memory follows the number of readings (some 3 MB for an hour), not of samples.
//!
//! ```
//! use dictation::{engine::{Heard, HeardWord}, listening::Listening, transcript::ModelStamp};
//!
//! let mut listening = Listening::default();
//! for second in 0..10 {
//!     // One second of sound after four of silence.
//!     let loud = if second == 4 { 0.2 } else { 0.0 };
//!     let samples: Vec<f32> = (0..16_000).map(|n| if n % 2 == 0 { loud } else { -loud }).collect();
//!     listening.hear(&samples);
//! }
//! let windows = listening.windows();
//! let word = HeardWord { start_ms: 250, end_ms: 900, text: "Hello".into(), confidence: 0.9 };
//! let heard = Heard { start_ms: 250, end_ms: 900, words: vec![word], no_speech: 0.0 };
//! let segments = listening.place(vec![heard], windows[0]);
//! let model = ModelStamp { name: "echo".into(), sha256: String::new() };
//! assert_eq!(listening.transcript(segments, model, 0).text, "Hello");
//! ```

use crate::audio::samples_to_ms;
use crate::bands::Meter;
use crate::chunk;
use crate::engine::Heard;
use crate::silence::{Loudness, Region};
use crate::speech::Speech;
use crate::suppress::{is_invented, is_sound_label, without_repetitions};
use crate::transcript::{ModelStamp, Reason, Segment, Suppressed, Transcript, Word};
#[cfg(feature = "voice")]
use crate::voice::Voice;

/// One recording that is listened to in pieces.
#[derive(Debug, Clone, Default)]
pub struct Listening {
    meter: Meter,
    #[cfg(feature = "voice")]
    voice: Voice,
    /// Of all that was heard so far; made when it is first asked for.
    speech: Option<Speech>,
    suppressed: Vec<Suppressed>,
}

impl Listening {
    /// The next samples (16 kHz mono, -1 to 1), in order.
    pub fn hear(&mut self, samples: &[f32]) {
        self.meter.hear(samples);
        #[cfg(feature = "voice")]
        self.voice.hear(samples);
        self.speech = None;
    }

    /// The windows in which somebody speaks, in order, each at most
    /// [`MAX_WINDOW_MS`](chunk::MAX_WINDOW_MS). Ask when everything was heard.
    pub fn windows(&mut self) -> Vec<Region> {
        let samples = self.meter.samples();
        let speech = self.speech();
        chunk::windows(speech.loudness(), &speech.regions(), samples)
    }

    /// Samples heard so far.
    pub fn samples(&self) -> usize {
        self.meter.samples()
    }

    /// What the engine heard in a window, at its place in the recording, without inventions (which the
    /// transcript reports).
    pub fn place(&mut self, heard: Vec<Heard>, window: Region) -> Vec<Segment> {
        let (offset_ms, end_ms) = (samples_to_ms(window.start), samples_to_ms(window.end));
        let mut segments = Vec::new();
        for heard in heard {
            let invented = is_invented(&heard, offset_ms, self.speech());
            let Some(segment) = placed(heard, offset_ms, end_ms) else {
                continue;
            };
            let reason = match (invented, is_sound_label(&segment.text)) {
                (_, true) => Some(Reason::Sound),
                (true, false) => Some(Reason::NoSpeech),
                (false, false) => None,
            };
            match reason {
                Some(reason) => self.suppressed.push(Suppressed {
                    start_ms: segment.start_ms,
                    end_ms: segment.end_ms,
                    text: segment.text,
                    reason,
                }),
                None => segments.push(segment),
            }
        }
        let (segments, repetitions) = without_repetitions(segments);
        self.suppressed.extend(repetitions);
        segments
    }

    /// The whole recording as text, from the segments of its windows in order. `engine_ms` is the time
    /// that recognition took.
    pub fn transcript(
        &self,
        segments: Vec<Segment>,
        model: ModelStamp,
        engine_ms: u64,
    ) -> Transcript {
        let audio_ms = samples_to_ms(self.meter.samples());
        Transcript::from_segments(segments, model, audio_ms, engine_ms)
            .with_suppressed(self.suppressed.clone())
    }

    fn speech(&mut self) -> &Speech {
        let meter = &self.meter;
        #[cfg(feature = "voice")]
        let voice = &self.voice;
        self.speech.get_or_insert_with(|| {
            let loudness = Loudness::of(meter);
            #[cfg(feature = "voice")]
            return Speech::by_voice(loudness, voice.probabilities());
            #[cfg(not(feature = "voice"))]
            Speech::by_energy(loudness)
        })
    }
}

/// A heard segment at its place in the recording; `None` when it is empty.
fn placed(heard: Heard, offset_ms: u64, end_ms: u64) -> Option<Segment> {
    let place = |ms: u64| (offset_ms.saturating_add(ms)).min(end_ms);
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
    (!text.is_empty()).then_some(Segment {
        start_ms: place(heard.start_ms),
        end_ms: place(heard.end_ms.max(heard.start_ms)),
        text,
        words,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::audio::{Audio, decode};
    use crate::engine::{Engine, EngineError, HeardWord};
    use proptest::prelude::*;

    /// Says how long each window was.
    struct Counting(ModelStamp);

    impl Engine for Counting {
        fn model(&self) -> &ModelStamp {
            &self.0
        }
        fn recognise(&mut self, window: &[f32]) -> Result<Vec<Heard>, EngineError> {
            let word = HeardWord {
                start_ms: 100,
                end_ms: 400,
                text: window.len().to_string(),
                confidence: 0.9,
            };
            Ok(vec![Heard {
                start_ms: 100,
                end_ms: 400,
                words: vec![word],
                no_speech: 0.0,
            }])
        }
    }

    fn in_pieces(samples: &[f32], pieces: &[usize]) -> Transcript {
        let mut engine = Counting(ModelStamp {
            name: "counting".into(),
            sha256: String::new(),
        });
        let mut listening = Listening::default();
        let mut rest = samples;
        for &piece in pieces {
            let (now, later) = rest.split_at(piece.min(rest.len()));
            listening.hear(now);
            rest = later;
        }
        listening.hear(rest);
        let mut segments = Vec::new();
        for window in listening.windows() {
            let heard = engine
                .recognise(&samples[window.start..window.end])
                .unwrap();
            segments.extend(listening.place(heard, window));
        }
        listening.transcript(segments, engine.model().clone(), 0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn pieces_give_what_the_whole_gives(
            pieces in proptest::collection::vec(0_usize..40_000, 0..12)
        ) {
            let recording = include_bytes!("../tests/fixtures/jfk.flac");
            let mut samples = decode(std::io::Cursor::new(recording)).unwrap().samples().to_vec();
            // A pause that is cut out, then the same again.
            let once = samples.clone();
            samples.extend(vec![0.0; 40_007]);
            samples.extend(once);
            let mut engine = Counting(ModelStamp { name: "counting".into(), sha256: String::new() });
            let audio = Audio::from_samples(samples);
            let whole =
                crate::listen::listen(&audio, &mut engine, &|| Duration::ZERO, &mut |_| {}).unwrap();
            prop_assert!(whole.segments.len() > 1);
            prop_assert_eq!(in_pieces(audio.samples(), &pieces), whole);
        }
    }

    #[test]
    fn nothing_heard_is_an_empty_transcript() {
        assert_eq!(in_pieces(&[], &[]).text, "");
    }
}
