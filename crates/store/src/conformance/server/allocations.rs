//! Allocations.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::{
    StoreError,
    server::{Allocation, Family, Store},
};

fn allocation(family: u8, professional: u8, from: i64) -> Allocation {
    Allocation {
        family: samples::family_id(family),
        professional: samples::professional_id(professional),
        from,
    }
}

/// Open, open again (nothing), end, end again (nothing), open anew, even at an old time.
pub async fn an_allocation_opens_ends_and_reopens(store: Arc<dyn Store>) -> Outcome {
    let (family, person) = (samples::family_id(1), samples::professional_id(1));
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    txn.create_account(&samples::account(1)).await?;
    assert!(!txn.is_allocated(family, person).await?);
    assert!(!txn.end_allocation(family, person, 1).await?);
    // The same `from` thrice, and one in between: each opens anew.
    for from in [10, 10, 20, 10] {
        txn.allocate(&allocation(1, 1, from)).await?;
        txn.allocate(&allocation(1, 1, from + 1)).await?;
        assert!(txn.is_allocated(family, person).await?);
        assert_eq!(txn.families_of(person).await?, [samples::family(1)]);
        assert!(txn.end_allocation(family, person, from + 5).await?);
        assert!(!txn.end_allocation(family, person, from + 6).await?);
        assert!(!txn.is_allocated(family, person).await?);
    }
    Ok(())
}

/// The board: open ones of this professional only, by name.
pub async fn only_open_allocations_list_a_family(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    for n in 1..=2 {
        txn.create_account(&samples::account(n)).await?;
    }
    for (n, name) in (1..).zip(["Zed", "Abel", "Ended", "Another's"]) {
        txn.create_family(&Family {
            name: name.to_owned(),
            ..samples::family(n)
        })
        .await?;
    }
    for (family, person) in [(1, 1), (2, 1), (3, 1), (4, 2)] {
        txn.allocate(&allocation(family, person, 1)).await?;
    }
    txn.end_allocation(samples::family_id(3), samples::professional_id(1), 2)
        .await?;
    txn.commit().await?;

    let listed = store
        .begin()
        .await?
        .families_of(samples::professional_id(1))
        .await?;
    let names: Vec<&str> = listed.iter().map(|family| family.name.as_str()).collect();
    assert_eq!(names, ["Abel", "Zed"]);
    Ok(())
}

/// Both must be there.
pub async fn an_allocation_needs_family_and_account(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    txn.create_account(&samples::account(1)).await?;
    txn.commit().await?;
    for (family, person) in [(1, 2), (2, 1)] {
        let refused = store
            .begin()
            .await?
            .allocate(&allocation(family, person, 1))
            .await;
        assert!(
            matches!(refused, Err(StoreError::Missing { .. })),
            "{refused:?}"
        );
    }
    Ok(())
}

/// The team: who has an open allocation to this family, by sign-in name.
pub async fn a_team_is_who_is_allocated_now(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    for n in 1..=4 {
        txn.create_account(&samples::account(n)).await?;
    }
    for n in 1..=2 {
        txn.create_family(&samples::family(n)).await?;
    }
    for (family, person) in [(1, 3), (1, 1), (1, 2), (2, 4)] {
        txn.allocate(&allocation(family, person, 1)).await?;
    }
    txn.end_allocation(samples::family_id(1), samples::professional_id(2), 2)
        .await?;
    let team = txn.team_of(samples::family_id(1)).await?;
    assert_eq!(team, [samples::account(1), samples::account(3)]);
    assert_eq!(txn.team_of(samples::family_id(3)).await?, []);
    Ok(())
}
