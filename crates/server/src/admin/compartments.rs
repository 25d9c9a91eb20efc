//! Compartments: opened with a cover in the name of who decided so, and who is let in.
//!
//! A device never writes a cover: from the moment at which a compartment is there, its members can
//! write in it.

use jiff::Timestamp;
use record::{
    Change, Context, Document, Writer,
    ids::{DeviceId, DocumentId, FamilyId},
    model::{Cover, Record},
    terms::{Compartment, Discipline},
};
use store::{
    audit::{Event, kind},
    server::{Account, Document as Row, Heads, Membership, NewChange, Store, Txn},
};
use uuid::Uuid;

use super::{AdminError, find, note};

/// In the evidence of a change, the operator's console stands where a device would.
const CONSOLE: DeviceId = DeviceId::from_uuid(Uuid::nil());

/// How many changes are read from the log at once.
const PAGE: u32 = 200;

/// A compartment to be opened.
#[derive(Debug, Clone)]
pub struct NewCompartment {
    /// The family.
    pub family: FamilyId,
    /// Which one; not the team's.
    pub compartment: Compartment,
    /// Sign-in name of the manager who decided that it is needed; of an author's own, the author.
    /// Being named here lets a manager into nothing.
    pub sign_in: String,
    /// The id of its document, freshly minted.
    pub document: DocumentId,
    /// Fresh random bits for the document's epoch. 53 of them are kept: what JavaScript can hold.
    pub epoch: u64,
    /// Fresh random bytes: the Automerge actor of the cover.
    pub actor: [u8; 16],
    /// The time now, in milliseconds since 1970.
    pub at: i64,
}

/// A compartment and who is in it.
#[derive(Debug, Clone)]
pub struct CompartmentListed {
    /// Which one.
    pub compartment: Compartment,
    /// Whose it is, where it is an author's own.
    pub owner: Option<Account>,
    /// Its named members now.
    pub members: Vec<Account>,
}

/// Opens a compartment of a family, with its cover.
pub async fn open_compartment(store: &dyn Store, new: NewCompartment) -> Result<(), AdminError> {
    let mut txn = store.begin().await?;
    let setter = find(&mut *txn, &new.sign_in).await?;
    let discipline = Discipline::from_code(&setter.discipline)
        .ok_or_else(|| AdminError::NotAManager(setter.sign_in.clone()))?;
    let own = new.compartment == Compartment::AuthorOnly;
    if own && !txn.is_allocated(new.family, setter.id).await? {
        return Err(AdminError::NotAllocated(setter.sign_in));
    }
    if !own && !discipline.is_manager() {
        return Err(AdminError::NotAManager(setter.sign_in));
    }
    match new.compartment {
        Compartment::Team => return Err(AdminError::CompartmentExists(new.compartment)),
        // Nobody reaches a compartment whose rules `access` does not know.
        Compartment::Added(_) => return Err(AdminError::NoCompartment(new.compartment)),
        _ => {}
    }
    let team = team(&mut *txn, new.family).await?;
    let row = Row {
        id: new.document,
        family: new.family,
        compartment: new.compartment.code().to_owned(),
        epoch: new.epoch & ((1 << 53) - 1),
        head: 0,
        owner: own.then_some(setter.id),
    };
    let writer = Writer {
        professional: setter.id,
        discipline,
        device: CONSOLE,
    };
    let (cover, heads) = cover(&new, &team, &writer)?;
    match txn.create_document(&row).await {
        Err(store::StoreError::Exists { .. }) => {
            return Err(AdminError::CompartmentExists(new.compartment));
        }
        other => other?,
    }
    txn.bind_actor(row.id, &new.actor, CONSOLE).await?;
    let change = NewChange {
        hash: cover.hash(),
        bytes: cover.bytes().to_vec(),
        author: setter.id,
        device: CONSOLE,
        received: new.at,
    };
    let seq = txn.append_change(row.id, &change).await?;
    let heads = Heads { seq, hashes: heads };
    txn.put_heads(row.id, &heads).await?;
    let opened = Event::new(new.at, kind::COMPARTMENT_OPENED).about(*setter.id.as_uuid());
    note(&mut *txn, row.id, new.family, opened).await?;
    Ok(txn.commit().await?)
}

/// The cover, and the heads of the document that it begins.
fn cover(
    new: &NewCompartment,
    team: &Document,
    writer: &Writer,
) -> Result<(Change, Vec<[u8; 32]>), AdminError> {
    let at = Timestamp::from_millisecond(new.at).unwrap_or_default();
    let cover = Cover {
        family: new.family,
        compartment: new.compartment.clone(),
        schema: 1,
        by: writer.professional,
        at,
    };
    let context = match new.compartment {
        Compartment::AuthorOnly => Context::author_only(writer.professional, team),
        _ => Context::compartment(new.compartment.clone(), team),
    };
    let mut document = Document::genesis();
    let change = record::propose_in(
        &context,
        &mut document,
        &[Record::new("cover", cover)],
        writer,
        &new.actor,
        at,
    )?;
    Ok((change, document.heads()))
}

/// Names an account a member of a compartment from `at` (milliseconds since 1970). Twice is no error.
pub async fn add_member(
    store: &dyn Store,
    sign_in: &str,
    family: FamilyId,
    compartment: &Compartment,
    at: i64,
) -> Result<(), AdminError> {
    let mut txn = store.begin().await?;
    let account = find(&mut *txn, sign_in).await?;
    let row = place(&mut *txn, family, compartment).await?;
    if !txn.is_allocated(family, account.id).await? {
        return Err(AdminError::NotAllocated(account.sign_in));
    }
    let other = match compartment {
        Compartment::VictimSafe => Some(Compartment::PerpetratorWork),
        Compartment::PerpetratorWork => Some(Compartment::VictimSafe),
        _ => None,
    };
    if let Some(other) = other
        && let Ok(row) = place(&mut *txn, family, &other).await
        && txn.members_of(row.id).await?.contains(&account.id)
    {
        let sign_in = account.sign_in;
        return Err(AdminError::OtherSide { sign_in, other });
    }
    txn.add_member(&Membership {
        document: row.id,
        professional: account.id,
        from: at,
    })
    .await?;
    let event = Event::new(at, kind::MEMBER_ADDED).about(*account.id.as_uuid());
    note(&mut *txn, row.id, family, event).await?;
    Ok(txn.commit().await?)
}

/// Ends a membership at `at` (milliseconds since 1970): the device drops its copy when it next
/// reaches the server. Returns whether there was one.
pub async fn end_membership(
    store: &dyn Store,
    sign_in: &str,
    family: FamilyId,
    compartment: &Compartment,
    at: i64,
) -> Result<bool, AdminError> {
    let mut txn = store.begin().await?;
    let account = find(&mut *txn, sign_in).await?;
    let row = place(&mut *txn, family, compartment).await?;
    let ended = txn.end_membership(row.id, account.id, at).await?;
    if ended {
        let event = Event::new(at, kind::MEMBER_REMOVED).about(*account.id.as_uuid());
        note(&mut *txn, row.id, family, event).await?;
    }
    txn.commit().await?;
    Ok(ended)
}

/// The compartments of a family and who is in them.
pub async fn compartments(
    store: &dyn Store,
    family: FamilyId,
) -> Result<Vec<CompartmentListed>, AdminError> {
    let mut txn = store.begin().await?;
    known(&mut *txn, family).await?;
    let mut found = Vec::new();
    for row in txn.documents_of(family).await? {
        let Some(compartment) = Compartment::from_code(&row.compartment) else {
            continue;
        };
        if compartment == Compartment::Team {
            continue;
        }
        let mut members = Vec::new();
        for member in txn.members_of(row.id).await? {
            members.extend(txn.account(member).await?);
        }
        let owner = match row.owner {
            Some(owner) => txn.account(owner).await?,
            None => None,
        };
        found.push(CompartmentListed {
            compartment,
            owner,
            members,
        });
    }
    Ok(found)
}

/// The document of a compartment that has named members.
async fn place(
    txn: &mut dyn Txn,
    family: FamilyId,
    compartment: &Compartment,
) -> Result<Row, AdminError> {
    known(txn, family).await?;
    if [Compartment::Team, Compartment::AuthorOnly].contains(compartment) {
        return Err(AdminError::NoMembers(compartment.clone()));
    }
    let rows = txn.documents_of(family).await?;
    rows.into_iter()
        .find(|row| row.compartment == compartment.code())
        .ok_or_else(|| AdminError::NoCompartment(compartment.clone()))
}

async fn known(txn: &mut dyn Txn, family: FamilyId) -> Result<(), AdminError> {
    let found = txn.family(family).await?;
    found.map(|_| ()).ok_or(AdminError::NoFamily(family))
}

/// The team's document as of now.
async fn team(txn: &mut dyn Txn, family: FamilyId) -> Result<Document, AdminError> {
    known(txn, family).await?;
    let found = team_of(txn, family).await?;
    found
        .map(|(_, document)| document)
        .ok_or(AdminError::NoCompartment(Compartment::Team))
}

/// The team's document as of now with its row, locked; none when the family has none.
pub(super) async fn team_of(
    txn: &mut dyn Txn,
    family: FamilyId,
) -> Result<Option<(Row, Document)>, AdminError> {
    let rows = txn.documents_of(family).await?;
    let Some(row) = rows
        .into_iter()
        .find(|row| row.compartment == Compartment::Team.code())
    else {
        return Ok(None);
    };
    let row = txn.lock_document(row.id).await?.unwrap_or(row);
    let unreadable = |error: &dyn std::fmt::Display| AdminError::Unreadable(error.to_string());
    let (mut seq, mut document) = match txn.snapshot(row.id).await? {
        Some(snapshot) => {
            let document = Document::load(&snapshot.bytes).map_err(|error| unreadable(&error))?;
            (snapshot.seq, document)
        }
        None => (0, Document::genesis()),
    };
    while seq < row.head {
        let page = txn.changes_after(row.id, seq, PAGE).await?;
        if page.is_empty() {
            return Err(unreadable(&"its log ends too early"));
        }
        for stored in page {
            Change::decode(&stored.change.bytes)
                .and_then(|change| document.apply(&change))
                .map_err(|error| unreadable(&error))?;
            seq = stored.seq;
        }
    }
    Ok(Some((row, document)))
}
