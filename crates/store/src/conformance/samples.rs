//! Made-up values for the suite. Each takes a number, so that two of a kind differ.

use record::ids::{
    BreakGlassId, DeviceId, DocumentId, EntryId, FamilyId, ProfessionalId, RecordId, TeamId, mint,
};

use crate::{
    device::{Draft, Pending, Profile, Quarantined, Replica},
    server::{Account, BrokenGlass, Device, Document, Family, NewChange, Session, Team},
};

/// Names that have broken other programs. No NUL: PostgreSQL's text can't hold one.
pub(super) const ODD: [&str; 14] = [
    "",
    " ",
    "O'Brien",
    "Robert'); DROP TABLE families;--",
    "\"quoted\" and `ticked`",
    "back\\slash %s %_ ? $1 :name",
    "line\nbreak\ttab\r",
    "Zoë Ångström-Śliwiński",
    "Zoe\u{308}",
    "李小龍",
    "عائلة",
    "👩‍👧‍👦",
    "\u{feff}\u{200b}\u{202e}",
    "\u{10ffff}",
];

macro_rules! sample_ids {
    ($($function:ident: $id:ident,)+) => {$(
        pub(super) fn $function(n: u8) -> $id {
            $id::from(mint(u64::from(n), [n; 10]))
        }
    )+};
}

sample_ids! {
    family_id: FamilyId,
    document_id: DocumentId,
    professional_id: ProfessionalId,
    device_id: DeviceId,
    entry_id: EntryId,
    record_id: RecordId,
}

pub(super) fn family(n: u8) -> Family {
    Family {
        id: family_id(n),
        name: format!("Family {n}"),
        created: i64::from(n),
    }
}

/// The team's document of family `n`.
pub(super) fn document(n: u8) -> Document {
    Document {
        id: document_id(n),
        family: family_id(n),
        compartment: "team".to_owned(),
        epoch: u64::from(n),
        head: 0,
        owner: None,
    }
}

pub(super) fn change(n: u8) -> NewChange {
    NewChange {
        hash: [n; 32],
        bytes: vec![n; 3],
        author: professional_id(n),
        device: device_id(n),
        received: i64::from(n),
    }
}

pub(super) fn account(n: u8) -> Account {
    Account {
        id: professional_id(n),
        sign_in: format!("person{n}"),
        name: format!("Person {n}"),
        discipline: "childrens-social-worker".to_owned(),
        password_hash: format!("$argon2id$made-up${n}"),
    }
}

/// A device of account `n`.
pub(super) fn device(n: u8) -> Device {
    Device {
        id: device_id(n),
        professional: professional_id(n),
        public_key: [n; 32],
        label: format!("Phone {n}"),
        enrolled: i64::from(n),
        seen: None,
        revoked: None,
    }
}

/// A session of account `n` that expires at 1,000.
pub(super) fn session(n: u8) -> Session {
    Session {
        token_sha256: [n; 32],
        professional: professional_id(n),
        expires: 1_000,
    }
}

pub(super) fn profile(n: u8) -> Profile {
    Profile {
        device: device_id(n),
        professional: professional_id(n),
        name: format!("Person {n}"),
        discipline: "family-worker".to_owned(),
        server: "https://workbook.example.gov.uk".to_owned(),
        secret_key: [n; 32],
    }
}

pub(super) fn replica(n: u8) -> Replica {
    Replica {
        document: document_id(n),
        family: family_id(n),
        family_name: format!("Family {n}"),
        compartment: "team".to_owned(),
        epoch: u64::from(n),
        cursor: u64::from(n),
        bytes: vec![n; 3],
        standing: format!("{{\"newest\":{n}}}"),
    }
}

/// Change `n` of document `of`.
pub(super) fn pending(of: u8, n: u8) -> Pending {
    Pending {
        document: document_id(of),
        hash: [n; 32],
        bytes: vec![n; 3],
        written: i64::from(n),
    }
}

pub(super) fn quarantined(n: u8) -> Quarantined {
    Quarantined {
        id: record_id(n),
        document: document_id(n),
        hash: [n; 32],
        bytes: vec![n; 3],
        content: format!("{{\"entry\":{n}}}"),
        refusal: "{\"rule\":\"made up\"}".to_owned(),
        refused: i64::from(n),
    }
}

pub(super) fn draft(n: u8) -> Draft {
    Draft {
        id: entry_id(n),
        family: family_id(n),
        json: format!("{{\"draft\":{n}}}"),
        begun: i64::from(n),
        changed: i64::from(n),
    }
}

pub(super) fn team_id(n: u8) -> TeamId {
    TeamId::from(mint(u64::from(n), [n; 10]))
}

pub(super) fn team(n: u8) -> Team {
    Team {
        id: team_id(n),
        name: format!("Team {n}"),
        created: i64::from(n),
    }
}

/// Account `n` breaks the glass on family `n`, from 10 to 20.
pub(super) fn broken(n: u8) -> BrokenGlass {
    BrokenGlass {
        id: BreakGlassId::from(mint(u64::from(n), [n; 10])),
        family: family_id(n),
        professional: professional_id(n),
        reason: format!("Made-up reason {n}"),
        from: 10,
        until: 20,
    }
}
