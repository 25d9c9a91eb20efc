//! The net's weights, out of the file that is part of the program.
//!
//! All numbers of a layer lie together, its rows one after the other; convolutions with their taps before
//! their channels, as the input lies in memory.

use half::f16;

static FILE: &[u8] = include_bytes!("silero-6.2.f16");

/// A layer: rows of weights, and a bias for each row.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) weights: Vec<f32>,
    pub(super) bias: Vec<f32>,
    /// Numbers in a row.
    pub(super) depth: usize,
}

/// All of them.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// Three taps, step 1, over the 129 bands of the spectrum.
    pub(super) first: Layer,
    /// Three taps, step 2.
    pub(super) second: Layer,
    /// Three taps, step 2; the first always meets padding and isn't stored.
    pub(super) third: Layer,
    /// Three taps, of which only the middle one doesn't meet padding.
    pub(super) fourth: Layer,
    /// The recurrent layer's input: gates for input, forgetting, cell and output.
    pub(super) input: Layer,
    /// The recurrent layer's own last output; its bias is part of `input`'s.
    pub(super) recurrent: Vec<f32>,
    pub(super) last: Layer,
}

impl Weights {
    pub(super) fn load() -> Self {
        let mut numbers = FILE
            .as_chunks()
            .0
            .iter()
            .map(|bytes| f16::from_le_bytes(*bytes).to_f32());
        let mut take = |count: usize| numbers.by_ref().take(count).collect::<Vec<f32>>();
        let mut layer = |rows: usize, depth: usize| Layer {
            weights: take(rows * depth),
            bias: take(rows),
            depth,
        };
        let first = layer(128, 3 * 129);
        let second = layer(64, 3 * 128);
        let third = layer(64, 2 * 64);
        let fourth = layer(128, 64);
        let (input, recurrent) = (take(512 * 128), take(512 * 128));
        Self {
            first,
            second,
            third,
            fourth,
            input: Layer {
                weights: input,
                bias: take(512),
                depth: 128,
            },
            recurrent,
            last: Layer {
                weights: take(128),
                bias: take(1),
                depth: 128,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_every_weight_and_nothing_else() {
        let weights = Weights::load();
        assert_eq!(weights.last.bias.len(), 1);
        let Weights { first, second, third, fourth, input, recurrent, last } = weights;
        let layers = [first, second, third, fourth, input, last];
        let count: usize = layers.iter().map(|layer| layer.weights.len() + layer.bias.len()).sum();
        assert_eq!((count + recurrent.len()) * 2, FILE.len());
    }
}
