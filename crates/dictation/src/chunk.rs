//! Regions of speech become windows that the engine hears one by one.
//!
//! Invariants: windows are in order and don't overlap; each lasts at most [`MAX_WINDOW_MS`]
//! (whisper hears 30 s at a time and loses words at its own cuts); cuts fall into pauses where
//! there are any; every sample of every region is in a window.
//!
//! Not here: running the engine (`listen`).

use crate::audio::SAMPLE_RATE;
use crate::silence::{Loudness, Region};

/// The longest window in milliseconds.
pub const MAX_WINDOW_MS: usize = 29_000;

const MS: usize = SAMPLE_RATE as usize / 1000;
const MAX_WINDOW: usize = MAX_WINDOW_MS * MS;

/// Kept around speech, so that soft first and last sounds are heard (milliseconds × samples).
const PADDING: usize = 250 * MS;

/// A pause longer than this ends the window: silence inside a window is where whisper invents.
const LONG_PAUSE: usize = 1_500 * MS;

/// A full window is cut at its longest pause after this much of it.
const EARLIEST_CUT: usize = 12_000 * MS;

/// Cuts `regions` of a recording of `length` samples into windows.
pub fn windows(loudness: &Loudness, regions: &[Region], length: usize) -> Vec<Region> {
    let mut windows = Vec::new();
    let mut open: Vec<Region> = Vec::new();
    for piece in padded(loudness, regions, length) {
        if let (Some(first), Some(last)) = (open.first(), open.last()) {
            let pause = piece.start - last.end;
            if pause > LONG_PAUSE {
                windows.push(span(&open));
                open.clear();
            } else if piece.end - first.start > MAX_WINDOW {
                let rest = open.split_off(best_cut(&open));
                windows.push(span(&open));
                open = rest;
                // What is left may still be too long with the new piece.
                if open
                    .first()
                    .is_some_and(|first| piece.end - first.start > MAX_WINDOW)
                {
                    windows.push(span(&open));
                    open.clear();
                }
            }
        }
        open.push(piece);
    }
    if !open.is_empty() {
        windows.push(span(&open));
    }
    windows
}

/// Regions with padding that never reaches into the neighbour, cut where longer than a window.
fn padded(loudness: &Loudness, regions: &[Region], length: usize) -> Vec<Region> {
    let mut pieces = Vec::new();
    for (at, region) in regions.iter().enumerate() {
        let before = at.checked_sub(1).map_or(0, |before| {
            let end = regions[before].end;
            end + (region.start - end) / 2
        });
        let after = regions
            .get(at + 1)
            .map_or(length, |next| region.end + (next.start - region.end) / 2);
        let mut start = region.start.saturating_sub(PADDING).max(before);
        let end = (region.end + PADDING).min(after);
        while end - start > MAX_WINDOW {
            let cut = loudness.quietest(start + MAX_WINDOW * 2 / 3, start + MAX_WINDOW);
            pieces.push(Region { start, end: cut });
            start = cut;
        }
        pieces.push(Region { start, end });
    }
    pieces
}

/// How many of the pieces go into this window: up to the longest late pause, else all.
fn best_cut(pieces: &[Region]) -> usize {
    let origin = pieces[0].start;
    (1..pieces.len())
        .filter(|&at| pieces[at - 1].end - origin >= EARLIEST_CUT)
        .max_by_key(|&at| pieces[at].start - pieces[at - 1].end)
        .unwrap_or(pieces.len())
}

fn span(pieces: &[Region]) -> Region {
    Region {
        start: pieces.first().map_or(0, |piece| piece.start),
        end: pieces.last().map_or(0, |piece| piece.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seconds(start: usize, end: usize) -> Region {
        Region {
            start: start * 16_000,
            end: end * 16_000,
        }
    }

    fn quiet(length: usize) -> Loudness {
        Loudness::measure(&vec![0.0; length])
    }

    #[test]
    fn a_long_pause_is_cut_out_and_a_short_one_kept() {
        let length = 60 * 16_000;
        let regions = [seconds(1, 4), seconds(5, 8), seconds(30, 33)];
        let windows = windows(&quiet(length), &regions, length);
        let pad = 4_000;
        assert_eq!(
            windows,
            [
                Region {
                    start: 16_000 - pad,
                    end: 8 * 16_000 + pad
                },
                Region {
                    start: 30 * 16_000 - pad,
                    end: 33 * 16_000 + pad
                },
            ]
        );
    }

    #[test]
    fn a_full_window_is_cut_at_its_longest_pause() {
        let length = 60 * 16_000;
        let regions = [
            Region {
                start: 0,
                end: 14 * 16_000,
            },
            // One second of pause here …
            Region {
                start: 15 * 16_000,
                end: 26 * 16_000,
            },
            // … a third of one here.
            Region {
                start: 26 * 16_000 + 5_000,
                end: 35 * 16_000,
            },
        ];
        let windows = windows(&quiet(length), &regions, length);
        assert_eq!(windows.len(), 2);
        assert_eq!(windows[0].end, 14 * 16_000 + 4_000);
    }

    proptest! {
        #[test]
        fn windows_cover_all_speech_in_order_and_are_never_too_long(
            lengths in proptest::collection::vec((1_usize..900_000, 1_usize..200_000), 0..12)
        ) {
            let mut at = 0;
            let mut regions = Vec::new();
            for (pause, speech) in lengths {
                let start = at + pause % 60_000 + 1;
                regions.push(Region { start, end: start + speech * 5 });
                at = start + speech * 5;
            }
            let length = at + 100;
            let windows = windows(&quiet(length), &regions, length);
            for window in &windows {
                prop_assert!(window.end <= length && window.start < window.end);
                prop_assert!(window.end - window.start <= MAX_WINDOW);
            }
            for pair in windows.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start);
            }
            let covered = |sample: usize| windows.iter().any(|w| (w.start..w.end).contains(&sample));
            for region in regions {
                for sample in [region.start, region.end - 1, usize::midpoint(region.start, region.end)] {
                    prop_assert!(covered(sample));
                }
            }
        }
    }
}
