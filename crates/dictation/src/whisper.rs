//! Whisper through whisper.cpp. The only file that names `whisper-rs`; its types stay inside.
//!
//! Invariants: only a [`VerifiedModel`] is loaded (whisper.cpp aborts on some corrupt files);
//! whisper.cpp's own log output is switched off; no initial prompt is given, since a prompt can put
//! a name into the text that nobody said (and with the right names it made recognition worse: 7.6 to
//! 11.2 % wrong words); the same window gives the same words.

use std::ffi::c_void;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// Below this mean of the logarithms of its tokens' probabilities a window is recognised again, freer.
/// This and the next two are OpenAI's and whisper.cpp's own bounds.
const IMPROBABLE: f32 = -1.0;
/// Below this entropy of the last [`LAST_TOKENS`] a window repeats itself.
const REPETITIVE: f32 = 2.4;
const LAST_TOKENS: usize = 32;

/// whisper.cpp with a model and its working memory (150 to 220 MB for tiny and base).
pub struct Whisper {
    model: ModelStamp,
    context: WhisperContext,
    state: WhisperState,
    threads: i32,
    first_special: WhisperTokenId,
    /// Whether somebody wants it to stop.
    cancelled: Arc<AtomicBool>,
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
        Ok(Self {
            model: model.stamp.clone(),
            state: new_state(&context)?,
            threads: i32::try_from(threads.clamp(1, 64)).unwrap_or(1),
            first_special: context.token_eot(),
            context,
            cancelled: Arc::default(),
        })
    }

    /// Set to true by anyone, at any time, it makes recognition stop with [`EngineError::Cancelled`],
    /// within a fraction of a second; the engine stays usable when it is set back.
    pub fn cancelled(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }

    /// How matrices are multiplied on this processor, and how many have been since the program began: 0
    /// after a recognition if whisper.cpp was built without `.cargo/config.toml`, and is slow.
    pub fn kernel() -> (&'static str, u64) {
        (matmul::Variant::best().name(), matmul::hook::taken())
    }

    /// Recognises with this temperature; without others where it is 0, else with ever higher ones until
    /// the result is probable.
    fn attempt(&mut self, window: &[f32], temperature: f32) -> Result<(), EngineError> {
        let mut parameters = self.parameters(window.len());
        parameters.set_temperature(temperature);
        parameters.set_temperature_inc(if temperature > 0.0 { 0.2 } else { 0.0 });
        #[expect(
            unsafe_code,
            reason = "whisper-rs's safe way casts to the wrong type and doesn't cancel"
        )]
        // SAFETY: the flag is shared by `self`, which is borrowed until `full` returns; the function takes
        // exactly such a pointer and only reads an atomic through it, from any thread.
        unsafe {
            parameters.set_abort_callback(Some(is_cancelled));
            parameters.set_abort_callback_user_data(
                Arc::as_ptr(&self.cancelled).cast_mut().cast::<c_void>(),
            );
        }
        let result = self.state.full(parameters, window);
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(EngineError::Cancelled);
        }
        result.map_err(|error| EngineError::Recognise(error.to_string()))?;
        Ok(())
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

    /// Whether the last result is so improbable or repetitive that another attempt may be better.
    fn is_doubtful(&self) -> bool {
        let mut tokens: Vec<WhisperTokenId> = Vec::new();
        let mut sum = 0.0;
        for segment in self.state.as_iter() {
            for token in (0..segment.n_tokens()).filter_map(|at| segment.get_token(at)) {
                if token.token_id() < self.first_special {
                    tokens.push(token.token_id());
                    sum += token.token_data().plog;
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a few hundred tokens")]
        let mean = sum / tokens.len().max(1) as f32;
        mean < IMPROBABLE || (tokens.len() > LAST_TOKENS && entropy(&tokens) < REPETITIVE)
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
        self.attempt(window, 0.0)?;
        if self.is_doubtful() {
            // Higher temperatures draw lots. A new state begins its lots anew, so that a window's words don't
            // depend on the windows before it, nor on whether it is the first after a crash.
            self.state = new_state(&self.context)?;
            self.attempt(window, 0.2)?;
        }
        Ok(self
            .state
            .as_iter()
            .map(|segment| self.heard(&segment))
            .collect())
    }
}

fn new_state(context: &WhisperContext) -> Result<WhisperState, EngineError> {
    context
        .create_state()
        .map_err(|error| EngineError::Load(error.to_string()))
}

/// What whisper.cpp asks between any two of its steps.
extern "C" fn is_cancelled(flag: *mut c_void) -> bool {
    #[expect(unsafe_code, reason = "the other end of the callback")]
    // SAFETY: `attempt` gives this function and a pointer to a flag that outlives the call.
    let flag = unsafe { &*flag.cast::<AtomicBool>() };
    flag.load(Ordering::Relaxed)
}

/// The entropy of the last tokens: low where few of them come again and again.
fn entropy(tokens: &[WhisperTokenId]) -> f32 {
    let last = &tokens[tokens.len().saturating_sub(LAST_TOKENS)..];
    #[expect(clippy::cast_precision_loss, reason = "at most 32")]
    let share = |token| {
        let count = last.iter().filter(|&&other| other == token).count();
        count as f32 / last.len() as f32
    };
    // Summed token by token, each of its n occurrences adds an nth of the term -p ln p.
    #[expect(clippy::cast_precision_loss, reason = "at most 32")]
    let weight = 1.0 / last.len() as f32;
    last.iter().map(|&token| -share(token).ln() * weight).sum()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_has_little_entropy() {
        let varied: Vec<WhisperTokenId> = (0..40).collect();
        let repeated: Vec<WhisperTokenId> = (0..40).map(|at| at % 5).collect();
        assert!((entropy(&varied) - 32.0_f32.ln()).abs() < 1e-4);
        assert!((entropy(&repeated) - 5.0_f32.ln()).abs() < 0.01);
        assert!(entropy(&repeated) < REPETITIVE && entropy(&varied) > REPETITIVE);
    }
}
