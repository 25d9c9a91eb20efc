//! What a transaction promises, whatever it writes.

use std::sync::Arc;

use super::{Outcome, samples, with_document};
use crate::{
    StoreError,
    server::{Allocation, NewChange, Snapshot, Store, Txn},
};

async fn write_everything(txn: &mut Box<dyn Txn>) -> Outcome {
    txn.create_family(&samples::family(1)).await?;
    txn.create_document(&samples::document(1)).await?;
    txn.append_change(samples::document_id(1), &samples::change(1))
        .await?;
    txn.put_snapshot(
        samples::document_id(1),
        &Snapshot {
            seq: 1,
            bytes: vec![1],
        },
    )
    .await?;
    txn.bind_actor(samples::document_id(1), b"actor", samples::device_id(1))
        .await?;
    txn.create_account(&samples::account(1)).await?;
    txn.enrol_device(&samples::device(1)).await?;
    txn.create_session(&samples::session(1)).await?;
    let (family, professional) = (samples::family_id(1), samples::professional_id(1));
    txn.allocate(&Allocation {
        family,
        professional,
        from: 1,
    })
    .await
}

/// How many of the nine things are there.
async fn count_everything(store: &Arc<dyn Store>) -> Result<usize, StoreError> {
    let mut txn = store.begin().await?;
    let (family, document) = (samples::family_id(1), samples::document_id(1));
    let professional = samples::professional_id(1);
    let found = [
        txn.family(family).await?.is_some(),
        txn.document(document).await?.is_some(),
        !txn.changes_after(document, 0, 10).await?.is_empty(),
        txn.snapshot(document).await?.is_some(),
        txn.account(professional).await?.is_some(),
        txn.device(samples::device_id(1)).await?.is_some(),
        txn.session([1; 32], 0).await?.is_some(),
        txn.is_allocated(family, professional).await?,
        // The actor last: another device may bind it only when it is not there, and asking binds it.
        txn.document(document).await?.is_some()
            && txn
                .bind_actor(document, b"actor", samples::device_id(2))
                .await?
                == samples::device_id(1),
    ];
    Ok(found.into_iter().filter(|there| *there).count())
}

/// Dropping is rolling back, for every table.
pub async fn a_dropped_transaction_leaves_nothing(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    write_everything(&mut txn).await?;
    drop(txn);
    assert_eq!(count_everything(&store).await?, 0);
    Ok(())
}

/// A client that hangs up stops a request anywhere, also in the middle of a call.
pub async fn a_cancelled_call_leaves_nothing(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let document = samples::document_id(1);
    let large = NewChange {
        bytes: vec![7; 1_000_000],
        ..samples::change(1)
    };
    for _ in 0..20 {
        let mut txn = store.begin().await?;
        // Polled once, then dropped wherever it stands.
        tokio::select! {
            biased;
            _ = txn.append_change(document, &large) => {}
            () = std::future::ready(()) => {}
        }
    }
    let mut txn = store.begin().await?;
    assert_eq!(txn.document(document).await?, Some(samples::document(1)));
    assert_eq!(txn.append_change(document, &large).await?, 1);
    txn.commit().await
}

/// Committing keeps, for every table.
pub async fn a_committed_transaction_is_seen_by_the_next(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    write_everything(&mut txn).await?;
    txn.commit().await?;
    assert_eq!(count_everything(&store).await?, 9);
    Ok(())
}

/// Reading inside a transaction shows what it has written.
pub async fn a_transaction_sees_its_own_writes(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    write_everything(&mut txn).await?;
    assert_eq!(
        txn.family(samples::family_id(1)).await?,
        Some(samples::family(1))
    );
    assert_eq!(
        txn.document(samples::document_id(1)).await?.map(|d| d.head),
        Some(1)
    );
    Ok(())
}

/// "Exists" is an answer, not a failure: the same transaction can go on and commit.
pub async fn after_a_refusal_the_transaction_goes_on(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let document = samples::document_id(1);
    let mut txn = store.begin().await?;
    txn.append_change(document, &samples::change(1)).await?;
    let again = txn.append_change(document, &samples::change(1)).await;
    assert!(matches!(again, Err(StoreError::Exists { .. })), "{again:?}");
    let again = txn.create_family(&samples::family(1)).await;
    assert!(matches!(again, Err(StoreError::Exists { .. })), "{again:?}");
    assert_eq!(txn.append_change(document, &samples::change(2)).await?, 2);
    txn.commit().await?;

    let changes = store.begin().await?.changes_after(document, 0, 10).await?;
    assert_eq!(changes.iter().map(|c| c.seq).collect::<Vec<_>>(), [1, 2]);
    Ok(())
}

/// Many tasks that write at once all succeed, without retrying.
pub async fn writers_queue_and_none_is_lost(store: Arc<dyn Store>) -> Outcome {
    let tasks: Vec<_> = (1..=20)
        .map(|n| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let mut txn = store.begin().await?;
                txn.create_family(&samples::family(n)).await?;
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
    assert_eq!(store.begin().await?.families().await?.len(), 20);
    Ok(())
}
