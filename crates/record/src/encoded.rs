//! Automerge's encoding, read by ourselves as far as needed to measure bytes that may come from
//! anywhere before Automerge reads them: it trusts them more than we may. Two guards stand on this,
//! one before single changes ([`crate::Change::decode`]), one before saved documents
//! ([`crate::Document::load`]).

pub(crate) mod bytes;
pub(crate) mod runs;

use std::io::{self, Read as _};

use bytes::Bytes;
use flate2::bufread::DeflateDecoder;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHECKSUM_BYTES: u64 = 4;
pub(crate) const HASH_LENGTH: usize = 32;
/// The longest name of an actor, in bytes. Devices have 16.
const MAX_ACTOR_BYTES: usize = 64;
/// From 1970 to the year 9999, in seconds. Automerge keeps the differences of times: further out
/// they overflow, and it panics where arithmetic is checked.
pub(crate) const TIMES: std::ops::RangeInclusive<i64> = 0..=253_402_207_200;
/// The bit of a column's specification that says that its data is deflated.
pub(crate) const DEFLATED: u64 = 8;

/// Why bytes are not given to Automerge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not as Automerge writes it.
    Malformed,
    /// More than the record takes.
    TooLarge,
}

/// The type of the one chunk that the bytes are, and its body.
pub(crate) fn chunk(bytes: &[u8]) -> Result<(u8, &[u8]), Fault> {
    let mut chunk = Bytes::new(bytes);
    if chunk.take(4)? != MAGIC {
        return Err(Fault::Malformed);
    }
    chunk.take(CHECKSUM_BYTES)?;
    let kind = chunk.take(1)?;
    let length = chunk.unsigned()?;
    match kind {
        [kind] if length == chunk.rest().len() as u64 => Ok((*kind, chunk.rest())),
        _ => Err(Fault::Malformed),
    }
}

/// Unpacks at most so many bytes.
pub(crate) fn inflate(packed: &[u8], most: u64) -> Result<Vec<u8>, Fault> {
    let mut unpacked = Vec::new();
    let read = DeflateDecoder::new(packed)
        .take(most.saturating_add(1))
        .read_to_end(&mut unpacked);
    within_limit(&read.map(|it| it as u64), most).map(|_| unpacked)
}

/// How many bytes something unpacks to, if not more than so many.
pub(crate) fn inflated_length(packed: &[u8], most: u64) -> Result<u64, Fault> {
    let mut unpacking = DeflateDecoder::new(packed).take(most.saturating_add(1));
    within_limit(&io::copy(&mut unpacking, &mut io::sink()), most)
}

fn within_limit(read: &io::Result<u64>, most: u64) -> Result<u64, Fault> {
    match read {
        Ok(length) if *length <= most => Ok(*length),
        Ok(_) => Err(Fault::TooLarge),
        Err(_) => Err(Fault::Malformed),
    }
}

/// The name of an actor, with its length.
pub(crate) fn actor(body: &mut Bytes<'_>) -> Result<(), Fault> {
    let length = body.unsigned()?;
    match body.take(length)?.len() {
        1..=MAX_ACTOR_BYTES => Ok(()),
        _ => Err(Fault::Malformed),
    }
}

/// What a block of columns says of itself: specifications with lengths, each once and in order.
pub(crate) fn described(body: &mut Bytes<'_>, most: u64) -> Result<Vec<(u64, u64)>, Fault> {
    let count = body.unsigned()?;
    if count > most {
        return Err(Fault::Malformed);
    }
    let mut described: Vec<(u64, u64)> = Vec::new();
    for _ in 0..count {
        let spec = body.unsigned()?;
        let after = |(last, _): &(u64, u64)| last | DEFLATED >= spec | DEFLATED;
        if described.last().is_some_and(after) {
            return Err(Fault::Malformed);
        }
        described.push((spec, body.unsigned()?));
    }
    Ok(described)
}

pub(crate) fn at_most(count: u64, most: u64) -> Result<u64, Fault> {
    if count > most {
        Err(Fault::TooLarge)
    } else {
        Ok(count)
    }
}
