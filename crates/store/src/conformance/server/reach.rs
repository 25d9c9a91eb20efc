//! What comes near to one person.

use std::sync::Arc;

use super::{Outcome, samples};
use crate::server::{Allocation, BrokenGlass, Document, NearFamily, Store, TeamPlace, Txn};

const ALLOCATED: u8 = 1;
const BY_TEAM: u8 = 2;
const BY_GLASS: u8 = 3;
const STRANGE: u8 = 4;

/// Four families with documents, three of them near to person 1: one in each way.
async fn a_neighbourhood(txn: &mut dyn Txn) -> Outcome {
    for n in [ALLOCATED, BY_TEAM, BY_GLASS, STRANGE] {
        txn.create_family(&samples::family(n)).await?;
        txn.create_account(&samples::account(n)).await?;
        txn.create_document(&samples::document(n)).await?;
    }
    let person = samples::professional_id(1);
    txn.allocate(&Allocation {
        family: samples::family_id(ALLOCATED),
        professional: person,
        from: 1,
    })
    .await?;
    let team = samples::team_id(1);
    txn.create_team(&samples::team(1)).await?;
    txn.join_team(&TeamPlace {
        team,
        professional: person,
        role: "manager".to_owned(),
        from: 1,
    })
    .await?;
    txn.assign_family(team, samples::family_id(BY_TEAM), 1)
        .await?;
    txn.restrict_family(samples::family_id(BY_TEAM), 1).await?;
    txn.break_glass(&BrokenGlass {
        family: samples::family_id(BY_GLASS),
        professional: person,
        until: 20,
        ..samples::broken(1)
    })
    .await
}

fn near(n: u8) -> NearFamily {
    NearFamily {
        family: samples::family(n),
        allocated: n == ALLOCATED,
        team: (n == BY_TEAM).then(|| samples::team_id(1)),
        restricted: n == BY_TEAM,
    }
}

/// `families_near`: by allocation, by team, by broken glass, each with what is known of it; and nothing any
/// more when that has ended.
pub async fn families_come_near_in_three_ways_and_go_again(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    a_neighbourhood(&mut *txn).await?;
    let person = samples::professional_id(1);
    let all = [near(ALLOCATED), near(BY_TEAM), near(BY_GLASS)];
    assert_eq!(txn.families_near(person, 19).await?, all);
    // The glass is whole again at its time.
    assert_eq!(txn.families_near(person, 20).await?, all[..2]);
    assert_eq!(txn.families_near(samples::professional_id(2), 0).await?, []);

    // Near in every way at once: named once.
    let family = samples::family_id(BY_TEAM);
    txn.allocate(&Allocation {
        family,
        professional: person,
        from: 2,
    })
    .await?;
    let twice = NearFamily {
        allocated: true,
        ..near(BY_TEAM)
    };
    assert_eq!(
        txn.families_near(person, 20).await?,
        [near(ALLOCATED), twice.clone()]
    );

    // Allocated still, when the team's time with it is over; the restriction ends, too.
    assert!(txn.unassign_family(family, 3).await?);
    assert!(txn.lift_restriction(family, 3).await?);
    assert!(
        txn.end_allocation(samples::family_id(ALLOCATED), person, 3)
            .await?
    );
    let alone = NearFamily {
        team: None,
        restricted: false,
        ..twice
    };
    assert_eq!(txn.families_near(person, 20).await?, [alone]);
    assert!(txn.end_allocation(family, person, 4).await?);
    txn.commit().await?;

    let mut txn = store.begin().await?;
    assert_eq!(txn.families_near(person, 20).await?, []);
    // A place that has ended opens nothing.
    txn.assign_family(samples::team_id(1), family, 5).await?;
    assert!(txn.leave_team(samples::team_id(1), person, 6).await?);
    assert_eq!(txn.families_near(person, 20).await?, []);
    Ok(())
}

/// `documents_near`: all of those families, the team's first.
pub async fn all_documents_of_near_families_come_near(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    a_neighbourhood(&mut *txn).await?;
    let beside = |n: u8, compartment: &str| Document {
        id: samples::document_id(n),
        compartment: compartment.to_owned(),
        ..samples::document(ALLOCATED)
    };
    let own = Document {
        owner: Some(samples::professional_id(1)),
        ..beside(12, "author-only")
    };
    for document in [&beside(11, "health"), &own] {
        txn.create_document(document).await?;
    }
    txn.append_change(samples::document_id(BY_TEAM), &samples::change(1))
        .await?;
    let grown = Document {
        head: 1,
        ..samples::document(BY_TEAM)
    };
    let person = samples::professional_id(1);
    let of = [
        samples::document(ALLOCATED),
        own,
        beside(11, "health"),
        grown,
    ];
    assert_eq!(txn.documents_near(person, 20).await?, of);
    let broken = txn.documents_near(person, 19).await?;
    assert_eq!(broken[..4], of);
    assert_eq!(broken[4..], [samples::document(BY_GLASS)]);
    assert_eq!(
        txn.documents_near(samples::professional_id(2), 0).await?,
        []
    );
    Ok(())
}
