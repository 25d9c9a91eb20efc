//! An exported log, as JSON lines: a heading, a line for each chain, a line for each row, an end.
//!
//! Each line is written in one way only (these structures, without spaces), and is compared byte for
//! byte when it is read: whatever else stands in a file was not written by this program. The file's
//! **head** is the SHA-256 of the heading's and the chains' lines with their line breaks; the chains'
//! lines name each chain's length and last hash, and those cover the rows.

use record::ids::{DeviceId, DocumentId, FamilyId, ProfessionalId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Chain, Code, Event, Row};
use crate::server::AuditChain;

/// What the first line says it is.
const FORMAT: &str = "family-workbook-audit";

/// The version of the format.
const VERSION: u32 = 1;

/// A hash as hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hash(pub(super) [u8; 32]);

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(self.0))
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(D::Error::custom)?;
        Ok(Self(bytes))
    }
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heading {
    pub(super) format: String,
    pub(super) version: u32,
    /// When it was made, in milliseconds since 1970.
    pub(super) made: i64,
    /// Of which family; of everything when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) family: Option<FamilyId>,
    pub(super) chains: u64,
}

impl Heading {
    pub(super) fn is_ours(&self) -> bool {
        self.format == FORMAT && self.version == VERSION
    }
}

/// A chain's line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChainLine {
    pub(super) chain: Chain,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) family: Option<FamilyId>,
    pub(super) length: u64,
    pub(super) head: Hash,
}

/// A row's line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowLine {
    chain: Chain,
    seq: u64,
    at: i64,
    kind: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    who: Option<ProfessionalId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device: Option<DeviceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    family: Option<FamilyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<DocumentId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<Code>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    head: Option<Hash>,
    hash: Hash,
}

impl From<Row> for RowLine {
    fn from(row: Row) -> Self {
        let it = row.event;
        Self {
            chain: row.chain,
            seq: row.seq,
            at: it.at,
            kind: it.kind,
            who: it.who,
            device: it.device,
            family: it.family,
            document: it.document,
            about: it.about,
            first: it.first,
            last: it.last,
            count: it.count,
            why: it.why,
            head: it.head.map(Hash),
            hash: Hash(row.hash),
        }
    }
}

impl From<RowLine> for Row {
    fn from(it: RowLine) -> Self {
        Self {
            chain: it.chain,
            seq: it.seq,
            event: Event {
                at: it.at,
                kind: it.kind,
                who: it.who,
                device: it.device,
                family: it.family,
                document: it.document,
                about: it.about,
                first: it.first,
                last: it.last,
                count: it.count,
                why: it.why,
                head: it.head.map(|it| it.0),
            },
            hash: it.hash.0,
        }
    }
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    pub(super) rows: u64,
    pub(super) head: Hash,
}

/// A line as it is written, with its line break. What is written here is ids, numbers and codes, which
/// JSON can hold.
pub(super) fn line<T: Serialize>(value: &T) -> String {
    let mut line = serde_json::to_string(value).unwrap_or_default();
    line.push('\n');
    line
}

/// The beginning of an export: its heading and chains, and the head that it ends with.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The first lines, to be written as they are.
    pub text: String,
    /// The file's head, for somebody to keep elsewhere.
    pub head: [u8; 32],
    /// How many rows follow: those of the chains, in their order, each from its first to its last.
    pub rows: u64,
}

/// Begins an export of chains, made at `made` (milliseconds since 1970), of one family or of all.
pub fn open(made: i64, family: Option<FamilyId>, chains: &[AuditChain]) -> Opening {
    let mut text = line(&Heading {
        format: FORMAT.to_owned(),
        version: VERSION,
        made,
        family,
        chains: chains.len() as u64,
    });
    for chain in chains {
        text.push_str(&line(&ChainLine {
            chain: chain.chain,
            family: chain.family,
            length: chain.length,
            head: Hash(chain.head),
        }));
    }
    Opening {
        head: Sha256::digest(&text).into(),
        rows: chains.iter().map(|it| it.length).sum(),
        text,
    }
}

/// A row's line.
pub fn row(row: Row) -> String {
    line(&RowLine::from(row))
}

/// The last line.
pub fn end(opening: &Opening) -> String {
    line(&End {
        rows: opening.rows,
        head: Hash(opening.head),
    })
}
