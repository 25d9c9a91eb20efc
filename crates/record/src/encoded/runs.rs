//! Walking the runs of a column.
//!
//! Columns are run-length encoded: a few bytes can claim 2^60 items, and Automerge walks every one.
//! Here a run costs one step however long it is; only runs of different values, which have to be
//! written out, are walked.

use std::ops::RangeInclusive;

use super::{Fault, bytes::Bytes};

/// The longest key in a map, in bytes: a run repeats one key for nothing, and each repetition
/// becomes a string of its own. Ids have 36 and field names fewer.
const MAX_KEY: u64 = 256;
/// What Automerge's counters hold: 32 bits.
pub(crate) const COUNTERS: RangeInclusive<i64> = 0..=u32::MAX as i64;

/// What a column may hold.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    /// The most items.
    pub(crate) most: u64,
    /// Whether items may be left out. Where they may not, Automerge panics on the gap.
    pub(crate) nulls: bool,
}

impl Limit {
    /// At most so many items, some of which may be left out.
    pub(crate) fn with_nulls(most: u64) -> Self {
        Self { most, nulls: true }
    }

    /// At most so many items, none left out.
    pub(crate) fn whole(most: u64) -> Self {
        Self { most, nulls: false }
    }
}

/// Whether a value is at most this.
pub(crate) fn within(value: u64, most: u64) -> Result<(), Fault> {
    if value <= most {
        Ok(())
    } else {
        Err(Fault::Malformed)
    }
}

/// Adds to a sum that may not overflow.
pub(crate) fn add(sum: &mut u64, more: Option<u64>) -> Result<(), Fault> {
    *sum = more
        .and_then(|more| sum.checked_add(more))
        .ok_or(Fault::TooLarge)?;
    Ok(())
}

/// Walks the runs of a column: `each` gets a value and how often it stands there. Returns the
/// number of items, nulls included.
fn runs<'a, V>(
    column: &'a [u8],
    limit: Limit,
    read: impl Fn(&mut Bytes<'a>) -> Result<V, Fault>,
    mut each: impl FnMut(V, u64) -> Result<(), Fault>,
) -> Result<u64, Fault> {
    let mut bytes = Bytes::new(column);
    let mut items = 0;
    while !bytes.is_empty() {
        let length = bytes.signed()?;
        let count = match length {
            0 => bytes.unsigned()?,
            length => length.unsigned_abs(),
        };
        add(&mut items, Some(count))?;
        if items > limit.most {
            return Err(Fault::TooLarge);
        }
        if length > 0 {
            each(read(&mut bytes)?, count)?;
        } else if length < 0 {
            for _ in 0..count {
                each(read(&mut bytes)?, 1)?;
            }
        } else if !limit.nulls {
            return Err(Fault::Malformed);
        }
    }
    Ok(items)
}

/// Walks a column of numbers; returns how many there are.
pub(crate) fn integers(
    column: &[u8],
    limit: Limit,
    each: impl FnMut(u64, u64) -> Result<(), Fault>,
) -> Result<u64, Fault> {
    runs(column, limit, Bytes::unsigned, each)
}

/// Measures a column of differences, each to the value before: none of the values may leave the
/// range. Returns how many there are.
pub(crate) fn deltas(
    column: &[u8],
    limit: Limit,
    range: &RangeInclusive<i64>,
) -> Result<u64, Fault> {
    let mut sum = 0i64;
    runs(column, limit, Bytes::signed, |delta, times| {
        // A run only goes one way, so its end is its extreme.
        sum = i64::try_from(times)
            .ok()
            .and_then(|times| delta.checked_mul(times))
            .and_then(|far| sum.checked_add(far))
            .filter(|sum| range.contains(sum))
            .ok_or(Fault::Malformed)?;
        Ok(())
    })
}

/// The values of a column of differences, none of which may leave 32 bits.
pub(crate) fn delta_values(column: &[u8], limit: Limit) -> Result<Vec<u32>, Fault> {
    let mut sum = 0i64;
    let mut values = Vec::new();
    runs(column, limit, Bytes::signed, |delta, times| {
        for _ in 0..times {
            sum = sum.checked_add(delta).ok_or(Fault::Malformed)?;
            values.push(u32::try_from(sum).map_err(|_| Fault::Malformed)?);
        }
        Ok(())
    })?;
    Ok(values)
}

/// Measures a column of short texts; returns how many there are.
pub(crate) fn texts(column: &[u8], limit: Limit) -> Result<u64, Fault> {
    let read = |bytes: &mut Bytes<'_>| {
        let length = bytes.unsigned()?;
        bytes.take(length).map(|_| length)
    };
    runs(column, limit, read, |length, _| {
        if length > MAX_KEY {
            return Err(Fault::TooLarge);
        }
        Ok(())
    })
}

/// Measures a column of truths; returns how many there are.
pub(crate) fn booleans(column: &[u8], most: u64) -> Result<u64, Fault> {
    let mut bytes = Bytes::new(column);
    let mut items = 0;
    while !bytes.is_empty() {
        add(&mut items, Some(bytes.unsigned()?))?;
        if items > most {
            return Err(Fault::TooLarge);
        }
    }
    Ok(items)
}
