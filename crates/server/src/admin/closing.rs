//! Leavers: an account's end, now or at a date, and all that ends with it.

use record::ids::ProfessionalId;
use store::server::Store;

use super::{AdminError, find};

/// Closes an account at `at`; both times are in milliseconds since 1970. When that is not after `now`,
/// everything of theirs ends in this one transaction; else [`close_due_accounts`] does it then, and
/// from that moment on the server refuses them whether it has run or not. Their devices delete their
/// copies at the next contact. Returns whether it is closed already.
pub async fn close_account(
    store: &dyn Store,
    sign_in: &str,
    at: i64,
    now: i64,
) -> Result<bool, AdminError> {
    let mut txn = store.begin().await?;
    let professional = find(&mut *txn, sign_in).await?.id;
    txn.plan_closing(professional, at).await?;
    let closed = at <= now;
    if closed {
        txn.end_everything_of(professional, at).await?;
    }
    txn.commit().await?;
    Ok(closed)
}

/// Lets an account sign in again, or drops a plan to close it. Nothing of what it reached comes back:
/// allocations, places and devices are given anew.
pub async fn reopen_account(store: &dyn Store, sign_in: &str) -> Result<(), AdminError> {
    let mut txn = store.begin().await?;
    let account = find(&mut *txn, sign_in).await?;
    if !txn.cancel_closing(account.id).await? {
        return Err(AdminError::NotClosing(account.sign_in));
    }
    Ok(txn.commit().await?)
}

/// When an account closes or has closed, in milliseconds since 1970.
pub async fn closing_of(
    store: &dyn Store,
    professional: ProfessionalId,
) -> Result<Option<i64>, AdminError> {
    Ok(store.begin().await?.closing(professional).await?)
}

/// Ends everything of the accounts whose time is over at `now` (milliseconds since 1970). Returns how
/// many there were.
pub async fn close_due_accounts(store: &dyn Store, now: i64) -> Result<usize, AdminError> {
    let mut txn = store.begin().await?;
    let due = txn.due_closings(now).await?;
    for professional in &due {
        let at = txn.closing(*professional).await?.unwrap_or(now);
        txn.end_everything_of(*professional, at).await?;
    }
    txn.commit().await?;
    Ok(due.len())
}
