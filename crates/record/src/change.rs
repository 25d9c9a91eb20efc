//! One change: what one device wrote in one go, as Automerge encodes it.

mod columns;
mod guard;

use automerge::{Change as AutomergeChange, ExpandedChange};
use jiff::Timestamp;

use crate::{Refusal, Rule, encoded::Fault};

/// The largest encoded change that the record takes, in bytes. An entry has some 3 kB; a dictated
/// hour has 60 kB.
pub const MAX_CHANGE_BYTES: usize = 1024 * 1024;

/// Where a chunk's header has its checksum.
const CHECKSUM: std::ops::Range<usize> = 4..8;

fn not_a_change() -> Refusal {
    Refusal::new(
        Rule::MalformedChange,
        "these bytes are not a change of a workbook: write the entry again on this device",
    )
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Malformed => not_a_change(),
            Fault::TooLarge => Self::new(Rule::TooLarge, "this change holds too much: split it"),
        }
    }
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
        guard::inspect(bytes)?;
        let inner = AutomergeChange::from_bytes(bytes.to_vec()).map_err(|_| not_a_change())?;
        // Automerge checks the sum when it loads a document, not when it reads a single change.
        if inner.raw_bytes().get(CHECKSUM) != inner.hash().0.get(..4) {
            return Err(not_a_change());
        }
        let change = Self {
            inner,
            bytes: bytes.to_vec(),
        };
        if change.is_canonical() {
            Ok(change)
        } else {
            Err(not_a_change())
        }
    }

    /// Whether it is encoded as Automerge itself encodes what it says. A saved document does not
    /// keep the bytes of its changes: loading it encodes them anew and compares the hashes, so one
    /// change that somebody encoded otherwise would make the whole document unreadable for ever.
    fn is_canonical(&self) -> bool {
        AutomergeChange::from(self.expand()).hash() == self.inner.hash()
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
