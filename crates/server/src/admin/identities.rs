//! Which account belongs to whom at the identity provider. Set here and nowhere else.

use store::server::{Identity, Store};

use super::{AdminError, find, required};

/// Links an identity to an account from `at` (milliseconds since 1970): who signs in at the provider
/// `issuer` with this `subject` is that account.
pub async fn link_identity(
    store: &dyn Store,
    sign_in: &str,
    issuer: &str,
    subject: &str,
    at: i64,
) -> Result<(), AdminError> {
    let mut txn = store.begin().await?;
    let professional = find(&mut *txn, sign_in).await?.id;
    txn.link_identity(&Identity {
        issuer: required(issuer, "the issuer")?,
        subject: required(subject, "the subject")?,
        professional,
        linked: at,
    })
    .await?;
    Ok(txn.commit().await?)
}

/// Unlinks an identity. Returns whether it was linked to this account.
pub async fn unlink_identity(
    store: &dyn Store,
    sign_in: &str,
    issuer: &str,
    subject: &str,
) -> Result<bool, AdminError> {
    let mut txn = store.begin().await?;
    let professional = find(&mut *txn, sign_in).await?.id;
    if txn.identity(issuer, subject).await? != Some(professional) {
        return Ok(false);
    }
    let unlinked = txn.unlink_identity(issuer, subject).await?;
    txn.commit().await?;
    Ok(unlinked)
}

/// The identities of an account, by issuer and subject.
pub async fn identities(store: &dyn Store, sign_in: &str) -> Result<Vec<Identity>, AdminError> {
    let mut txn = store.begin().await?;
    let professional = find(&mut *txn, sign_in).await?.id;
    Ok(txn.identities_of(professional).await?)
}
