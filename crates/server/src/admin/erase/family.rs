//! Erasing a family with everything, in one transaction.

use store::server::Store;

use super::{Certificate, ErasedDocument, Keep, Order, event, remaining};
use crate::admin::{
    AdminError,
    holds::{known, must_not_be_held},
    note,
};

/// Does it.
pub(super) async fn erase(
    store: &dyn Store,
    order: &Order,
    certificate: &mut Certificate,
    keep: &mut Keep<'_>,
) -> Result<(), AdminError> {
    let family = order.what.family();
    let mut txn = store.begin().await?;
    let ids: Vec<_> = txn
        .documents_of(family)
        .await?
        .iter()
        .map(|it| it.id)
        .collect();
    drop(txn);
    let devices = remaining::devices(store, &ids).await?;

    let mut txn = store.begin().await?;
    known(&mut *txn, family).await?;
    let mut parts = Vec::new();
    for row in txn.documents_of(family).await? {
        let row = txn.lock_document(row.id).await?.unwrap_or(row);
        parts.push(ErasedDocument {
            document: row.id,
            compartment: row.compartment,
            old_lineage: txn.lineage(row.id).await?.unwrap_or(row.epoch),
            old_epoch: row.epoch,
            new_epoch: None,
            changes_before: row.head,
            changes_after: 0,
            dropped: 0,
            altered: 0,
        });
    }
    must_not_be_held(&mut *txn, family).await?;
    let erased = txn.erase_family(family, order.at).await?;
    for part in &parts {
        note(&mut *txn, part.document, family, event(certificate, part)).await?;
    }
    let rows = erased.rows.into_iter();
    certificate.rows = rows.map(|(table, n)| (table.to_owned(), n)).collect();
    certificate.documents = parts;
    certificate.remaining.devices = devices;
    // Just before: what is done then stands in it, whenever the machine stops.
    keep(certificate)?;
    Ok(txn.commit().await?)
}
