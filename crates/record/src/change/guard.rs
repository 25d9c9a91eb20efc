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

use std::borrow::Cow;

use super::columns::{Bounds, measure};
use crate::encoded::{
    Fault, HASH_LENGTH, TIMES, actor, at_most, bytes::Bytes, chunk, described, inflate,
};

/// The most operations in one change. A long entry has some 400.
const MAX_OPERATIONS: u64 = 20_000;
/// The most bytes that a change may unpack to.
const MAX_INFLATED_BYTES: u64 = 4 * 1024 * 1024;
/// The most changes that one may build on: devices that wrote at the same time.
const MAX_DEPENDENCIES: u64 = 1_000;
/// The most other actors that a change may name.
const MAX_ACTORS: u64 = 1_000;
/// Every column that there is: more is never meant.
const MAX_COLUMNS: u64 = 14;

/// The types of a chunk that hold a single change.
const PLAIN: u8 = 1;
const DEFLATED: u8 = 2;

/// Measures an encoded change.
///
/// # Errors
/// Why Automerge must not read it.
pub(super) fn inspect(bytes: &[u8]) -> Result<(), Fault> {
    let body = match chunk(bytes)? {
        (PLAIN, body) => Cow::Borrowed(body),
        (DEFLATED, packed) => Cow::Owned(inflate(packed, MAX_INFLATED_BYTES)?),
        _ => return Err(Fault::Malformed),
    };
    inspect_body(&mut Bytes::new(&body))
}

fn inspect_body(body: &mut Bytes<'_>) -> Result<(), Fault> {
    let dependencies = at_most(body.unsigned()?, MAX_DEPENDENCIES)?;
    // Each once, in order: Automerge would draw an edge for every repetition.
    let hashes = body.take(dependencies * HASH_LENGTH as u64)?;
    let ordered = hashes
        .as_chunks::<HASH_LENGTH>()
        .0
        .iter()
        .is_sorted_by(|a, b| a < b);
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

/// The columns with their data, which stands behind all of the descriptions.
fn columns<'a>(body: &mut Bytes<'a>) -> Result<Vec<(u64, &'a [u8])>, Fault> {
    described(body, MAX_COLUMNS)?
        .into_iter()
        .map(|(spec, length)| Ok((spec, body.take(length)?)))
        .collect()
}
