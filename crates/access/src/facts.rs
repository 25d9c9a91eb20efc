//! The facts that a decision rests on, gathered by the server from its own store and never from a
//! document, which an offline device could rewrite.

use uuid::Uuid;

/// Who asks, as authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The professional's id.
    pub professional: Uuid,
    /// The code of their discipline; none when the server does not know the account's discipline.
    pub discipline: Option<String>,
    /// How the request came in.
    pub way: Way,
}

/// How a request came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Signed by an enrolled device's key.
    Device {
        /// The device's id.
        id: Uuid,
        /// Whether the device was lost, left or was otherwise taken out of use.
        revoked: bool,
    },
    /// From a signed-in browser, which keeps no copies.
    Browser,
}

/// Whether the asking professional is allocated to the family at this moment. Two words instead of
/// a bare `bool`, so that a forgotten look-up can't read as a yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allocated {
    /// There is an open allocation.
    Yes,
    /// There is none, or there is no such family.
    No,
}

/// A compartment of a family's record. Each is a document of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compartment {
    /// Open to everyone who is allocated.
    Team,
    /// Safe addresses and the victim's work.
    VictimSafe,
    /// The work with the perpetrator.
    PerpetratorWork,
    /// Health detail.
    Health,
    /// Probation detail.
    Probation,
    /// Legal advice.
    Legal,
    /// One author's own notes.
    AuthorOnly,
    /// A code that this version does not know: reached by nobody.
    Unknown,
}

impl Compartment {
    /// Every compartment, the unknown one last.
    pub const ALL: [Self; 8] = [
        Self::Team,
        Self::VictimSafe,
        Self::PerpetratorWork,
        Self::Health,
        Self::Probation,
        Self::Legal,
        Self::AuthorOnly,
        Self::Unknown,
    ];

    /// The compartment with this code; [`Compartment::Unknown`] for any other text.
    pub fn from_code(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|compartment| compartment.code() == Some(code))
            .unwrap_or(Self::Unknown)
    }

    /// The code as it is stored; none for [`Compartment::Unknown`].
    pub fn code(self) -> Option<&'static str> {
        Some(match self {
            Self::Team => "team",
            Self::VictimSafe => "victim-safe",
            Self::PerpetratorWork => "perpetrator-work",
            Self::Health => "health",
            Self::Probation => "probation",
            Self::Legal => "legal",
            Self::AuthorOnly => "author-only",
            Self::Unknown => return None,
        })
    }
}

/// A family that someone wants to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyFacts {
    /// The family's id.
    pub family: Uuid,
    /// Whether the subject is allocated to it now.
    pub allocated: Allocated,
}

/// A document that someone wants to read or write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFacts {
    /// The document's id.
    pub document: Uuid,
    /// The family that it belongs to.
    pub family: Uuid,
    /// What kind of document it is.
    pub compartment: Compartment,
    /// Whether the subject is allocated to the family now.
    pub allocated: Allocated,
    /// The professionals who are named members of this compartment. Not looked at for the team's
    /// document nor for an author's own.
    pub members: Vec<Uuid>,
    /// Whose it is, where it is one author's own.
    pub owner: Option<Uuid>,
}

/// A device that someone wants to take out of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceFacts {
    /// The device's id.
    pub device: Uuid,
    /// Whose it is.
    pub owner: Uuid,
}
