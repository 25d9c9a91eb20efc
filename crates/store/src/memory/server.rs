//! The server's contract in memory.

mod audit;
mod boards;
mod break_glass;
mod forgetting;
mod identities;
mod reach;
mod restoring;
mod state;
mod teams;

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId, FamilyId, ProfessionalId};
use tokio::sync::{Mutex, OwnedMutexGuard};

use self::state::{Log, State, by_name, by_sign_in, insert_new};
use crate::{
    StoreError,
    server::{
        Account, Allocation, Device, Document, Family, Feed, Marks, Membership, NewChange, News,
        Session, Snapshot, Store, StoredChange, Txn,
    },
};

/// A server's store in memory. Clones share one state.
#[derive(Clone, Default)]
pub struct MemoryStore {
    state: Arc<Mutex<State>>,
    feed: Feed,
    marks: Marks,
}

#[async_trait]
impl Store for MemoryStore {
    async fn begin(&self) -> Result<Box<dyn Txn>, StoreError> {
        let committed = Arc::clone(&self.state).lock_owned().await;
        let state = committed.clone();
        Ok(Box::new(MemoryTxn {
            committed,
            state,
            feed: self.feed.clone(),
            grown: BTreeMap::new(),
        }))
    }

    async fn listen(&self) -> Result<Box<dyn News>, StoreError> {
        Ok(self.feed.listen())
    }

    async fn is_first(&self, mark: [u8; 32], until: i64, now: i64) -> Result<bool, StoreError> {
        Ok(self.marks.is_first(mark, until, now))
    }

    /// There is no file.
    async fn scrub(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

struct MemoryTxn {
    committed: OwnedMutexGuard<State>,
    state: State,
    feed: Feed,
    grown: BTreeMap<DocumentId, u64>,
}

#[async_trait]
impl Txn for MemoryTxn {
    async fn create_family(&mut self, family: &Family) -> Result<(), StoreError> {
        insert_new(
            &mut self.state.families,
            family.id,
            family.clone(),
            "family",
        )
    }

    async fn family(&mut self, id: FamilyId) -> Result<Option<Family>, StoreError> {
        Ok(self.state.families.get(&id).cloned())
    }

    async fn families(&mut self) -> Result<Vec<Family>, StoreError> {
        Ok(by_name(self.state.families.values().cloned().collect()))
    }

    async fn create_document(&mut self, document: &Document) -> Result<(), StoreError> {
        let taken = |log: &Arc<Log>| {
            log.document.family == document.family
                && log.document.compartment == document.compartment
                && log.document.owner == document.owner
        };
        if (document.compartment == "author-only") != document.owner.is_some() {
            return Err(StoreError::Inconsistent {
                table: "documents",
                row: "an author's own document without its owner, or another with one".to_owned(),
            });
        }
        if self.state.logs.contains_key(&document.id) || self.state.logs.values().any(taken) {
            return Err(StoreError::Exists { what: "document" });
        }
        if !self.state.families.contains_key(&document.family) {
            return Err(StoreError::Missing { what: "family" });
        }
        let log = Log {
            document: Document {
                head: 0,
                ..document.clone()
            },
            changes: Vec::new(),
            snapshot: None,
            actors: BTreeMap::new(),
        };
        self.state.logs.insert(document.id, Arc::new(log));
        Ok(())
    }

    async fn document(&mut self, id: DocumentId) -> Result<Option<Document>, StoreError> {
        Ok(self.state.logs.get(&id).map(|log| log.document.clone()))
    }

    async fn lock_document(&mut self, id: DocumentId) -> Result<Option<Document>, StoreError> {
        // The whole state is locked already.
        self.document(id).await
    }

    async fn documents_of(&mut self, family: FamilyId) -> Result<Vec<Document>, StoreError> {
        let mut documents: Vec<Document> = self
            .state
            .logs
            .values()
            .map(|log| &log.document)
            .filter(|document| document.family == family)
            .cloned()
            .collect();
        documents.sort_by(|a, b| {
            let key = |d: &Document| (d.compartment != "team", d.compartment.clone(), d.owner);
            key(a).cmp(&key(b))
        });
        Ok(documents)
    }

    async fn append_change(
        &mut self,
        document: DocumentId,
        change: &NewChange,
    ) -> Result<u64, StoreError> {
        if self.change_seq(document, change.hash).await?.is_some() {
            return Err(StoreError::Exists { what: "change" });
        }
        let log = self.state.log_mut(document)?;
        let seq = log.document.head + 1;
        log.document.head = seq;
        log.changes.push(Arc::new(StoredChange {
            seq,
            change: change.clone(),
        }));
        self.grown.insert(document, seq);
        Ok(seq)
    }

    async fn change_seq(
        &mut self,
        document: DocumentId,
        hash: [u8; 32],
    ) -> Result<Option<u64>, StoreError> {
        let found = self.state.logs.get(&document).and_then(|log| {
            log.changes
                .iter()
                .find(|stored| stored.change.hash == hash)
                .map(|stored| stored.seq)
        });
        Ok(found)
    }

    async fn changes_after(
        &mut self,
        document: DocumentId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<StoredChange>, StoreError> {
        let Some(log) = self.state.logs.get(&document) else {
            return Ok(Vec::new());
        };
        let first = usize::try_from(after).unwrap_or(usize::MAX);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(log
            .changes
            .iter()
            .skip(first)
            .take(limit)
            .map(|c| c.as_ref().clone())
            .collect())
    }

    async fn put_snapshot(
        &mut self,
        document: DocumentId,
        snapshot: &Snapshot,
    ) -> Result<(), StoreError> {
        let log = self.state.log_mut(document)?;
        if log
            .snapshot
            .as_ref()
            .is_none_or(|old| snapshot.seq > old.seq)
        {
            log.snapshot = Some(Arc::new(snapshot.clone()));
        }
        Ok(())
    }

    async fn snapshot(&mut self, document: DocumentId) -> Result<Option<Snapshot>, StoreError> {
        let log = self.state.logs.get(&document);
        Ok(log
            .and_then(|log| log.snapshot.as_ref())
            .map(|snapshot| snapshot.as_ref().clone()))
    }

    async fn bind_actor(
        &mut self,
        document: DocumentId,
        actor: &[u8],
        device: DeviceId,
    ) -> Result<DeviceId, StoreError> {
        let log = self.state.log_mut(document)?;
        Ok(*log.actors.entry(actor.to_vec()).or_insert(device))
    }

    async fn create_account(&mut self, account: &Account) -> Result<(), StoreError> {
        if self.account_by_name(&account.sign_in).await?.is_some() {
            return Err(StoreError::Exists { what: "account" });
        }
        insert_new(
            &mut self.state.accounts,
            account.id,
            account.clone(),
            "account",
        )
    }

    async fn account(&mut self, id: ProfessionalId) -> Result<Option<Account>, StoreError> {
        Ok(self.state.accounts.get(&id).cloned())
    }

    async fn account_by_name(&mut self, sign_in: &str) -> Result<Option<Account>, StoreError> {
        Ok(self
            .state
            .accounts
            .values()
            .find(|account| account.sign_in == sign_in)
            .cloned())
    }

    async fn accounts(&mut self) -> Result<Vec<Account>, StoreError> {
        Ok(by_sign_in(self.state.accounts.values().cloned().collect()))
    }

    async fn enrol_device(&mut self, device: &Device) -> Result<(), StoreError> {
        self.state.must_have_account(device.professional)?;
        insert_new(&mut self.state.devices, device.id, device.clone(), "device")
    }

    async fn device(&mut self, id: DeviceId) -> Result<Option<Device>, StoreError> {
        Ok(self.state.devices.get(&id).cloned())
    }

    async fn devices_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<Device>, StoreError> {
        let devices = self.state.devices.values();
        let mut devices: Vec<_> = devices
            .filter(|device| device.professional == professional)
            .cloned()
            .collect();
        devices.sort_by_key(|device| (device.enrolled, device.id));
        Ok(devices)
    }

    async fn device_seen(&mut self, id: DeviceId, at: i64) -> Result<(), StoreError> {
        if let Some(device) = self.state.devices.get_mut(&id) {
            device.seen = device.seen.max(Some(at));
        }
        Ok(())
    }

    async fn revoke_device(&mut self, id: DeviceId, at: i64) -> Result<bool, StoreError> {
        let Some(device) = self.state.devices.get_mut(&id) else {
            return Ok(false);
        };
        let was_not_before = device.revoked.is_none();
        device.revoked.get_or_insert(at);
        Ok(was_not_before)
    }

    async fn create_session(&mut self, session: &Session) -> Result<(), StoreError> {
        self.state.must_have_account(session.professional)?;
        let key = session.token_sha256;
        insert_new(&mut self.state.sessions, key, session.clone(), "session")
    }

    async fn session(
        &mut self,
        token_sha256: [u8; 32],
        now: i64,
    ) -> Result<Option<Session>, StoreError> {
        Ok(self
            .state
            .sessions
            .get(&token_sha256)
            .filter(|found| found.expires > now)
            .cloned())
    }

    async fn end_session(&mut self, token_sha256: [u8; 32]) -> Result<(), StoreError> {
        self.state.sessions.remove(&token_sha256);
        self.state.session_use.remove(&token_sha256);
        Ok(())
    }

    async fn allocate(&mut self, allocation: &Allocation) -> Result<(), StoreError> {
        let known = self.state.families.contains_key(&allocation.family)
            && self.state.accounts.contains_key(&allocation.professional);
        if !known {
            return Err(StoreError::Missing {
                what: "family or account",
            });
        }
        self.state
            .allocations
            .insert((allocation.family, allocation.professional));
        Ok(())
    }

    async fn end_allocation(
        &mut self,
        family: FamilyId,
        professional: ProfessionalId,
        _at: i64,
    ) -> Result<bool, StoreError> {
        Ok(self.state.allocations.remove(&(family, professional)))
    }

    async fn is_allocated(
        &mut self,
        family: FamilyId,
        professional: ProfessionalId,
    ) -> Result<bool, StoreError> {
        Ok(self.state.allocations.contains(&(family, professional)))
    }

    async fn families_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<Family>, StoreError> {
        let open = self
            .state
            .allocations
            .iter()
            .filter(|(_, who)| *who == professional);
        let families = open
            .filter_map(|(family, _)| self.state.families.get(family))
            .cloned();
        Ok(by_name(families.collect()))
    }

    async fn team_of(&mut self, family: FamilyId) -> Result<Vec<Account>, StoreError> {
        let open = self.state.allocations.iter();
        let team = open
            .filter(|(of, _)| *of == family)
            .filter_map(|(_, who)| self.state.accounts.get(who))
            .cloned();
        Ok(by_sign_in(team.collect()))
    }

    async fn add_member(&mut self, membership: &Membership) -> Result<(), StoreError> {
        let known = self.state.logs.contains_key(&membership.document)
            && self.state.accounts.contains_key(&membership.professional);
        if !known {
            return Err(StoreError::Missing {
                what: "document or account",
            });
        }
        self.state
            .members
            .insert((membership.document, membership.professional));
        Ok(())
    }

    async fn end_membership(
        &mut self,
        document: DocumentId,
        professional: ProfessionalId,
        _at: i64,
    ) -> Result<bool, StoreError> {
        Ok(self.state.members.remove(&(document, professional)))
    }

    async fn members_of(
        &mut self,
        document: DocumentId,
    ) -> Result<Vec<ProfessionalId>, StoreError> {
        let open = self.state.members.iter();
        Ok(open
            .filter(|(of, _)| *of == document)
            .map(|(_, who)| *who)
            .collect())
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self {
            mut committed,
            state,
            feed,
            grown,
        } = *self;
        *committed = state;
        feed.promise(grown).keep();
        Ok(())
    }
}
