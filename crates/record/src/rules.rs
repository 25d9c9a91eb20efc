//! Who may write what: the rules that every change passes before it joins a document.
//!
//! A change is checked **operation by operation** ([`incoming`]): it may only create new records,
//! whole, in the known collections. Comparing the states before and after would miss an insert that
//! is deleted again in the same change. What comes out as records is then checked as such
//! ([`records`]): form, author, attestation, references. [`propose`] checks a local edit with the
//! same code before it is written, so that a device refuses at once what the server would refuse.

mod authorship;
mod context;
mod form;
mod incoming;
mod references;
mod superseded;

use jiff::Timestamp;

use crate::{
    Change, Document, Refusal, Rule,
    ids::{DeviceId, ProfessionalId},
    model::{Collection, Content, Record},
    terms::Discipline,
};

pub use context::Context;

/// Who writes, as the authenticated session says. Never read from a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// The professional.
    pub professional: ProfessionalId,
    /// Their discipline.
    pub discipline: Discipline,
    /// The device that they write on.
    pub device: DeviceId,
}

impl Writer {
    /// Whether they may do what only managers may.
    pub fn is_manager(&self) -> bool {
        self.discipline.is_manager()
    }
}

/// Checks an incoming change against the team's document, which holds everything it builds on, and
/// returns the records that it would add. The document is not touched.
///
/// # Errors
/// The first rule that it breaks.
pub fn check(
    document: &Document,
    change: &Change,
    writer: &Writer,
) -> Result<Vec<Record>, Refusal> {
    check_in(&Context::team(), document, change, writer)
}

/// Checks an incoming change as [`check`] does, wherever the context says that the document is.
///
/// # Errors
/// The first rule that it breaks.
pub fn check_in(
    context: &Context<'_>,
    document: &Document,
    change: &Change,
    writer: &Writer,
) -> Result<Vec<Record>, Refusal> {
    let records = incoming::records_of(document, change)?;
    check_records(context, document, &records, writer)?;
    Ok(records)
}

/// Checks a change that is known to have been accepted before, and that a restored server has lost
/// since: every rule but whose name it is written under, which was checked then.
///
/// # Errors
/// The first rule that it breaks.
pub fn check_again(
    context: &Context<'_>,
    document: &Document,
    change: &Change,
) -> Result<Vec<Record>, Refusal> {
    let records = incoming::records_of(document, change)?;
    check_as(context, document, &records, None)?;
    Ok(records)
}

/// The records that a change creates, whatever document it was meant for: what a refused change
/// says, to be read by its author or written anew.
///
/// # Errors
/// When the change does anything but create records.
pub fn contents(change: &Change) -> Result<Vec<Record>, Refusal> {
    incoming::contents(change)
}

/// Checks records and writes them into the team's document as one change of `actor`.
///
/// # Errors
/// The first rule that they break; the document is as it was.
pub fn propose(
    document: &mut Document,
    records: &[Record],
    writer: &Writer,
    actor: &[u8],
    at: Timestamp,
) -> Result<Change, Refusal> {
    propose_in(&Context::team(), document, records, writer, actor, at)
}

/// Checks and writes records as [`propose`] does, wherever the context says that the document is.
///
/// # Errors
/// The first rule that they break; the document is as it was.
pub fn propose_in(
    context: &Context<'_>,
    document: &mut Document,
    records: &[Record],
    writer: &Writer,
    actor: &[u8],
    at: Timestamp,
) -> Result<Change, Refusal> {
    if records.is_empty() {
        return Err(Refusal::new(
            Rule::InvalidValue,
            "there is nothing to write",
        ));
    }
    check_records(context, document, records, writer)?;
    document.write(actor, records, at)
}

fn check_records(
    context: &Context<'_>,
    document: &Document,
    records: &[Record],
    writer: &Writer,
) -> Result<(), Refusal> {
    context.check_owner(writer)?;
    check_as(context, document, records, Some(writer))
}

/// Without a writer: as somebody who has been found entitled before.
fn check_as(
    context: &Context<'_>,
    document: &Document,
    records: &[Record],
    writer: Option<&Writer>,
) -> Result<(), Refusal> {
    context.check(document, records)?;
    let index = references::Index::new(context, document, records);
    for (position, record) in records.iter().enumerate() {
        let collection = record.content.collection();
        let twice = records[..position]
            .iter()
            .any(|other| other.content.collection() == collection && other.id == record.id);
        if twice || document.contains(collection, &record.id) || context.holds(record) {
            return Err(already_there(collection, record));
        }
        form::check(record)?;
        if let Some(writer) = writer {
            authorship::check(record, writer, context)?;
        }
        references::check(record, &index)?;
    }
    superseded::check_rings(records)
}

/// The refusal for a record that would take another's place.
fn already_there(collection: Collection, record: &Record) -> Refusal {
    immutable(collection).on(record.path())
}

/// The refusal for anything that would alter a record of a collection.
fn immutable(collection: Collection) -> Refusal {
    if collection == Collection::Entries {
        Refusal::new(
            Rule::CompleteEntryImmutable,
            "this entry is complete and never changes: add an appendment instead",
        )
    } else {
        Refusal::new(
            Rule::AppendOnly,
            "what is in the record stays as it is: add a new record instead",
        )
    }
}

/// The entry inside a record, if it is one.
fn entry_of(record: &Record) -> Option<&crate::model::Entry> {
    match &record.content {
        Content::Entries(entry) => Some(entry),
        _ => None,
    }
}
