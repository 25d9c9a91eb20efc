//! What the server's store keeps, as plain values. Times are milliseconds since 1970, UTC.

use record::ids::{DeviceId, DocumentId, FamilyId, ProfessionalId};

/// A family as the server lists it. What is known about its people stands in its documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Its id.
    pub id: FamilyId,
    /// The name that its board shows, such as "Brennan".
    pub name: String,
    /// When it was added.
    pub created: i64,
}

/// A document: an ordered log of accepted changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// The family that it belongs to.
    pub family: FamilyId,
    /// The compartment's code, such as `team`.
    pub compartment: String,
    /// Random value that changes whenever the log is not a continuation of what clients saw
    /// (restored from a backup, rewritten): clients then push again what the server lacks.
    pub epoch: u64,
    /// Sequence number of the newest change; 0 when empty.
    pub head: u64,
    /// Whose it is: an author's own document has an owner, any other none.
    pub owner: Option<ProfessionalId>,
}

/// A change about to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// Automerge's hash of the change.
    pub hash: [u8; 32],
    /// The change as Automerge encodes it.
    pub bytes: Vec<u8>,
    /// Who wrote it, by the authenticated session.
    pub author: ProfessionalId,
    /// The device that it came from, by the authenticated session.
    pub device: DeviceId,
    /// When the server received it.
    pub received: i64,
}

/// A change in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChange {
    /// Its place in the document's log, from 1, without gaps.
    pub seq: u64,
    /// What was appended.
    pub change: NewChange,
}

/// A saved document as of one sequence number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The last change that it contains.
    pub seq: u64,
    /// The document as Automerge saves it.
    pub bytes: Vec<u8>,
}

/// A professional who can sign in.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The professional's id, the same in every record that they write.
    pub id: ProfessionalId,
    /// What they type to sign in.
    pub sign_in: String,
    /// Their name as colleagues read it.
    pub name: String,
    /// The discipline's code, such as `childrens-social-worker`.
    pub discipline: String,
    /// The password's hash in PHC format, never the password.
    pub password_hash: String,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names and hashes stay out of logs; the id is enough to find the account.
        f.debug_struct("Account")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A device that signs its requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// Whose it is.
    pub professional: ProfessionalId,
    /// Its Ed25519 public key.
    pub public_key: [u8; 32],
    /// What its owner calls it; empty when they gave it no name.
    pub label: String,
    /// When it was enrolled.
    pub enrolled: i64,
    /// When it last signed a request, to a few minutes; none before the first.
    pub seen: Option<i64>,
    /// When it was revoked, if it was.
    pub revoked: Option<i64>,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the random token in the cookie.
    pub token_sha256: [u8; 32],
    /// Who is signed in.
    pub professional: ProfessionalId,
    /// When it ends by itself.
    pub expires: i64,
}

/// A professional's place in a family's team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// The family.
    pub family: FamilyId,
    /// The professional.
    pub professional: ProfessionalId,
    /// Since when.
    pub from: i64,
}

/// A professional's named place in a compartment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The compartment's document.
    pub document: DocumentId,
    /// The professional.
    pub professional: ProfessionalId,
    /// Since when.
    pub from: i64,
}
