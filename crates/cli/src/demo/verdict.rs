//! What must hold when everybody has synced.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, ensure};
use record::{Change, Document, ids::FamilyId};
use store::server::Store as _;
use store_sqlite::SqliteStore;

use crate::device::Device;

/// The heads that all devices but `except` share; `except` must no longer have the family.
pub(super) fn same_heads(
    devices: &BTreeMap<&str, Device>,
    except: &str,
    family: FamilyId,
) -> Result<Vec<[u8; 32]>> {
    let mut all = Vec::new();
    for (who, device) in devices {
        if *who == except {
            ensure!(
                device.document(family).is_err(),
                "a device kept a family that its owner is no longer allocated to"
            );
        } else {
            ensure!(
                device.waiting() == 0,
                "a change still waits on a device after its sync"
            );
            all.push(device.document(family)?.heads());
        }
    }
    let first = all.first().context("somebody has synced")?.clone();
    ensure!(
        all.iter().all(|heads| *heads == first),
        "devices differ after their sync"
    );
    Ok(first)
}

/// The refused change is on its device, with its reason and its words.
pub(super) async fn still_readable(devices: &BTreeMap<&str, Device>, who: &str) -> Result<()> {
    let device = devices.get(who).context("everybody has a device")?;
    let quarantine = device.quarantine().await?;
    let refused = quarantine
        .first()
        .context("the refused change is not on its device")?;
    ensure!(
        refused.content.contains("probation appointments"),
        "the refused change can't be read on its device"
    );
    super::say(&format!(
        "{}: the refused note is still on the device, readable, to be sent again",
        device.name()
    ));
    Ok(())
}

/// The record as the server's database has it, read without the server.
pub(super) async fn document(database: &Path, family: FamilyId) -> Result<Document> {
    let store = SqliteStore::open(database).await?;
    let mut txn = store.begin().await?;
    let row = txn.documents_of(family).await?.into_iter().next();
    let row = row.context("the server has the family's record")?;
    let mut document = Document::genesis();
    for stored in txn.changes_after(row.id, 0, u32::MAX).await? {
        document.apply(&Change::decode(&stored.change.bytes)?)?;
    }
    drop(txn);
    store.close().await;
    Ok(document)
}
