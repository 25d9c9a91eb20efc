//! Documents.

use std::sync::Arc;

use super::{Outcome, samples, with_document};
use crate::{
    StoreError,
    server::{Document, Store},
};

/// The head counts the log: what the caller writes there is not believed.
pub async fn a_document_starts_empty(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    txn.create_document(&Document {
        head: 7,
        ..samples::document(1)
    })
    .await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(
        txn.document(samples::document_id(1)).await?,
        Some(samples::document(1))
    );
    assert_eq!(txn.document(samples::document_id(2)).await?, None);
    Ok(())
}

/// Neither a second document with the id nor a second one for the compartment.
pub async fn a_documents_id_and_compartment_must_be_new(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let mut txn = store.begin().await?;
    let same_id = Document {
        compartment: "health".to_owned(),
        ..samples::document(1)
    };
    let same_place = Document {
        id: samples::document_id(2),
        ..samples::document(1)
    };
    for document in [same_id, same_place] {
        let refused = txn.create_document(&document).await;
        assert!(
            matches!(refused, Err(StoreError::Exists { what: "document" })),
            "{refused:?}"
        );
    }
    Ok(())
}

/// A document of no family would be found by nobody.
pub async fn a_document_needs_its_family(store: Arc<dyn Store>) -> Outcome {
    let refused = store
        .begin()
        .await?
        .create_document(&samples::document(1))
        .await;
    assert!(
        matches!(refused, Err(StoreError::Missing { what: "family" })),
        "{refused:?}"
    );
    Ok(())
}

/// Epochs use all 64 bits, though databases' integers are signed.
pub async fn every_epoch_comes_back(store: Arc<dyn Store>) -> Outcome {
    let epochs = [0, 1, u64::MAX >> 1, 1 << 63, u64::MAX];
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    for (n, epoch) in (1..).zip(epochs) {
        let document = Document {
            id: samples::document_id(n),
            family: samples::family_id(1),
            compartment: format!("c{n}"),
            epoch,
            head: 0,
            owner: None,
        };
        txn.create_document(&document).await?;
        assert_eq!(txn.document(document.id).await?, Some(document));
    }
    Ok(())
}

/// The team's first, then by compartment; of this family only.
pub async fn the_teams_document_is_listed_first(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    txn.create_family(&samples::family(9)).await?;
    txn.create_document(&samples::document(9)).await?;
    for (n, compartment) in (1..).zip(["zeta", "team", "adult", "Adult"]) {
        let compartment = compartment.to_owned();
        let family = samples::family_id(1);
        txn.create_document(&Document {
            family,
            compartment,
            ..samples::document(n)
        })
        .await?;
    }
    let listed = txn.documents_of(samples::family_id(1)).await?;
    let order: Vec<&str> = listed.iter().map(|d| d.compartment.as_str()).collect();
    assert_eq!(order, ["team", "Adult", "adult", "zeta"]);
    assert!(txn.documents_of(samples::family_id(2)).await?.is_empty());
    Ok(())
}

/// `lock_document` answers as `document` does.
pub async fn a_locked_document_shows_its_head(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let mut txn = store.begin().await?;
    assert_eq!(txn.lock_document(id).await?, Some(samples::document(1)));
    txn.append_change(id, &samples::change(1)).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    let locked = txn.lock_document(id).await?;
    assert_eq!(
        locked,
        Some(Document {
            head: 1,
            ..samples::document(1)
        })
    );
    assert_eq!(txn.lock_document(samples::document_id(2)).await?, None);
    Ok(())
}

/// Each author has one of their own in a family, and nobody but an author owns a document.
pub async fn an_authors_own_document_has_its_owner(store: Arc<dyn Store>) -> Outcome {
    let own = |n: u8, owner: u8| Document {
        id: samples::document_id(n),
        compartment: "author-only".to_owned(),
        owner: Some(samples::professional_id(owner)),
        ..samples::document(1)
    };
    with_document(&store).await?;
    let mut txn = store.begin().await?;
    txn.create_document(&own(2, 9)).await?;
    txn.create_document(&own(3, 8)).await?;
    let twice = txn.create_document(&own(4, 9)).await;
    assert!(
        matches!(twice, Err(StoreError::Exists { what: "document" })),
        "{twice:?}"
    );
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(
        txn.document(samples::document_id(2)).await?,
        Some(own(2, 9))
    );
    assert_eq!(
        txn.documents_of(samples::family_id(1)).await?,
        [samples::document(1), own(3, 8), own(2, 9)]
    );
    drop(txn);
    let nobodys = Document {
        owner: None,
        ..own(5, 9)
    };
    let somebodys = Document {
        compartment: "health".to_owned(),
        ..own(5, 9)
    };
    for document in [nobodys, somebodys] {
        let refused = store.begin().await?.create_document(&document).await;
        assert!(refused.is_err(), "{document:?}");
    }
    Ok(())
}
