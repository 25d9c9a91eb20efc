//! The certificate of an erasure: what went, by whose order, and what may still stand elsewhere. No name
//! and no text of the record is in it. Its format is documented in `docs/retention.md`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::{
    Remove,
    ids::{ConcernId, DeviceId, DocumentId, EntryId, FamilyId, PersonId},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Order;

/// What the first line of every certificate says.
const FORMAT: &str = "family-workbook-erasure";

/// The version of the shape that this program writes and reads.
const VERSION: u32 = 1;

/// What is to go, or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum What {
    /// A family with everything.
    Family {
        /// The family.
        family: FamilyId,
    },
    /// A person, with what is said about them alone.
    Person {
        /// The family.
        family: FamilyId,
        /// The person.
        person: PersonId,
    },
    /// An entry, with what was appended to it.
    Entry {
        /// The family.
        family: FamilyId,
        /// The entry.
        entry: EntryId,
    },
    /// One statement of an entry.
    Statement {
        /// The family.
        family: FamilyId,
        /// The entry.
        entry: EntryId,
        /// Which of its statements, from 0.
        index: usize,
    },
    /// A concern, with views of it.
    Concern {
        /// The family.
        family: FamilyId,
        /// The concern.
        concern: ConcernId,
    },
}

impl What {
    /// The family.
    pub fn family(&self) -> FamilyId {
        match *self {
            Self::Family { family }
            | Self::Person { family, .. }
            | Self::Entry { family, .. }
            | Self::Statement { family, .. }
            | Self::Concern { family, .. } => family,
        }
    }

    /// What the record is to be written anew without; none for a family, which is not written anew.
    pub fn remove(&self) -> Option<Remove> {
        match *self {
            Self::Family { .. } => None,
            Self::Person { person, .. } => Some(Remove::Person(person)),
            Self::Entry { entry, .. } => Some(Remove::Entry(entry)),
            Self::Statement { entry, index, .. } => Some(Remove::Statement { entry, index }),
            Self::Concern { concern, .. } => Some(Remove::Concern(concern)),
        }
    }

    /// The kind, as the audit log names it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Family { .. } => "family",
            Self::Person { .. } => "person",
            Self::Entry { .. } => "entry",
            Self::Statement { .. } => "statement",
            Self::Concern { .. } => "concern",
        }
    }
}

/// What happened to one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ErasedDocument {
    /// The document.
    pub document: DocumentId,
    /// The compartment's code.
    pub compartment: String,
    /// Its lineage before.
    pub old_lineage: u64,
    /// Its epoch before.
    pub old_epoch: u64,
    /// Its epoch since; none where the document went with its family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_epoch: Option<u64>,
    /// How many changes it had.
    pub changes_before: u64,
    /// How many it has.
    pub changes_after: u64,
    /// How many records went. Of a family the changes alone are counted.
    pub dropped: u64,
    /// How many records stayed without a reference or a part.
    pub altered: u64,
}

impl ErasedDocument {
    /// The SHA-256 of this part as JSON without spaces, as the document's chain of the audit log has it.
    pub fn sha256(&self) -> [u8; 32] {
        // Strings and numbers: there is nothing that JSON could refuse.
        Sha256::digest(serde_json::to_vec(self).unwrap_or_default()).into()
    }
}

/// A record whose narrative still has a name of the removed person: for somebody to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Mention {
    /// The document.
    pub document: DocumentId,
    /// The record, as `collection/id`.
    pub record: String,
}

/// A device that had a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DeviceLeft {
    /// The device.
    pub device: DeviceId,
    /// When it last signed a request, in milliseconds since 1970, to a few minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<i64>,
    /// Whether it is out of use: it wipes everything at its next contact.
    pub revoked: bool,
}

/// What may still hold what was erased, out of the server's reach.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Remaining {
    /// The devices that ever got one of the documents. Each drops what was erased when it next reaches
    /// the server.
    pub devices: Vec<DeviceLeft>,
    /// For how many days after its last contact a device opens its copy; then the copy is sealed
    /// until the server is reached.
    pub lease_days: u16,
    /// The day on which the last backup of before is destroyed; none when nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backups_until: Option<Date>,
}

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Certificate {
    format: String,
    version: u32,
    /// Its id.
    pub id: Uuid,
    /// The program's version.
    pub program: String,
    /// Who ordered it.
    pub reference: String,
    /// What went.
    pub what: What,
    /// The certificate that this one repeats, in a database that was restored from before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<Uuid>,
    /// When, in milliseconds since 1970.
    pub begun: i64,
    /// Set when all of it is done; without it the erasure was cut off: do it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<i64>,
    /// What happened to each document.
    pub documents: Vec<ErasedDocument>,
    /// How many rows went, by table; of a family.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<String, u64>,
    /// Where a name of the removed person still stands. **Not erased.**
    pub mentions: Vec<Mention>,
    /// What may still hold it.
    pub remaining: Remaining,
    /// Whether no file of the database has it any more.
    pub scrubbed: bool,
    /// Why not, and what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scrub_failure: Option<String>,
}

/// A certificate can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// It is no certificate, or one of a later version.
    #[error(
        "this is no certificate of an erasure in version {VERSION} ({0}): check the path, or update \
         the program"
    )]
    Unreadable(String),
    /// The file differs from what was written.
    #[error("the certificate was altered: {0}; ask whoever kept it for an unaltered copy")]
    Altered(String),
    /// The audit log does not know it.
    #[error(
        "the audit log of this database does not know the certificate ({0}): it is another database's, \
         or this one was restored from a backup of before; then do `workbook erase repeat`"
    )]
    Unknown(String),
}

impl Certificate {
    /// One on which nothing has gone yet.
    pub(super) fn begun(order: &Order) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            id: order.id,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            reference: order.reference.clone(),
            what: order.what,
            repeats: order.repeats.as_ref().map(|it| it.id),
            begun: order.at,
            ended: None,
            documents: Vec::new(),
            rows: BTreeMap::new(),
            mentions: Vec::new(),
            remaining: Remaining {
                devices: Vec::new(),
                lease_days: order.lease_days,
                backups_until: order.backups_until,
            },
            scrubbed: false,
            scrub_failure: None,
        }
    }

    /// The file: indented JSON and a line end, always the same for the same certificate.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Strings and numbers: there is nothing that JSON could refuse.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads a file. What it says is not proven: [`super::check`] compares it with the audit log.
    ///
    /// # Errors
    /// When it is no certificate of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CertificateError> {
        let certificate: Self = serde_json::from_slice(bytes)
            .map_err(|error| CertificateError::Unreadable(error.to_string()))?;
        if certificate.format == FORMAT && certificate.version == VERSION {
            Ok(certificate)
        } else {
            Err(CertificateError::Unreadable(format!(
                "it says {:?} {}",
                certificate.format, certificate.version
            )))
        }
    }
}
