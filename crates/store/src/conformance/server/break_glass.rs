//! Broken glass.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::{
    StoreError,
    server::{BrokenGlass, Store},
};

async fn families_and_people(store: &Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    for n in 1..=2 {
        txn.create_family(&samples::family(n)).await?;
        txn.create_account(&samples::account(n)).await?;
    }
    txn.commit().await
}

/// With its reason, and its id must be new.
pub async fn a_breaking_comes_back_as_it_was(store: Arc<dyn Store>) -> Outcome {
    families_and_people(&store).await?;
    let mut txn = store.begin().await?;
    let broken = BrokenGlass {
        reason: samples::ODD.concat(),
        from: i64::MIN,
        until: i64::MAX,
        ..samples::broken(1)
    };
    txn.break_glass(&broken).await?;
    let refused = txn.break_glass(&samples::broken(1)).await;
    assert!(
        matches!(refused, Err(StoreError::Exists { .. })),
        "{refused:?}"
    );
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.broken_glass(broken.id).await?, Some(broken));
    assert_eq!(txn.broken_glass(samples::broken(2).id).await?, None);
    Ok(())
}

/// `broken_by`: one's own, oldest first, until its time.
pub async fn a_breaking_ends_by_itself(store: Arc<dyn Store>) -> Outcome {
    families_and_people(&store).await?;
    let mut txn = store.begin().await?;
    let first = BrokenGlass {
        professional: samples::professional_id(1),
        from: 5,
        until: 15,
        ..samples::broken(2)
    };
    for broken in [&samples::broken(1), &first] {
        txn.break_glass(broken).await?;
    }
    let person = samples::professional_id(1);
    let at = [0, 14, 15, 19, 20];
    let open = [2, 2, 1, 1, 0];
    for (at, open) in at.into_iter().zip(open) {
        assert_eq!(txn.broken_by(person, at).await?.len(), open, "{at}");
    }
    let both = txn.broken_by(person, 0).await?;
    assert_eq!(both, [first, samples::broken(1)]);
    assert_eq!(txn.broken_by(samples::professional_id(2), 0).await?, []);
    Ok(())
}

/// `unseen_broken_glass`, `see_broken_glass`: the first who sees it counts.
pub async fn a_breaking_is_seen_once(store: Arc<dyn Store>) -> Outcome {
    families_and_people(&store).await?;
    let mut txn = store.begin().await?;
    for n in [2, 1] {
        txn.break_glass(&samples::broken(n)).await?;
    }
    let both = [samples::broken(1), samples::broken(2)];
    assert_eq!(txn.unseen_broken_glass().await?, both);
    let (id, by) = (both[0].id, samples::professional_id(2));
    assert!(txn.see_broken_glass(id, by, 30).await?);
    assert!(!txn.see_broken_glass(id, by, 31).await?);
    assert!(!txn.see_broken_glass(samples::broken(9).id, by, 31).await?);
    txn.commit().await?;
    let unseen = store.begin().await?.unseen_broken_glass().await?;
    assert_eq!(unseen, [samples::broken(2)]);
    Ok(())
}

/// Both must be there.
pub async fn a_breaking_needs_family_and_account(store: Arc<dyn Store>) -> Outcome {
    families_and_people(&store).await?;
    for broken in [
        BrokenGlass {
            family: samples::family_id(9),
            ..samples::broken(1)
        },
        BrokenGlass {
            professional: samples::professional_id(9),
            ..samples::broken(1)
        },
    ] {
        let refused = store.begin().await?.break_glass(&broken).await;
        assert!(
            matches!(refused, Err(StoreError::Missing { .. })),
            "{refused:?}"
        );
    }
    Ok(())
}
