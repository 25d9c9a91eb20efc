//! Teams, restricted families, leavers.

use std::sync::Arc;

use super::{Outcome, samples, with_document};
use crate::{
    StoreError,
    server::{Allocation, Document, Family, Membership, Store, Team, TeamPlace},
};

fn place(team: u8, professional: u8, role: &str, from: i64) -> TeamPlace {
    TeamPlace {
        team: samples::team_id(team),
        professional: samples::professional_id(professional),
        role: role.to_owned(),
        from,
    }
}

/// Names compare byte by byte; teams are listed by name.
pub async fn a_teams_id_and_name_must_be_new(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    assert_eq!(txn.teams().await?, []);
    txn.create_team(&samples::team(2)).await?;
    txn.create_team(&samples::team(1)).await?;
    for again in [
        samples::team(1),
        Team {
            id: samples::team_id(3),
            ..samples::team(1)
        },
        Team {
            name: "another".to_owned(),
            ..samples::team(1)
        },
    ] {
        let refused = txn.create_team(&again).await;
        assert!(
            matches!(refused, Err(StoreError::Exists { .. })),
            "{refused:?}"
        );
    }
    txn.commit().await?;
    let teams = store.begin().await?.teams().await?;
    assert_eq!(teams, [samples::team(1), samples::team(2)]);
    Ok(())
}

/// `join_team`, `leave_team`, `places_in`, `places_of`.
pub async fn a_place_opens_changes_its_role_ends_and_reopens(store: Arc<dyn Store>) -> Outcome {
    let (team, person) = (samples::team_id(1), samples::professional_id(1));
    let mut txn = store.begin().await?;
    for n in 1..=2 {
        txn.create_account(&samples::account(n)).await?;
        txn.create_team(&samples::team(n)).await?;
    }
    assert!(!txn.leave_team(team, person, 1).await?);
    txn.join_team(&place(1, 2, "member", 5)).await?;
    for from in [10, 10, 20] {
        txn.join_team(&place(1, 1, "member", from)).await?;
        txn.join_team(&place(1, 1, "member", from + 1)).await?;
        assert_eq!(txn.places_of(person).await?, [place(1, 1, "member", from)]);
        txn.join_team(&place(1, 1, "manager", from + 2)).await?;
        let manages = place(1, 1, "manager", from + 2);
        let in_team = [manages, place(1, 2, "member", 5)];
        assert_eq!(txn.places_of(person).await?, in_team[..1]);
        assert_eq!(txn.places_in(team).await?, in_team);
        // A role that changes in the moment in which it was given.
        txn.join_team(&place(1, 1, "supervisor", from + 2)).await?;
        txn.join_team(&place(1, 1, "manager", from + 2)).await?;
        txn.join_team(&place(2, 1, "supervisor", from)).await?;
        assert_eq!(
            txn.places_of(person).await?,
            [
                place(1, 1, "manager", from + 2),
                place(2, 1, "supervisor", from)
            ]
        );
        assert!(
            txn.leave_team(samples::team_id(2), person, from + 3)
                .await?
        );
        assert!(txn.leave_team(team, person, from + 3).await?);
        assert!(!txn.leave_team(team, person, from + 4).await?);
        assert_eq!(txn.places_of(person).await?, []);
    }
    txn.commit().await?;
    let places = store.begin().await?.places_in(team).await?;
    assert_eq!(places, [place(1, 2, "member", 5)]);
    Ok(())
}

/// All three.
pub async fn a_place_needs_team_and_account_and_a_known_role(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    txn.create_team(&samples::team(1)).await?;
    txn.commit().await?;
    for (team, person) in [(1, 2), (2, 1)] {
        let place = place(team, person, "member", 1);
        let refused = store.begin().await?.join_team(&place).await;
        assert!(
            matches!(refused, Err(StoreError::Missing { .. })),
            "{refused:?}"
        );
    }
    for role in ["", "Manager", "owner"] {
        let place = place(1, 1, role, 1);
        assert!(store.begin().await?.join_team(&place).await.is_err());
    }
    Ok(())
}

/// `assign_family`, `unassign_family`, `team_responsible`.
pub async fn a_family_has_one_team_at_a_time(store: Arc<dyn Store>) -> Outcome {
    let family = samples::family_id(1);
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    for n in 1..=2 {
        txn.create_team(&samples::team(n)).await?;
    }
    assert_eq!(txn.team_responsible(family).await?, None);
    assert!(!txn.unassign_family(family, 1).await?);
    for (team, from) in [(1, 10), (1, 11), (2, 20), (1, 20), (2, 30)] {
        let team = samples::team_id(team);
        txn.assign_family(team, family, from).await?;
        assert_eq!(txn.team_responsible(family).await?, Some(team));
    }
    assert_eq!(txn.families_assigned(samples::team_id(1)).await?, []);
    assert!(txn.unassign_family(family, 40).await?);
    assert!(!txn.unassign_family(family, 41).await?);
    assert_eq!(txn.team_responsible(family).await?, None);
    Ok(())
}

/// `families_assigned`.
pub async fn assigned_families_are_listed_by_name(store: Arc<dyn Store>) -> Outcome {
    let team = samples::team_id(1);
    let mut txn = store.begin().await?;
    for n in 1..=2 {
        txn.create_team(&samples::team(n)).await?;
    }
    let named = |n: u8, name: &str| Family {
        name: name.to_owned(),
        ..samples::family(n)
    };
    for (n, name, team) in [(1, "Pryce", 1), (2, "Adeyemi", 1), (3, "Brennan", 2)] {
        txn.create_family(&named(n, name)).await?;
        let team = samples::team_id(team);
        txn.assign_family(team, samples::family_id(n), 1).await?;
    }
    txn.commit().await?;
    let listed = store.begin().await?.families_assigned(team).await?;
    assert_eq!(listed, [named(2, "Adeyemi"), named(1, "Pryce")]);
    Ok(())
}

/// Both must be there.
pub async fn an_assignment_needs_team_and_family(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    txn.create_team(&samples::team(1)).await?;
    txn.commit().await?;
    for (team, family) in [(1, 2), (2, 1)] {
        let (team, family) = (samples::team_id(team), samples::family_id(family));
        let refused = store.begin().await?.assign_family(team, family, 1).await;
        assert!(
            matches!(refused, Err(StoreError::Missing { .. })),
            "{refused:?}"
        );
    }
    Ok(())
}

/// `restrict_family`, `lift_restriction`, `is_restricted`.
pub async fn a_restriction_begins_and_ends(store: Arc<dyn Store>) -> Outcome {
    let family = samples::family_id(1);
    let mut txn = store.begin().await?;
    for n in 1..=2 {
        txn.create_family(&samples::family(n)).await?;
    }
    for at in [10, 10, 20] {
        assert!(!txn.is_restricted(family).await?);
        assert!(!txn.lift_restriction(family, at).await?);
        txn.restrict_family(family, at).await?;
        txn.restrict_family(family, at + 1).await?;
        assert!(txn.is_restricted(family).await?);
        assert!(!txn.is_restricted(samples::family_id(2)).await?);
        assert!(txn.lift_restriction(family, at + 2).await?);
    }
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert!(!txn.is_restricted(family).await?);
    let refused = txn.restrict_family(samples::family_id(9), 1).await;
    assert!(
        matches!(refused, Err(StoreError::Missing { .. })),
        "{refused:?}"
    );
    Ok(())
}

/// `plan_closing`, `cancel_closing`, `closing`, `due_closings`.
pub async fn a_closing_is_due_until_everything_has_ended(store: Arc<dyn Store>) -> Outcome {
    let person = samples::professional_id(1);
    let mut txn = store.begin().await?;
    txn.create_account(&samples::account(1)).await?;
    txn.create_account(&samples::account(2)).await?;
    assert_eq!(txn.closing(person).await?, None);
    for at in [500, 100] {
        txn.plan_closing(person, at).await?;
        assert_eq!(txn.closing(person).await?, Some(at));
        assert_eq!(txn.due_closings(at - 1).await?, []);
        assert_eq!(txn.due_closings(at).await?, [person]);
    }
    txn.end_everything_of(person, 100).await?;
    assert_eq!(txn.due_closings(i64::MAX).await?, []);
    assert_eq!(txn.closing(person).await?, Some(100));
    assert!(txn.cancel_closing(person).await?);
    assert!(!txn.cancel_closing(person).await?);
    assert_eq!(txn.closing(person).await?, None);
    // Planned anew, it is due anew.
    txn.plan_closing(person, 200).await?;
    assert_eq!(txn.due_closings(200).await?, [person]);
    assert_eq!(txn.closing(samples::professional_id(2)).await?, None);
    txn.commit().await?;
    let mut txn = store.begin().await?;
    let refused = txn.plan_closing(samples::professional_id(9), 1).await;
    assert!(
        matches!(refused, Err(StoreError::Missing { .. })),
        "{refused:?}"
    );
    Ok(())
}

/// `end_everything_of`: whatever one reaches anything by, in one transaction, and of nobody else.
pub async fn a_leaver_reaches_nothing_and_others_keep_theirs(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let mut txn = store.begin().await?;
    txn.create_team(&samples::team(1)).await?;
    let health = samples::document_id(2);
    txn.create_document(&Document {
        id: health,
        compartment: "health".to_owned(),
        ..samples::document(1)
    })
    .await?;
    let family = samples::family_id(1);
    for n in 1..=2 {
        txn.create_account(&samples::account(n)).await?;
        txn.enrol_device(&samples::device(n)).await?;
        txn.create_session(&samples::session(n)).await?;
        txn.session_used([n; 32], 1).await?;
        let professional = samples::professional_id(n);
        txn.allocate(&Allocation {
            family,
            professional,
            from: 1,
        })
        .await?;
        for document in [samples::document_id(1), health] {
            txn.add_member(&Membership {
                document,
                professional,
                from: 1,
            })
            .await?;
        }
        txn.join_team(&place(1, n, "member", 1)).await?;
    }
    let (leaver, stays) = (samples::professional_id(1), samples::professional_id(2));
    txn.revoke_device(samples::device_id(2), 3).await?;
    txn.end_everything_of(leaver, 50).await?;
    txn.end_everything_of(leaver, 60).await?;
    txn.commit().await?;

    let mut txn = store.begin().await?;
    assert_eq!(txn.session([1; 32], 0).await?, None);
    assert_eq!(txn.session_last_used([1; 32]).await?, None);
    assert!(txn.session([2; 32], 0).await?.is_some());
    for (n, revoked) in [(1, Some(50)), (2, Some(3))] {
        let device = txn.device(samples::device_id(n)).await?;
        assert_eq!(device.and_then(|it| it.revoked), revoked);
    }
    assert!(!txn.is_allocated(family, leaver).await?);
    assert!(txn.is_allocated(family, stays).await?);
    for document in [samples::document_id(1), health] {
        assert_eq!(txn.members_of(document).await?, [stays]);
    }
    assert_eq!(txn.places_of(leaver).await?, []);
    assert_eq!(txn.places_of(stays).await?, [place(1, 2, "member", 1)]);
    assert!(txn.account(leaver).await?.is_some());
    Ok(())
}
