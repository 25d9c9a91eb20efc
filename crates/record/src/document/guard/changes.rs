//! The columns of a saved document that describe its changes.

use super::{Column, MAX_CHANGES, MAX_CLOCKS};
use crate::encoded::{
    Fault, TIMES,
    runs::{COUNTERS, Limit, add, delta_values, deltas, integers, texts, within},
};

/// The most changes that all changes together may build on.
const MAX_DEPENDENCIES: u64 = 4 * MAX_CHANGES;

/// Column specifications: the column's number times sixteen, plus its type.
mod spec {
    pub(super) const ACTOR: u64 = 0x01;
    pub(super) const SEQ: u64 = 0x03;
    pub(super) const LAST_OPERATION: u64 = 0x13;
    pub(super) const TIME: u64 = 0x23;
    pub(super) const MESSAGE: u64 = 0x35;
    pub(super) const DEPENDENCIES: u64 = 0x40;
    pub(super) const DEPENDENCY: u64 = 0x43;
    pub(super) const EXTRA_META: u64 = 0x56;
    pub(super) const EXTRA: u64 = 0x57;
}

/// Walks the columns of the changes; returns how many operations they claim to have.
pub(super) fn measure(columns: &[Column<'_>], actors: u64) -> Result<u64, Fault> {
    let limit = Limit::whole(MAX_CHANGES);
    let mut changes = 0;
    let mut last_operations = Vec::new();
    let mut counts = Vec::new();
    let mut dependencies = Vec::new();
    let (mut extra_bytes, mut extra_held) = (0, 0);
    for Column { spec, data, length } in columns {
        match *spec {
            spec::ACTOR => {
                changes = integers(data, limit, |actor, _| match actors {
                    0 => Err(Fault::Malformed),
                    actors => within(actor, actors - 1),
                })?;
            }
            spec::SEQ => {
                deltas(data, limit, &COUNTERS)?;
            }
            spec::LAST_OPERATION => last_operations = delta_values(data, limit)?,
            spec::TIME => {
                deltas(data, limit, &TIMES)?;
            }
            spec::MESSAGE => {
                texts(data, Limit::with_nulls(MAX_CHANGES))?;
            }
            spec::DEPENDENCIES => {
                let mut sum = 0;
                integers(data, limit, |count, times| {
                    add(&mut sum, count.checked_mul(times))?;
                    if sum > MAX_DEPENDENCIES {
                        return Err(Fault::TooLarge);
                    }
                    counts.extend((0..times).map(|_| count));
                    Ok(())
                })?;
            }
            spec::DEPENDENCY => dependencies = delta_values(data, Limit::whole(MAX_DEPENDENCIES))?,
            spec::EXTRA_META => {
                integers(data, limit, |meta, times| {
                    add(&mut extra_bytes, (meta >> 4).checked_mul(times))
                })?;
            }
            spec::EXTRA => extra_held = *length,
            _ => return Err(Fault::Malformed),
        }
    }
    if extra_bytes != extra_held {
        return Err(Fault::Malformed);
    }
    if changes.saturating_mul(actors) > MAX_CLOCKS {
        return Err(Fault::TooLarge);
    }
    claimed(&last_operations, &counts, &dependencies)
}

/// How many operations the changes claim: each begins behind what it builds on, and builds only on
/// changes before it.
fn claimed(last: &[u32], counts: &[u64], dependencies: &[u32]) -> Result<u64, Fault> {
    if last.len() != counts.len() {
        return Err(Fault::Malformed);
    }
    let mut rest = dependencies.iter();
    let mut claimed = 0;
    for (change, (end, count)) in last.iter().zip(counts).enumerate() {
        let mut begin = 0;
        for _ in 0..*count {
            let dependency = rest.next().and_then(|it| usize::try_from(*it).ok());
            let known = dependency.filter(|it| *it < change);
            let before = known.and_then(|it| last.get(it)).ok_or(Fault::Malformed)?;
            begin = begin.max(*before);
        }
        let count = end.checked_sub(begin).ok_or(Fault::Malformed)?;
        add(&mut claimed, Some(count.into()))?;
    }
    if rest.next().is_some() {
        return Err(Fault::Malformed);
    }
    Ok(claimed)
}
