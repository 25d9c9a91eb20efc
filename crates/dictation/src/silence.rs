//! Where in a recording somebody speaks, judged by energy alone: the fallback where the voice detector
//! (`voice`) isn't built in, as on the phone.
//!
//! Whisper invents sentences over silence, some of them harmful, so silence is cut *before* it
//! listens. The judgement must err towards speech: a sentence lost is worse than a breath kept.
//!
//! How: the loudness of each 10 ms is compared with the background around it, in two bands (see
//! `bands`). What stands out in either for long enough is speech. A steady background, however
//! loud, never stands out of itself; a quiet voice stands out of a quiet room, whatever else is
//! loud elsewhere in the recording.
//!
//! Not here: how loudness is measured (`bands`), how regions become windows (`chunk`).

use serde::{Deserialize, Serialize};

use crate::bands::{Bands, Meter, STEP};

/// A region must stand out for this many readings out of [`SPAN`] to count (60 of 200 ms): a key
/// press or a click doesn't.
const NEEDED: usize = 6;
const SPAN: usize = 20;

/// Gaps shorter than this many readings belong to the speech around them (300 ms: stops, breaths).
const BRIDGE: usize = 30;

/// A stretch of speech, in samples from the start of the recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// First sample.
    pub start: usize,
    /// One past the last sample.
    pub end: usize,
}

/// A recording's loudness over time, and the judgement of it.
#[derive(Debug, Clone)]
pub struct Loudness {
    bands: Bands,
    samples: usize,
}

impl Loudness {
    /// Measures `samples` (16 kHz mono).
    pub fn measure(samples: &[f32]) -> Self {
        let mut meter = Meter::default();
        meter.hear(samples);
        Self::of(&meter)
    }

    /// What a meter has heard so far.
    pub(crate) fn of(meter: &Meter) -> Self {
        Self {
            bands: meter.bands(),
            samples: meter.samples(),
        }
    }

    /// Samples that were measured.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// The stretches in which somebody speaks, in order, not touching.
    pub fn regions(&self) -> Vec<Region> {
        let loud: Vec<bool> = (0..self.bands.len())
            .map(|at| self.bands.stands_out(at))
            .collect();
        let mut regions: Vec<(usize, usize)> = Vec::new();
        for run in runs(&loud) {
            match regions.last_mut() {
                Some(last) if run.0 - last.1 < BRIDGE => last.1 = run.1,
                _ => regions.push(run),
            }
        }
        regions.retain(|&(start, end)| is_sustained(&loud[start..end]));
        regions
            .into_iter()
            .map(|(start, end)| Region {
                start: start * STEP,
                end: (end * STEP).min(self.samples),
            })
            .collect()
    }

    /// The share of a stretch that stands out of its background, 0 to 1.
    pub fn speech_share(&self, region: Region) -> f32 {
        let last = self.bands.len();
        let (start, end) = (region.start / STEP, region.end.div_ceil(STEP).min(last));
        let count = (start..end).filter(|&at| self.bands.stands_out(at)).count();
        ratio(count, end.saturating_sub(start).max(1))
    }

    /// The sample in `start..end` where it is quietest: the best place to cut when nobody pauses.
    pub fn quietest(&self, start: usize, end: usize) -> usize {
        let (first, last) = (start / STEP, (end / STEP).min(self.bands.len()));
        (first..last)
            .min_by(|&a, &b| self.bands.level(a).total_cmp(&self.bands.level(b)))
            .map_or(end, |at| (at * STEP + STEP / 2).clamp(start, end))
    }
}

/// Whether enough of a run stands out within some [`SPAN`].
fn is_sustained(loud: &[bool]) -> bool {
    let window = loud.len().min(SPAN);
    loud.windows(window.max(1))
        .any(|span| span.iter().filter(|&&is_loud| is_loud).count() >= NEEDED)
}

/// Runs of `true` as index ranges.
pub(crate) fn runs(flags: &[bool]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, &flag) in flags.iter().chain([&false]).enumerate() {
        match (flag, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "counts of samples in a second")]
pub(crate) fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise without a random source: a linear congruential generator.
    fn noise(length: usize, amplitude: f32) -> Vec<f32> {
        let mut state = 1_u32;
        (0..length)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (f32::from((state >> 16) as u16) / 32_768.0 - 1.0) * amplitude
            })
            .collect()
    }

    /// Samples in some milliseconds.
    fn ms(count: usize) -> usize {
        count * 16
    }

    #[test]
    fn nothing_is_heard_in_silence_noise_or_hum() {
        let length = ms(30_000);
        let hum = (0..length).map(|n| {
            // 50 Hz: 320 samples a turn.
            let turn = f32::from(u16::try_from(n % 320).unwrap()) / 320.0;
            0.2 * (turn * std::f32::consts::TAU).sin()
        });
        for quiet in [
            vec![0.0; length],
            noise(length, 0.000_03),
            noise(length, 0.003),
            noise(length, 0.1),
            hum.collect(),
        ] {
            assert_eq!(Loudness::measure(&quiet).regions(), []);
        }
        assert_eq!(Loudness::measure(&[]).regions(), []);
        assert_eq!(Loudness::measure(&[0.5]).regions(), []);
    }

    #[test]
    fn a_burst_is_found_where_it_is_in_silence_and_in_noise() {
        for background in [0.0, 0.01] {
            let mut samples = noise(ms(20_000), background);
            let burst = noise(ms(1_000), 0.1);
            let at = ms(7_000);
            for (sample, extra) in samples[at..].iter_mut().zip(&burst) {
                *sample += extra;
            }
            let regions = Loudness::measure(&samples).regions();
            assert_eq!(regions.len(), 1, "{regions:?}");
            let tolerance = ms(50);
            assert!(regions[0].start.abs_diff(at) < tolerance, "{regions:?}");
            assert!(regions[0].end.abs_diff(at + burst.len()) < tolerance);
        }
    }

    /// Real speech under white noise of a third of its loudness is still found nearly whole.
    #[test]
    fn speech_is_found_in_noise() {
        let recording = include_bytes!("../tests/fixtures/jfk.flac");
        let audio = crate::audio::decode(std::io::Cursor::new(recording)).unwrap();
        let share = |samples: &[f32]| {
            let regions = Loudness::measure(samples).regions();
            let found: usize = regions.iter().map(|r| r.end - r.start).sum();
            ratio(found, samples.len())
        };
        let clean = share(audio.samples());
        let hiss = noise(audio.samples().len(), 0.06);
        let noisy: Vec<f32> = audio
            .samples()
            .iter()
            .zip(&hiss)
            .map(|(a, b)| a + b)
            .collect();
        let found = share(&noisy);
        assert!(clean > 0.7 && found > 0.5, "{clean} {found}");
    }

    #[test]
    fn a_click_is_not_speech() {
        let mut samples = vec![0.0; ms(5_000)];
        samples[40_000..40_080].fill(0.9);
        assert_eq!(Loudness::measure(&samples).regions(), []);
    }
}
