//! The frames that device and server exchange, as JSON over HTTPS.
//!
//! Bytes (changes, snapshots) travel as standard base64, hashes as lower-case hex. Unknown fields are
//! ignored, so that an older device can talk to a newer server; missing ones are an error.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use record::{
    Refusal,
    ids::{DocumentId, FamilyId},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use uuid::Uuid;

use crate::proof::Proof;

/// The most changes that one push may carry, over all its documents.
pub const MAX_PUSHED_CHANGES: usize = 500;
/// The most bytes that one request's body may have, before it is packed for the wire and after it is
/// unpacked: 8 MiB, some 2,000 entries.
pub const MAX_FRAME_BYTES: usize = 8 * 1024 * 1024;
/// How many bytes of changes a device puts into one push: base64 and frames need room beside them.
pub const MAX_PUSHED_BYTES: usize = MAX_FRAME_BYTES / 2;

/// Bytes that travel as base64.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD
            .decode(&text)
            .map(Self)
            .map_err(|_| D::Error::custom("expected base64"))
    }
}

/// `POST /api/sync/push`: changes that the server has not acknowledged yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushRequest {
    /// One part for each document.
    pub documents: Vec<PushDocument>,
}

/// The unacknowledged changes of one document, in the order in which they were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushDocument {
    /// The document.
    pub document: DocumentId,
    /// Encoded changes, oldest first.
    pub changes: Vec<Bytes>,
    /// How far the device has got. A server that has been restored since answers *blocked* to
    /// everything: pull first, then push again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Known>,
    /// Where a restored server gets back what it lost: proofs that it had accepted some of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<Proof>,
}

/// A place in a document's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The epoch in which the sequence number was given.
    pub epoch: u64,
    /// The last sequence number applied; 0 for none.
    pub seq: u64,
}

impl Known {
    /// Whether a log of this epoch and head goes on from there.
    pub fn is_of(self, epoch: u64, head: u64) -> bool {
        self.epoch == epoch && self.seq <= head
    }
}

/// What became of a push. Every accepted change is durable when this arrives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushResponse {
    /// One part for each document of the request, in its order.
    pub documents: Vec<PushedDocument>,
}

/// What became of one document's changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushedDocument {
    /// The document.
    pub document: DocumentId,
    /// The answers, one for each change, in the request's order.
    pub answers: Vec<Answer>,
}

/// The server's word on one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum Answer {
    /// In the workbook, durable, under this sequence number; now or since an earlier push.
    Accepted {
        /// Its place in the document's log.
        seq: u64,
    },
    /// Not in the workbook, and it never will be as it is.
    Refused {
        /// Which rule, where, and what to do.
        refusal: Refusal,
    },
    /// Not looked at: it builds on a refused change of the same push (write it anew on top of the
    /// accepted state and push again), or the server was restored from a backup (pull first).
    Blocked,
    /// It had been accepted, and has since been erased or written anew under another hash: keep
    /// nothing of it; a pull brings what stands in its place. Also told where `known` is of another
    /// epoch.
    Forgotten,
}

/// `POST /api/sync/pull`: everything after my cursors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    /// The documents that the device holds already.
    pub documents: Vec<Cursor>,
}

/// How far a device has got with one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The document.
    pub document: DocumentId,
    /// The epoch in which the sequence number was given.
    pub epoch: u64,
    /// The last sequence number applied; 0 for none.
    pub seq: u64,
}

/// The answer to a pull: one part for each document that the caller may reach, held already or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullResponse {
    /// News, for every reachable document that has any (or that the device does not hold).
    pub documents: Vec<PulledDocument>,
    /// Documents of the request that the caller can't reach (any more): drop the copy.
    pub gone: Vec<DocumentId>,
    /// Documents of the request that were erased with their family: drop everything of that family,
    /// what was never sent included. Not in `gone`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<DocumentId>,
}

/// News of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PulledDocument {
    /// The document.
    pub document: DocumentId,
    /// Its family.
    pub family: FamilyId,
    /// The family's name as the board shows it.
    pub family_name: String,
    /// The compartment's code.
    pub compartment: String,
    /// The server's epoch. Where it differs from the cursor's, or the cursor was ahead of `head`,
    /// the server was restored from a backup, or something was erased: this part starts again from
    /// the beginning.
    pub epoch: u64,
    /// In a part that starts from the beginning: a number that a restore keeps and an erasure ends.
    /// Where it is the one that the device has kept, it pushes whatever the server lacks; where it is
    /// another one, it drops its copy whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<u64>,
    /// In a part that starts from the beginning: ids of records that were erased, or that lost a part,
    /// ever. The device drops what it keeps of them beside its copy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forgotten: Vec<Uuid>,
    /// The sequence number of the server's newest change.
    pub head: u64,
    /// The whole document as of `Snapshot::seq`, when that is cheaper than all changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<Snapshot>,
    /// Changes after the cursor, or after the snapshot, in order and without gaps.
    pub changes: Vec<Numbered>,
    /// There is more: pull again from the last sequence number received.
    pub more: bool,
    /// Where there is no more: the server's word that it has accepted everything up to `head`, to be
    /// kept beside the copy. See [`crate::proof`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// A saved document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The last change that it contains.
    pub seq: u64,
    /// The document as Automerge saves it.
    pub bytes: Bytes,
}

/// A change with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// Its sequence number.
    pub seq: u64,
    /// The change as Automerge encodes it.
    pub bytes: Bytes,
}
