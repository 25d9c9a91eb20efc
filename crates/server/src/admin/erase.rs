//! Erasing: a family, or one person, entry, statement or concern of its record, by order of somebody who
//! may order it, with a certificate of what went.
//!
//! Invariants: nothing is erased while a legal hold is open, which is asked in the transaction that
//! erases; each document is written anew in a transaction of its own, together with its board, its
//! snapshot and its row in the audit log; the team's document is the last, since what the others need to
//! know of it (names, concerns that go with an entry) is gone from it afterwards. So a run that was cut
//! off is finished by doing it again. The certificate is kept before the first document is touched and
//! after each one, and is final when the store has been scrubbed.
//!
//! Whether it is lawful is not decided here. What the rules say about time is [`super::families_retained`]'s.

mod certificate;
mod check;
mod family;
mod log;
mod part;
mod remaining;
mod survey;

use jiff::civil::Date;
use record::{Document, Remove, ids::DocumentId, mentions_of};
use sha2::{Digest as _, Sha256};
use store::{
    audit::{Chain, Code, Event, kind},
    server::Store,
};
use uuid::Uuid;

use super::{AdminError, holds::known, required};
use crate::Randomness;
pub use certificate::{
    Certificate, CertificateError, DeviceLeft, ErasedDocument, Mention, Remaining, What,
};
pub use check::{Checked, check};
pub use survey::{Survey, Surveyed, survey};

/// An order to erase something.
#[derive(Debug, Clone)]
pub struct Order {
    /// The certificate's id, freshly minted.
    pub id: Uuid,
    /// What is to go.
    pub what: What,
    /// Who ordered it: a case number, no story.
    pub reference: String,
    /// The time now, in milliseconds since 1970.
    pub at: i64,
    /// Today, for the board.
    pub today: Date,
    /// For how many days devices keep a copy readable without the server.
    pub lease_days: u16,
    /// The day on which the last backup of before is destroyed, as the operator knows it.
    pub backups_until: Option<Date>,
    /// That a statement is meant although one of the same entry has been erased before: the others
    /// have moved up since.
    pub again: bool,
    /// The certificate that is repeated in a database that was restored from before it.
    pub repeats: Option<Certificate>,
}

/// Where a certificate goes, each time it says more.
pub type Keep<'a> = dyn FnMut(&Certificate) -> std::io::Result<()> + 'a;

/// Erases, scrubs the store, and writes the certificate's hash into the audit log. `keep` gets the
/// certificate several times, each more complete; what it got last is final when this returns.
///
/// A store that could not be scrubbed is no error: the certificate says so
/// ([`Certificate::scrub_failure`]), and [`scrub`] can be done again.
pub async fn erase(
    store: &dyn Store,
    order: Order,
    randomness: &dyn Randomness,
    keep: &mut Keep<'_>,
) -> Result<Certificate, AdminError> {
    let mut order = order;
    order.reference = required(order.reference.trim(), "the reference")?;
    let mut certificate = Certificate::begun(&order);
    known(&mut *store.begin().await?, order.what.family()).await?;
    // A certificate that can't be written must be known before anything goes.
    keep(&certificate)?;
    match order.what.remove() {
        None => family::erase(store, &order, &mut certificate, keep).await?,
        Some(remove) => {
            part::erase(store, &order, remove, randomness, &mut certificate, keep).await?;
        }
    }
    match store.scrub().await {
        Ok(()) => certificate.scrubbed = true,
        Err(error) => certificate.scrub_failure = Some(error.to_string()),
    }
    certificate.ended = Some(order.at);
    keep(&certificate)?;
    certify(store, &certificate).await?;
    Ok(certificate)
}

/// Makes sure once more that what was erased stands in no file of the database; for after an erasure
/// that could not. `at` is the time now, in milliseconds since 1970.
pub async fn scrub(store: &dyn Store, at: i64) -> Result<(), AdminError> {
    store.scrub().await?;
    let mut txn = store.begin().await?;
    txn.append_audit(Chain::HOUSE, &Event::new(at, kind::SCRUBBED))
        .await?;
    Ok(txn.commit().await?)
}

/// Writes the certificate's hash into the house's chain.
async fn certify(store: &dyn Store, certificate: &Certificate) -> Result<(), AdminError> {
    let event = Event {
        count: Some(certificate.documents.len() as u64),
        why: code(&certificate.what),
        head: Some(Sha256::digest(certificate.to_bytes()).into()),
        ..Event::new(
            certificate.ended.unwrap_or_default(),
            kind::ERASURE_CERTIFIED,
        )
        .about(certificate.id)
        .of(certificate.what.family())
    };
    let mut txn = store.begin().await?;
    txn.append_audit(Chain::HOUSE, &event).await?;
    Ok(txn.commit().await?)
}

/// What was erased, as the audit log says it.
fn code(what: &What) -> Option<Code> {
    what.code().parse().ok()
}

/// What stands in a document's chain about its part of a certificate.
fn event(certificate: &Certificate, part: &ErasedDocument) -> Event {
    let kind = match certificate.what {
        What::Family { .. } => kind::DOCUMENT_ERASED,
        _ => kind::DOCUMENT_REWRITTEN,
    };
    Event {
        count: Some(part.dropped),
        why: code(&certificate.what),
        head: Some(part.sha256()),
        ..Event::new(certificate.begun, kind).about(certificate.id)
    }
}

/// The records of a document that name the removed person, where a person is removed.
fn mentions(
    order: &Order,
    team: &Document,
    id: DocumentId,
    document: &Document,
) -> Result<Vec<Mention>, AdminError> {
    let Some(Remove::Person(person)) = order.what.remove() else {
        return Ok(Vec::new());
    };
    let records = mentions_of(person, team, document)?;
    let mention = |record| Mention {
        document: id,
        record,
    };
    Ok(records.into_iter().map(mention).collect())
}
