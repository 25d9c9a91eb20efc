//! What a transaction promises, whatever it writes.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::{
    StoreError,
    device::{DeviceStore, DeviceTxn},
};

async fn write_everything(txn: &mut Box<dyn DeviceTxn>) -> Outcome {
    txn.put_profile(&samples::profile(1)).await?;
    txn.put_replica(&samples::replica(1)).await?;
    txn.push_pending(&samples::pending(1, 1)).await?;
    txn.put_quarantined(&samples::quarantined(1)).await?;
    txn.put_draft(&samples::draft(1)).await
}

async fn count_everything(store: &Arc<dyn DeviceStore>) -> Result<usize, StoreError> {
    let mut txn = store.begin().await?;
    Ok(usize::from(txn.profile().await?.is_some())
        + txn.replicas().await?.len()
        + txn.outbox(samples::document_id(1)).await?.len()
        + txn.quarantine().await?.len()
        + txn.drafts().await?.len())
}

/// Dropping is rolling back, for every table.
pub async fn a_dropped_transaction_leaves_nothing(store: Arc<dyn DeviceStore>) -> Outcome {
    let mut txn = store.begin().await?;
    write_everything(&mut txn).await?;
    drop(txn);
    assert_eq!(count_everything(&store).await?, 0);
    Ok(())
}

/// Committing keeps, for every table.
pub async fn a_committed_transaction_is_seen_by_the_next(store: Arc<dyn DeviceStore>) -> Outcome {
    let mut txn = store.begin().await?;
    write_everything(&mut txn).await?;
    txn.commit().await?;
    assert_eq!(count_everything(&store).await?, 5);
    Ok(())
}

/// A draft that is being saved while a sync writes: both succeed.
pub async fn writers_queue_and_none_is_lost(store: Arc<dyn DeviceStore>) -> Outcome {
    let tasks: Vec<_> = (1..=20)
        .map(|n| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let mut txn = store.begin().await?;
                txn.put_draft(&samples::draft(n)).await?;
                txn.commit().await
            })
        })
        .collect();
    for task in tasks {
        task.await.map_err(|source| StoreError::Driver {
            doing: "waiting for a writer",
            source: Box::new(source),
        })??;
    }
    assert_eq!(store.begin().await?.drafts().await?.len(), 20);
    Ok(())
}
