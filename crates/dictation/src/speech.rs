//! Where in a recording somebody speaks: judged by the voice detector where it is built in (feature
//! `voice`), else by energy alone.
//!
//! Invariant: the judgement errs towards speech: a sentence lost is worse than a breath kept.
//!
//! Not here: how either is measured (`voice`, `silence`), how regions become windows (`chunk`).

#[cfg(feature = "voice")]
use crate::silence::runs;
use crate::silence::{Loudness, Region};
#[cfg(feature = "voice")]
use crate::voice::READING;

/// From this probability on speech begins …
#[cfg(feature = "voice")]
const BEGINS: f32 = 0.4;
/// … and below this one it ends. (The detector's authors advise 0.5 and 0.35, for calls; a dictation has
/// one speaker near the microphone, and what is cut off is lost.)
#[cfg(feature = "voice")]
const ENDS: f32 = 0.25;
/// Gaps shorter than this many readings belong to the speech around them (288 ms: stops, breaths).
#[cfg(feature = "voice")]
const BRIDGE: usize = 9;
/// Fewer readings (128 ms) aren't a word.
#[cfg(feature = "voice")]
const SHORTEST: usize = 4;

/// The judgement of one recording.
#[derive(Debug, Clone)]
pub struct Speech {
    loudness: Loudness,
    /// The probability of speech in each reading.
    #[cfg(feature = "voice")]
    voice: Vec<f32>,
}

impl Speech {
    /// By energy alone.
    #[cfg(not(feature = "voice"))]
    pub(crate) fn by_energy(loudness: Loudness) -> Self {
        Self { loudness }
    }

    /// By the voice detector's probabilities.
    #[cfg(feature = "voice")]
    pub(crate) fn by_voice(loudness: Loudness, probabilities: Vec<f32>) -> Self {
        Self {
            loudness,
            voice: probabilities,
        }
    }

    /// How loud the recording is, for the best place to cut.
    pub fn loudness(&self) -> &Loudness {
        &self.loudness
    }

    /// The stretches in which somebody speaks, in order, not touching.
    pub fn regions(&self) -> Vec<Region> {
        #[cfg(feature = "voice")]
        return regions(&self.voice, self.loudness.samples());
        #[cfg(not(feature = "voice"))]
        self.loudness.regions()
    }

    /// The share of a stretch in which somebody speaks, 0 to 1.
    pub fn share(&self, region: Region) -> f32 {
        #[cfg(feature = "voice")]
        {
            let last = self.voice.len();
            let (start, end) = (region.start / READING, region.end.div_ceil(READING));
            let readings = &self.voice[start.min(last)..end.min(last)];
            let count = readings.iter().filter(|&&p| p >= ENDS).count();
            crate::silence::ratio(count, readings.len().max(1))
        }
        #[cfg(not(feature = "voice"))]
        self.loudness.speech_share(region)
    }
}

#[cfg(feature = "voice")]
fn regions(probabilities: &[f32], samples: usize) -> Vec<Region> {
    let mut speaking = false;
    let flags: Vec<bool> = probabilities
        .iter()
        .map(|&probability| {
            speaking = probability >= if speaking { ENDS } else { BEGINS };
            speaking
        })
        .collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for run in runs(&flags) {
        match found.last_mut() {
            Some(last) if run.0 - last.1 < BRIDGE => last.1 = run.1,
            _ => found.push(run),
        }
    }
    found
        .into_iter()
        .filter(|(start, end)| end - start >= SHORTEST)
        .map(|(start, end)| Region {
            start: start * READING,
            end: (end * READING).min(samples),
        })
        .collect()
}

#[cfg(all(test, feature = "voice"))]
mod tests {
    use super::*;

    /// Readings of the given probabilities, each so many times.
    fn speech(parts: &[(f32, usize)]) -> Speech {
        let readings: Vec<f32> = parts
            .iter()
            .flat_map(|&(p, count)| std::iter::repeat_n(p, count))
            .collect();
        let loudness = Loudness::measure(&vec![0.0; readings.len() * READING]);
        Speech::by_voice(loudness, readings)
    }

    fn found(parts: &[(f32, usize)]) -> Vec<(usize, usize)> {
        let regions = speech(parts).regions();
        regions.iter().map(|r| (r.start / READING, r.end / READING)).collect()
    }

    #[test]
    fn speech_begins_when_likely_and_ends_when_unlikely() {
        assert_eq!(found(&[(0.3, 20), (0.5, 10), (0.3, 5), (0.1, 20)]), [(20, 35)]);
        assert_eq!(found(&[(0.9, 10), (0.0, 8), (0.9, 10)]), [(0, 28)]);
        assert_eq!(found(&[(0.9, 10), (0.0, 9), (0.9, 10)]), [(0, 10), (19, 29)]);
        assert_eq!(found(&[(0.0, 10), (0.9, 3), (0.0, 20)]), []);
        assert_eq!(found(&[]), []);
    }

    #[test]
    fn a_share_is_that_of_readings_that_are_not_unlikely() {
        let speech = speech(&[(0.0, 10), (0.9, 10)]);
        let share = |start, end| {
            let region = Region { start: start * READING, end: end * READING };
            speech.share(region)
        };
        assert_eq!((share(0, 10), share(5, 15), share(10, 40)), (0.0, 0.5, 1.0));
        assert_eq!(share(100, 200), 0.0);
    }
}
