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

/// The professional's place in the team that the family is allocated to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeamRole {
    /// None: of another team or of no team, or the family has no team.
    None,
    /// Works in it. Opens no family by itself: that takes an allocation of one's own.
    Member,
    /// Leads its group supervisions.
    Supervisor,
    /// Manages it.
    Manager,
}

impl TeamRole {
    /// Every role, the one with the least reach first.
    pub const ALL: [Self; 4] = [Self::None, Self::Member, Self::Supervisor, Self::Manager];

    /// The code as it is stored; none for [`TeamRole::None`].
    pub fn code(self) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::Member => "member",
            Self::Supervisor => "supervisor",
            Self::Manager => "manager",
        })
    }

    /// The role with this code; [`TeamRole::None`] for any other text.
    pub fn from_code(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|role| role.code() == Some(code))
            .unwrap_or(Self::None)
    }
}

/// Whether the family's record is restricted: its very existence is hidden from other teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restricted {
    /// It is, or nobody has looked: hidden is the safe side.
    Yes,
    /// It is not.
    No,
}

/// Whether the asking professional has broken the glass on this family and its time is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glass {
    /// Whole: nothing is opened by it.
    Whole,
    /// Broken, and still within its time.
    Broken,
}

/// How the asking professional stands to a family at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether they are allocated to it.
    pub allocated: Allocated,
    /// Their place in the family's team.
    pub team: TeamRole,
    /// Whether the family is restricted.
    pub restricted: Restricted,
    /// Whether they have broken the glass on it.
    pub glass: Glass,
}

impl Standing {
    /// A stranger to a family that may not even exist: what is known of an unknown id.
    pub const STRANGER: Self = Self {
        allocated: Allocated::No,
        team: TeamRole::None,
        restricted: Restricted::Yes,
        glass: Glass::Whole,
    };
}

/// A family that someone wants to find or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyFacts {
    /// The family's id.
    pub family: Uuid,
    /// How the subject stands to it now.
    pub standing: Standing,
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
    /// How the subject stands to the family now.
    pub standing: Standing,
    /// The professionals who are named members of this compartment. Not looked at for the team's
    /// document nor for an author's own.
    pub members: Vec<Uuid>,
    /// Whose it is, where it is one author's own.
    pub owner: Option<Uuid>,
}

/// A notice that somebody has broken the glass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeFacts {
    /// The notice's id.
    pub notice: Uuid,
    /// Who broke it.
    pub breaker: Uuid,
    /// The subject's place in the family's team now.
    pub team: TeamRole,
    /// Whether the family is restricted.
    pub restricted: Restricted,
    /// Whether the family's team has a manager other than the breaker.
    pub managed: bool,
}

/// A device that someone wants to take out of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceFacts {
    /// The device's id.
    pub device: Uuid,
    /// Whose it is.
    pub owner: Uuid,
}
