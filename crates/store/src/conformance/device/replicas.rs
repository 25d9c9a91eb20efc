//! The profile and the documents.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::device::{DeviceStore, Replica};

/// `profile`, `put_profile`: absent before enrolment, replaced by another.
pub async fn there_is_one_profile(store: Arc<dyn DeviceStore>) -> Outcome {
    let mut txn = store.begin().await?;
    assert_eq!(txn.profile().await?, None);
    txn.put_profile(&samples::profile(1)).await?;
    assert_eq!(txn.profile().await?, Some(samples::profile(1)));
    txn.put_profile(&samples::profile(2)).await?;
    txn.commit().await?;
    assert_eq!(
        store.begin().await?.profile().await?,
        Some(samples::profile(2))
    );
    Ok(())
}

/// `put_replica`, `replica`.
pub async fn a_replica_is_added_and_replaced(store: Arc<dyn DeviceStore>) -> Outcome {
    let id = samples::document_id(1);
    let newer = Replica {
        document: id,
        ..samples::replica(7)
    };
    let mut txn = store.begin().await?;
    txn.put_replica(&samples::replica(1)).await?;
    txn.put_replica(&samples::replica(2)).await?;
    assert_eq!(txn.replica(id).await?, Some(samples::replica(1)));
    txn.put_replica(&newer).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.replica(id).await?, Some(newer));
    assert_eq!(
        txn.replica(samples::document_id(2)).await?,
        Some(samples::replica(2))
    );
    assert_eq!(txn.replica(samples::document_id(3)).await?, None);
    Ok(())
}

/// `replicas`.
pub async fn replicas_are_listed_by_id(store: Arc<dyn DeviceStore>) -> Outcome {
    let mut txn = store.begin().await?;
    for n in [3, 200, 1] {
        txn.put_replica(&samples::replica(n)).await?;
    }
    let expected = [
        samples::replica(1),
        samples::replica(3),
        samples::replica(200),
    ];
    assert_eq!(txn.replicas().await?, expected);
    Ok(())
}

/// `drop_replica`: access ends, the user's own words stay.
pub async fn dropping_a_replica_keeps_what_the_user_wrote(store: Arc<dyn DeviceStore>) -> Outcome {
    let id = samples::document_id(1);
    let mut txn = store.begin().await?;
    txn.put_replica(&samples::replica(1)).await?;
    txn.push_pending(&samples::pending(1, 1)).await?;
    txn.put_quarantined(&samples::quarantined(1)).await?;
    txn.put_draft(&samples::draft(1)).await?;
    txn.drop_replica(id).await?;
    txn.drop_replica(id).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.replica(id).await?, None);
    assert_eq!(txn.outbox(id).await?, [samples::pending(1, 1)]);
    assert_eq!(txn.quarantine().await?, [samples::quarantined(1)]);
    assert_eq!(txn.drafts().await?, [samples::draft(1)]);
    Ok(())
}

/// All 64 bits of epoch and cursor; five megabytes; an odd name.
pub async fn extreme_cursors_and_large_documents_come_back(store: Arc<dyn DeviceStore>) -> Outcome {
    let mut txn = store.begin().await?;
    for (n, value) in (1..).zip([0, u64::MAX >> 1, 1 << 63, u64::MAX]) {
        let replica = Replica {
            epoch: value,
            cursor: u64::MAX - value,
            bytes: (0..=u8::MAX).cycle().take(5_000_000).collect(),
            family_name: samples::ODD[usize::from(n)].to_owned(),
            ..samples::replica(n)
        };
        txn.put_replica(&replica).await?;
        let found = txn.replica(replica.document).await?;
        assert!(
            found == Some(replica),
            "the replica with epoch {value} differs"
        );
    }
    txn.commit().await
}
