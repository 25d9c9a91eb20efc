//! What the memory engine holds for a server.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use record::ids::{BreakGlassId, DeviceId, DocumentId, FamilyId, ProfessionalId, TeamId};

use super::{forgetting::Forgetting, restoring::Restoring};
use crate::{
    StoreError,
    server::{
        Account, BoardRow, BrokenGlass, Device, Document, Family, Identity, Session, Snapshot,
        StoredChange, Team, TeamPlace,
    },
};

/// Everything. Copied by each transaction, so what is big is shared.
#[derive(Clone, Default)]
pub(super) struct State {
    pub(super) families: BTreeMap<FamilyId, Family>,
    pub(super) logs: BTreeMap<DocumentId, Arc<Log>>,
    pub(super) accounts: BTreeMap<ProfessionalId, Account>,
    pub(super) devices: BTreeMap<DeviceId, Device>,
    pub(super) sessions: BTreeMap<[u8; 32], Session>,
    /// The open ones only: the contract never shows an ended one.
    pub(super) allocations: BTreeSet<(FamilyId, ProfessionalId)>,
    /// The open ones only, likewise.
    pub(super) members: BTreeSet<(DocumentId, ProfessionalId)>,
    pub(super) teams: BTreeMap<TeamId, Team>,
    /// The open ones only, likewise.
    pub(super) team_places: BTreeMap<(TeamId, ProfessionalId), TeamPlace>,
    /// The open ones only, likewise.
    pub(super) team_families: BTreeMap<FamilyId, TeamId>,
    /// The open ones only, likewise.
    pub(super) restricted: BTreeSet<FamilyId>,
    /// When an account closes, and whether everything of theirs has been ended since.
    pub(super) closings: BTreeMap<ProfessionalId, (i64, bool)>,
    /// With who has seen it.
    pub(super) broken_glass: BTreeMap<BreakGlassId, (BrokenGlass, Option<ProfessionalId>)>,
    /// By issuer and subject.
    pub(super) identities: BTreeMap<(String, String), Identity>,
    pub(super) session_use: BTreeMap<[u8; 32], i64>,
    pub(super) audit: super::audit::Chains,
    pub(super) boards: BTreeMap<DocumentId, BoardRow>,
    pub(super) restoring: Restoring,
    pub(super) forgetting: Forgetting,
}

/// A document and all that is keyed by it. Its head is the number of changes.
#[derive(Clone)]
pub(super) struct Log {
    pub(super) document: Document,
    pub(super) changes: Vec<Arc<StoredChange>>,
    pub(super) snapshot: Option<Arc<Snapshot>>,
    pub(super) actors: BTreeMap<Vec<u8>, DeviceId>,
}

impl State {
    pub(super) fn log_mut(&mut self, document: DocumentId) -> Result<&mut Log, StoreError> {
        self.logs
            .get_mut(&document)
            .map(Arc::make_mut)
            .ok_or(StoreError::Missing { what: "document" })
    }

    pub(super) fn must_have_account(&self, professional: ProfessionalId) -> Result<(), StoreError> {
        if self.accounts.contains_key(&professional) {
            Ok(())
        } else {
            Err(StoreError::Missing { what: "account" })
        }
    }
}

/// Adds under a key that must be new.
pub(super) fn insert_new<K: Ord, V>(
    map: &mut BTreeMap<K, V>,
    key: K,
    value: V,
    what: &'static str,
) -> Result<(), StoreError> {
    if map.contains_key(&key) {
        return Err(StoreError::Exists { what });
    }
    map.insert(key, value);
    Ok(())
}

pub(super) fn by_name(mut families: Vec<Family>) -> Vec<Family> {
    families.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    families
}

pub(super) fn by_sign_in(mut accounts: Vec<Account>) -> Vec<Account> {
    accounts.sort_by(|a, b| a.sign_in.cmp(&b.sign_in));
    accounts
}
