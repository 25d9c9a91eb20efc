//! A device's contract in memory.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use record::ids::{DocumentId, EntryId, RecordId};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::{
    StoreError,
    device::{DeviceStore, DeviceTxn, Draft, Pending, Profile, Quarantined, Replica},
};

/// A device's store in memory. Clones share one state.
#[derive(Clone, Default)]
pub struct MemoryDeviceStore {
    state: Arc<Mutex<State>>,
}

#[derive(Clone, Default)]
struct State {
    profile: Option<Profile>,
    replicas: BTreeMap<DocumentId, Replica>,
    /// In the order in which they were added.
    outbox: Vec<Pending>,
    /// In the order in which they were first added.
    quarantine: Vec<Quarantined>,
    drafts: BTreeMap<EntryId, Draft>,
}

#[async_trait]
impl DeviceStore for MemoryDeviceStore {
    async fn begin(&self) -> Result<Box<dyn DeviceTxn>, StoreError> {
        let committed = Arc::clone(&self.state).lock_owned().await;
        let state = committed.clone();
        Ok(Box::new(MemoryDeviceTxn { committed, state }))
    }
}

struct MemoryDeviceTxn {
    committed: OwnedMutexGuard<State>,
    state: State,
}

/// Removes what `is_it` picks; whether anything was there.
fn remove<T>(from: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> bool {
    let before = from.len();
    from.retain(|item| !is_it(item));
    from.len() < before
}

#[async_trait]
impl DeviceTxn for MemoryDeviceTxn {
    async fn profile(&mut self) -> Result<Option<Profile>, StoreError> {
        Ok(self.state.profile.clone())
    }

    async fn put_profile(&mut self, profile: &Profile) -> Result<(), StoreError> {
        self.state.profile = Some(profile.clone());
        Ok(())
    }

    async fn replicas(&mut self) -> Result<Vec<Replica>, StoreError> {
        Ok(self.state.replicas.values().cloned().collect())
    }

    async fn replica(&mut self, id: DocumentId) -> Result<Option<Replica>, StoreError> {
        Ok(self.state.replicas.get(&id).cloned())
    }

    async fn put_replica(&mut self, replica: &Replica) -> Result<(), StoreError> {
        self.state
            .replicas
            .insert(replica.document, replica.clone());
        Ok(())
    }

    async fn drop_replica(&mut self, id: DocumentId) -> Result<(), StoreError> {
        self.state.replicas.remove(&id);
        Ok(())
    }

    async fn outbox(&mut self, document: DocumentId) -> Result<Vec<Pending>, StoreError> {
        Ok(self
            .state
            .outbox
            .iter()
            .filter(|p| p.document == document)
            .cloned()
            .collect())
    }

    async fn push_pending(&mut self, pending: &Pending) -> Result<(), StoreError> {
        let is_it = |p: &Pending| p.document == pending.document && p.hash == pending.hash;
        if !self.state.outbox.iter().any(is_it) {
            self.state.outbox.push(pending.clone());
        }
        Ok(())
    }

    async fn drop_pending(
        &mut self,
        document: DocumentId,
        hash: [u8; 32],
    ) -> Result<bool, StoreError> {
        Ok(remove(&mut self.state.outbox, |p| {
            p.document == document && p.hash == hash
        }))
    }

    async fn quarantine(&mut self) -> Result<Vec<Quarantined>, StoreError> {
        let mut all = self.state.quarantine.clone();
        all.sort_by_key(|refused| refused.refused);
        Ok(all)
    }

    async fn put_quarantined(&mut self, refused: &Quarantined) -> Result<(), StoreError> {
        match self
            .state
            .quarantine
            .iter_mut()
            .find(|q| q.id == refused.id)
        {
            Some(old) => *old = refused.clone(),
            None => self.state.quarantine.push(refused.clone()),
        }
        Ok(())
    }

    async fn drop_quarantined(&mut self, id: RecordId) -> Result<bool, StoreError> {
        Ok(remove(&mut self.state.quarantine, |q| q.id == id))
    }

    async fn drafts(&mut self) -> Result<Vec<Draft>, StoreError> {
        let mut all: Vec<Draft> = self.state.drafts.values().cloned().collect();
        all.sort_by_key(|draft| (draft.begun, draft.id));
        Ok(all)
    }

    async fn draft(&mut self, id: EntryId) -> Result<Option<Draft>, StoreError> {
        Ok(self.state.drafts.get(&id).cloned())
    }

    async fn put_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        self.state.drafts.insert(draft.id, draft.clone());
        Ok(())
    }

    async fn drop_draft(&mut self, id: EntryId) -> Result<bool, StoreError> {
        Ok(self.state.drafts.remove(&id).is_some())
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self {
            mut committed,
            state,
        } = *self;
        *committed = state;
        Ok(())
    }
}
