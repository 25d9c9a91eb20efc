//! Drafts.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::device::{DeviceStore, Draft};

/// By when they were begun, not by when they last changed.
pub async fn drafts_come_oldest_first(store: Arc<dyn DeviceStore>) -> Outcome {
    let at = |n, begun, changed| Draft {
        begun,
        changed,
        ..samples::draft(n)
    };
    let mut txn = store.begin().await?;
    for draft in [at(1, 30, 31), at(2, 10, 99), at(3, 20, 20)] {
        txn.put_draft(&draft).await?;
    }
    assert_eq!(
        txn.drafts().await?,
        [at(2, 10, 99), at(3, 20, 20), at(1, 30, 31)]
    );
    Ok(())
}

/// `put_draft`, `draft`.
pub async fn a_draft_is_added_and_replaced(store: Arc<dyn DeviceStore>) -> Outcome {
    let id = samples::entry_id(1);
    let mut txn = store.begin().await?;
    txn.put_draft(&samples::draft(1)).await?;
    assert_eq!(txn.draft(id).await?, Some(samples::draft(1)));
    let newer = Draft {
        id,
        ..samples::draft(2)
    };
    txn.put_draft(&newer).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.draft(id).await?, Some(newer));
    assert_eq!(txn.draft(samples::entry_id(2)).await?, None);
    Ok(())
}

/// `drop_draft` says whether it was there.
pub async fn a_draft_is_dropped_once(store: Arc<dyn DeviceStore>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.put_draft(&samples::draft(1)).await?;
    txn.put_draft(&samples::draft(2)).await?;
    assert!(txn.drop_draft(samples::entry_id(1)).await?);
    assert!(!txn.drop_draft(samples::entry_id(1)).await?);
    assert_eq!(txn.drafts().await?, [samples::draft(2)]);
    Ok(())
}

/// What people dictate and type is kept character by character.
pub async fn odd_texts_come_back_as_they_were(store: Arc<dyn DeviceStore>) -> Outcome {
    let mut txn = store.begin().await?;
    for (n, text) in (1..).zip(samples::ODD) {
        txn.put_draft(&Draft {
            json: text.to_owned(),
            ..samples::draft(n)
        })
        .await?;
    }
    txn.commit().await?;
    let mut txn = store.begin().await?;
    for (n, text) in (1..).zip(samples::ODD) {
        let found = txn.draft(samples::entry_id(n)).await?;
        assert_eq!(found.map(|draft| draft.json).as_deref(), Some(text));
    }
    Ok(())
}
