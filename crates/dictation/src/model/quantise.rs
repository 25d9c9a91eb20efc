//! Weights to bytes, in the storage types that our ggml files use.
//!
//! `q5_1`: blocks of 32 weights as 24 bytes: a 16-bit step, a 16-bit minimum, 32 fifth bits, 32
//! four-bit remainders. Follows ggml's reference (`quantize_row_q5_1_ref`), so that our files equal
//! those of whisper.cpp's own quantise tool bit for bit.

use half::f16;

/// Weights in a q5_1 block.
pub const BLOCK: usize = 32;

/// Bytes of a q5_1 block.
pub const BLOCK_BYTES: usize = 24;

/// Highest of the 32 steps.
const STEPS: f32 = 31.0;

/// Appends `weights` as q5_1. What is left after the last whole block is not written: rows are
/// multiples of 32 in every Whisper model.
pub fn q5_1(weights: &[f32], out: &mut Vec<u8>) {
    for block in weights.as_chunks::<BLOCK>().0 {
        let min = block.iter().copied().fold(f32::MAX, f32::min);
        let max = block.iter().copied().fold(f32::MIN, f32::max);
        let step = (max - min) / STEPS;
        let inverse = if step == 0.0 { 0.0 } else { 1.0 / step };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rounds to 0..=31, as the reference does"
        )]
        let level = |weight: f32| ((weight - min) * inverse + 0.5) as u8;

        let mut fifth = 0_u32;
        let mut fours = [0_u8; BLOCK / 2];
        let (low, high) = block.split_at(BLOCK / 2);
        for (at, (&low, &high)) in low.iter().zip(high).enumerate() {
            let (low, high) = (level(low), level(high));
            fours[at] = (low & 0x0F) | ((high & 0x0F) << 4);
            fifth |= u32::from((low >> 4) & 1) << at;
            fifth |= u32::from((high >> 4) & 1) << (at + BLOCK / 2);
        }
        out.extend(f16::from_f32(step).to_le_bytes());
        out.extend(f16::from_f32(min).to_le_bytes());
        out.extend(fifth.to_le_bytes());
        out.extend(fours);
    }
}

/// Appends `weights` as 16-bit floats.
pub fn f16s(weights: &[f32], out: &mut Vec<u8>) {
    out.extend(
        weights
            .iter()
            .flat_map(|&weight| f16::from_f32(weight).to_le_bytes()),
    );
}

/// Appends `weights` as they are.
pub fn f32s(weights: &[f32], out: &mut Vec<u8>) {
    out.extend(weights.iter().flat_map(|weight| weight.to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What ggml computes back from a block.
    fn restore(bytes: &[u8]) -> Vec<f32> {
        let step = f16::from_le_bytes([bytes[0], bytes[1]]).to_f32();
        let min = f16::from_le_bytes([bytes[2], bytes[3]]).to_f32();
        let fifth = u32::from_le_bytes(bytes[4..8].try_into().unwrap());
        (0..BLOCK)
            .map(|at| {
                let byte = bytes[8 + at % 16];
                let four = if at < 16 { byte & 0x0F } else { byte >> 4 };
                let level = u32::from(four) | (((fifth >> at) & 1) << 4);
                f32::from(u16::try_from(level).unwrap()) * step + min
            })
            .collect()
    }

    #[test]
    fn a_flat_block_has_no_step() {
        let mut out = Vec::new();
        q5_1(&[0.25; BLOCK], &mut out);
        assert_eq!(out.len(), BLOCK_BYTES);
        assert_eq!(restore(&out), [0.25; BLOCK]);
    }

    proptest! {
        #[test]
        fn every_weight_comes_back_within_half_a_step(
            weights in proptest::collection::vec(-2.0_f32..2.0, BLOCK)
        ) {
            let mut out = Vec::new();
            q5_1(&weights, &mut out);
            for (weight, restored) in weights.iter().zip(restore(&out)) {
                // Half of 4/31, and the 16-bit rounding of step and minimum.
                prop_assert!((weight - restored).abs() < 0.075);
            }
        }
    }
}
