//! Identities at providers, and the use of sessions.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::{
    StoreError,
    server::{Identity, Session, Store},
};

fn identity(issuer: &str, subject: &str, n: u8) -> Identity {
    Identity {
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        professional: samples::professional_id(n),
        linked: i64::from(n),
    }
}

/// `link_identity`, `identity`, `unlink_identity`: by issuer and subject together, byte by byte.
pub async fn an_identity_is_linked_once_and_unlinked(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    for n in 1..=2 {
        txn.create_account(&samples::account(n)).await?;
    }
    assert_eq!(txn.identity("https://a", "x").await?, None);
    txn.link_identity(&identity("https://a", "x", 1)).await?;
    txn.link_identity(&identity("https://b", "x", 2)).await?;
    txn.link_identity(&identity("https://a", "X", 2)).await?;
    for n in 1..=2 {
        let refused = txn.link_identity(&identity("https://a", "x", n)).await;
        assert!(
            matches!(refused, Err(StoreError::Exists { .. })),
            "{refused:?}"
        );
    }
    txn.commit().await?;
    let mut txn = store.begin().await?;
    for (issuer, subject, whose) in [
        ("https://a", "x", Some(1)),
        ("https://b", "x", Some(2)),
        ("https://a", "X", Some(2)),
        ("https://a/", "x", None),
        ("https://a", "", None),
    ] {
        let found = txn.identity(issuer, subject).await?;
        assert_eq!(
            found,
            whose.map(samples::professional_id),
            "{issuer} {subject}"
        );
    }
    assert!(txn.unlink_identity("https://a", "x").await?);
    assert!(!txn.unlink_identity("https://a", "x").await?);
    assert_eq!(txn.identity("https://a", "x").await?, None);
    Ok(())
}

/// `identities_of`.
pub async fn identities_are_listed_by_issuer_and_subject(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    for n in 1..=2 {
        txn.create_account(&samples::account(n)).await?;
    }
    let mine = [
        identity("https://a", "2", 1),
        identity("https://a", "3", 1),
        identity("https://b", "1", 1),
    ];
    for n in [2, 0, 1] {
        txn.link_identity(&mine[n]).await?;
    }
    txn.link_identity(&identity("https://a", "1", 2)).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.identities_of(samples::professional_id(1)).await?, mine);
    assert_eq!(txn.identities_of(samples::professional_id(3)).await?, []);
    Ok(())
}

/// It must be there.
pub async fn an_identity_needs_its_account(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    let refused = txn.link_identity(&identity("https://a", "x", 1)).await;
    assert!(
        matches!(refused, Err(StoreError::Missing { .. })),
        "{refused:?}"
    );
    Ok(())
}

/// `session_used`, `session_last_used`: the latest time stays.
pub async fn a_sessions_use_never_goes_back(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    txn.create_session(&samples::session(1)).await?;
    assert_eq!(txn.session_last_used([1; 32]).await?, None);
    for (at, used) in [(-5, -5), (50, 50), (40, 50), (60, 60)] {
        txn.session_used([1; 32], at).await?;
        assert_eq!(txn.session_last_used([1; 32]).await?, Some(used));
    }
    let refused = txn.session_used([2; 32], 1).await;
    assert!(
        matches!(refused, Err(StoreError::Missing { .. })),
        "{refused:?}"
    );
    Ok(())
}

/// A session that begins anew with the same token was never used.
pub async fn a_sessions_use_ends_with_it(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    txn.create_session(&samples::session(1)).await?;
    txn.session_used([1; 32], 5).await?;
    txn.end_session([1; 32]).await?;
    assert_eq!(txn.session_last_used([1; 32]).await?, None);
    txn.create_session(&samples::session(1)).await?;
    assert_eq!(txn.session_last_used([1; 32]).await?, None);
    Ok(())
}

/// `drop_expired_sessions`: with their use, and no others.
pub async fn expired_sessions_are_dropped(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    for (n, expires) in [(1, 10), (2, 20), (3, 30)] {
        txn.create_session(&Session {
            token_sha256: [n; 32],
            expires,
            ..samples::session(1)
        })
        .await?;
        txn.session_used([n; 32], 1).await?;
    }
    assert_eq!(txn.drop_expired_sessions(20).await?, 2);
    assert_eq!(txn.drop_expired_sessions(20).await?, 0);
    assert_eq!(txn.session([2; 32], 0).await?, None);
    assert_eq!(txn.session_last_used([2; 32]).await?, None);
    assert_eq!(txn.session_last_used([3; 32]).await?, Some(1));
    assert!(txn.session([3; 32], 0).await?.is_some());
    Ok(())
}
