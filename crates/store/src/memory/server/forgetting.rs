//! Keeping and forgetting in memory.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId, FamilyId};
use uuid::Uuid;

use super::{MemoryTxn, state::State};
use crate::{
    StoreError,
    server::{ErasedFamily, ForgetTxn, Hold, Rewriting, StoredChange, Txn as _},
};

/// The part of the state that [`ForgetTxn`] is about.
#[derive(Clone, Default)]
pub(super) struct Forgetting {
    /// The open ones only: the contract never shows an ended one.
    holds: BTreeMap<FamilyId, Hold>,
    retired: BTreeSet<(DocumentId, [u8; 32])>,
    forgotten: BTreeMap<DocumentId, Vec<Uuid>>,
    /// With when.
    erased: BTreeMap<DocumentId, i64>,
}

#[async_trait]
impl ForgetTxn for MemoryTxn {
    async fn set_hold(&mut self, hold: &Hold) -> Result<bool, StoreError> {
        if !self.state.families.contains_key(&hold.family) {
            return Err(StoreError::Missing { what: "family" });
        }
        let holds = &mut self.state.forgetting.holds;
        let is_new = !holds.contains_key(&hold.family);
        let open = || Hold {
            ended: None,
            ..hold.clone()
        };
        holds.entry(hold.family).or_insert_with(open);
        Ok(is_new)
    }

    async fn lift_hold(&mut self, family: FamilyId, _at: i64) -> Result<bool, StoreError> {
        Ok(self.state.forgetting.holds.remove(&family).is_some())
    }

    async fn hold_of(&mut self, family: FamilyId) -> Result<Option<Hold>, StoreError> {
        Ok(self.state.forgetting.holds.get(&family).cloned())
    }

    async fn holds(&mut self) -> Result<Vec<Hold>, StoreError> {
        let mut holds: Vec<Hold> = self.state.forgetting.holds.values().cloned().collect();
        holds.sort_by_key(|hold| (hold.began, hold.family));
        Ok(holds)
    }

    async fn rewrite_log(
        &mut self,
        document: DocumentId,
        rewriting: &Rewriting,
    ) -> Result<u64, StoreError> {
        let before = self.document(document).await?;
        let before = before.ok_or(StoreError::Missing { what: "document" })?;
        rewriting.must_be_sound(&before)?;
        let log = self.state.log_mut(document)?;
        let old = std::mem::take(&mut log.changes);
        log.snapshot = None;
        log.actors.clear();
        for ((change, actor), seq) in rewriting.changes.iter().zip(1..) {
            log.actors.entry(actor.clone()).or_insert(change.device);
            log.changes.push(Arc::new(StoredChange {
                seq,
                change: change.clone(),
            }));
        }
        let head = count(rewriting.changes.len());
        log.document.epoch = rewriting.epoch;
        log.document.head = head;
        self.state.boards.remove(&document);
        self.state.restoring.forget(document);
        let forgetting = &mut self.state.forgetting;
        for stored in &old {
            forgetting.retired.insert((document, stored.change.hash));
        }
        for (change, _) in &rewriting.changes {
            forgetting.retired.remove(&(document, change.hash));
        }
        let forgotten = forgetting.forgotten.entry(document).or_default();
        forgotten.extend(&rewriting.forgotten);
        self.grown.insert(document, head);
        Ok(count(old.len()))
    }

    async fn is_retired(
        &mut self,
        document: DocumentId,
        hash: [u8; 32],
    ) -> Result<bool, StoreError> {
        Ok(self.state.forgetting.retired.contains(&(document, hash)))
    }

    async fn forgotten(&mut self, document: DocumentId) -> Result<Vec<Uuid>, StoreError> {
        let forgotten = self.state.forgetting.forgotten.get(&document);
        Ok(forgotten.cloned().unwrap_or_default())
    }

    async fn erase_family(
        &mut self,
        family: FamilyId,
        at: i64,
    ) -> Result<ErasedFamily, StoreError> {
        if !self.state.families.contains_key(&family) {
            return Err(StoreError::Missing { what: "family" });
        }
        let documents = self.documents_of(family).await?;
        let mut erased = ErasedFamily::default();
        for document in documents {
            self.state.erase_document(document.id, &mut erased);
            self.state.forgetting.erased.insert(document.id, at);
            self.grown.remove(&document.id);
            erased.documents.push(document.id);
        }
        self.state.erase_rest_of(family, &mut erased);
        Ok(erased)
    }

    async fn was_erased(&mut self, document: DocumentId) -> Result<bool, StoreError> {
        Ok(self.state.forgetting.erased.contains_key(&document))
    }

    async fn actor_device(
        &mut self,
        document: DocumentId,
        actor: &[u8],
    ) -> Result<Option<DeviceId>, StoreError> {
        let log = self.state.logs.get(&document);
        Ok(log.and_then(|log| log.actors.get(actor).copied()))
    }
}

impl State {
    /// A document and all that is keyed by it.
    fn erase_document(&mut self, document: DocumentId, erased: &mut ErasedFamily) {
        if let Some(log) = self.logs.remove(&document) {
            erased.count("documents", 1);
            erased.count("changes", count(log.changes.len()));
            erased.count("snapshots", u64::from(log.snapshot.is_some()));
            erased.count("actors", count(log.actors.len()));
        }
        let board = self.boards.remove(&document);
        erased.count("boards", u64::from(board.is_some()));
        let (heads, lineages, returned) = self.restoring.forget(document);
        erased.count("heads", heads);
        erased.count("lineages", lineages);
        erased.count("returned", returned);
        let members = self.members.extract_if(.., |(of, _)| *of == document);
        erased.count("members", count(members.count()));
        let forgetting = &mut self.forgetting;
        let retired = forgetting.retired.extract_if(.., |(of, _)| *of == document);
        erased.count("retired", count(retired.count()));
        let forgotten = forgetting.forgotten.remove(&document);
        erased.count("forgotten", count(forgotten.unwrap_or_default().len()));
    }

    /// A family and what refers to it, without its documents.
    fn erase_rest_of(&mut self, family: FamilyId, erased: &mut ErasedFamily) {
        let allocations = self.allocations.extract_if(.., |(of, _)| *of == family);
        erased.count("allocations", count(allocations.count()));
        let team = self.team_families.remove(&family);
        erased.count("team_families", u64::from(team.is_some()));
        erased.count("restrictions", u64::from(self.restricted.remove(&family)));
        let broken = &mut self.broken_glass;
        let broken = broken.extract_if(.., |_, (it, _)| it.family == family);
        erased.count("broken_glass", count(broken.count()));
        let hold = self.forgetting.holds.remove(&family);
        erased.count("holds", u64::from(hold.is_some()));
        let gone = self.families.remove(&family);
        erased.count("families", u64::from(gone.is_some()));
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
