//! Domain labels and the words that point to them.
//!
//! `NAMES` name a domain outright and are enough for a direction of travel; `SIGNS` are what
//! people describe when they are worried, each with a weight. Ties go to what is said first.

use std::ops::Range;

use super::{
    domain_words::{NAMES, SIGNS},
    note::Note,
};

/// The domain that a sign list points to most, if any.
pub(super) fn of_concern(note: &Note<'_>, range: &Range<usize>) -> Option<&'static str> {
    let mut best: Option<(&'static str, u32, usize)> = None;
    let mut totals: Vec<(&'static str, u32, usize)> = Vec::new();
    for &(domain, weight, signs) in SIGNS {
        let hits: Vec<usize> = range
            .clone()
            .filter(|&at| note.opens(&(at..range.end), signs).is_some())
            .collect();
        let Some(&first) = hits.first() else { continue };
        let count = u32::try_from(hits.len().min(3)).unwrap_or(3);
        match totals.iter_mut().find(|total| total.0 == domain) {
            Some(total) => *total = (domain, total.1 + weight * count, total.2.min(first)),
            None => totals.push((domain, weight * count, first)),
        }
    }
    for total in totals {
        let wins = best.is_none_or(|(_, weight, first)| {
            total.1 > weight || (total.1 == weight && total.2 < first)
        });
        best = if wins { Some(total) } else { best };
    }
    best.map(|(domain, ..)| domain)
        .or_else(|| named(note, range).first().map(|(domain, _)| *domain))
}

/// Domains that are named in a range, in order, with their places.
pub(super) fn named(note: &Note<'_>, range: &Range<usize>) -> Vec<(&'static str, Range<usize>)> {
    let mut found: Vec<(&'static str, Range<usize>)> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let here = at..range.end;
        let best = NAMES
            .iter()
            .filter_map(|(domain, names)| {
                Some((*domain, note.opens(&here, names).filter(|stop| *stop > at)?))
            })
            .reduce(|a, b| if b.1 > a.1 { b } else { a });
        match best {
            Some((domain, stop)) => {
                found.push((domain, at..stop));
                at = stop;
            }
            None => at += 1,
        }
    }
    found
}
