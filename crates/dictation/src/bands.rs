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

/// Measures a recording that comes in pieces; the samples aren't kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meter {
    low: [f32; 2],
    high: [f32; 2],
    previous: Option<f32>,
    voice: Powers,
    upper: Powers,
    /// Samples heard.
    samples: usize,
}

impl Meter {
    /// The next samples of the recording (16 kHz mono).
    pub(crate) fn hear(&mut self, samples: &[f32]) {
        for &sample in samples {
            let voice = self.voice_of(sample);
            self.voice.add(voice);
            // The first sample changes from itself, not from zero.
            let change = sample - 0.97 * self.previous.unwrap_or(sample);
            self.previous = Some(sample);
            self.upper.add(change);
        }
        self.samples += samples.len();
    }

    /// Samples heard so far.
    pub(crate) fn samples(&self) -> usize {
        self.samples
    }

    /// What was heard so far.
    pub(crate) fn bands(&self) -> Bands {
        Bands {
            voice: Band::of(&self.voice.all()),
            upper: Band::of(&self.upper.all()),
        }
    }

    /// Twice away what is below 150 Hz, twice what is above 1000 Hz.
    fn voice_of(&mut self, sample: f32) -> f32 {
        let mut value = sample;
        for state in &mut self.low {
            *state = settled(*state + STEP_150_HZ * (value - *state));
            value -= *state;
        }
        for state in &mut self.high {
            *state = settled(*state + STEP_1000_HZ * (value - *state));
            value = *state;
        }
        value
    }
}

/// The mean power of each reading, and of the one that isn't whole yet.
#[derive(Debug, Clone, Default)]
struct Powers {
    whole: Vec<f32>,
    sum: f32,
    count: usize,
}

impl Powers {
    fn add(&mut self, value: f32) {
        self.sum += value * value;
        self.count += 1;
        if self.count == STEP {
            self.whole.push(mean(self.sum, STEP));
            (self.sum, self.count) = (0.0, 0);
        }
    }

    fn all(&self) -> Vec<f32> {
        let mut all = self.whole.clone();
        if self.count > 0 {
            all.push(mean(self.sum, self.count));
        }
        all
    }
}

impl Bands {
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
    fn of(powers: &[f32]) -> Self {
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
