//! The columns of a saved document that hold its operations.

use super::Column;
use crate::encoded::{
    Fault,
    runs::{COUNTERS, Limit, add, booleans, deltas, integers, texts, within},
};

/// The most operations in one document: a long entry has some 400, most have 60.
const MAX_OPERATIONS: u64 = 10_000_000;
/// The highest action that Automerge knows (a mark).
const LAST_ACTION: u64 = 7;

/// Column specifications: the column's number times sixteen, plus its type.
mod spec {
    pub(super) const OBJECT_ACTOR: u64 = 0x01;
    pub(super) const OBJECT_COUNTER: u64 = 0x02;
    pub(super) const KEY_ACTOR: u64 = 0x11;
    pub(super) const KEY_COUNTER: u64 = 0x13;
    pub(super) const KEY_TEXT: u64 = 0x15;
    pub(super) const ID_ACTOR: u64 = 0x21;
    pub(super) const ID_COUNTER: u64 = 0x23;
    pub(super) const INSERT: u64 = 0x34;
    pub(super) const ACTION: u64 = 0x42;
    pub(super) const VALUE_META: u64 = 0x56;
    pub(super) const VALUE: u64 = super::super::VALUES;
    pub(super) const SUCCESSORS: u64 = 0x80;
    pub(super) const SUCCESSOR_ACTOR: u64 = 0x81;
    pub(super) const SUCCESSOR_COUNTER: u64 = 0x83;
    pub(super) const EXPAND: u64 = 0x94;
    pub(super) const MARK_NAME: u64 = 0xa5;
}

/// Walks the columns of the operations, and holds them against what the changes claim.
pub(super) fn measure(columns: &[Column<'_>], actors: u64, claimed: u64) -> Result<(), Fault> {
    // An operation without a byte is a bomb: honest ones have a key, a number or a text each.
    let bytes = columns.iter().map(|it| it.length).sum::<u64>();
    let most = MAX_OPERATIONS.min(bytes);
    let (whole, with_nulls) = (Limit::whole(most), Limit::with_nulls(most));
    let named = |actor: u64, _: u64| match actors {
        0 => Err(Fault::Malformed),
        actors => within(actor, actors - 1),
    };
    let (mut operations, mut successors) = (0, 0);
    let (mut value_bytes, mut value_held) = (0, 0);
    for Column { spec, data, length } in columns {
        match *spec {
            spec::ID_ACTOR => operations = integers(data, whole, named)?,
            spec::OBJECT_ACTOR | spec::KEY_ACTOR => {
                integers(data, with_nulls, named)?;
            }
            spec::SUCCESSOR_ACTOR => {
                integers(data, whole, named)?;
            }
            spec::OBJECT_COUNTER => {
                integers(data, with_nulls, |counter, _| {
                    within(counter, u32::MAX.into())
                })?;
            }
            spec::KEY_COUNTER => {
                deltas(data, with_nulls, &COUNTERS)?;
            }
            spec::ID_COUNTER | spec::SUCCESSOR_COUNTER => {
                deltas(data, whole, &COUNTERS)?;
            }
            spec::KEY_TEXT | spec::MARK_NAME => {
                texts(data, with_nulls)?;
            }
            spec::INSERT | spec::EXPAND => {
                booleans(data, most)?;
            }
            spec::ACTION => {
                integers(data, whole, |action, _| within(action, LAST_ACTION))?;
            }
            spec::VALUE_META => {
                integers(data, whole, |meta, times| {
                    add(&mut value_bytes, (meta >> 4).checked_mul(times))
                })?;
            }
            spec::VALUE => value_held = *length,
            spec::SUCCESSORS => {
                integers(data, whole, |count, times| {
                    add(&mut successors, count.checked_mul(times))
                })?;
                if successors > most {
                    return Err(Fault::TooLarge);
                }
            }
            _ => return Err(Fault::Malformed),
        }
    }
    if value_bytes != value_held {
        return Err(Fault::Malformed);
    }
    // What was deleted stands only among the successors.
    if claimed < operations || claimed > operations + successors {
        return Err(Fault::Malformed);
    }
    Ok(())
}
