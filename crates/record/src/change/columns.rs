//! How much each column of a change claims to hold, and whether it points anywhere that exists.

use crate::encoded::{
    Fault,
    runs::{COUNTERS, Limit, add, booleans, deltas, integers, texts, within},
};

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
    let limit = Limit::with_nulls(bounds.items);
    let mut operations = 0;
    let mut value_bytes = 0;
    for (spec, column) in columns {
        match *spec {
            spec::OBJECT_ACTOR | spec::KEY_ACTOR | spec::PREDECESSOR_ACTOR => {
                integers(column, limit, |actor, _| within(actor, bounds.actors - 1))?;
            }
            spec::OBJECT_COUNTER => {
                integers(column, limit, |counter, _| within(counter, u32::MAX.into()))?;
            }
            spec::KEY_COUNTER | spec::PREDECESSOR_COUNTER => {
                deltas(column, limit, &COUNTERS)?;
            }
            spec::KEY_TEXT | spec::MARK_NAME => {
                texts(column, limit)?;
            }
            spec::INSERT | spec::EXPAND => {
                booleans(column, bounds.items)?;
            }
            spec::ACTION => {
                operations = integers(column, limit, |action, _| within(action, LAST_ACTION))?;
            }
            spec::VALUE_META => {
                integers(column, limit, |meta, times| {
                    add(&mut value_bytes, (meta >> 4).checked_mul(times))
                })?;
            }
            // Automerge lays value columns behind their lengths: those are known by now.
            spec::VALUE if column.len() as u64 == value_bytes => {}
            spec::PREDECESSORS => {
                let mut all = 0;
                integers(column, limit, |count, times| {
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
