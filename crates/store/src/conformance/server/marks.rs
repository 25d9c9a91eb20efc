//! What a request is marked with is new once.

use std::sync::Arc;

use super::Outcome;
use crate::server::Store;

/// `Store::is_first`: once for each mark, whoever else asks at the same moment.
pub async fn a_mark_is_new_once(store: Arc<dyn Store>) -> Outcome {
    assert!(store.is_first([1; 32], 100, 1).await?);
    assert!(!store.is_first([1; 32], 100, 2).await?);
    assert!(store.is_first([2; 32], 100, 2).await?);
    let both = tokio::join!(
        store.is_first([3; 32], 100, 3),
        store.is_first([3; 32], 100, 3)
    );
    assert!(both.0? != both.1?);
    Ok(())
}

/// `Store::is_first`: at the last moment at which its request counts, a mark is still known.
pub async fn a_mark_is_kept_as_long_as_it_counts(store: Arc<dyn Store>) -> Outcome {
    assert!(store.is_first([0; 32], 1_000_000, 1).await?);
    // A mark that begins with zeros has the old ones swept away, where an engine does that in turn.
    for now in [500_000, 1_000_000] {
        store.is_first([0; 32], 1_000_000, now).await?;
        assert!(!store.is_first([0; 32], 1_000_000, now).await?);
    }
    Ok(())
}
