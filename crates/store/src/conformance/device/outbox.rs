//! The outbox.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::device::{DeviceStore, Pending};

/// As added, whatever the clock said, each document by itself.
pub async fn the_outbox_keeps_its_order(store: Arc<dyn DeviceStore>) -> Outcome {
    for n in [9, 3, 5] {
        let mut txn = store.begin().await?;
        txn.push_pending(&samples::pending(1, n)).await?;
        txn.push_pending(&samples::pending(2, n)).await?;
        txn.commit().await?;
    }
    let mut txn = store.begin().await?;
    for of in [1, 2] {
        let expected = [9, 3, 5].map(|n| samples::pending(of, n));
        assert_eq!(txn.outbox(samples::document_id(of)).await?, expected);
    }
    // One from the middle and one from the end go; the next is still the last.
    txn.drop_pending(samples::document_id(1), [3; 32]).await?;
    txn.drop_pending(samples::document_id(1), [5; 32]).await?;
    txn.push_pending(&samples::pending(1, 4)).await?;
    let expected = [9, 4].map(|n| samples::pending(1, n));
    assert_eq!(txn.outbox(samples::document_id(1)).await?, expected);
    assert!(txn.outbox(samples::document_id(3)).await?.is_empty());
    Ok(())
}

/// The first one stays, at its place.
pub async fn pushing_again_changes_nothing(store: Arc<dyn DeviceStore>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.push_pending(&samples::pending(1, 1)).await?;
    txn.push_pending(&samples::pending(1, 2)).await?;
    txn.push_pending(&Pending {
        written: 99,
        ..samples::pending(1, 1)
    })
    .await?;
    let expected = [samples::pending(1, 1), samples::pending(1, 2)];
    assert_eq!(txn.outbox(samples::document_id(1)).await?, expected);
    Ok(())
}

/// `drop_pending` says whether it was there.
pub async fn a_change_is_taken_out_once(store: Arc<dyn DeviceStore>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.push_pending(&samples::pending(1, 1)).await?;
    txn.push_pending(&samples::pending(2, 1)).await?;
    assert!(txn.drop_pending(samples::document_id(1), [1; 32]).await?);
    assert!(!txn.drop_pending(samples::document_id(1), [1; 32]).await?);
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert!(txn.outbox(samples::document_id(1)).await?.is_empty());
    assert_eq!(
        txn.outbox(samples::document_id(2)).await?,
        [samples::pending(2, 1)]
    );
    Ok(())
}
