//! Which devices may still hold what was erased: those that ever got it, as the audit log says.

use std::collections::BTreeSet;

use record::ids::{DeviceId, DocumentId};
use store::{
    StoreError,
    audit::{Chain, kind},
    server::{Store, Txn},
};

use super::DeviceLeft;

/// How many rows are read at once.
const PAGE: u32 = 1_000;

/// The devices that got one of these documents or wrote in it, by id.
pub(super) async fn devices(
    store: &dyn Store,
    documents: &[DocumentId],
) -> Result<Vec<DeviceLeft>, StoreError> {
    // It writes nothing, so it is dropped.
    let mut txn = store.begin().await?;
    let mut ids = BTreeSet::new();
    for document in documents {
        collect(&mut *txn, Chain::of_document(*document), &mut ids).await?;
    }
    let mut left = Vec::with_capacity(ids.len());
    for id in ids {
        // A device that was never enrolled here wrote before a restore: nothing is known of it.
        let row = txn.device(id).await?;
        left.push(DeviceLeft {
            device: id,
            last_seen: row.as_ref().and_then(|it| it.seen),
            revoked: row.is_some_and(|it| it.revoked.is_some()),
        });
    }
    Ok(left)
}

async fn collect(
    txn: &mut dyn Txn,
    chain: Chain,
    ids: &mut BTreeSet<DeviceId>,
) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let page = txn.audit_after(chain, after, PAGE).await?;
        let Some(last) = page.last().map(|row| row.seq) else {
            return Ok(());
        };
        after = last;
        let holds = page
            .iter()
            .filter(|row| [kind::PULLED, kind::PUSHED].contains(&row.event.kind));
        ids.extend(holds.filter_map(|row| row.event.device));
    }
}
