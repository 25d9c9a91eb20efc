//! The family: people, what is said about them, households, relationships, professionals.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{EntryId, FamilyId, HouseholdId, PersonId, ProfessionalId, RecordId},
    terms::{Compartment, Discipline, PersonRole, RelationshipKind},
};

/// Which workbook a document is: written once, when it is set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Cover {
    /// The family.
    pub family: FamilyId,
    /// The compartment that this document holds.
    pub compartment: Compartment,
    /// The version of the shape described in this crate; 1.
    pub schema: u32,
    /// Who set it up.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// A member of the family or network. Everything said about them is a [`Fact`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Person {
    /// What they are to the children of this workbook.
    pub role: PersonRole,
    /// Who added them.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum FactField {
    /// The name as written, such as "Donna Brennan".
    Name,
    /// The name that the family uses, such as "Mum" or "Nan Pat".
    KnownAs,
    /// Date of birth (or due date of an unborn child), ISO 8601.
    DateOfBirth,
    /// Reference to an address kept elsewhere; the address itself never stands in the team record.
    AddressReference,
    /// Communication need: language, interpreter, hearing.
    Communication,
    /// The day on which they joined the family or its network, ISO 8601.
    JoinedOn,
    /// The day on which they left it, ISO 8601.
    LeftOn,
    /// What keeps workers safe near this person: visit in twos, a dog, a threat that was made.
    WorkersSafety,
}

impl FactField {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::KnownAs => "name in the family",
            Self::DateOfBirth => "date of birth",
            Self::AddressReference => "address reference",
            Self::Communication => "communication need",
            Self::JoinedOn => "day of joining",
            Self::LeftOn => "day of leaving",
            Self::WorkersSafety => "safety of workers",
        }
    }

    /// Whether several values stand side by side by nature, so that another one is no disagreement:
    /// a person can have two nicknames, and two warnings are two warnings.
    pub fn adds_up(self) -> bool {
        matches!(
            self,
            Self::KnownAs | Self::Communication | Self::WorkersSafety
        )
    }
}

/// One person's word on one field of one person. Facts are added, never changed: two facts that
/// differ are a disagreement that stays visible until somebody named settles it by a newer fact
/// which supersedes both. Anybody who may write may settle, also what others said: the settling fact
/// stands under its author's name, and what it supersedes stays in the record, attributed as before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Fact {
    /// Whom it is about.
    pub person: PersonId,
    /// Which field.
    pub field: FactField,
    /// What it says.
    pub value: String,
    /// The facts that this one replaces, by their ids: known to its author, and of the same person
    /// and field, or the whole change is refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<RecordId>,
    /// The entry in which it was learnt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// Who says so.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// A household. Two for one family are normal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Household {
    /// What the team calls it, such as "Donna's household". Never an address.
    pub name: String,
    /// Who added it.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// That a person lives in a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Membership {
    /// The household.
    pub household: HouseholdId,
    /// The person.
    pub person: PersonId,
    /// Since when, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until when: given by a later record of the same household and person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Who says so.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// What one person is to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Relationship {
    /// The one of whom it is said: "A …".
    pub person: PersonId,
    /// "… is the parent of …".
    pub kind: RelationshipKind,
    /// "… B".
    pub of: PersonId,
    /// Who says so.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// A professional involved with the family. Whether they may reach the record is the server's
/// decision (allocation); this only tells readers who they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Professional {
    /// Their name.
    pub name: String,
    /// Their discipline.
    pub discipline: Discipline,
    /// Involved since.
    pub from: Date,
    /// Who added them.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}
