//! What a saved document is measured against before Automerge reads it.
//!
//! A document chunk can claim as much for nothing as a change can (`change/guard.rs`): its columns
//! are deflated and run-length encoded, and Automerge 0.12 unpacks and walks them without a limit.
//! Beyond that it sets aside room for every operation that a change's highest number claims. So
//! here, too, the layout is read and every column measured, and the numbers of the operations are
//! held against the operations that are there. What this lets through Automerge can read in time
//! and memory proportional to the bytes.
//!
//! What it does *not* see is whether operations make sense together. There Automerge has assertions
//! of its own; [`crate::Document::load`] turns them into an error.

mod changes;
mod operations;

use std::borrow::Cow;

use crate::encoded::{
    DEFLATED, Fault, HASH_LENGTH, actor, at_most, bytes::Bytes, chunk, described, inflate,
    inflated_length,
};

/// The most bytes that a saved document may have: some 100,000 entries.
const MAX_DOCUMENT_BYTES: usize = 64 * 1024 * 1024;
/// The most bytes that its columns may unpack to, and how many for each saved one. Narratives
/// shrink to a third or a seventh, repeated ones to a fiftieth; a bomb to a thousandth.
const MAX_INFLATED_BYTES: u64 = 256 * 1024 * 1024;
const MAX_RATIO: u64 = 200;
const ALWAYS_ALLOWED: u64 = 1024 * 1024;
/// The most actors, changes, and both multiplied: Automerge keeps how far each actor had got at
/// every sixteenth change.
const MAX_ACTORS: u64 = 10_000;
const MAX_CHANGES: u64 = 200_000;
const MAX_CLOCKS: u64 = 1 << 27;
/// The most heads: devices that wrote at the same time.
const MAX_HEADS: u64 = 1_000;
/// Every column that there is of changes, and of operations.
const CHANGE_COLUMNS: u64 = 9;
const OPERATION_COLUMNS: u64 = 16;
/// The type of a chunk that holds a document.
const DOCUMENT: u8 = 0;
/// Where the operations keep their texts, which are as long as all the rest together: their length
/// is all that matters.
const VALUES: u64 = 0x57;

/// A column: its data, or of the texts only its length.
struct Column<'a> {
    spec: u64,
    data: Cow<'a, [u8]>,
    length: u64,
}

/// Measures a saved document.
///
/// # Errors
/// Why Automerge must not read it.
pub(super) fn inspect(bytes: &[u8]) -> Result<(), Fault> {
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(Fault::TooLarge);
    }
    let (DOCUMENT, body) = chunk(bytes)? else {
        return Err(Fault::Malformed);
    };
    let mut body = Bytes::new(body);
    let actors = at_most(body.unsigned()?, MAX_ACTORS)?;
    for _ in 0..actors {
        actor(&mut body)?;
    }
    let heads = at_most(body.unsigned()?, MAX_HEADS)?;
    body.take(heads * HASH_LENGTH as u64)?;
    let changes = described(&mut body, CHANGE_COLUMNS)?;
    let operations = described(&mut body, OPERATION_COLUMNS)?;
    let mut room = (bytes.len() as u64 * MAX_RATIO + ALWAYS_ALLOWED).min(MAX_INFLATED_BYTES);
    let changes = columns(&changes, &mut body, &mut room)?;
    let operations = columns(&operations, &mut body, &mut room)?;
    // Where each head stands among the changes; older writers leave that out.
    if !body.is_empty() {
        for _ in 0..heads {
            body.unsigned()?;
        }
    }
    if !body.is_empty() {
        return Err(Fault::Malformed);
    }
    let claimed = changes::measure(&changes, actors)?;
    operations::measure(&operations, actors, claimed)
}

/// The columns of a block with their data, unpacked as far as there is room.
fn columns<'a>(
    described: &[(u64, u64)],
    body: &mut Bytes<'a>,
    room: &mut u64,
) -> Result<Vec<Column<'a>>, Fault> {
    let mut columns = Vec::new();
    for (spec, length) in described {
        let data = body.take(*length)?;
        let inflated = spec & DEFLATED != 0;
        let spec = spec & !DEFLATED;
        let (data, length) = match (inflated, spec) {
            (false, _) => (Cow::Borrowed(data), data.len() as u64),
            (true, VALUES) => (Cow::Borrowed(&[][..]), inflated_length(data, *room)?),
            (true, _) => {
                let data = inflate(data, *room)?;
                let length = data.len() as u64;
                (Cow::Owned(data), length)
            }
        };
        *room = room.checked_sub(length).ok_or(Fault::TooLarge)?;
        columns.push(Column { spec, data, length });
    }
    Ok(columns)
}
