//! News of accepted changes.

use std::{sync::Arc, time::Duration};

use super::{Outcome, samples, with_document};
use crate::{
    StoreError,
    server::{Document, News, Store, Told},
};

/// How long news may take, so that a test fails instead of hanging.
const DEADLINE: Duration = Duration::from_secs(30);

async fn next(news: &mut Box<dyn News>) -> Result<Told, StoreError> {
    let told = tokio::time::timeout(DEADLINE, news.next()).await;
    told.ok().flatten().ok_or(StoreError::Missing {
        what: "news in time",
    })
}

fn grown(document: u8, seq: u64) -> Told {
    Told::Grown {
        document: samples::document_id(document),
        seq,
    }
}

/// Commits `changes` of document `document` in one transaction.
async fn grow(store: &Arc<dyn Store>, document: u8, changes: &[u8]) -> Outcome {
    let mut txn = store.begin().await?;
    for n in changes {
        txn.append_change(samples::document_id(document), &samples::change(*n))
            .await?;
    }
    txn.commit().await
}

async fn with_two_documents(store: &Arc<dyn Store>) -> Outcome {
    with_document(store).await?;
    let mut txn = store.begin().await?;
    txn.create_document(&Document {
        id: samples::document_id(2),
        compartment: "health".to_owned(),
        ..samples::document(1)
    })
    .await?;
    txn.commit().await
}

/// Each listener, each transaction, once for each document.
pub async fn every_listener_is_told_of_a_commit(store: Arc<dyn Store>) -> Outcome {
    with_two_documents(&store).await?;
    let mut one = store.listen().await?;
    let mut two = store.listen().await?;
    grow(&store, 1, &[1, 2, 3]).await?;
    grow(&store, 2, &[1]).await?;
    for news in [&mut one, &mut two] {
        assert_eq!(next(news).await?, grown(1, 3));
        assert_eq!(next(news).await?, grown(2, 1));
    }
    Ok(())
}

/// Nothing before the commit, nothing of what was rolled back or refused.
pub async fn only_what_is_committed_is_told(store: Arc<dyn Store>) -> Outcome {
    with_two_documents(&store).await?;
    let mut news = store.listen().await?;
    let mut txn = store.begin().await?;
    txn.append_change(samples::document_id(1), &samples::change(1))
        .await?;
    // Polled once: there is nothing yet.
    let early = tokio::select! {
        biased;
        told = news.next() => told,
        () = std::future::ready(()) => None,
    };
    assert_eq!(early, None, "told before the commit");
    drop(txn);
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(2)).await?;
    txn.commit().await?;
    grow(&store, 2, &[1]).await?;
    let mut txn = store.begin().await?;
    let again = txn
        .append_change(samples::document_id(2), &samples::change(1))
        .await;
    assert!(matches!(again, Err(StoreError::Exists { .. })), "{again:?}");
    txn.commit().await?;
    grow(&store, 1, &[2]).await?;
    // News keeps the order of the commits, so anything untrue would stand before or between.
    assert_eq!(next(&mut news).await?, grown(2, 1));
    assert_eq!(next(&mut news).await?, grown(1, 1));
    Ok(())
}

/// Whoever is told finds what it was told of.
pub async fn what_is_told_is_there(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let mut news = store.listen().await?;
    for n in 1..=10 {
        let writer = Arc::clone(&store);
        let writing = tokio::spawn(async move { grow(&writer, 1, &[n]).await });
        let told = next(&mut news).await?;
        let document = store
            .begin()
            .await?
            .document(samples::document_id(1))
            .await?;
        let head = document.map_or(0, |document| document.head);
        assert_eq!((told, head), (grown(1, head), u64::from(n)));
        writing.await.map_err(|source| StoreError::Driver {
            doing: "waiting for a writer",
            source: Box::new(source),
        })??;
    }
    Ok(())
}

/// A slow listener loses nothing silently, and costs the others nothing.
pub async fn a_lagging_listener_is_told_to_catch_up(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let mut slow = store.listen().await?;
    let mut quick = store.listen().await?;
    let mut seq = 0;
    for _ in 0..crate::server::LAG + 50 {
        let mut txn = store.begin().await?;
        let mut change = samples::change(1);
        change.hash[..8].copy_from_slice(&u64::to_be_bytes(seq));
        seq = txn.append_change(samples::document_id(1), &change).await?;
        txn.commit().await?;
        assert_eq!(next(&mut quick).await?, grown(1, seq));
    }
    assert_eq!(next(&mut slow).await?, Told::CatchUp);
    // After that it goes on with what is still there, up to the newest.
    while next(&mut slow).await? != grown(1, seq) {}
    Ok(())
}
