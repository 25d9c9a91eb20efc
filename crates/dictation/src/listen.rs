//! A whole recording to a transcript: heard once to find where somebody speaks, then again, window by
//! window, by the engine.
//!
//! Twice, so that memory doesn't follow the length of the recording: only the window at hand is kept.
//! Since windows are independent, those that were finished before a crash needn't be heard again: whoever
//! calls may keep them ([`Watch::finished`]) and give them back ([`Watch::recall`]), and the transcript is
//! the same as of an uninterrupted run.
//!
//! Invariants: where nobody speaks the engine is never run; a recording that can't be read to its end
//! gives an error before the engine runs at all; cancelling takes effect within one window.
//!
//! Not here: where somebody speaks and what is taken out (`listening`), decoding (`audio`), and what
//! the words mean (`spoken`, `draft`).

use std::convert::Infallible;
use std::ops::ControlFlow;
use std::time::Duration;

use crate::audio::{Audio, samples_to_ms};
use crate::engine::{Engine, EngineError, Heard};
use crate::listening::Listening;
use crate::silence::Region;
use crate::transcript::{Segment, Transcript};

/// Something that can be heard from its beginning to its end, any number of times, the same each time.
pub trait Sound {
    /// Why it can't be heard.
    type Error;

    /// Gives all samples (16 kHz mono in [-1, 1]) in order, in pieces of any size, until told to stop.
    fn play(
        &self,
        hear: &mut dyn FnMut(&[f32]) -> ControlFlow<()>,
    ) -> Result<(), Self::Error>;
}

impl Sound for Audio {
    type Error = Infallible;

    fn play(&self, hear: &mut dyn FnMut(&[f32]) -> ControlFlow<()>) -> Result<(), Infallible> {
        let _ = hear(self.samples());
        Ok(())
    }
}

/// How far recognition has come, in milliseconds of speech (silence isn't counted).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Speech recognised so far.
    pub done_ms: u64,
    /// All the speech there is.
    pub total_ms: u64,
}

/// A window that was recognised: what is kept to go on from after a crash.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Finished {
    /// Where it lies, in samples.
    pub window: Region,
    /// What the engine heard in it.
    pub heard: Vec<Heard>,
    /// Time that this took, in milliseconds.
    pub engine_ms: u64,
}

/// Whoever follows a transcription. Everything has a default: nothing is kept, nobody interrupts.
pub trait Watch {
    /// Called while the recording is searched for speech, with the milliseconds heard so far.
    fn searching(&mut self, _heard_ms: u64) {}

    /// Called before the first window and after each.
    fn progress(&mut self, _progress: Progress) {}

    /// What was kept of this window, if it was recognised before.
    fn recall(&mut self, _window: Region) -> Option<Finished> {
        None
    }

    /// A window has been recognised, and this is its text. An error ends the transcription.
    fn finished(&mut self, _finished: &Finished) -> std::io::Result<()> {
        Ok(())
    }

    /// The text of a window, recognised or recalled.
    fn text(&mut self, _segments: &[Segment]) {}

    /// Whether to stop. The engine asks too, in its own way; this is asked between windows.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Why there is no transcript.
#[derive(Debug, thiserror::Error)]
pub enum ListenError<E> {
    /// The recording can't be read.
    #[error(transparent)]
    Sound(E),
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Somebody cancelled. What was finished before has been handed to [`Watch::finished`].
    #[error("cancelled: the recording is unchanged")]
    Cancelled,
    /// The second time the recording was shorter than the first.
    #[error("the recording was changed while it was read: try again")]
    Changed,
    /// A finished window could not be kept.
    #[error("what was recognised so far could not be written down: make room on the disk and try again")]
    Keep(#[source] std::io::Error),
}

/// Transcribes `sound`.
///
/// `elapsed` is the caller's monotonic clock (this crate has none); it is read round each window.
pub fn transcribe<S: Sound>(
    sound: &S,
    engine: &mut dyn Engine,
    elapsed: &dyn Fn() -> Duration,
    watch: &mut dyn Watch,
) -> Result<Transcript, ListenError<S::Error>> {
    let mut listening = Listening::default();
    let mut cancelled = false;
    let heard = sound.play(&mut |samples| {
        listening.hear(samples);
        watch.searching(samples_to_ms(listening.samples()));
        cancelled = watch.is_cancelled();
        if cancelled { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    heard.map_err(ListenError::Sound)?;
    if cancelled {
        return Err(ListenError::Cancelled);
    }
    let windows = listening.windows();
    let mut run = Run::new(listening, &windows, engine, elapsed, watch);
    let mut cutter = Cutter::new(&windows);
    if !windows.is_empty() {
        let mut failure = None;
        sound
            .play(&mut |samples| match cutter.hear(samples, &mut |at, window| run.window(at, window)) {
                Ok(()) if cutter.is_done() => ControlFlow::Break(()),
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            })
            .map_err(ListenError::Sound)?;
        match failure {
            Some(Stop::Engine(error)) => return Err(error.into()),
            Some(Stop::Keep(error)) => return Err(ListenError::Keep(error)),
            Some(Stop::Cancelled) => return Err(ListenError::Cancelled),
            None if !cutter.is_done() => return Err(ListenError::Changed),
            None => {}
        }
    }
    Ok(run.transcript())
}

/// Transcribes what is in memory, without keeping anything; `progress` is called before the first window and
/// after each.
pub fn listen(
    audio: &Audio,
    engine: &mut dyn Engine,
    elapsed: &dyn Fn() -> Duration,
    progress: &mut dyn FnMut(Progress),
) -> Result<Transcript, EngineError> {
    struct Told<'a>(&'a mut dyn FnMut(Progress));
    impl Watch for Told<'_> {
        fn progress(&mut self, progress: Progress) {
            (self.0)(progress);
        }
    }
    transcribe(audio, engine, elapsed, &mut Told(progress)).map_err(|error| match error {
        ListenError::Engine(error) => error,
        ListenError::Sound(never) => match never {},
        other => EngineError::Recognise(other.to_string()),
    })
}

enum Stop {
    Engine(EngineError),
    Keep(std::io::Error),
    Cancelled,
}

/// The windows' way through the engine.
struct Run<'a> {
    listening: Listening,
    windows: &'a [Region],
    engine: &'a mut dyn Engine,
    elapsed: &'a dyn Fn() -> Duration,
    watch: &'a mut dyn Watch,
    segments: Vec<Segment>,
    engine_ms: u64,
    progress: Progress,
}

impl<'a> Run<'a> {
    fn new(
        listening: Listening,
        windows: &'a [Region],
        engine: &'a mut dyn Engine,
        elapsed: &'a dyn Fn() -> Duration,
        watch: &'a mut dyn Watch,
    ) -> Self {
        let progress = Progress {
            done_ms: 0,
            total_ms: windows.iter().map(length_ms).sum(),
        };
        watch.progress(progress);
        Self {
            listening,
            windows,
            engine,
            elapsed,
            watch,
            segments: Vec::new(),
            engine_ms: 0,
            progress,
        }
    }

    fn window(&mut self, at: usize, samples: &[f32]) -> Result<(), Stop> {
        if self.watch.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let window = self.windows[at];
        let finished = match self.watch.recall(window) {
            Some(finished) => finished,
            None => self.recognise(window, samples)?,
        };
        self.engine_ms += finished.engine_ms;
        let segments = self.listening.place(finished.heard, window);
        self.watch.text(&segments);
        self.segments.extend(segments);
        self.progress.done_ms += length_ms(&window);
        self.watch.progress(self.progress);
        Ok(())
    }

    fn recognise(&mut self, window: Region, samples: &[f32]) -> Result<Finished, Stop> {
        let before = (self.elapsed)();
        let heard = self.engine.recognise(samples).map_err(|error| match error {
            EngineError::Cancelled => Stop::Cancelled,
            error => Stop::Engine(error),
        })?;
        let spent = (self.elapsed)().saturating_sub(before);
        let finished = Finished {
            window,
            heard,
            engine_ms: u64::try_from(spent.as_millis()).unwrap_or(u64::MAX),
        };
        self.watch.finished(&finished).map_err(Stop::Keep)?;
        Ok(finished)
    }

    fn transcript(self) -> Transcript {
        let model = self.engine.model().clone();
        self.listening.transcript(self.segments, model, self.engine_ms)
    }
}

fn length_ms(window: &Region) -> u64 {
    samples_to_ms(window.end - window.start)
}

/// Cuts windows out of samples that come in pieces.
struct Cutter<'a> {
    windows: &'a [Region],
    /// The window at hand, and its samples so far.
    at: usize,
    samples: Vec<f32>,
    /// Samples that went by.
    passed: usize,
}

impl<'a> Cutter<'a> {
    fn new(windows: &'a [Region]) -> Self {
        Self {
            windows,
            at: 0,
            samples: Vec::new(),
            passed: 0,
        }
    }

    fn is_done(&self) -> bool {
        self.at == self.windows.len()
    }

    /// Takes the next samples; hands over each window that is whole.
    fn hear(
        &mut self,
        mut samples: &[f32],
        whole: &mut dyn FnMut(usize, &[f32]) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        while let Some(window) = self.windows.get(self.at).filter(|_| !samples.is_empty()) {
            let skipped = window.start.saturating_sub(self.passed).min(samples.len());
            let missing = window.end - window.start - self.samples.len();
            let taken = missing.min(samples.len() - skipped);
            self.samples.extend(&samples[skipped..skipped + taken]);
            self.passed += skipped + taken;
            samples = &samples[skipped + taken..];
            if taken == missing {
                whole(self.at, &self.samples)?;
                self.samples.clear();
                self.at += 1;
            }
        }
        self.passed += samples.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::HeardWord;
    use crate::transcript::ModelStamp;
    use proptest::prelude::*;

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

    /// A real voice at the given seconds in `length` seconds of nothing.
    fn spoken(length: usize, at: &[usize]) -> Audio {
        let recording = include_bytes!("../tests/fixtures/goforward.flac");
        let voice = crate::audio::decode(std::io::Cursor::new(recording)).unwrap();
        // It begins after half a second.
        let voice = &voice.samples()[8_000..40_000];
        let mut samples = vec![0.0; length * 16_000];
        for start in at {
            samples[start * 16_000..][..voice.len()].copy_from_slice(voice);
        }
        Audio::from_samples(samples)
    }

    fn run(audio: &Audio, engine: &mut Scripted) -> Transcript {
        listen(audio, engine, &|| Duration::ZERO, &mut |_| {}).unwrap()
    }

    #[test]
    fn silence_never_reaches_the_engine() {
        let mut engine = Scripted::saying(vec![heard(0, 500, "Thanks", 0.9, 0.0)]);
        let transcript = run(&spoken(60, &[]), &mut engine);
        assert_eq!(engine.windows, [] as [usize; 0]);
        assert_eq!(transcript.text, "");
        assert_eq!((transcript.audio_ms, transcript.engine_ms), (60_000, 0));
    }

    #[test]
    fn times_are_those_of_the_original_recording() {
        let mut engine = Scripted::saying(vec![heard(250, 1_250, "Hello", 0.9, 0.0)]);
        let transcript = run(&spoken(60, &[10, 40]), &mut engine);
        let starts: Vec<_> = transcript
            .segments
            .iter()
            .map(|s| s.words[0].start_ms)
            .collect();
        assert_eq!(transcript.text, "Hello Hello");
        assert!(starts[0].abs_diff(10_000) < 150, "{starts:?}");
        assert!(starts[1].abs_diff(40_000) < 150, "{starts:?}");
    }

    #[test]
    fn only_doubted_words_over_no_speech_are_taken_out_and_reported() {
        let over_silence = heard(2_350, 2_390, "Thanks", 0.2, 0.9);
        let doubted_but_spoken = heard(500, 1_200, "Iba", 0.1, 0.9);
        let sure = heard(2_350, 2_390, "Yes", 0.95, 0.1);
        let note = heard(500, 900, "[music]", 0.9, 0.0);
        let mut engine = Scripted::saying(vec![doubted_but_spoken, over_silence, sure, note]);
        let transcript = run(&spoken(6, &[2]), &mut engine);
        assert_eq!(transcript.text, "Iba Yes");
        let taken: Vec<_> = transcript.suppressed.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(taken, ["Thanks", "[music]"]);
    }

    proptest! {
        #[test]
        fn windows_are_cut_out_whole_whatever_the_pieces(
            lengths in proptest::collection::vec((0_usize..50, 1_usize..50), 0..8),
            pieces in proptest::collection::vec(1_usize..80, 1..40)
        ) {
            let mut windows = Vec::new();
            let mut end = 0;
            for (gap, length) in lengths {
                windows.push(Region { start: end + gap, end: end + gap + length });
                end += gap + length;
            }
            #[expect(clippy::cast_precision_loss, reason = "small")]
            let samples: Vec<f32> = (0..end + 7).map(|at| at as f32).collect();
            let (mut cutter, mut cut) = (Cutter::new(&windows), Vec::new());
            let mut rest = &samples[..];
            for piece in pieces.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (now, later) = rest.split_at((*piece).min(rest.len()));
                let _ = cutter.hear(now, &mut |at, window| {
                    cut.push((at, window.to_vec()));
                    Ok(())
                });
                rest = later;
            }
            prop_assert!(cutter.is_done());
            for ((at, cut), window) in cut.iter().zip(&windows) {
                prop_assert_eq!(&cut[..], &samples[window.start..window.end], "{}", at);
            }
            prop_assert_eq!(cut.len(), windows.len());
        }
    }
}
