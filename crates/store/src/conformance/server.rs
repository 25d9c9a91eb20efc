//! The server's contract, a file per subject.

pub mod accounts;
pub mod allocations;
pub mod audit;
pub mod boards;
pub mod break_glass;
pub mod changes;
pub mod documents;
pub mod families;
pub mod forgetting;
pub mod identities;
pub mod marks;
pub mod members;
pub mod news;
pub mod reach;
pub mod restoring;
pub mod teams;
pub mod transactions;

use std::sync::Arc;

use super::samples;
use crate::{StoreError, server::Store};

/// What each test returns: an error of the engine fails it.
pub type Outcome = Result<(), StoreError>;

/// A store that holds family 1 and its team document.
async fn with_document(store: &Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    txn.create_document(&samples::document(1)).await?;
    txn.commit().await
}
