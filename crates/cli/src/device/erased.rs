//! What goes from a device when something was erased on the server.

use std::collections::BTreeSet;

use anyhow::Result;
use record::{
    Change, Refusal,
    ids::{DocumentId, FamilyId},
};
use store::device::{DeviceStore as _, DeviceTxn};
use sync::{erasure::Erasure, wire::Cursor};

use super::{Device, Synced};

impl Device {
    /// Cursors for documents that this device does not hold any more but keeps refused changes of: the
    /// server then says if these must go, too. No log has their epoch.
    pub(super) async fn kept_for(&self) -> Result<Vec<Cursor>> {
        let refused = self.store.begin().await?.quarantine().await?;
        let documents: BTreeSet<_> = refused.into_iter().map(|it| it.document).collect();
        let not_held = |it: &DocumentId| !self.open.contains_key(it);
        let cursor = |document| Cursor {
            document,
            epoch: 0,
            seq: 0,
        };
        Ok(documents.into_iter().filter(not_held).map(cursor).collect())
    }

    /// Drops everything of the families whose documents these are, in one transaction: copies, outbox,
    /// quarantine and drafts.
    pub(super) async fn drop_erased(
        &mut self,
        documents: &[DocumentId],
        synced: &mut Synced,
    ) -> Result<()> {
        if documents.is_empty() {
            return Ok(());
        }
        let held = self.open.values().map(|it| &it.row);
        let families: BTreeSet<FamilyId> = held
            .filter(|it| documents.contains(&it.document))
            .map(|it| it.family)
            .collect();
        let held = self.open.values().map(|it| &it.row);
        let documents: BTreeSet<DocumentId> = held
            .filter(|it| families.contains(&it.family))
            .map(|it| it.document)
            .chain(documents.iter().copied())
            .collect();
        let mut txn = self.store.begin().await?;
        for document in &documents {
            for waiting in txn.outbox(*document).await? {
                txn.drop_pending(*document, waiting.hash).await?;
            }
            txn.drop_replica(*document).await?;
        }
        for refused in txn.quarantine().await? {
            if documents.contains(&refused.document) {
                txn.drop_quarantined(refused.id).await?;
            }
        }
        for draft in txn.drafts().await? {
            if families.contains(&draft.family) {
                txn.drop_draft(draft.id).await?;
            }
        }
        txn.commit().await?;
        self.open
            .retain(|document, _| !documents.contains(document));
        synced.erased += families.len().max(1);
        Ok(())
    }
}

/// Drops refused changes of a document that hold or refer to what was erased.
pub(super) async fn forget_refused(
    txn: &mut dyn DeviceTxn,
    document: DocumentId,
    erasure: &Erasure,
) -> Result<()> {
    for refused in txn.quarantine().await? {
        let change = Change::decode(&refused.bytes);
        let why = serde_json::from_str::<Refusal>(&refused.refusal);
        if refused.document == document
            && let (Ok(change), Ok(why)) = (change, why)
            && erasure.takes(&change, &why)
        {
            txn.drop_quarantined(refused.id).await?;
        }
    }
    Ok(())
}
