//! Families.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::{
    StoreError,
    server::{Family, Store},
};

/// `create_family`, `family`.
pub async fn a_family_comes_back_as_it_was(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(
        txn.family(samples::family_id(1)).await?,
        Some(samples::family(1))
    );
    assert_eq!(txn.family(samples::family_id(2)).await?, None);
    Ok(())
}

/// The second of two with one id is refused and the first one stays.
pub async fn a_familys_id_must_be_new(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    let other = Family {
        name: "Other".to_owned(),
        ..samples::family(1)
    };
    let refused = txn.create_family(&other).await;
    assert!(
        matches!(refused, Err(StoreError::Exists { what: "family" })),
        "{refused:?}"
    );
    assert_eq!(
        txn.family(samples::family_id(1)).await?,
        Some(samples::family(1))
    );
    Ok(())
}

/// By name, byte by byte, on every engine and in every locale; then by id.
pub async fn families_are_listed_by_name(store: Arc<dyn Store>) -> Outcome {
    let names = ["Zed", "Åberg", "abel", "Brennan", "Brennan"];
    let mut txn = store.begin().await?;
    for (n, name) in (1..).zip(names) {
        txn.create_family(&Family {
            name: name.to_owned(),
            ..samples::family(n)
        })
        .await?;
    }
    let listed = txn.families().await?;
    let order: Vec<&str> = listed.iter().map(|family| family.name.as_str()).collect();
    assert_eq!(order, ["Brennan", "Brennan", "Zed", "abel", "Åberg"]);
    assert_eq!(listed[0].id, samples::family_id(4));
    Ok(())
}

/// Quotes, SQL, other scripts and emoji are only characters.
pub async fn odd_names_come_back_as_they_were(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    for (n, name) in (1..).zip(samples::ODD) {
        txn.create_family(&Family {
            name: name.to_owned(),
            ..samples::family(n)
        })
        .await?;
    }
    txn.commit().await?;
    let mut txn = store.begin().await?;
    for (n, name) in (1..).zip(samples::ODD) {
        let found = txn.family(samples::family_id(n)).await?;
        assert_eq!(found.map(|family| family.name).as_deref(), Some(name));
    }
    Ok(())
}
