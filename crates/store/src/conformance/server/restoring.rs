//! What a restore needs.

use std::sync::Arc;

use super::{Outcome, samples, with_document};
use crate::{
    StoreError,
    server::{Heads, Store},
};

/// The first key stays, also for the next transaction.
pub async fn there_is_one_key_for_ever(store: Arc<dyn Store>) -> Outcome {
    let mut given_up = store.begin().await?;
    assert_eq!(given_up.proof_key([1; 32]).await?, [1; 32]);
    drop(given_up);
    let mut txn = store.begin().await?;
    assert_eq!(txn.proof_key([2; 32]).await?, [2; 32]);
    assert_eq!(txn.proof_key([3; 32]).await?, [2; 32]);
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.proof_key([4; 32]).await?, [2; 32]);
    Ok(())
}

/// The newest are kept, of one document each.
pub async fn heads_are_noted_and_replaced(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let mut txn = store.begin().await?;
    assert_eq!(txn.heads(id).await?, None);
    for (seq, hashes) in [(1, vec![[1; 32]]), (2, vec![[2; 32], [3; 32]]), (0, vec![])] {
        let heads = Heads { seq, hashes };
        txn.put_heads(id, &heads).await?;
        assert_eq!(txn.heads(id).await?, Some(heads));
    }
    assert_eq!(txn.heads(samples::document_id(2)).await?, None);
    let heads = Heads {
        seq: 1,
        hashes: vec![[1; 32]],
    };
    let refused = txn.put_heads(samples::document_id(2), &heads).await;
    assert!(matches!(refused, Err(StoreError::Missing { .. })));
    Ok(())
}

/// Over any number of restores.
pub async fn a_lineage_outlives_new_epochs(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let first = samples::document(1).epoch;
    let mut txn = store.begin().await?;
    assert_eq!(txn.lineage(id).await?, Some(first));
    for epoch in [7, u64::MAX, 0] {
        txn.begin_epoch(id, epoch).await?;
        assert_eq!(txn.document(id).await?.map(|it| it.epoch), Some(epoch));
        assert_eq!(txn.lineage(id).await?, Some(first));
    }
    let nowhere = samples::document_id(2);
    assert_eq!(txn.lineage(nowhere).await?, None);
    let refused = txn.begin_epoch(nowhere, 1).await;
    assert!(matches!(refused, Err(StoreError::Missing { .. })));
    Ok(())
}

/// By document and number.
pub async fn who_gave_back_is_noted(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let by = samples::device(3).id;
    let mut txn = store.begin().await?;
    txn.append_change(id, &samples::change(1)).await?;
    assert_eq!(txn.returned(id, 1).await?, None);
    txn.note_returned(id, 1, by, 5).await?;
    assert_eq!(txn.returned(id, 1).await?, Some((by, 5)));
    assert_eq!(txn.returned(id, 2).await?, None);
    Ok(())
}
