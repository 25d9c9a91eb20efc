//! After a backup has been restored.

use store::server::Store;

use super::AdminError;
use crate::NoRandomness;

/// Begins a new epoch of every document, each in a transaction of its own, so that every device looks
/// for what this database lacks and gives it back. Returns how many documents there are.
///
/// Doing it again is harmless: devices look once more. `epoch` gives a random number at each call.
pub async fn begin_epochs(
    store: &dyn Store,
    mut epoch: impl FnMut() -> Result<u64, NoRandomness>,
) -> Result<usize, AdminError> {
    let mut documents = Vec::new();
    let mut txn = store.begin().await?;
    for family in txn.families().await? {
        documents.extend(txn.documents_of(family.id).await?);
    }
    drop(txn);
    for document in &documents {
        let mut txn = store.begin().await?;
        txn.begin_epoch(document.id, epoch()?).await?;
        txn.commit().await?;
    }
    Ok(documents.len())
}
