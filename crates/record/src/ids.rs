//! Identifiers of everything in the record.
//!
//! Each kind of thing has a type of its own, so that a person's id can't stand where an entry's is
//! meant. Inside they are UUIDs, minted as version 7 from a time and random bytes that the caller
//! passes in: nothing in this crate reads a clock or a random source.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not an identifier: write it as a UUID such as 0198f1a0-0000-7000-8000-000000000001"
)]
pub struct BadId {
    /// What stood in its place, cut to 64 characters.
    pub text: String,
}

/// The raw value of a new identifier: version 7, so that ids sort by the time they were made.
///
/// `unix_millis` is the time in milliseconds since 1970 and `random` ten fresh random bytes.
pub fn mint(unix_millis: u64, random: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid()
}

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub struct $name(#[cfg_attr(feature = "ts", ts(type = "string"))] Uuid);

        impl $name {
            /// Wraps a value made by [`mint`] or read from storage.
            pub const fn from_uuid(value: Uuid) -> Self {
                Self(value)
            }

            /// The value inside, for storage.
            pub const fn as_uuid(&self) -> &Uuid {
                &self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                Uuid::try_parse(text)
                    .map(Self)
                    .map_err(|_| BadId { text: text.chars().take(64).collect() })
            }
        }
    )+};
}

id_types! {
    /// A family: the unit that a workbook, an allocation and a retention rule belong to.
    FamilyId;
    /// One Automerge document: a family's team record or one of its compartments.
    DocumentId;
    /// A member of the family or its network.
    PersonId;
    /// A household that people live in or stay at.
    HouseholdId;
    /// A professional: social worker, adult specialist, manager. The same id is their account's.
    ProfessionalId;
    /// A device enrolled by a professional.
    DeviceId;
    /// A visit or contact.
    EntryId;
    /// A concern, kept over many entries.
    ConcernId;
    /// An action with its status events.
    ActionId;
    /// Any other record inside a document (an assertion, an appendment, a status event …).
    RecordId;
    /// A team of professionals under one manager; what a family is allocated to.
    TeamId;
    /// One breaking of the glass: emergency reading of a family with a reason.
    BreakGlassId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_round_trip_as_text() {
        let early = EntryId::from(mint(1_000, [7; 10]));
        let late = EntryId::from(mint(2_000, [1; 10]));
        assert!(early < late);
        assert_eq!(early.to_string().parse(), Ok(early));
    }

    #[test]
    fn a_bad_id_is_named_and_cut() {
        let error = "x".repeat(500).parse::<PersonId>().unwrap_err();
        assert_eq!(error.text.len(), 64);
    }
}
