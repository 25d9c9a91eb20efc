//! The Silero net, forward.
//!
//! Each chunk of 512 samples, with the 64 before it, becomes four spectra of 129 bands; four
//! convolutions make 128 numbers of them; one recurrent layer (LSTM) carries what was heard before; its
//! output becomes one probability. Chunks are done in batches, since large matrices are multiplied faster;
//! only the recurrent layer goes one by one.
//!
//! Source: the graph in `silero_vad_16k_op15.onnx`.

use std::sync::{Arc, OnceLock};

use matmul::product;

use super::weights::{Layer, Weights};

/// Samples that one probability is about.
pub(super) const CHUNK: usize = 512;
/// Samples before them that are heard along.
pub(super) const CONTEXT: usize = 64;
/// Chunks that are judged together.
pub(super) const BATCH: usize = 16;

/// Spectra: their length, the distance from one to the next, their bands, and how many a chunk has.
const WINDOW: usize = 256;
const HOP: usize = 128;
const BANDS: usize = 129;
const FRAMES: usize = 4;
/// Rows of a chunk in memory: four frames and one of zeros, which pads it and the next.
const ROWS: usize = FRAMES + 1;

/// Width of the recurrent layer.
const WIDTH: usize = 128;

/// The net's weights, shared.
#[derive(Debug, Clone)]
pub(super) struct Net {
    weights: Arc<Weights>,
    /// Cosines, then sines, each times the window.
    spectrum: Arc<Vec<f32>>,
}

/// What the recurrent layer remembers.
#[derive(Debug, Clone)]
pub(super) struct State {
    output: Vec<f32>,
    cell: Vec<f32>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            output: vec![0.0; WIDTH],
            cell: vec![0.0; WIDTH],
        }
    }
}

impl Default for Net {
    fn default() -> Self {
        static NET: OnceLock<Net> = OnceLock::new();
        NET.get_or_init(|| Self {
            weights: Arc::new(Weights::load()),
            spectrum: Arc::new(spectrum()),
        })
        .clone()
    }
}

/// A Fourier transform under a Hann window, as a matrix.
fn spectrum() -> Vec<f32> {
    let turn = |part: usize| {
        #[expect(clippy::cast_precision_loss, reason = "below 256")]
        let part = (part % WINDOW) as f64 / WINDOW as f64;
        part * std::f64::consts::TAU
    };
    let mut rows = Vec::with_capacity(2 * BANDS * WINDOW);
    for wave in [f64::cos, f64::sin] {
        for band in 0..BANDS {
            #[expect(clippy::cast_possible_truncation, reason = "within one")]
            rows.extend((0..WINDOW).map(|at| {
                let window = 0.5 - 0.5 * turn(at).cos();
                (window * wave(turn(band * at))) as f32
            }));
        }
    }
    rows
}

impl Net {
    /// Judges a batch of chunks, which `samples` hold after their context.
    pub(super) fn judge(&self, samples: &[f32], state: &mut State) -> [f32; BATCH] {
        let weights = &*self.weights;
        let spectra = self.spectra(samples);
        // Row r of the result is about rows r to r + 2 of the spectra: each fifth straddles two chunks.
        let mut first = layer(&weights.first, &spectra, BANDS, BATCH * ROWS);
        for row in first.chunks_exact_mut(WIDTH).skip(FRAMES).step_by(ROWS) {
            row.fill(0.0);
        }
        first.splice(..0, [0.0; WIDTH]);
        // Steps of two frames: the padding before the first, then the one before the third.
        let early = layer(&weights.second, &first, ROWS * WIDTH, BATCH);
        let late = layer(&weights.second, &first[2 * WIDTH..], ROWS * WIDTH, BATCH);
        let half = WIDTH / 2;
        let both: Vec<f32> = early
            .chunks_exact(half)
            .zip(late.chunks_exact(half))
            .flat_map(|(early, late)| [early, late].concat())
            .collect();
        let third = layer(&weights.third, &both, WIDTH, BATCH);
        let fourth = layer(&weights.fourth, &third, half, BATCH);

        let mut gates = vec![0.0; BATCH * 4 * WIDTH];
        product(&weights.input.weights, WIDTH, &fourth, WIDTH, &mut gates);
        let mut probabilities = [0.0; BATCH];
        for (probability, gates) in probabilities.iter_mut().zip(gates.chunks_exact(4 * WIDTH)) {
            *probability = self.step(gates, state);
        }
        probabilities
    }

    /// Loudness of each band in each frame; a row of zeros before each chunk and after the last.
    fn spectra(&self, samples: &[f32]) -> Vec<f32> {
        let mut padded = Vec::with_capacity(BATCH * ROWS * HOP + WINDOW);
        for chunk in samples[CONTEXT..].chunks_exact(CHUNK).enumerate() {
            let (at, _) = chunk;
            let heard = &samples[at * CHUNK..at * CHUNK + CONTEXT + CHUNK];
            padded.extend(heard.iter().map(|sample| if sample.is_finite() { *sample } else { 0.0 }));
            // Mirrored at the end, without the last sample itself.
            let end = padded.len() - 1;
            padded.extend_from_within(end - CONTEXT..end);
            padded[end + 1..].reverse();
        }
        padded.resize(BATCH * ROWS * HOP + WINDOW, 0.0);
        let mut waves = vec![0.0; BATCH * ROWS * 2 * BANDS];
        product(&self.spectrum, WINDOW, &padded, HOP, &mut waves);
        let mut bands = vec![0.0; (BATCH * ROWS + 2) * BANDS];
        let rows = bands[BANDS..].chunks_exact_mut(BANDS);
        for (at, (row, waves)) in rows.zip(waves.chunks_exact(2 * BANDS)).enumerate() {
            if at % ROWS < FRAMES {
                let (cosines, sines) = waves.split_at(BANDS);
                for ((band, cosine), sine) in row.iter_mut().zip(cosines).zip(sines) {
                    *band = (cosine * cosine + sine * sine).sqrt();
                }
            }
        }
        bands
    }

    /// One step of the recurrent layer and the last one.
    fn step(&self, from_input: &[f32], state: &mut State) -> f32 {
        let weights = &*self.weights;
        let mut gates = vec![0.0; 4 * WIDTH];
        product(&weights.recurrent, WIDTH, &state.output, WIDTH, &mut gates);
        for ((gate, input), bias) in gates.iter_mut().zip(from_input).zip(&weights.input.bias) {
            *gate += input + bias;
        }
        let mut sum = weights.last.bias[0];
        for at in 0..WIDTH {
            let gate = |number: usize| gates[number * WIDTH + at];
            let cell = sigmoid(gate(1)) * state.cell[at] + sigmoid(gate(0)) * gate(2).tanh();
            let output = sigmoid(gate(3)) * cell.tanh();
            state.cell[at] = cell;
            state.output[at] = output;
            sum += output.max(0.0) * weights.last.weights[at];
        }
        sigmoid(sum)
    }
}

/// A layer over `columns` inputs, each `stride` numbers after the last; what is below zero becomes zero.
fn layer(layer: &Layer, inputs: &[f32], stride: usize, columns: usize) -> Vec<f32> {
    let mut out = vec![0.0; columns * layer.bias.len()];
    product(&layer.weights, layer.depth, inputs, stride, &mut out);
    for row in out.chunks_exact_mut(layer.bias.len()) {
        for (number, bias) in row.iter_mut().zip(&layer.bias) {
            *number = (*number + bias).max(0.0);
        }
    }
    out
}

fn sigmoid(number: f32) -> f32 {
    1.0 / (1.0 + (-number).exp())
}
