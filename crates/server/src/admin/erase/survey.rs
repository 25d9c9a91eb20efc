//! What an erasure would take away, without doing it.

use record::{Remove, ids::DocumentId, model::Collection};
use store::server::{Hold, Store};

use super::{
    Order, What, mentions,
    part::{plan, trial},
};
use crate::admin::{AdminError, holds::known};

/// What would happen to one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// The document.
    pub document: DocumentId,
    /// The compartment's code.
    pub compartment: String,
    /// How many changes it has.
    pub changes: u64,
    /// How many records would go; none for a family, of which all do.
    pub dropped: Option<u64>,
    /// How many would stay without a reference or a part.
    pub altered: u64,
}

/// What would go.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The hold that forbids it, if one is open.
    pub hold: Option<Hold>,
    /// The documents concerned.
    pub documents: Vec<Surveyed>,
    /// How many records would still have a name of the removed person.
    pub mentions: usize,
    /// Of a statement: how many characters it has, and how many statements its entry has. The text
    /// itself is for who may read the family's record.
    pub statement: Option<(usize, usize)>,
}

/// Looks what an order would take away. Changes nothing.
pub async fn survey(store: &dyn Store, order: &Order) -> Result<Survey, AdminError> {
    let family = order.what.family();
    let mut txn = store.begin().await?;
    known(&mut *txn, family).await?;
    let hold = txn.hold_of(family).await?;
    let rows = txn.documents_of(family).await?;
    drop(txn);
    let mut survey = Survey {
        hold,
        documents: Vec::new(),
        mentions: 0,
        statement: None,
    };
    // What is held can't be erased, so there is nothing to look for.
    if survey.hold.is_some() {
        return Ok(survey);
    }
    let Some(remove) = order.what.remove() else {
        survey.documents = rows
            .into_iter()
            .map(|row| Surveyed {
                document: row.id,
                compartment: row.compartment,
                changes: row.head,
                dropped: None,
                altered: 0,
            })
            .collect();
        return Ok(survey);
    };
    let plan = plan(store, order, remove).await?;
    for (log, without) in trial(store, &plan).await? {
        survey.mentions += mentions(order, &plan.team, log.row.id, &without.document)?.len();
        survey.statement = survey
            .statement
            .or_else(|| statement(&log.document, &order.what));
        survey.documents.push(Surveyed {
            document: log.row.id,
            compartment: log.row.compartment,
            changes: log.row.head,
            dropped: Some(without.dropped.len() as u64),
            altered: without.altered.len() as u64,
        });
    }
    if survey.documents.is_empty() {
        return Err(AdminError::NothingThere);
    }
    Ok(survey)
}

fn statement(document: &record::Document, what: &What) -> Option<(usize, usize)> {
    let Some(Remove::Statement { entry, index }) = what.remove() else {
        return None;
    };
    match document.get(Collection::Entries, &entry.to_string())? {
        record::model::Content::Entries(entry) => {
            let text = &entry.statements.get(index)?.text;
            Some((text.chars().count(), entry.statements.len()))
        }
        _ => None,
    }
}
