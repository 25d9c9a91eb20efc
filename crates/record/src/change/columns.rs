//! How much each column of a change claims to hold, and whether it points anywhere that exists.
//!
//! Columns are run-length encoded: a few bytes can claim 2^60 operations, and Automerge walks every
//! one. Here a run costs one step however long it is; only runs of different values, which have to
//! be written out, are walked.

use super::{bytes::Bytes, guard::Fault};

/// The longest key in a map, in bytes: a run repeats one key for nothing, and each repetition
/// becomes a string of its own. Ids have 36 and field names fewer.
const MAX_KEY: u64 = 256;
/// The highest action that Automerge knows (a mark).
const LAST_ACTION: u64 = 7;

/// What the columns are measured against.
pub(super) struct Bounds {
    /// The most items in one column.
    pub(super) items: u64,
    /// How many actors the change names.
    pub(super) actors: u64,
}

/// Column specifications: the column's number times sixteen, plus its type.
mod spec {
    pub(super) const OBJECT_ACTOR: u64 = 0x01;
    pub(super) const OBJECT_COUNTER: u64 = 0x02;
    pub(super) const KEY_ACTOR: u64 = 0x11;
    pub(super) const KEY_COUNTER: u64 = 0x13;
    pub(super) const KEY_TEXT: u64 = 0x15;
    pub(super) const INSERT: u64 = 0x34;
    pub(super) const ACTION: u64 = 0x42;
    pub(super) const VALUE_META: u64 = 0x56;
    pub(super) const VALUE: u64 = 0x57;
    pub(super) const PREDECESSORS: u64 = 0x70;
    pub(super) const PREDECESSOR_ACTOR: u64 = 0x71;
    pub(super) const PREDECESSOR_COUNTER: u64 = 0x73;
    pub(super) const EXPAND: u64 = 0x94;
    pub(super) const MARK_NAME: u64 = 0xa5;
}

/// Walks the columns of a change; returns how many operations they make.
pub(super) fn measure(columns: &[(u64, &[u8])], bounds: &Bounds) -> Result<u64, Fault> {
    let mut operations = 0;
    let mut value_bytes = 0;
    for (spec, column) in columns {
        match *spec {
            spec::OBJECT_ACTOR | spec::KEY_ACTOR | spec::PREDECESSOR_ACTOR => {
                integers(column, bounds, |actor, _| within(actor, bounds.actors - 1))?;
            }
            spec::OBJECT_COUNTER => {
                integers(column, bounds, |counter, _| {
                    within(counter, u32::MAX.into())
                })?;
            }
            spec::KEY_COUNTER | spec::PREDECESSOR_COUNTER => deltas(column, bounds)?,
            spec::KEY_TEXT | spec::MARK_NAME => texts(column, bounds)?,
            spec::INSERT | spec::EXPAND => booleans(column, bounds)?,
            spec::ACTION => {
                operations = integers(column, bounds, |action, _| within(action, LAST_ACTION))?;
            }
            spec::VALUE_META => {
                integers(column, bounds, |meta, times| {
                    add(&mut value_bytes, (meta >> 4).checked_mul(times))
                })?;
            }
            // Automerge lays value columns behind their lengths: those are known by now.
            spec::VALUE if column.len() as u64 == value_bytes => {}
            spec::PREDECESSORS => {
                let mut all = 0;
                integers(column, bounds, |count, times| {
                    add(&mut all, count.checked_mul(times))
                })?;
                if all > bounds.items {
                    return Err(Fault::TooLarge);
                }
            }
            // What Automerge doesn't know it skips, and so do we when we read: nobody sees it.
            _ => return Err(Fault::Malformed),
        }
    }
    Ok(operations)
}

fn within(value: u64, most: u64) -> Result<(), Fault> {
    if value <= most {
        Ok(())
    } else {
        Err(Fault::Malformed)
    }
}

fn add(sum: &mut u64, more: Option<u64>) -> Result<(), Fault> {
    *sum = more
        .and_then(|more| sum.checked_add(more))
        .ok_or(Fault::TooLarge)?;
    Ok(())
}

/// Walks the runs of a column: `each` gets a value and how often it stands there. Returns the
/// number of items, nulls included.
fn runs<'a, V>(
    column: &'a [u8],
    bounds: &Bounds,
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
        if items > bounds.items {
            return Err(Fault::TooLarge);
        }
        if length > 0 {
            each(read(&mut bytes)?, count)?;
        } else if length < 0 {
            for _ in 0..count {
                each(read(&mut bytes)?, 1)?;
            }
        }
    }
    Ok(items)
}

fn integers(
    column: &[u8],
    bounds: &Bounds,
    each: impl FnMut(u64, u64) -> Result<(), Fault>,
) -> Result<u64, Fault> {
    runs(column, bounds, Bytes::unsigned, each)
}

/// Each value is the difference to the one before; none of the sums may leave 32 bits.
fn deltas(column: &[u8], bounds: &Bounds) -> Result<(), Fault> {
    let mut sum = 0i64;
    runs(column, bounds, Bytes::signed, |delta, times| {
        // A run only goes one way, so its end is its extreme.
        sum = i64::try_from(times)
            .ok()
            .and_then(|times| delta.checked_mul(times))
            .and_then(|far| sum.checked_add(far))
            .filter(|sum| u32::try_from(*sum).is_ok())
            .ok_or(Fault::Malformed)?;
        Ok(())
    })?;
    Ok(())
}

fn texts(column: &[u8], bounds: &Bounds) -> Result<(), Fault> {
    let read = |bytes: &mut Bytes<'_>| {
        let length = bytes.unsigned()?;
        bytes.take(length).map(|_| length)
    };
    runs(column, bounds, read, |length, _| {
        if length > MAX_KEY {
            return Err(Fault::TooLarge);
        }
        Ok(())
    })?;
    Ok(())
}

fn booleans(column: &[u8], bounds: &Bounds) -> Result<(), Fault> {
    let mut bytes = Bytes::new(column);
    let mut items = 0;
    while !bytes.is_empty() {
        add(&mut items, Some(bytes.unsigned()?))?;
        if items > bounds.items {
            return Err(Fault::TooLarge);
        }
    }
    Ok(())
}
