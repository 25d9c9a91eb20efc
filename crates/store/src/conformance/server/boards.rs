//! Boards beside the documents.

use std::sync::Arc;

use super::{Outcome, samples, with_document};
use crate::{
    StoreError,
    server::{Allocation, BoardRow, Store},
};

fn row(n: u8) -> BoardRow {
    BoardRow {
        seq: u64::from(n),
        entries: 5,
        children: u64::from(n),
        body: vec![n; 3],
    }
}

/// The newest replaces the one before.
pub async fn a_board_is_kept_and_replaced(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let document = samples::document_id(1);
    let mut txn = store.begin().await?;
    assert_eq!(txn.board(document).await?, None);
    for n in [1, 2] {
        txn.put_board(document, &row(n)).await?;
        assert_eq!(txn.board(document).await?, Some(row(n)));
    }
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.board(document).await?, Some(row(2)));
    assert_eq!(txn.board(samples::document_id(2)).await?, None);
    Ok(())
}

/// A board is of a document.
pub async fn a_board_needs_its_document(store: Arc<dyn Store>) -> Outcome {
    let refused = store
        .begin()
        .await?
        .put_board(samples::document_id(1), &row(1))
        .await;
    assert!(
        matches!(refused, Err(StoreError::Missing { .. })),
        "{refused:?}"
    );
    Ok(())
}

/// Open allocations count, with or without a board.
pub async fn a_workload_counts_families_and_their_children(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    let professional = samples::professional_id(1);
    for n in 1..=2 {
        txn.create_account(&samples::account(n)).await?;
    }
    for n in 1..=3 {
        txn.create_family(&samples::family(n)).await?;
        txn.create_document(&samples::document(n)).await?;
        txn.allocate(&Allocation {
            family: samples::family_id(n),
            professional,
            from: 1,
        })
        .await?;
    }
    txn.put_board(samples::document_id(1), &row(4)).await?;
    txn.put_board(samples::document_id(3), &row(3)).await?;
    assert_eq!(txn.workload(professional).await?, (3, 7));
    txn.end_allocation(samples::family_id(3), professional, 2)
        .await?;
    assert_eq!(txn.workload(professional).await?, (2, 4));
    assert_eq!(txn.workload(samples::professional_id(2)).await?, (0, 0));
    Ok(())
}
