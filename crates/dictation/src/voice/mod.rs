//! How likely it is, every 32 ms, that somebody speaks: the Silero voice detector (version 6.2, MIT
//! licence, © Silero Team), computed here.
//!
//! Energy can't tell a voice from music, traffic or a crying child (`silence`); this can. The net is so
//! small (`net`: a spectrum, four convolutions, one recurrent layer) that a runtime for nets would be a
//! hundred times its size. Weights: `silero-6.2.f16`, half-precision, made by
//! `crates/dictation/examples/silero.rs` from the `silero_vad_16k.safetensors` of the PyPI package
//! silero-vad 6.2.3.
//!
//! Invariants: what was heard, not in which pieces, decides the result; memory follows the number of
//! readings (110,000 for an hour), not of samples.
//!
//! Not here: what counts as a stretch of speech (`silence`).

mod net;
mod weights;

use net::{BATCH, CHUNK, CONTEXT, Net, State};

/// Samples that one reading is about (32 ms).
pub(crate) const READING: usize = CHUNK;

/// Listens to one recording.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    net: Net,
    state: State,
    /// The end of what was already judged, then what wasn't yet.
    pending: Vec<f32>,
    probabilities: Vec<f32>,
}

impl Default for Voice {
    fn default() -> Self {
        Self {
            net: Net::default(),
            state: State::default(),
            pending: vec![0.0; CONTEXT],
            probabilities: Vec::new(),
        }
    }
}

impl Voice {
    /// The next samples of the recording (16 kHz mono).
    pub(crate) fn hear(&mut self, samples: &[f32]) {
        let whole = CONTEXT + BATCH * CHUNK;
        let mut rest = samples;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(whole - self.pending.len()));
            self.pending.extend(now);
            rest = later;
            if self.pending.len() == whole {
                let batch = self.net.judge(&self.pending, &mut self.state);
                self.probabilities.extend(batch);
                self.pending.drain(..whole - CONTEXT);
            }
        }
    }

    /// The probability of speech in each [`READING`] heard so far; the last may be of a shorter one.
    pub(crate) fn probabilities(&self) -> Vec<f32> {
        let mut all = self.probabilities.clone();
        let unjudged = self.pending.len() - CONTEXT;
        if unjudged > 0 {
            // Always whole batches: sums of other sizes are rounded in another order.
            let mut pending = self.pending.clone();
            pending.resize(CONTEXT + BATCH * CHUNK, 0.0);
            let batch = self.net.judge(&pending, &mut self.state.clone());
            all.extend(&batch[..unjudged.div_ceil(CHUNK)]);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::decode;

    /// What onnxruntime 1.32 makes of the same recording with `silero_vad_16k_op15.onnx` of silero-vad 6.2.3.
    const REFERENCE: [f32; 87] = [
        0.043, 0.016, 0.012, 0.008, 0.009, 0.006, 0.006, 0.02, 0.014, 0.006, 0.004, 0.004, 0.003, 0.003,
        0.003, 0.021, 0.901, 0.991, 0.995, 0.997, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.999, 0.997, 0.995, 0.999,
        0.999, 0.999, 1.0, 0.999, 1.0, 0.998, 0.995, 0.97, 0.875, 0.787, 0.615, 0.808, 0.996, 0.999, 1.0,
        1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.997, 0.993, 0.998, 1.0, 1.0, 1.0,
        1.0, 1.0, 1.0, 1.0, 0.992, 0.962, 0.784, 0.401, 0.109, 0.034, 0.014, 0.012, 0.013, 0.012, 0.011,
        0.01, 0.009, 0.009, 0.009, 0.009, 0.009, 0.035, 0.013, 0.035,
    ];

    fn samples() -> Vec<f32> {
        let recording = include_bytes!("../../tests/fixtures/goforward.flac");
        decode(std::io::Cursor::new(recording)).unwrap().samples().to_vec()
    }

    #[test]
    fn judges_as_the_original_does() {
        let mut voice = Voice::default();
        voice.hear(&samples());
        let found = voice.probabilities();
        assert_eq!(found.len(), 88);
        for (at, (found, wanted)) in found.iter().zip(REFERENCE).enumerate() {
            assert!((found - wanted).abs() < 0.01, "{at}: {found}, not {wanted}");
        }
    }

    #[test]
    fn pieces_are_judged_as_the_whole() {
        let samples = samples();
        let mut whole = Voice::default();
        whole.hear(&samples);
        for piece in [1, 100, 512, 7_000] {
            let mut voice = Voice::default();
            for part in samples.chunks(piece) {
                voice.hear(part);
            }
            assert_eq!(voice.probabilities(), whole.probabilities(), "{piece}");
        }
        assert_eq!(Voice::default().probabilities(), [] as [f32; 0]);
    }

    #[test]
    fn what_is_not_a_number_doesnt_stay() {
        let mut voice = Voice::default();
        voice.hear(&[f32::NAN; 20_000]);
        voice.hear(&samples());
        assert!(voice.probabilities().iter().all(|p| (0.0..=1.0).contains(p)));
    }
}
