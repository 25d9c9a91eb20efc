//! As `listen`, for the phone: the recording comes in pieces that aren't kept, and the engine lives
//! elsewhere (whisper.cpp in a worker of its own).
//!
//! Invariants: the same windows, segments and transcript as `listen` gives, whatever the pieces were;
//! memory follows the number of 10 ms readings (some 1 MB for an hour), not of samples.
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
use crate::listen::placed;
use crate::silence::{Loudness, Region};
use crate::transcript::{ModelStamp, Segment, Transcript};

/// One recording that is listened to in pieces.
#[derive(Debug, Clone, Default)]
pub struct Listening {
    meter: Meter,
    /// Of all that was heard so far; made when it is first asked for.
    loudness: Option<Loudness>,
}

impl Listening {
    /// The next samples (16 kHz mono, -1 to 1), in order.
    pub fn hear(&mut self, samples: &[f32]) {
        self.meter.hear(samples);
        self.loudness = None;
    }

    /// The windows in which somebody speaks, in order, each at most
    /// [`MAX_WINDOW_MS`](chunk::MAX_WINDOW_MS). Ask when everything was heard.
    pub fn windows(&mut self) -> Vec<Region> {
        let loudness = self.loudness();
        chunk::windows(loudness, &loudness.regions(), loudness.samples())
    }

    /// What the engine heard in a window, at its place in the recording, without inventions.
    pub fn place(&mut self, heard: Vec<Heard>, window: Region) -> Vec<Segment> {
        placed(heard, window, self.loudness())
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
    }

    fn loudness(&mut self) -> &Loudness {
        let meter = &self.meter;
        self.loudness.get_or_insert_with(|| Loudness::of(meter))
    }
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
