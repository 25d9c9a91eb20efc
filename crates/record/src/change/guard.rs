//! What an encoded change is measured against before Automerge reads it.
//!
//! Automerge trusts the bytes more than we may. Read in the source of 0.12, and most of them also
//! tried against it (`tests/record/hostile.rs`); without this guard it
//! - unpacks a deflated change whole: a megabyte becomes a gigabyte;
//! - walks every operation that a run claims: 2^60 of them fit in ten bytes;
//! - panics on an actor that the change doesn't name, on a counter past 32 bits, on a run of -2^63;
//! - takes an author's name in a change's footer for an assertion, and panics when it is not the
//!   device's first change;
//! - keeps columns, footers and messages that it does not know, where nobody would read them;
//! - subtracts times that are further apart than 64 bits.
//!
//! So the chunk is unpacked within a limit, its layout read, and every column measured. What this
//! lets through Automerge can read in time and memory proportional to the bytes. Whether it is also
//! *encoded as Automerge encodes* is checked afterwards, see [`super::Change::decode`].

use std::{borrow::Cow, io::Read as _};

use flate2::bufread::DeflateDecoder;

use super::{
    bytes::Bytes,
    columns::{Bounds, measure},
};

/// The most operations in one change. A long entry has some 400.
const MAX_OPERATIONS: u64 = 20_000;
/// The most bytes that a change may unpack to.
const MAX_INFLATED_BYTES: u64 = 4 * 1024 * 1024;
/// The most changes that one may build on: devices that wrote at the same time.
const MAX_DEPENDENCIES: u64 = 1_000;
/// The most other actors that a change may name, and the longest name. Devices have 16 bytes.
const MAX_ACTORS: u64 = 1_000;
const MAX_ACTOR_BYTES: usize = 64;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHECKSUM_BYTES: u64 = 4;
const HASH_LENGTH: usize = 32;
/// From 1970 to the year 9999, in seconds. Automerge keeps the differences of times: further out
/// they overflow, and it panics where arithmetic is checked.
const TIMES: std::ops::RangeInclusive<i64> = 0..=253_402_207_200;
/// The types of a chunk that hold a single change.
const PLAIN: u8 = 1;
const DEFLATED: u8 = 2;

/// Why bytes are not given to Automerge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not a change as Automerge writes it.
    Malformed,
    /// A change, but of more than the record takes.
    TooLarge,
}

/// Measures an encoded change.
///
/// # Errors
/// Why Automerge must not read it.
pub(super) fn inspect(bytes: &[u8]) -> Result<(), Fault> {
    let mut chunk = Bytes::new(bytes);
    if chunk.take(4)? != MAGIC {
        return Err(Fault::Malformed);
    }
    chunk.take(CHECKSUM_BYTES)?;
    let kind = chunk.take(1)?;
    let length = chunk.unsigned()?;
    if length != chunk.rest().len() as u64 {
        return Err(Fault::Malformed);
    }
    let body = match kind {
        [PLAIN] => Cow::Borrowed(chunk.rest()),
        [DEFLATED] => Cow::Owned(inflate(chunk.rest())?),
        _ => return Err(Fault::Malformed),
    };
    inspect_body(&mut Bytes::new(&body))
}

fn inflate(packed: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut unpacked = Vec::new();
    DeflateDecoder::new(packed)
        .take(MAX_INFLATED_BYTES + 1)
        .read_to_end(&mut unpacked)
        .map_err(|_| Fault::Malformed)?;
    if unpacked.len() as u64 > MAX_INFLATED_BYTES {
        return Err(Fault::TooLarge);
    }
    Ok(unpacked)
}

fn inspect_body(body: &mut Bytes<'_>) -> Result<(), Fault> {
    let dependencies = at_most(body.unsigned()?, MAX_DEPENDENCIES)?;
    // Each once, in order: Automerge would draw an edge for every repetition.
    let hashes = body.take(dependencies * HASH_LENGTH as u64)?;
    let ordered = hashes.chunks(HASH_LENGTH).is_sorted_by(|a, b| a < b);
    actor(body)?;
    let _seq = body.unsigned()?;
    let start = body.unsigned()?;
    let time = body.signed()?;
    let message = body.unsigned()?;
    body.take(message)?;
    let others = at_most(body.unsigned()?, MAX_ACTORS)?;
    for _ in 0..others {
        actor(body)?;
    }
    let columns = columns(body)?;
    let bounds = Bounds {
        items: MAX_OPERATIONS,
        actors: others + 1,
    };
    let operations = measure(&columns, &bounds)?;
    // Automerge numbers operations in 32 bits.
    let end = start.checked_add(operations).ok_or(Fault::Malformed)?;
    let unread = message > 0 || !body.is_empty();
    let sound = ordered && start > 0 && end <= u32::MAX.into() && TIMES.contains(&time);
    if unread || !sound {
        return Err(Fault::Malformed);
    }
    Ok(())
}

fn actor(body: &mut Bytes<'_>) -> Result<(), Fault> {
    let length = body.unsigned()?;
    match body.take(length)?.len() {
        1..=MAX_ACTOR_BYTES => Ok(()),
        _ => Err(Fault::Malformed),
    }
}

/// The columns with their data, which stands behind all of the descriptions.
fn columns<'a>(body: &mut Bytes<'a>) -> Result<Vec<(u64, &'a [u8])>, Fault> {
    // Every column that there is: more is never meant.
    const MAX_COLUMNS: u64 = 14;
    let count = body.unsigned()?;
    if count > MAX_COLUMNS {
        return Err(Fault::Malformed);
    }
    let mut described: Vec<(u64, u64)> = Vec::new();
    for _ in 0..count {
        let spec = body.unsigned()?;
        if described.last().is_some_and(|(last, _)| *last >= spec) {
            return Err(Fault::Malformed);
        }
        described.push((spec, body.unsigned()?));
    }
    described
        .into_iter()
        .map(|(spec, length)| Ok((spec, body.take(length)?)))
        .collect()
}

fn at_most(count: u64, most: u64) -> Result<u64, Fault> {
    if count > most {
        Err(Fault::TooLarge)
    } else {
        Ok(count)
    }
}
