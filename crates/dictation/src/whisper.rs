//! Whisper through whisper.cpp. The only file that names `whisper-rs`; its types stay inside.
//!
//! Invariants: only a [`VerifiedModel`] is loaded (whisper.cpp aborts on some corrupt files);
//! whisper.cpp's own log output is switched off; no initial prompt is given, since a prompt can put
//! a name into the text that nobody said (and with the right names it made recognition worse: 7.6 to
//! 11.2 % wrong words); the same window gives the same words.

use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperSegment,
    WhisperState, WhisperTokenId,
};

use crate::audio::SAMPLE_RATE;
use crate::engine::{Engine, EngineError, Heard, HeardWord};
use crate::model::VerifiedModel;
use crate::transcript::ModelStamp;

/// Encoder positions a second, and the most there are (30 s).
const POSITIONS_PER_SECOND: usize = 50;
const MAX_POSITIONS: usize = 1500;
/// Encoder positions beyond the sound: with fewer, whisper repeats itself at the end.
const SPARE_POSITIONS: usize = 64;
/// Fewer positions in all, and short clips come out garbled or doubled ("5 5 5 5" for "five five"),
/// and slower too, by the repeated attempts: 16.9 % wrong words with 64 spare positions alone on
/// twelve short real clips, 12.7 with at least 512, 11.0 with 768, 10.2 (at twice the time) with 1500.
const MIN_POSITIONS: usize = 768;

/// whisper.cpp with a model and its working memory (150 to 220 MB for tiny and base).
pub struct Whisper {
    model: ModelStamp,
    state: WhisperState,
    threads: i32,
    first_special: WhisperTokenId,
}

impl Whisper {
    /// Loads a checked model; recognition will use `threads` threads.
    pub fn load(model: &VerifiedModel, threads: usize) -> Result<Self, EngineError> {
        whisper_rs::install_logging_hooks();
        let mut parameters = WhisperContextParameters::default();
        parameters.use_gpu(false);
        // Slower on processors.
        parameters.flash_attn(false);
        let context = WhisperContext::new_from_buffer_with_params(&model.bytes, parameters)
            .map_err(|error| EngineError::Load(error.to_string()))?;
        let state = context
            .create_state()
            .map_err(|error| EngineError::Load(error.to_string()))?;
        Ok(Self {
            model: model.stamp.clone(),
            state,
            threads: i32::try_from(threads.clamp(1, 64)).unwrap_or(1),
            first_special: context.token_eot(),
        })
    }

    fn parameters(&self, samples: usize) -> FullParams<'static, 'static> {
        // More than one candidate only where the temperature has been raised.
        let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
        parameters.set_n_threads(self.threads);
        parameters.set_language(Some("en"));
        // Windows are independent: what was misheard once must not lead the next one astray.
        parameters.set_no_context(true);
        parameters.set_token_timestamps(true);
        // As OpenAI's own decoder: no notes on sounds, which also sets off endless repetition.
        parameters.set_suppress_nst(true);
        // Greedy first; where the result is repetitive or improbable, again with more temperature.
        parameters.set_temperature(0.0);
        parameters.set_temperature_inc(0.2);
        parameters.set_print_special(false);
        parameters.set_print_progress(false);
        parameters.set_print_realtime(false);
        parameters.set_print_timestamps(false);
        // Without this a short window costs as much as 30 s.
        let positions = (samples * POSITIONS_PER_SECOND).div_ceil(SAMPLE_RATE as usize);
        let positions = (positions + SPARE_POSITIONS).clamp(MIN_POSITIONS, MAX_POSITIONS);
        parameters.set_audio_ctx(i32::try_from(positions).unwrap_or(0));
        parameters
    }

    /// Tokens to words: one that begins with a space begins a word, the others continue it.
    fn heard(&self, segment: &WhisperSegment<'_>) -> Heard {
        let mut words: Vec<Pieces> = Vec::new();
        for token in (0..segment.n_tokens()).filter_map(|at| segment.get_token(at)) {
            if token.token_id() >= self.first_special {
                continue;
            }
            let (data, Ok(bytes)) = (token.token_data(), token.to_bytes()) else {
                continue;
            };
            let (start_ms, end_ms) = (milliseconds(data.t0), milliseconds(data.t1));
            match words.last_mut() {
                Some(word) if !bytes.starts_with(b" ") => {
                    word.bytes.extend(bytes);
                    word.end_ms = word.end_ms.max(end_ms);
                    word.confidence = word.confidence.min(data.p);
                }
                _ => words.push(Pieces {
                    bytes: bytes.to_vec(),
                    start_ms,
                    end_ms,
                    confidence: data.p,
                }),
            }
        }
        Heard {
            start_ms: milliseconds(segment.start_timestamp()),
            end_ms: milliseconds(segment.end_timestamp()),
            words: words.into_iter().filter_map(Pieces::word).collect(),
            no_speech: segment.no_speech_probability(),
        }
    }
}

impl Engine for Whisper {
    fn model(&self) -> &ModelStamp {
        &self.model
    }

    fn recognise(&mut self, window: &[f32]) -> Result<Vec<Heard>, EngineError> {
        let parameters = self.parameters(window.len());
        self.state
            .full(parameters, window)
            .map_err(|error| EngineError::Recognise(error.to_string()))?;
        Ok(self
            .state
            .as_iter()
            .map(|segment| self.heard(&segment))
            .collect())
    }
}

/// A word while its tokens are put together; letters may be split over tokens.
struct Pieces {
    bytes: Vec<u8>,
    start_ms: u64,
    end_ms: u64,
    confidence: f32,
}

impl Pieces {
    fn word(self) -> Option<HeardWord> {
        let text = String::from_utf8_lossy(&self.bytes).trim().to_owned();
        (!text.is_empty()).then_some(HeardWord {
            start_ms: self.start_ms,
            end_ms: self.end_ms,
            text,
            confidence: self.confidence,
        })
    }
}

/// whisper.cpp counts in hundredths of a second; -1 stands for unknown.
fn milliseconds(hundredths: i64) -> u64 {
    u64::try_from(hundredths).unwrap_or(0) * 10
}
