//! From any sample rate to 16 kHz, as the samples arrive.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Indexing, Resampler};

use super::{AudioError, SAMPLE_RATE};

/// Input frames that are converted at once.
const CHUNK: usize = 4096;

/// Takes mono samples of one rate and gives them at 16 kHz.
pub(super) struct To16k {
    rate: u32,
    /// `None` when the input is 16 kHz already.
    resampler: Option<Fft<f32>>,
    pending: Vec<f32>,
    /// Converted, not yet taken.
    output: Vec<f32>,
    received: u64,
    given: u64,
    /// Output that the filter delays at the start and that isn't sound, as far as it is still to come.
    delay: usize,
}

impl To16k {
    /// For input of `rate` samples a second.
    pub(super) fn new(rate: u32) -> Result<Self, AudioError> {
        let resampler = if rate == SAMPLE_RATE {
            None
        } else {
            let made = Fft::<f32>::new(
                rate as usize,
                SAMPLE_RATE as usize,
                CHUNK,
                1,
                FixedSync::Input,
            );
            Some(made.map_err(|error| failed(rate, &error))?)
        };
        let delay = resampler.as_ref().map_or(0, Resampler::output_delay);
        Ok(Self {
            rate,
            resampler,
            pending: Vec::new(),
            output: Vec::new(),
            received: 0,
            given: 0,
            delay,
        })
    }

    /// Frames taken in so far, at the input's rate.
    pub(super) fn received(&self) -> u64 {
        self.received
    }

    /// Takes mono samples at the input's rate; gives what they complete.
    pub(super) fn push(&mut self, samples: &[f32]) -> Result<&[f32], AudioError> {
        self.received += samples.len() as u64;
        self.output.clear();
        if self.resampler.is_none() {
            self.output.extend_from_slice(samples);
        } else {
            self.pending.extend_from_slice(samples);
            while self.pending.len() >= self.chunk() {
                self.convert(None)?;
            }
        }
        self.given += self.output.len() as u64;
        Ok(&self.output)
    }

    /// What is left at the end.
    pub(super) fn finish(&mut self) -> Result<&[f32], AudioError> {
        self.output.clear();
        if self.resampler.is_some() {
            let wanted = (self.received * u64::from(SAMPLE_RATE)).div_ceil(u64::from(self.rate));
            let wanted = usize::try_from(wanted.saturating_sub(self.given)).unwrap_or(usize::MAX);
            // The filter holds back its delay: push the tail, then silence, until all is out.
            while self.output.len() < wanted {
                self.convert(Some(self.pending.len()))?;
            }
            self.output.truncate(wanted);
        }
        Ok(&self.output)
    }

    fn chunk(&self) -> usize {
        self.resampler
            .as_ref()
            .map_or(CHUNK, Resampler::input_frames_next)
    }

    /// Converts one chunk from the front of `pending`; `partial` frames of it when at the end.
    fn convert(&mut self, partial: Option<usize>) -> Result<(), AudioError> {
        let needed = self.chunk();
        let Some(resampler) = self.resampler.as_mut() else {
            return Ok(());
        };
        if partial.is_some() {
            self.pending.resize(needed, 0.0);
        }
        let input = InterleavedSlice::new(&self.pending[..needed], 1, needed)
            .map_err(|error| failed(self.rate, &error))?;
        let indexing = Indexing {
            partial_len: partial,
            ..Indexing::default()
        };
        let converted = resampler
            .process(&input, Some(&indexing))
            .map_err(|error| failed(self.rate, &error))?
            .take_data();
        let late = self.delay.min(converted.len());
        self.delay -= late;
        self.output.extend(&converted[late..]);
        self.pending.drain(..needed);
        Ok(())
    }
}

fn failed(rate: u32, error: &dyn std::fmt::Display) -> AudioError {
    AudioError::Resample {
        rate,
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A 440 Hz tone keeps its length, and its place in time to within a sample, at every rate.
    #[test]
    fn a_tone_keeps_length_and_phase() {
        for rate in [8_000_u32, 11_025, 22_050, 44_100, 48_000, 96_000] {
            #[expect(clippy::cast_possible_truncation, reason = "a sine")]
            let tone = |at: f64| (at * 440.0 * std::f64::consts::TAU).sin() as f32;
            let input: Vec<f32> = (0..rate)
                .map(|n| tone(f64::from(n) / f64::from(rate)))
                .collect();
            let mut resampler = To16k::new(rate).unwrap();
            let mut output = Vec::new();
            for part in input.chunks(1152) {
                output.extend_from_slice(resampler.push(part).unwrap());
            }
            output.extend_from_slice(resampler.finish().unwrap());
            assert_eq!(output.len(), 16_000, "{rate} Hz");
            for (n, sample) in output.iter().enumerate().skip(1000).take(14_000) {
                let expected = tone(f64::from(u32::try_from(n).unwrap()) / 16_000.0);
                assert!(
                    (sample - expected).abs() < 0.18,
                    "{rate} Hz at {n}: {sample} {expected}"
                );
            }
        }
    }
}
