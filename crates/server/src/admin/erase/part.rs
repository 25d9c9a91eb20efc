//! Erasing a part of a family's record: every document that holds it or refers to it is written anew.

use std::collections::BTreeSet;

use jiff::civil::Date;
use record::{
    Document, Page, Remove, RewriteError,
    ids::{ConcernId, DocumentId},
    model::Collection,
    rewrite,
    terms::Compartment,
};
use store::server::{Document as Row, Heads, Rewriting, Snapshot, Store, Txn};
use uuid::Uuid;

use super::{Certificate, ErasedDocument, Keep, Order, What, event, log::Log, mentions, remaining};
use crate::{
    NoRandomness, Randomness,
    admin::{AdminError, holds::must_not_be_held, note},
    documents,
};

/// A document with fewer changes than this gets no snapshot: its log is as quick to read.
const SNAPSHOT_FROM: u64 = 64;

/// What is known before the first document is touched.
pub(super) struct Plan {
    /// The family's documents, the team's last.
    pub(super) documents: Vec<Row>,
    /// The team's document as it was.
    pub(super) team: Document,
    /// What compartments are to be written without: what was ordered, then the concerns that go from
    /// the team's document with it.
    pub(super) removes: Vec<Remove>,
}

impl Plan {
    /// What a document is to be written without: concerns go from the team's by themselves.
    fn removes_in(&self, row: &Row) -> &[Remove] {
        if is_team(row) {
            self.removes.get(..1).unwrap_or_default()
        } else {
            &self.removes
        }
    }
}

/// A document without what was ordered.
pub(super) struct Without {
    pub(super) document: Document,
    pub(super) dropped: BTreeSet<String>,
    pub(super) altered: BTreeSet<String>,
}

/// Does it, a document at a time.
pub(super) async fn erase(
    store: &dyn Store,
    order: &Order,
    remove: Remove,
    randomness: &dyn Randomness,
    certificate: &mut Certificate,
    keep: &mut Keep<'_>,
) -> Result<(), AdminError> {
    let plan = plan(store, order, remove).await?;
    for row in &plan.documents {
        in_one(store, order, &plan, row, randomness, certificate, keep).await?;
    }
    if certificate.documents.is_empty() {
        return Err(AdminError::NothingThere);
    }
    let ids: Vec<_> = certificate.documents.iter().map(|it| it.document).collect();
    certificate.remaining.devices = remaining::devices(store, &ids).await?;
    Ok(())
}

/// Reads the family's documents without changing anything.
pub(super) async fn plan(
    store: &dyn Store,
    order: &Order,
    remove: Remove,
) -> Result<Plan, AdminError> {
    let family = order.what.family();
    // It writes nothing, so it is dropped.
    let mut txn = store.begin().await?;
    must_not_be_held(&mut *txn, family).await?;
    let mut documents = txn.documents_of(family).await?;
    documents.sort_by_key(is_team);
    let mut team = Document::genesis();
    if let Some(row) = documents.last().filter(|row| is_team(row))
        && let Some(log) = Log::locked(&mut *txn, row.id).await?
    {
        team = log.document;
    }
    let removes = with_concerns(&team, remove)?;
    Ok(Plan {
        documents,
        team,
        removes,
    })
}

pub(super) fn is_team(row: &Row) -> bool {
    row.compartment == Compartment::Team.code()
}

/// What was ordered, and the concerns that go from the team's document with it: compartments may have
/// viewed those.
fn with_concerns(team: &Document, remove: Remove) -> Result<Vec<Remove>, AdminError> {
    let mut removes = vec![remove];
    // Nobody keeps this document, so its actors need not be new.
    let trial = |actor: &[u8]| [&[0], actor].concat();
    let Some(without) = leave_out(team, &[remove], trial)? else {
        return Ok(removes);
    };
    for path in &without.dropped {
        if let Some((collection, id)) = path.split_once('/')
            && collection == Collection::Concerns.name()
            && let Ok(id) = id.parse::<ConcernId>()
            && remove != Remove::Concern(id)
        {
            removes.push(Remove::Concern(id));
        }
    }
    Ok(removes)
}

/// A document without all of this; none when it holds nothing of it.
pub(super) fn leave_out(
    document: &Document,
    removes: &[Remove],
    mut fresh: impl FnMut(&[u8]) -> Vec<u8>,
) -> Result<Option<Without>, AdminError> {
    let mut without: Option<Without> = None;
    for remove in removes {
        let from = without.as_ref().map_or(document, |it| &it.document);
        let rewritten = match rewrite(from, *remove, &mut fresh) {
            Err(RewriteError::NotThere) => continue,
            other => other?,
        };
        let mut dropped: BTreeSet<_> = rewritten.dropped.into_iter().collect();
        let mut altered: BTreeSet<_> = rewritten.altered.into_iter().collect();
        if let Some(before) = without {
            dropped.extend(before.dropped);
            altered.extend(before.altered);
            altered.retain(|it| !dropped.contains(it));
        }
        without = Some(Without {
            document: rewritten.document,
            dropped,
            altered,
        });
    }
    Ok(without)
}

/// One document, in one transaction with its board and its row in the audit log. The certificate is kept
/// just before: what was done then stands in it, whenever the machine stops.
async fn in_one(
    store: &dyn Store,
    order: &Order,
    plan: &Plan,
    row: &Row,
    randomness: &dyn Randomness,
    certificate: &mut Certificate,
    keep: &mut Keep<'_>,
) -> Result<(), AdminError> {
    let family = order.what.family();
    let mut txn = store.begin().await?;
    let log = Log::locked(&mut *txn, row.id)
        .await?
        .ok_or(AdminError::NoFamily(family))?;
    must_not_be_held(&mut *txn, family).await?;
    let removes = plan.removes_in(row);
    let without = if is_done(&mut *txn, order, &log).await? {
        None
    } else {
        let mut actors = Actors::new(randomness);
        let without = leave_out(&log.document, removes, |_| actors.fresh())?;
        actors.all_random()?;
        without
    };
    let now = without.as_ref().map_or(&log.document, |it| &it.document);
    let mentions = mentions(order, &plan.team, row.id, now)?;
    certificate.mentions.extend(mentions);
    let Some(without) = without else {
        return Ok(());
    };
    let rewriting = Rewriting {
        epoch: u64::from_le_bytes(random(randomness)?) & ((1 << 53) - 1),
        changes: log.in_the_names_of_old(&without.document)?,
        forgotten: forgotten(&without, removes),
        at: order.at,
    };
    txn.rewrite_log(row.id, &rewriting).await?;
    let head = rewriting.changes.len() as u64;
    derive(&mut *txn, &log.row, &without.document, head, order.today).await?;
    let part = ErasedDocument {
        document: row.id,
        compartment: row.compartment.clone(),
        old_lineage: log.lineage,
        old_epoch: log.row.epoch,
        new_epoch: Some(rewriting.epoch),
        changes_before: log.row.head,
        changes_after: head,
        dropped: without.dropped.len() as u64,
        altered: without.altered.len() as u64,
    };
    note(&mut *txn, row.id, family, event(certificate, &part)).await?;
    certificate.documents.push(part);
    keep(certificate)?;
    Ok(txn.commit().await?)
}

/// Whether a statement's erasure was done in this document already. Anything else is looked for by an id
/// that is gone afterwards; a statement is told by its place alone, and the next one has taken it.
async fn is_done(txn: &mut dyn Txn, order: &Order, log: &Log) -> Result<bool, AdminError> {
    let What::Statement { entry, .. } = order.what else {
        return Ok(false);
    };
    if let Some(repeated) = &order.repeats {
        let of_this = repeated
            .documents
            .iter()
            .find(|it| it.document == log.row.id);
        return Ok(of_this.is_none_or(|it| it.old_lineage != log.lineage));
    }
    let touched = txn.forgotten(log.row.id).await?;
    if touched.contains(entry.as_uuid()) && !order.again {
        return Err(AdminError::StatementAgain(entry));
    }
    Ok(false)
}

/// Everything that is kept beside a document, made from it.
async fn derive(
    txn: &mut dyn Txn,
    row: &Row,
    document: &Document,
    head: u64,
    today: Date,
) -> Result<(), AdminError> {
    if head == 0 {
        return Ok(());
    }
    let heads = Heads {
        seq: head,
        hashes: document.heads(),
    };
    txn.put_heads(row.id, &heads).await?;
    if head >= SNAPSHOT_FROM {
        let bytes = document.save();
        txn.put_snapshot(row.id, &Snapshot { seq: head, bytes })
            .await?;
    }
    if is_team(row) {
        let page = Page::of(document, today);
        let board = documents::row(&page, document, head, today)
            .map_err(|error| AdminError::Unreadable(error.to_string()))?;
        txn.put_board(row.id, &board).await?;
    }
    Ok(())
}

/// The ids that devices look for in what they keep beside their copy: of what was ordered, and of every
/// record that went or lacks a part.
fn forgotten(without: &Without, removes: &[Remove]) -> Vec<Uuid> {
    let ordered = removes.iter().map(|remove| match remove {
        Remove::Entry(id) | Remove::Statement { entry: id, .. } => *id.as_uuid(),
        Remove::Person(id) => *id.as_uuid(),
        Remove::Concern(id) => *id.as_uuid(),
    });
    let paths = without.dropped.iter().chain(&without.altered);
    let ids = paths.filter_map(|path| path.split_once('/')?.1.parse().ok());
    let ids: BTreeSet<Uuid> = ordered.chain(ids).collect();
    ids.into_iter().collect()
}

/// `N` fresh random bytes.
fn random<const N: usize>(randomness: &dyn Randomness) -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    randomness.fill(&mut bytes)?;
    Ok(bytes)
}

/// Makes new actors, and remembers when one could not be made: the rewriting can't be told meanwhile.
struct Actors<'a> {
    randomness: &'a dyn Randomness,
    failed: Option<NoRandomness>,
}

impl<'a> Actors<'a> {
    fn new(randomness: &'a dyn Randomness) -> Self {
        Self {
            randomness,
            failed: None,
        }
    }

    fn fresh(&mut self) -> Vec<u8> {
        match random::<16>(self.randomness) {
            Ok(actor) => actor.to_vec(),
            Err(error) => {
                self.failed = Some(error);
                Vec::new()
            }
        }
    }

    fn all_random(self) -> Result<(), NoRandomness> {
        self.failed.map_or(Ok(()), Err)
    }
}

/// The documents of a plan that would be written anew, with what would go from each.
pub(super) async fn trial(
    store: &dyn Store,
    plan: &Plan,
) -> Result<Vec<(Log, Without)>, AdminError> {
    let mut found = Vec::new();
    for row in &plan.documents {
        let Some(log) = read(store, row.id).await? else {
            continue;
        };
        let trial = |actor: &[u8]| [&[0], actor].concat();
        if let Some(without) = leave_out(&log.document, plan.removes_in(row), trial)? {
            found.push((log, without));
        }
    }
    Ok(found)
}

async fn read(store: &dyn Store, id: DocumentId) -> Result<Option<Log>, AdminError> {
    Log::locked(&mut *store.begin().await?, id).await
}
