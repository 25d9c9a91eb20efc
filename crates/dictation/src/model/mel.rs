//! The mel filter bank that turns a spectrum into what Whisper sees.
//!
//! Slaney's scale and normalisation as in librosa (`filters.mel(sr=16000, n_fft=400, n_mels)`),
//! which OpenAI's asset was computed with; the same roundings to 32 bits at the same places.

/// Samples of one Fourier transform.
const N_FFT: usize = 400;

/// Frequency bins of the filter bank.
pub const BINS: usize = N_FFT / 2 + 1;

/// Below this frequency the scale is linear …
const LINEAR_TO_HZ: f64 = 1000.0;
/// … at this many hertz a mel.
const HZ_PER_MEL: f64 = 200.0 / 3.0;
/// Above it, 27 mels are a factor of 6.4.
const LOG_STEP_MELS: f64 = 27.0;
const LOG_STEP_FACTOR: f64 = 6.4;

/// `mels` filters of [`BINS`] weights each, filter by filter.
pub fn filters(mels: usize) -> Vec<f32> {
    let top = mel_of(8000.0);
    #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
    let edges: Vec<f64> = (0..mels + 2)
        .map(|at| hz_of(top * at as f64 / (mels + 1) as f64))
        .collect();
    let mut weights = Vec::with_capacity(mels * BINS);
    for edge in edges.windows(3) {
        let (low, middle, high) = (edge[0], edge[1], edge[2]);
        let area = 2.0 / (high - low);
        for bin in 0..BINS {
            #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
            let hz = bin as f64 * 40.0;
            // Minus the difference, so that the zero of the first filter is the asset's minus zero.
            let rising = -(low - hz) / (middle - low);
            let falling = (high - hz) / (high - middle);
            #[expect(clippy::cast_possible_truncation, reason = "librosa rounds here")]
            let weight = positive(rising.min(falling)) as f32;
            #[expect(clippy::cast_possible_truncation, reason = "and here")]
            weights.push((f64::from(weight) * area) as f32);
        }
    }
    weights
}

/// Zero for what is below it; unlike `max`, keeps a minus zero.
fn positive(weight: f64) -> f64 {
    if weight < 0.0 { 0.0 } else { weight }
}

fn mel_of(hz: f64) -> f64 {
    if hz < LINEAR_TO_HZ {
        hz / HZ_PER_MEL
    } else {
        let step = LOG_STEP_FACTOR.ln() / LOG_STEP_MELS;
        LINEAR_TO_HZ / HZ_PER_MEL + (hz / LINEAR_TO_HZ).ln() / step
    }
}

fn hz_of(mel: f64) -> f64 {
    let linear_to = LINEAR_TO_HZ / HZ_PER_MEL;
    if mel < linear_to {
        mel * HZ_PER_MEL
    } else {
        let step = LOG_STEP_FACTOR.ln() / LOG_STEP_MELS;
        LINEAR_TO_HZ * (step * (mel - linear_to)).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_filter_has_its_place_and_area() {
        let weights = filters(80);
        assert_eq!(weights.len(), 80 * BINS);
        // Values of OpenAI's asset: first filter, second bin.
        assert!((weights[1] - 0.024_862_59).abs() < 1e-7, "{}", weights[1]);
        assert!(weights.iter().all(|&weight| (0.0..0.03).contains(&weight)));
    }
}
