//! One thing that happened, and the text of it that is hashed.

use std::{borrow::Cow, fmt, str::FromStr};

use record::ids::{DeviceId, DocumentId, EntryId, FamilyId, ProfessionalId};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// What stands before the first row of a chain.
pub const ZERO: [u8; 32] = [0; 32];

/// The longest code.
const MAX_CODE: usize = 40;

/// Which chain a row stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chain(Uuid);

impl Chain {
    /// The house's: what operators do, and what belongs to nobody.
    pub const HOUSE: Self = Self(Uuid::nil());

    /// A document's.
    pub const fn of_document(document: DocumentId) -> Self {
        Self(*document.as_uuid())
    }

    /// A professional's own: how they signed in, their devices, what they were refused.
    pub const fn of_person(professional: ProfessionalId) -> Self {
        Self(*professional.as_uuid())
    }

    /// From storage.
    pub const fn from_uuid(value: Uuid) -> Self {
        Self(value)
    }

    /// For storage.
    pub const fn as_uuid(&self) -> &Uuid {
        &self.0
    }
}

impl From<Uuid> for Chain {
    fn from(value: Uuid) -> Self {
        Self(value)
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A word of this program, such as `pushed`: small letters, digits and hyphens. Nothing that anybody
/// typed fits in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Code(Cow<'static, str>);

impl Code {
    /// A code that stands in the source.
    pub(super) const fn known(code: &'static str) -> Self {
        Self(Cow::Borrowed(code))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has 1 to {MAX_CODE} small letters, digits and hyphens")]
pub struct NotACode;

impl FromStr for Code {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if (1..=MAX_CODE).contains(&text.len()) && text.bytes().all(fits) {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(NotACode)
        }
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// One thing that happened. What a field means for a kind stands at the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When, by the server's clock, in milliseconds since 1970.
    pub at: i64,
    /// What.
    pub kind: Code,
    /// Who did it; none for an operator at the console and for a stranger.
    pub who: Option<ProfessionalId>,
    /// On which device; none for a browser and the console.
    pub device: Option<DeviceId>,
    /// The family concerned.
    pub family: Option<FamilyId>,
    /// The document concerned.
    pub document: Option<DocumentId>,
    /// The account, device, entry, certificate or chain concerned.
    pub about: Option<Uuid>,
    /// The first sequence number concerned.
    pub first: Option<u64>,
    /// The last sequence number concerned.
    pub last: Option<u64>,
    /// How many.
    pub count: Option<u64>,
    /// By which rule, or on what ground.
    pub why: Option<Code>,
    /// A hash: of an anchored chain, of a certificate or a part of one.
    pub head: Option<[u8; 32]>,
}

impl Event {
    /// An event of which nothing but time and kind is known yet.
    pub const fn new(at: i64, kind: Code) -> Self {
        Self {
            at,
            kind,
            who: None,
            device: None,
            family: None,
            document: None,
            about: None,
            first: None,
            last: None,
            count: None,
            why: None,
            head: None,
        }
    }

    /// Names the document concerned.
    #[must_use]
    pub fn on(mut self, document: DocumentId) -> Self {
        self.document = Some(document);
        self
    }

    /// Names the family concerned.
    #[must_use]
    pub fn of(mut self, family: FamilyId) -> Self {
        self.family = Some(family);
        self
    }

    /// Names the account, device, entry or chain concerned.
    #[must_use]
    pub fn about(mut self, id: Uuid) -> Self {
        self.about = Some(id);
        self
    }

    /// Names the entry concerned.
    #[must_use]
    pub fn about_entry(self, entry: EntryId) -> Self {
        self.about(*entry.as_uuid())
    }

    /// The family of a document's own chain: where the chain is that document's.
    pub fn family_of(&self, chain: Chain) -> Option<FamilyId> {
        let own = self.document.map(Chain::of_document) == Some(chain);
        self.family.filter(|_| own)
    }
}

/// A row of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The chain.
    pub chain: Chain,
    /// Its place in it, from 1, without gaps.
    pub seq: u64,
    /// What happened.
    pub event: Event,
    /// [`hash`] of all this and of the row before.
    pub hash: [u8; 32],
}

/// The text that is hashed: a line for each field that is there, `name=value`, in this order, each
/// with a line break. Ids are lower-case with hyphens, numbers decimal, hashes lower-case hex.
/// No value can hold a line break, so that no two rows have one text.
pub fn canonical(chain: Chain, seq: u64, event: &Event, before: &[u8; 32]) -> String {
    let mut text = String::from("family-workbook-audit 1\n");
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("{name}={value}\n"));
        }
    };
    line("chain", Some(chain.to_string()));
    line("seq", Some(seq.to_string()));
    line("at", Some(event.at.to_string()));
    line("kind", Some(event.kind.as_str().to_owned()));
    line("who", event.who.map(|it| it.to_string()));
    line("device", event.device.map(|it| it.to_string()));
    line("family", event.family.map(|it| it.to_string()));
    line("document", event.document.map(|it| it.to_string()));
    line("about", event.about.map(|it| it.to_string()));
    line("first", event.first.map(|it| it.to_string()));
    line("last", event.last.map(|it| it.to_string()));
    line("count", event.count.map(|it| it.to_string()));
    line("why", event.why.as_ref().map(|it| it.as_str().to_owned()));
    line("head", event.head.map(hex::encode));
    line("before", Some(hex::encode(before)));
    text
}

/// The hash of a row: SHA-256 of [`canonical`].
pub fn hash(chain: Chain, seq: u64, event: &Event, before: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(canonical(chain, seq, event, before)).into()
}

#[cfg(test)]
mod tests {
    use record::ids::mint;

    use super::*;

    /// Hashes are kept for decades: what is hashed never changes for what is written already.
    #[test]
    fn the_text_is_what_the_documentation_says() {
        let id = |n: u8| mint(0, [n; 10]);
        let event = Event {
            at: 1_772_000_000_000,
            kind: super::super::kind::PUSH_REFUSED,
            who: Some(id(1).into()),
            device: Some(id(2).into()),
            family: Some(id(3).into()),
            document: Some(id(4).into()),
            about: Some(id(5)),
            first: Some(1),
            last: Some(2),
            count: Some(3),
            why: "not-attested".parse().ok(),
            head: Some([255; 32]),
        };
        let chain = Chain::of_document(id(4).into());
        assert_eq!(
            canonical(chain, 7, &event, &ZERO),
            "family-workbook-audit 1\n\
             chain=00000000-0000-7404-8404-040404040404\n\
             seq=7\n\
             at=1772000000000\n\
             kind=push-refused\n\
             who=00000000-0000-7101-8101-010101010101\n\
             device=00000000-0000-7202-8202-020202020202\n\
             family=00000000-0000-7303-8303-030303030303\n\
             document=00000000-0000-7404-8404-040404040404\n\
             about=00000000-0000-7505-8505-050505050505\n\
             first=1\n\
             last=2\n\
             count=3\n\
             why=not-attested\n\
             head=ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\n\
             before=0000000000000000000000000000000000000000000000000000000000000000\n"
        );
        assert_eq!(event.family_of(chain), event.family);
        assert_eq!(event.family_of(Chain::HOUSE), None);
    }

    #[test]
    fn nothing_typed_by_people_is_a_code() {
        for bad in ["", "Brennan", "a b", "a\nb", "é", &"x".repeat(41)] {
            assert_eq!(bad.parse::<Code>(), Err(NotACode), "{bad:?}");
        }
        for known in super::super::kind::ALL {
            assert_eq!(known.as_str().parse().as_ref(), Ok(known));
        }
    }
}
