//! Named members of compartments.

use std::sync::Arc;

use super::{Outcome, samples, with_document};
use crate::{
    StoreError,
    server::{Document, Membership, Store},
};

fn membership(document: u8, professional: u8, from: i64) -> Membership {
    Membership {
        document: samples::document_id(document),
        professional: samples::professional_id(professional),
        from,
    }
}

/// As an allocation does, and of one document only.
pub async fn a_membership_opens_ends_and_reopens(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let (document, person) = (samples::document_id(1), samples::professional_id(1));
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    txn.create_document(&Document {
        id: samples::document_id(2),
        compartment: "health".to_owned(),
        ..samples::document(1)
    })
    .await?;
    assert_eq!(txn.members_of(document).await?, []);
    assert!(!txn.end_membership(document, person, 1).await?);
    for from in [10, 10, 20, 10] {
        txn.add_member(&membership(1, 1, from)).await?;
        txn.add_member(&membership(1, 1, from + 1)).await?;
        assert_eq!(txn.members_of(document).await?, [person]);
        assert_eq!(txn.members_of(samples::document_id(2)).await?, []);
        assert!(txn.end_membership(document, person, from + 5).await?);
        assert!(!txn.end_membership(document, person, from + 6).await?);
        assert_eq!(txn.members_of(document).await?, []);
    }
    Ok(())
}

/// By id; one who has left is none.
pub async fn members_are_listed_by_id(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let mut txn = store.begin().await?;
    for n in 1..=3 {
        txn.create_account(&samples::account(n)).await?;
    }
    for n in [3, 1, 2] {
        txn.add_member(&membership(1, n, 1)).await?;
    }
    txn.end_membership(samples::document_id(1), samples::professional_id(2), 2)
        .await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    let members = txn.members_of(samples::document_id(1)).await?;
    assert_eq!(members, [1, 3].map(samples::professional_id));
    assert_eq!(txn.members_of(samples::document_id(9)).await?, []);
    Ok(())
}

/// Both must be there.
pub async fn a_membership_needs_document_and_account(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    txn.commit().await?;
    for (document, person) in [(1, 2), (2, 1)] {
        let refused = store
            .begin()
            .await?
            .add_member(&membership(document, person, 1))
            .await;
        assert!(
            matches!(refused, Err(StoreError::Missing { .. })),
            "{refused:?}"
        );
    }
    Ok(())
}
