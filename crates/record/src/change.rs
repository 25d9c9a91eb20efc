//! One change: what one device wrote in one go, as Automerge encodes it.

use std::io::Read as _;

use automerge::{Change as AutomergeChange, ExpandedChange};
use flate2::bufread::DeflateDecoder;

use jiff::Timestamp;

use crate::{Refusal, Rule};

/// The largest encoded change that the record takes, in bytes. An entry has some 3 kB; a dictated
/// hour has 60 kB.
pub const MAX_CHANGE_BYTES: usize = 1024 * 1024;

/// The most bytes that a change may unpack to.
const MAX_INFLATED_BYTES: u64 = 4 * 1024 * 1024;
/// Where a chunk's header has its checksum, and its type.
const CHECKSUM: std::ops::Range<usize> = 4..8;
const CHUNK_TYPE: usize = 8;
/// The type of a chunk whose body is deflated.
const DEFLATED: u8 = 2;

fn not_a_change() -> Refusal {
    Refusal::new(
        Rule::MalformedChange,
        "these bytes are not a change of a workbook: write the entry again on this device",
    )
}

/// Automerge unpacks a deflated change whole, whatever its size: a megabyte could become a gigabyte.
/// So it is unpacked here first, into nothing, and only up to the limit.
fn guard_inflation(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.get(CHUNK_TYPE) != Some(&DEFLATED) {
        return Ok(());
    }
    // The body's length follows the type as a LEB128 number: its last byte has no high bit.
    let rest = bytes.get(CHUNK_TYPE + 1..).unwrap_or_default();
    let length = rest.iter().take_while(|byte| **byte & 0x80 != 0).count() + 1;
    let body = rest.get(length..).ok_or_else(not_a_change)?;
    let mut unpacked = DeflateDecoder::new(body).take(MAX_INFLATED_BYTES + 1);
    let size = std::io::copy(&mut unpacked, &mut std::io::sink()).map_err(|_| not_a_change())?;
    if size > MAX_INFLATED_BYTES {
        return Err(Refusal::new(
            Rule::TooLarge,
            "this change unpacks to too much: split it",
        ));
    }
    Ok(())
}

/// A well-formed change. Nothing is said yet about whether it keeps the rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    inner: AutomergeChange,
    bytes: Vec<u8>,
}

impl Change {
    /// Decodes bytes that may come from anywhere.
    ///
    /// # Errors
    /// [`Rule::TooLarge`] and [`Rule::MalformedChange`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MAX_CHANGE_BYTES {
            return Err(Refusal::new(
                Rule::TooLarge,
                format!(
                    "this change has {} kB and the record takes {} kB: split it into several entries",
                    bytes.len() / 1024,
                    MAX_CHANGE_BYTES / 1024
                ),
            ));
        }
        guard_inflation(bytes)?;
        let inner = AutomergeChange::from_bytes(bytes.to_vec()).map_err(|_| not_a_change())?;
        // Automerge checks the sum when it loads a document, not when it reads a single change.
        if inner.raw_bytes().get(CHECKSUM) != inner.hash().0.get(..4) {
            return Err(not_a_change());
        }
        Ok(Self {
            inner,
            bytes: bytes.to_vec(),
        })
    }

    pub(crate) fn from_automerge(mut inner: AutomergeChange) -> Self {
        let bytes = inner.bytes().into_owned();
        Self { inner, bytes }
    }

    /// Automerge's hash: the change's identity everywhere.
    pub fn hash(&self) -> [u8; 32] {
        self.inner.hash().0
    }

    /// The encoded change, as it was received or written.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The Automerge actor. The server binds it to one device for ever.
    pub fn actor(&self) -> &[u8] {
        self.inner.actor_id().to_bytes()
    }

    /// Hashes of the changes that this one builds on.
    pub fn deps(&self) -> Vec<[u8; 32]> {
        self.inner.deps().iter().map(|hash| hash.0).collect()
    }

    /// When it was written, by the device's clock, to the second.
    pub fn written(&self) -> Timestamp {
        Timestamp::from_second(self.inner.timestamp()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    pub(crate) fn inner(&self) -> &AutomergeChange {
        &self.inner
    }

    pub(crate) fn expand(&self) -> ExpandedChange {
        self.inner.decode()
    }
}
