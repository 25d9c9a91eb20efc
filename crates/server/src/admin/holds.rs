//! Legal holds: families whose record must not be erased, because a court, an inquiry or a claim says so.

use record::ids::FamilyId;
use store::{
    audit::{Event, kind},
    server::{Family, Hold, Store, Txn},
};

use super::{AdminError, note_of_family, required};

/// Sets a hold from `at` (milliseconds since 1970). `reference` says where the reason can be read; a
/// case number, no story.
pub async fn set_hold(
    store: &dyn Store,
    family: FamilyId,
    reference: &str,
    at: i64,
) -> Result<(), AdminError> {
    let hold = Hold {
        family,
        reference: required(reference.trim(), "the reference")?,
        began: at,
        ended: None,
    };
    let mut txn = store.begin().await?;
    known(&mut *txn, family).await?;
    if !txn.set_hold(&hold).await? {
        let open = txn.hold_of(family).await?.unwrap_or(hold);
        return Err(AdminError::HeldAlready(open.reference));
    }
    note_of_family(&mut *txn, family, Event::new(at, kind::HOLD_SET)).await?;
    Ok(txn.commit().await?)
}

/// Ends a hold at `at` (milliseconds since 1970). Returns whether there was one.
pub async fn lift_hold(store: &dyn Store, family: FamilyId, at: i64) -> Result<bool, AdminError> {
    let mut txn = store.begin().await?;
    known(&mut *txn, family).await?;
    let lifted = txn.lift_hold(family, at).await?;
    if lifted {
        note_of_family(&mut *txn, family, Event::new(at, kind::HOLD_LIFTED)).await?;
    }
    txn.commit().await?;
    Ok(lifted)
}

/// Every open hold with its family, by beginning.
pub async fn holds(store: &dyn Store) -> Result<Vec<(Family, Hold)>, AdminError> {
    let mut txn = store.begin().await?;
    let mut listed = Vec::new();
    for hold in txn.holds().await? {
        if let Some(family) = txn.family(hold.family).await? {
            listed.push((family, hold));
        }
    }
    Ok(listed)
}

/// Refuses while a hold is open. Asked in the transaction that erases.
pub(super) async fn must_not_be_held(
    txn: &mut dyn Txn,
    family: FamilyId,
) -> Result<(), AdminError> {
    match txn.hold_of(family).await? {
        None => Ok(()),
        Some(hold) => Err(AdminError::Held {
            family,
            reference: hold.reference,
        }),
    }
}

/// The family must be there.
pub(super) async fn known(txn: &mut dyn Txn, family: FamilyId) -> Result<Family, AdminError> {
    txn.family(family)
        .await?
        .ok_or(AdminError::NoFamily(family))
}
