//! What a device keeps, as plain values. Times are milliseconds since 1970, UTC.

use record::ids::{DeviceId, DocumentId, EntryId, FamilyId, ProfessionalId, RecordId};

/// Who the device belongs to and how it proves it.
#[derive(Clone, PartialEq, Eq)]
pub struct Profile {
    /// The device's id, given by the server at enrolment.
    pub device: DeviceId,
    /// The professional whose device it is.
    pub professional: ProfessionalId,
    /// Their name.
    pub name: String,
    /// The code of their discipline.
    pub discipline: String,
    /// Where the server is, such as `https://workbook.example.gov.uk`.
    pub server: String,
    /// The Ed25519 secret key that signs each request.
    pub secret_key: [u8; 32],
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The secret key must never reach a log.
        f.debug_struct("Profile")
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}

/// A document on this device: everything the server has accepted, up to the cursor. Changes of this
/// device that are not yet acknowledged are in the outbox, not in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replica {
    /// The document.
    pub document: DocumentId,
    /// Its family.
    pub family: FamilyId,
    /// The family's name as the board shows it.
    pub family_name: String,
    /// The compartment's code.
    pub compartment: String,
    /// The epoch in which the cursor was given.
    pub epoch: u64,
    /// Sequence number of the last change pulled.
    pub cursor: u64,
    /// The accepted state as Automerge saves it.
    pub bytes: Vec<u8>,
    /// The server's word on it, as JSON of `sync::replica::Standing`; empty before the first.
    pub standing: String,
}

/// A change that waits for the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The document that it belongs to.
    pub document: DocumentId,
    /// Automerge's hash.
    pub hash: [u8; 32],
    /// The change as Automerge encodes it.
    pub bytes: Vec<u8>,
    /// When it was written.
    pub written: i64,
}

/// A change that the server refused, kept with its reason until its author has dealt with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Its id on this device.
    pub id: RecordId,
    /// The document that it was meant for.
    pub document: DocumentId,
    /// Automerge's hash of the refused change.
    pub hash: [u8; 32],
    /// The change as Automerge encodes it.
    pub bytes: Vec<u8>,
    /// What it would have written, as JSON that a person can read.
    pub content: String,
    /// The refusal as JSON: rule, record, field, message.
    pub refusal: String,
    /// When the refusal arrived.
    pub refused: i64,
}

/// A draft: the author's alone, outside every shared document until it is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The id that the entry will have.
    pub id: EntryId,
    /// The family that it is about.
    pub family: FamilyId,
    /// The draft as JSON.
    pub json: String,
    /// When it was begun.
    pub begun: i64,
    /// When it last changed.
    pub changed: i64,
}
