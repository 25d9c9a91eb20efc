//! The loudness of a recording over time, in two bands, and the background that it stands out of.
//!
//! Voices are loudest from 150 to 1000 Hz, where a hiss that covers the whole spectrum has little of
//! its power: that band finds speech in noise. Hissed and whispered sounds are above, where hum and
//! rumble are not: the first difference of the signal finds those. Measured with white noise at 10 dB
//! under real speech: the upper band alone finds almost none of it.
//!
//! Invariant: one reading per [`STEP`], the same count in both bands.

use crate::audio::SAMPLE_RATE;

/// Length of one loudness reading, in samples (10 ms).
pub(crate) const STEP: usize = SAMPLE_RATE as usize / 100;

/// Readings over which the background is taken (a block of 5 s; with its neighbours some 35 s).
const BLOCK: usize = 500;
const NEIGHBOURS: usize = 3;

/// The part of the readings that is taken to be background: even dense speech has this many gaps.
const BACKGROUND_SHARE: f32 = 0.10;

/// How far speech stands out of the background, in decibels. Averaged over 30 ms, steady noise
/// strays by some 2 dB from its median, which is 1 dB above the share taken to be background.
const MARGIN_DB: f32 = 7.0;

/// The quietest background that is believed, in decibels below full scale (after the filters):
/// below it lie only dither and digital zero.
const QUIETEST_DB: f32 = -78.0;

/// One-pole filter steps at 16 kHz: 1 - exp(-2π f / 16000) for 150 and 1000 Hz.
const STEP_150_HZ: f32 = 0.057_2;
const STEP_1000_HZ: f32 = 0.324_8;

/// What is filtered below this is zero: numbers that small make processors slow.
const NOTHING: f32 = 1e-15;

/// Both bands of a recording.
#[derive(Debug, Clone)]
pub(crate) struct Bands {
    voice: Band,
    upper: Band,
}

impl Bands {
    /// Measures `samples` (16 kHz mono).
    pub(crate) fn measure(samples: &[f32]) -> Self {
        let mut low = [0.0_f32; 2];
        let mut high = [0.0_f32; 2];
        let voice = Band::measure(samples, |sample| {
            // Twice away what is below 150 Hz, twice what is above 1000 Hz.
            let mut value = sample;
            for state in &mut low {
                *state = settled(*state + STEP_150_HZ * (value - *state));
                value -= *state;
            }
            for state in &mut high {
                *state = settled(*state + STEP_1000_HZ * (value - *state));
                value = *state;
            }
            value
        });
        let mut previous = samples.first().copied().unwrap_or(0.0);
        let upper = Band::measure(samples, |sample| {
            let change = sample - 0.97 * previous;
            previous = sample;
            change
        });
        Self { voice, upper }
    }

    /// Number of readings.
    pub(crate) fn len(&self) -> usize {
        self.voice.levels.len()
    }

    /// Whether a reading stands out of its background in either band.
    pub(crate) fn stands_out(&self, at: usize) -> bool {
        self.voice.stands_out(at) || self.upper.stands_out(at)
    }

    /// The loudness of a reading in decibels, by the band that voices are loudest in.
    pub(crate) fn level(&self, at: usize) -> f32 {
        self.voice.levels[at]
    }
}

#[derive(Debug, Clone)]
struct Band {
    /// Decibels of each reading, averaged with its neighbours.
    levels: Vec<f32>,
    /// Decibels above which the same reading stands out.
    thresholds: Vec<f32>,
}

impl Band {
    fn measure(samples: &[f32], mut filter: impl FnMut(f32) -> f32) -> Self {
        let powers: Vec<f32> = samples
            .chunks(STEP)
            .map(|step| {
                let mut sum = 0.0_f32;
                for &sample in step {
                    let value = filter(sample);
                    sum += value * value;
                }
                mean(sum, step.len())
            })
            .collect();
        let levels: Vec<f32> = (0..powers.len())
            .map(|at| {
                let near = &powers[at.saturating_sub(1)..(at + 2).min(powers.len())];
                decibels(mean(near.iter().sum(), near.len()))
            })
            .collect();
        let thresholds = thresholds(&levels);
        Self { levels, thresholds }
    }

    fn stands_out(&self, at: usize) -> bool {
        self.levels[at] > self.thresholds[at]
    }
}

/// The threshold for each reading: background over the block and its neighbours, plus the margin.
fn thresholds(levels: &[f32]) -> Vec<f32> {
    let blocks: Vec<&[f32]> = levels.chunks(BLOCK).collect();
    let mut thresholds = Vec::with_capacity(levels.len());
    for (at, block) in blocks.iter().enumerate() {
        let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(blocks.len());
        let floor = background(blocks[near].concat()).max(QUIETEST_DB);
        thresholds.extend(block.iter().map(|_| floor + MARGIN_DB));
    }
    thresholds
}

fn background(mut levels: Vec<f32>) -> f32 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an index among a few thousand readings"
    )]
    let rank = (levels.len() as f32 * BACKGROUND_SHARE) as usize;
    let (_, level, _) = levels.select_nth_unstable_by(rank, f32::total_cmp);
    *level
}

fn settled(state: f32) -> f32 {
    if state.abs() < NOTHING { 0.0 } else { state }
}

fn decibels(power: f32) -> f32 {
    10.0 * power.max(1e-12).log10()
}

#[expect(clippy::cast_precision_loss, reason = "counts of samples in 30 ms")]
fn mean(sum: f32, count: usize) -> f32 {
    sum / count as f32
}
