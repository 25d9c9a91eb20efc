//! Accounts, devices and sessions.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::{
    StoreError,
    server::{Account, Device, Session, Store},
};

/// By either key, exactly as written.
pub async fn an_account_is_found_by_id_and_name(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    for (n, name) in (1..).zip(samples::ODD) {
        let (sign_in, name) = (name.to_owned(), name.to_owned());
        txn.create_account(&Account {
            sign_in,
            name,
            ..samples::account(n)
        })
        .await?;
    }
    txn.create_account(&samples::account(99)).await?;
    txn.commit().await?;

    let mut txn = store.begin().await?;
    for (n, name) in (1..).zip(samples::ODD) {
        let (sign_in, full_name) = (name.to_owned(), name.to_owned());
        let expected = Some(Account {
            sign_in,
            name: full_name,
            ..samples::account(n)
        });
        assert_eq!(txn.account(samples::professional_id(n)).await?, expected);
        assert_eq!(txn.account_by_name(name).await?, expected);
    }
    for absent in ["person9", "Person99", "person99 ", "%"] {
        assert_eq!(txn.account_by_name(absent).await?, None, "{absent:?}");
    }
    assert_eq!(txn.account(samples::professional_id(98)).await?, None);
    Ok(())
}

/// Each alone is taken.
pub async fn an_accounts_id_and_name_must_be_new(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    let same_id = Account {
        sign_in: "other".to_owned(),
        ..samples::account(1)
    };
    let same_name = Account {
        id: samples::professional_id(2),
        ..samples::account(1)
    };
    for account in [same_id, same_name] {
        let refused = txn.create_account(&account).await;
        assert!(
            matches!(refused, Err(StoreError::Exists { what: "account" })),
            "{refused:?}"
        );
    }
    Ok(())
}

/// `enrol_device`, `device`, `revoke_device`: the first revocation's time stays.
pub async fn a_device_is_enrolled_once_and_revoked_once(store: Arc<dyn Store>) -> Outcome {
    let id = samples::device_id(1);
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    txn.enrol_device(&samples::device(1)).await?;
    let refused = txn
        .enrol_device(&Device {
            public_key: [9; 32],
            ..samples::device(1)
        })
        .await;
    assert!(
        matches!(refused, Err(StoreError::Exists { what: "device" })),
        "{refused:?}"
    );
    assert_eq!(txn.device(id).await?, Some(samples::device(1)));
    assert_eq!(txn.device(samples::device_id(2)).await?, None);

    assert!(txn.revoke_device(id, 50).await?);
    assert!(!txn.revoke_device(id, 60).await?);
    assert!(!txn.revoke_device(samples::device_id(2), 60).await?);
    txn.commit().await?;
    let revoked = Device {
        revoked: Some(50),
        ..samples::device(1)
    };
    assert_eq!(store.begin().await?.device(id).await?, Some(revoked));
    Ok(())
}

/// What signs in belongs to someone.
pub async fn a_device_and_a_session_need_their_account(store: Arc<dyn Store>) -> Outcome {
    let refused = store.begin().await?.enrol_device(&samples::device(1)).await;
    assert!(
        matches!(refused, Err(StoreError::Missing { what: "account" })),
        "{refused:?}"
    );
    let refused = store
        .begin()
        .await?
        .create_session(&samples::session(1))
        .await;
    assert!(
        matches!(refused, Err(StoreError::Missing { what: "account" })),
        "{refused:?}"
    );
    Ok(())
}

/// Valid before its time, not at it.
pub async fn a_session_expires(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    txn.create_session(&samples::session(1)).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.session([1; 32], 999).await?, Some(samples::session(1)));
    assert_eq!(txn.session([1; 32], 1_000).await?, None);
    assert_eq!(txn.session([1; 32], i64::MAX).await?, None);
    assert_eq!(txn.session([2; 32], 0).await?, None);
    let again = Session {
        expires: 5_000,
        ..samples::session(1)
    };
    let refused = txn.create_session(&again).await;
    assert!(
        matches!(refused, Err(StoreError::Exists { what: "session" })),
        "{refused:?}"
    );
    Ok(())
}

/// Ending is final, and ending nothing is no error.
pub async fn a_session_ends(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    txn.create_session(&samples::session(1)).await?;
    txn.create_session(&Session {
        token_sha256: [2; 32],
        ..samples::session(1)
    })
    .await?;
    txn.end_session([1; 32]).await?;
    txn.end_session([1; 32]).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.session([1; 32], 0).await?, None);
    assert!(txn.session([2; 32], 0).await?.is_some());
    Ok(())
}

/// By sign-in name, all of them.
pub async fn accounts_are_listed_by_sign_in_name(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    assert_eq!(txn.accounts().await?, []);
    for (n, sign_in) in (1..).zip(["zed", "Abel", "abel"]) {
        let sign_in = sign_in.to_owned();
        txn.create_account(&Account {
            sign_in,
            ..samples::account(n)
        })
        .await?;
    }
    let names: Vec<_> = txn.accounts().await?.into_iter().map(|it| it.id).collect();
    assert_eq!(names, [2, 3, 1].map(samples::professional_id));
    Ok(())
}

/// `devices_of`: in the order of enrolment, this professional's only, revoked ones too.
pub async fn devices_are_listed_by_their_owner(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    for n in 1..=2 {
        txn.create_account(&samples::account(n)).await?;
    }
    let mine = |n: u8, enrolled: i64| Device {
        professional: samples::professional_id(1),
        label: samples::ODD[usize::from(n)].to_owned(),
        enrolled,
        ..samples::device(n)
    };
    for device in [mine(3, 30), samples::device(2), mine(1, 50), mine(4, 10)] {
        txn.enrol_device(&device).await?;
    }
    txn.revoke_device(samples::device_id(3), 60).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    let revoked = Device {
        revoked: Some(60),
        ..mine(3, 30)
    };
    let listed = txn.devices_of(samples::professional_id(1)).await?;
    assert_eq!(listed, [mine(4, 10), revoked, mine(1, 50)]);
    assert_eq!(txn.devices_of(samples::professional_id(3)).await?, []);
    Ok(())
}

/// `device_seen`: the latest time stays.
pub async fn a_device_is_seen_and_never_earlier(store: Arc<dyn Store>) -> Outcome {
    let id = samples::device_id(1);
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    txn.enrol_device(&samples::device(1)).await?;
    txn.device_seen(samples::device_id(2), 50).await?;
    for (at, seen) in [(-5, -5), (50, 50), (40, 50), (60, 60)] {
        txn.device_seen(id, at).await?;
        let device = txn.device(id).await?;
        assert_eq!(device.and_then(|it| it.seen), Some(seen));
    }
    Ok(())
}
