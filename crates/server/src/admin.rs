//! What an operator does from the command line: accounts, families, allocations, compartments, lost
//! devices, and what is kept, held and erased.
//!
//! These functions take the store itself and ask nobody: whoever can open the database file may do
//! all of it. No endpoint calls them.

mod audit;
mod closing;
mod compartments;
pub mod erase;
mod holds;
mod identities;
mod rebuild;
mod restored;
mod retention;
mod teams;

use record::{
    Refusal, RewriteError,
    ids::{DeviceId, DocumentId, EntryId, FamilyId, ProfessionalId},
    terms::{Compartment, Discipline},
};
use store::{
    StoreError,
    audit::{Chain, Event, kind},
    server::{Account, Allocation, Device, Document, Family, Store, Txn},
};

pub use audit::{Exported, export_audit};
pub use compartments::{
    CompartmentListed, NewCompartment, add_member, compartments, end_membership, open_compartment,
};
pub use holds::{holds, lift_hold, set_hold};
pub use rebuild::rebuild;
pub use retention::{FamilyRetention, families_retained};

pub use access::TeamRole;
pub use closing::{close_account, close_due_accounts, closing_of, reopen_account};
pub use identities::{identities, link_identity, unlink_identity};
pub use teams::{
    NewTeam, TeamListed, assign_family, create_team, join_team, leave_team, lift_restriction,
    restrict_family, teams, unassign_family,
};

pub use restored::begin_epochs;

pub use crate::auth::{PasswordError, hash_password};

/// Why an operator's request can't be done.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// A name is missing.
    #[error("{0} is empty: give one")]
    Empty(&'static str),
    /// No such account.
    #[error("there is no account {0:?}: add it with `workbook account add`")]
    NoAccount(String),
    /// No such family.
    #[error("there is no family {0}: check its id")]
    NoFamily(FamilyId),
    /// No such device.
    #[error("there is no device {0}: check its id")]
    NoDevice(DeviceId),
    /// No such team.
    #[error("there is no team {0:?}: see `workbook team list`, or add it with `workbook team add`")]
    NoTeam(String),
    /// The account is not closed and nothing is planned.
    #[error("{0} is neither closed nor to be closed: nothing was changed")]
    NotClosing(String),
    /// The family has no such compartment.
    #[error(
        "the family has no compartment {}: open it with `workbook family compartment open`",
        .0.code()
    )]
    NoCompartment(Compartment),
    /// The compartment is open already.
    #[error("the family has the compartment {} already", .0.code())]
    CompartmentExists(Compartment),
    /// Not a compartment that has named members.
    #[error("{} has no named members: its document is everybody's of the team, or its author's alone", .0.code())]
    NoMembers(Compartment),
    /// A compartment is set up in a manager's name.
    #[error("{0} is no manager: name the manager who decided that this compartment is needed")]
    NotAManager(String),
    /// Membership needs an allocation first.
    #[error("{0} is not allocated to this family: use `workbook account allocate` first")]
    NotAllocated(String),
    /// Who works with the victim never sees the perpetrator's compartment, nor the other way round.
    #[error("{sign_in} is a member of {}: one worker never has both sides", .other.code())]
    OtherSide {
        /// The account's sign-in name.
        sign_in: String,
        /// The compartment that they are a member of.
        other: Compartment,
    },
    /// A file can't be written.
    #[error("writing failed ({0}): check the disk and this user's rights, then do it again")]
    Write(#[from] std::io::Error),
    /// The record's rules say no.
    #[error("the record refuses: {0}")]
    Refused(#[from] Refusal),
    /// A legal hold is open.
    #[error(
        "family {family} is held ({reference}): nothing of its record may be erased before whoever \
         ordered the hold ends it; then do `workbook hold lift`"
    )]
    Held {
        /// The family.
        family: FamilyId,
        /// Where to read why.
        reference: String,
    },
    /// A legal hold is to be set, and one is.
    #[error("the family is held already ({0}): lift that hold first, if this one takes its place")]
    HeldAlready(String),
    /// What is to be erased is nowhere.
    #[error(
        "the family's record holds nothing of this: check the ids, or it has been erased before"
    )]
    NothingThere,
    /// Statements are counted, and the count has changed.
    #[error(
        "a statement of entry {0} has been erased before, so that the others have moved up: look at \
         the entry again, and give --again if one more is meant"
    )]
    StatementAgain(EntryId),
    /// A document can't be written anew.
    #[error(transparent)]
    Rewrite(#[from] RewriteError),
    /// A certificate can't be used.
    #[error(transparent)]
    Certificate(#[from] erase::CertificateError),
    /// The document's log can't be read.
    #[error("the family's record can't be read ({0}): run `workbook verify`")]
    Unreadable(String),
    /// The store failed or refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No random bytes.
    #[error(transparent)]
    NoRandomness(#[from] crate::NoRandomness),
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Its id, freshly minted: the author of everything that this person writes.
    pub id: ProfessionalId,
    /// What they type to sign in; written as [`sign_in_name`] does.
    pub sign_in: String,
    /// Their full name.
    pub name: String,
    /// Their discipline.
    pub discipline: Discipline,
    /// From [`hash_password`].
    pub password_hash: String,
}

/// A family to be made, with its team's document.
#[derive(Debug, Clone)]
pub struct NewFamily {
    /// Its id, freshly minted.
    pub id: FamilyId,
    /// The name that the board shows.
    pub name: String,
    /// The id of the team's document, freshly minted.
    pub document: DocumentId,
    /// Fresh random bits for the document's epoch. 53 of them are kept: what JavaScript can hold.
    pub epoch: u64,
    /// The time now, in milliseconds since 1970.
    pub at: i64,
}

/// How a sign-in name is written: without spaces around it and in small letters, as a phone's
/// keyboard likes to add both.
pub fn sign_in_name(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Adds an account.
pub async fn create_account(store: &dyn Store, new: NewAccount) -> Result<Account, AdminError> {
    let account = Account {
        id: new.id,
        sign_in: required(&sign_in_name(&new.sign_in), "the sign-in name")?,
        name: required(new.name.trim(), "the full name")?,
        discipline: new.discipline.code().to_owned(),
        password_hash: new.password_hash,
    };
    let mut txn = store.begin().await?;
    txn.create_account(&account).await?;
    let added = Event::new(minted(new.id.as_uuid()), kind::ACCOUNT_ADDED);
    txn.append_audit(Chain::of_person(new.id), &added.about(*new.id.as_uuid()))
        .await?;
    txn.commit().await?;
    Ok(account)
}

/// Adds a family with an empty document for its team.
pub async fn create_family(store: &dyn Store, new: NewFamily) -> Result<(), AdminError> {
    let family = Family {
        id: new.id,
        name: required(new.name.trim(), "the family's name")?,
        created: new.at,
    };
    let document = Document {
        id: new.document,
        family: new.id,
        compartment: "team".to_owned(),
        epoch: new.epoch & ((1 << 53) - 1),
        head: 0,
        owner: None,
    };
    let mut txn = store.begin().await?;
    txn.create_family(&family).await?;
    txn.create_document(&document).await?;
    let added = Event::new(new.at, kind::FAMILY_ADDED);
    note(&mut *txn, document.id, new.id, added).await?;
    txn.commit().await?;
    Ok(())
}

/// Allocates an account to a family from `at` (milliseconds since 1970). Doing it twice is no error.
pub async fn allocate(
    store: &dyn Store,
    sign_in: &str,
    family: FamilyId,
    at: i64,
) -> Result<(), AdminError> {
    let mut txn = store.begin().await?;
    let professional = find(&mut *txn, sign_in).await?.id;
    txn.family(family)
        .await?
        .ok_or(AdminError::NoFamily(family))?;
    txn.allocate(&Allocation {
        family,
        professional,
        from: at,
    })
    .await?;
    let event = Event::new(at, kind::ALLOCATED).about(*professional.as_uuid());
    note_of_family(&mut *txn, family, event).await?;
    txn.commit().await?;
    Ok(())
}

/// Ends an allocation at `at` (milliseconds since 1970), and with it every membership of the family's
/// compartments: who comes back is not let in by an old name on a list. Returns whether there was
/// an allocation.
pub async fn deallocate(
    store: &dyn Store,
    sign_in: &str,
    family: FamilyId,
    at: i64,
) -> Result<bool, AdminError> {
    let mut txn = store.begin().await?;
    let professional = find(&mut *txn, sign_in).await?.id;
    let ended = txn.end_allocation(family, professional, at).await?;
    let about = *professional.as_uuid();
    for document in txn.documents_of(family).await? {
        if txn.end_membership(document.id, professional, at).await? {
            let event = Event::new(at, kind::MEMBER_REMOVED).about(about);
            note(&mut *txn, document.id, family, event).await?;
        }
    }
    if ended {
        let event = Event::new(at, kind::DEALLOCATED).about(about);
        note_of_family(&mut *txn, family, event).await?;
    }
    txn.commit().await?;
    Ok(ended)
}

/// Takes a device out of use at `at` (milliseconds since 1970): it reaches nothing from then on.
/// Returns whether it was in use.
pub async fn revoke_device(
    store: &dyn Store,
    device: DeviceId,
    at: i64,
) -> Result<bool, AdminError> {
    let mut txn = store.begin().await?;
    let row = txn
        .device(device)
        .await?
        .ok_or(AdminError::NoDevice(device))?;
    let revoked = txn.revoke_device(device, at).await?;
    if revoked {
        let event = Event::new(at, kind::DEVICE_REVOKED).about(*device.as_uuid());
        let chain = Chain::of_person(row.professional);
        txn.append_audit(chain, &event).await?;
    }
    txn.commit().await?;
    Ok(revoked)
}

/// An account and the families that it is allocated to.
pub async fn account(
    store: &dyn Store,
    sign_in: &str,
) -> Result<(Account, Vec<Family>), AdminError> {
    let mut txn = store.begin().await?;
    let account = find(&mut *txn, sign_in).await?;
    let families = txn.families_of(account.id).await?;
    Ok((account, families))
}

/// Every account, by sign-in name.
pub async fn accounts(store: &dyn Store) -> Result<Vec<Account>, AdminError> {
    Ok(store.begin().await?.accounts().await?)
}

/// The devices of one account, or of every account that has any.
pub async fn devices(
    store: &dyn Store,
    sign_in: Option<&str>,
) -> Result<Vec<(Account, Vec<Device>)>, AdminError> {
    let mut txn = store.begin().await?;
    let accounts = match sign_in {
        Some(sign_in) => vec![find(&mut *txn, sign_in).await?],
        None => txn.accounts().await?,
    };
    let mut found = Vec::new();
    for account in accounts {
        let devices = txn.devices_of(account.id).await?;
        if sign_in.is_some() || !devices.is_empty() {
            found.push((account, devices));
        }
    }
    Ok(found)
}

/// Every family with its team, by name.
pub async fn families(store: &dyn Store) -> Result<Vec<(Family, Vec<Account>)>, AdminError> {
    let mut txn = store.begin().await?;
    let mut found = Vec::new();
    for family in txn.families().await? {
        let team = txn.team_of(family.id).await?;
        found.push((family, team));
    }
    Ok(found)
}

/// Writes into a document's chain of the audit log what an operator did.
async fn note(
    txn: &mut dyn Txn,
    document: DocumentId,
    family: FamilyId,
    event: Event,
) -> Result<(), StoreError> {
    let event = event.on(document).of(family);
    txn.append_audit(Chain::of_document(document), &event)
        .await?;
    Ok(())
}

/// Writes into the chain of a family's team document what is about the family as a whole.
async fn note_of_family(
    txn: &mut dyn Txn,
    family: FamilyId,
    event: Event,
) -> Result<(), StoreError> {
    let rows = txn.documents_of(family).await?;
    if let Some(team) = rows.first() {
        return note(txn, team.id, family, event).await;
    }
    // A family without a document: no chain is its own.
    txn.append_audit(Chain::HOUSE, &event.of(family)).await?;
    Ok(())
}

/// When an id was minted, in milliseconds since 1970; 0 for one that does not say.
fn minted(id: &uuid::Uuid) -> i64 {
    let time = id.get_timestamp().map(|it| it.to_unix());
    time.map_or(0, |(seconds, nanos)| {
        i64::try_from(seconds)
            .unwrap_or(i64::MAX / 1_000)
            .saturating_mul(1_000)
            .saturating_add(i64::from(nanos / 1_000_000))
    })
}

async fn find(txn: &mut dyn Txn, sign_in: &str) -> Result<Account, AdminError> {
    let name = sign_in_name(sign_in);
    txn.account_by_name(&name)
        .await?
        .ok_or(AdminError::NoAccount(name))
}

fn required(text: &str, what: &'static str) -> Result<String, AdminError> {
    if text.is_empty() {
        Err(AdminError::Empty(what))
    } else {
        Ok(text.to_owned())
    }
}
