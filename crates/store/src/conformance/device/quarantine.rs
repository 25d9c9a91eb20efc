//! The quarantine.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::device::{DeviceStore, Quarantined};

/// By the time of refusal; of two at one time, the one that arrived first.
pub async fn refused_changes_come_oldest_first(store: Arc<dyn DeviceStore>) -> Outcome {
    let at = |n, refused| Quarantined {
        refused,
        ..samples::quarantined(n)
    };
    let mut txn = store.begin().await?;
    for refused in [at(4, 20), at(3, 10), at(2, 10), at(1, 30)] {
        txn.put_quarantined(&refused).await?;
    }
    assert_eq!(
        txn.quarantine().await?,
        [at(3, 10), at(2, 10), at(4, 20), at(1, 30)]
    );
    Ok(())
}

/// `put_quarantined` with a known id.
pub async fn a_refused_change_is_replaced_by_id(store: Arc<dyn DeviceStore>) -> Outcome {
    let other = Quarantined {
        id: samples::record_id(1),
        ..samples::quarantined(2)
    };
    let mut txn = store.begin().await?;
    txn.put_quarantined(&samples::quarantined(1)).await?;
    txn.put_quarantined(&other).await?;
    txn.commit().await?;
    assert_eq!(store.begin().await?.quarantine().await?, [other]);
    Ok(())
}

/// `drop_quarantined` says whether it was there.
pub async fn a_refused_change_is_dropped_once(store: Arc<dyn DeviceStore>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.put_quarantined(&samples::quarantined(1)).await?;
    txn.put_quarantined(&samples::quarantined(2)).await?;
    assert!(txn.drop_quarantined(samples::record_id(1)).await?);
    assert!(!txn.drop_quarantined(samples::record_id(1)).await?);
    assert_eq!(txn.quarantine().await?, [samples::quarantined(2)]);
    Ok(())
}
