//! Keeping and forgetting: holds, logs written anew, families erased.

use std::{sync::Arc, time::Duration};

use record::ids::DocumentId;
use uuid::Uuid;

use super::{Outcome, samples, with_document};
use crate::{
    StoreError,
    audit::{Chain, Event, kind},
    server::{
        Allocation, BoardRow, Document, Heads, Hold, Membership, Rewriting, Snapshot, Store, Told,
        Txn,
    },
};

/// How long news may take, so that a test fails instead of hanging.
const DEADLINE: Duration = Duration::from_secs(30);

fn hold(n: u8) -> Hold {
    Hold {
        family: samples::family_id(n),
        reference: format!("Made-up case {n}"),
        began: i64::from(n),
        ended: None,
    }
}

/// A log of these changes, each by the actor of its number, in epoch `epoch`.
fn rewriting(epoch: u64, changes: &[u8], forgotten: &[u128]) -> Rewriting {
    Rewriting {
        epoch,
        changes: changes
            .iter()
            .map(|n| (samples::change(*n), vec![*n; 16]))
            .collect(),
        forgotten: forgotten.iter().map(|n| Uuid::from_u128(*n)).collect(),
        at: 9,
    }
}

/// Fills family `n` and its document, of which account `n` is a member, with a row in every table.
async fn fill(txn: &mut dyn Txn, n: u8) -> Outcome {
    let (family, document) = (samples::family_id(n), samples::document_id(n));
    txn.create_family(&samples::family(n)).await?;
    txn.create_document(&samples::document(n)).await?;
    txn.create_account(&samples::account(n)).await?;
    txn.create_team(&samples::team(n)).await?;
    for it in [n, n + 100] {
        txn.append_change(document, &samples::change(it)).await?;
    }
    fill_beside(txn, document).await?;
    let professional = samples::professional_id(n);
    txn.add_member(&Membership {
        document,
        professional,
        from: 1,
    })
    .await?;
    txn.allocate(&Allocation {
        family,
        professional,
        from: 1,
    })
    .await?;
    txn.assign_family(samples::team_id(n), family, 1).await?;
    txn.restrict_family(family, 1).await?;
    txn.break_glass(&samples::broken(n)).await?;
    txn.set_hold(&hold(n)).await?;
    Ok(())
}

/// What is made from a log of two changes and noted beside it.
async fn fill_beside(txn: &mut dyn Txn, document: DocumentId) -> Outcome {
    let bytes = vec![1];
    txn.put_snapshot(document, &Snapshot { seq: 1, bytes })
        .await?;
    txn.bind_actor(document, &[7; 16], samples::device_id(7))
        .await?;
    let board = BoardRow {
        seq: 2,
        entries: 1,
        children: 1,
        body: vec![1],
    };
    txn.put_board(document, &board).await?;
    let heads = Heads {
        seq: 2,
        hashes: vec![[1; 32]],
    };
    txn.put_heads(document, &heads).await?;
    txn.begin_epoch(document, 77).await?;
    txn.note_returned(document, 1, samples::device_id(7), 1)
        .await
}

/// Set once, lifted once, and then set anew.
pub async fn a_hold_is_open_once(store: Arc<dyn Store>) -> Outcome {
    let family = samples::family_id(1);
    let mut txn = store.begin().await?;
    txn.create_family(&samples::family(1)).await?;
    assert_eq!(txn.hold_of(family).await?, None);
    assert!(!txn.lift_hold(family, 5).await?);
    assert!(txn.set_hold(&hold(1)).await?);
    let other = Hold {
        reference: "another".to_owned(),
        ..hold(1)
    };
    assert!(!txn.set_hold(&other).await?);
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.hold_of(family).await?, Some(hold(1)));
    assert!(txn.lift_hold(family, 5).await?);
    assert!(!txn.lift_hold(family, 6).await?);
    assert_eq!(txn.hold_of(family).await?, None);
    let again = Hold {
        began: 7,
        ..other.clone()
    };
    assert!(txn.set_hold(&again).await?);
    assert_eq!(txn.hold_of(family).await?, Some(again));
    Ok(())
}

/// The open ones, oldest first; a family that isn't there has none.
pub async fn holds_are_listed_by_beginning(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    for n in [1, 2, 3] {
        txn.create_family(&samples::family(n)).await?;
    }
    for (n, began) in [(1, 30), (2, 20), (3, 10)] {
        txn.set_hold(&Hold { began, ..hold(n) }).await?;
    }
    txn.lift_hold(samples::family_id(2), 40).await?;
    let listed: Vec<i64> = txn.holds().await?.iter().map(|it| it.began).collect();
    assert_eq!(listed, [10, 30]);
    let refused = txn.set_hold(&hold(4)).await;
    assert!(
        matches!(refused, Err(StoreError::Missing { .. })),
        "{refused:?}"
    );
    Ok(())
}

/// The new log, and nothing that was made from the old one.
pub async fn a_log_is_written_anew(store: Arc<dyn Store>) -> Outcome {
    let id = samples::document_id(1);
    let mut txn = store.begin().await?;
    fill(&mut *txn, 1).await?;
    txn.commit().await?;

    let mut txn = store.begin().await?;
    txn.lock_document(id).await?;
    let gone = txn
        .rewrite_log(id, &rewriting(500, &[11, 12, 13], &[]))
        .await?;
    assert_eq!(gone, 2);
    txn.commit().await?;

    let mut txn = store.begin().await?;
    let document = txn.document(id).await?;
    assert_eq!(document.map(|it| (it.epoch, it.head)), Some((500, 3)));
    assert_eq!(txn.lineage(id).await?, Some(500), "the lineage has ended");
    let log = txn.changes_after(id, 0, 10).await?;
    assert_eq!(
        log.iter().map(|it| it.seq).collect::<Vec<_>>(),
        [1, 2, 3],
        "numbered anew"
    );
    for (stored, n) in log.iter().zip([11, 12, 13]) {
        assert_eq!(stored.change, samples::change(n));
        let bound = txn.actor_device(id, &[n; 16]).await?;
        assert_eq!(bound, Some(samples::device_id(n)));
    }
    assert_eq!(txn.actor_device(id, &[7; 16]).await?, None);
    assert_eq!(txn.snapshot(id).await?, None);
    assert_eq!(txn.heads(id).await?, None);
    assert_eq!(txn.board(id).await?, None);
    assert_eq!(txn.returned(id, 1).await?, None);
    assert_eq!(txn.append_change(id, &samples::change(14)).await?, 4);
    Ok(())
}

/// Over any number of rewritings; what stands in the newest log is not retired.
pub async fn what_was_written_anew_is_retired(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let mut txn = store.begin().await?;
    for n in [1, 2, 3] {
        txn.append_change(id, &samples::change(n)).await?;
    }
    assert!(!txn.is_retired(id, [1; 32]).await?);
    txn.rewrite_log(id, &rewriting(500, &[1, 12], &[])).await?;
    txn.append_change(id, &samples::change(14)).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    txn.rewrite_log(id, &rewriting(600, &[1, 22], &[])).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    for (n, retired) in [
        (1, false),
        (2, true),
        (3, true),
        (12, true),
        (14, true),
        (22, false),
        (99, false),
    ] {
        assert_eq!(txn.is_retired(id, [n; 32]).await?, retired, "{n}");
    }
    assert!(!txn.is_retired(samples::document_id(2), [2; 32]).await?);
    Ok(())
}

/// All times together, in their order, and those that are named twice, twice.
pub async fn what_was_forgotten_is_listed_in_order(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let mut txn = store.begin().await?;
    assert!(txn.forgotten(id).await?.is_empty());
    txn.rewrite_log(id, &rewriting(500, &[], &[9, 3])).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    txn.rewrite_log(id, &rewriting(600, &[], &[5, 3])).await?;
    let forgotten = txn.forgotten(id).await?;
    assert_eq!(forgotten, [9, 3, 5, 3].map(Uuid::from_u128));
    assert!(txn.forgotten(samples::document_id(2)).await?.is_empty());
    Ok(())
}

/// A refused rewriting leaves everything as it was.
pub async fn only_a_sound_log_takes_its_place(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let mut txn = store.begin().await?;
    txn.append_change(id, &samples::change(1)).await?;
    let same_epoch = rewriting(samples::document(1).epoch, &[2], &[]);
    for unsound in [same_epoch, rewriting(500, &[2, 3, 2], &[])] {
        let refused = txn.rewrite_log(id, &unsound).await;
        assert!(
            matches!(refused, Err(StoreError::Exists { .. })),
            "{refused:?}"
        );
    }
    let nowhere = txn
        .rewrite_log(samples::document_id(2), &rewriting(500, &[2], &[]))
        .await;
    assert!(
        matches!(nowhere, Err(StoreError::Missing { .. })),
        "{nowhere:?}"
    );
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.changes_after(id, 0, 10).await?.len(), 1);
    assert!(!txn.is_retired(id, [1; 32]).await?);
    Ok(())
}

/// When it is committed, as with any change.
pub async fn a_rewriting_is_told(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let document = samples::document_id(1);
    let mut news = store.listen().await?;
    let mut given_up = store.begin().await?;
    given_up
        .rewrite_log(document, &rewriting(500, &[1], &[]))
        .await?;
    drop(given_up);
    let mut txn = store.begin().await?;
    txn.rewrite_log(document, &rewriting(600, &[1, 2], &[]))
        .await?;
    txn.commit().await?;
    let told = tokio::time::timeout(DEADLINE, news.next()).await;
    assert_eq!(told.ok().flatten(), Some(Told::Grown { document, seq: 2 }));
    Ok(())
}

/// Every row of it, in every table; the audit log stays, and that its document was erased.
pub async fn a_family_is_erased(store: Arc<dyn Store>) -> Outcome {
    let (family, id) = (samples::family_id(1), samples::document_id(1));
    let chain = Chain::of_document(id);
    let mut txn = store.begin().await?;
    fill(&mut *txn, 1).await?;
    fill(&mut *txn, 2).await?;
    txn.rewrite_log(id, &rewriting(500, &[1, 12], &[5, 6, 7]))
        .await?;
    fill_beside(&mut *txn, id).await?;
    txn.append_audit(chain, &Event::new(1, kind::PULLED).on(id))
        .await?;
    txn.commit().await?;

    let mut txn = store.begin().await?;
    let erased = txn.erase_family(family, 9).await?;
    txn.commit().await?;
    assert_eq!(erased.documents, [id]);
    let expected = [
        ("actors", 3),
        ("allocations", 1),
        ("boards", 1),
        ("broken_glass", 1),
        ("changes", 2),
        ("documents", 1),
        ("families", 1),
        ("forgotten", 3),
        ("heads", 1),
        ("holds", 1),
        ("lineages", 1),
        ("members", 1),
        ("restrictions", 1),
        ("retired", 1),
        ("returned", 1),
        ("snapshots", 1),
        ("team_families", 1),
    ];
    assert_eq!(erased.rows.into_iter().collect::<Vec<_>>(), expected);

    let mut txn = store.begin().await?;
    assert!(txn.was_erased(id).await?);
    assert_eq!(txn.audit_after(chain, 0, 10).await?.len(), 1);
    assert_nothing_of_family_1(&mut *txn).await
}

async fn assert_nothing_of_family_1(txn: &mut dyn Txn) -> Outcome {
    let (family, id) = (samples::family_id(1), samples::document_id(1));
    let who = samples::professional_id(1);
    assert_eq!(txn.family(family).await?, None);
    assert_eq!(txn.document(id).await?, None);
    assert_eq!(txn.documents_of(family).await?, []);
    assert_eq!(txn.changes_after(id, 0, 10).await?, []);
    assert_eq!(txn.snapshot(id).await?, None);
    assert_eq!(txn.board(id).await?, None);
    assert_eq!(txn.heads(id).await?, None);
    assert_eq!(txn.lineage(id).await?, None);
    assert_eq!(txn.returned(id, 1).await?, None);
    assert_eq!(txn.actor_device(id, &[7; 16]).await?, None);
    assert_eq!(txn.members_of(id).await?, []);
    assert!(txn.forgotten(id).await?.is_empty());
    assert!(!txn.is_retired(id, [101; 32]).await?);
    assert_eq!(txn.families_of(who).await?, []);
    assert_eq!(txn.team_of(family).await?, []);
    assert_eq!(txn.team_responsible(family).await?, None);
    assert!(!txn.is_restricted(family).await?);
    let broken = txn.broken_glass(samples::broken(1).id).await?;
    assert!(broken.is_none());
    assert_eq!(txn.hold_of(family).await?, None);
    assert!(txn.account(who).await?.is_some(), "people stay");
    Ok(())
}

/// Another family keeps all that it has.
pub async fn erasing_a_family_leaves_the_others(store: Arc<dyn Store>) -> Outcome {
    let (family, id) = (samples::family_id(2), samples::document_id(2));
    let mut txn = store.begin().await?;
    fill(&mut *txn, 1).await?;
    fill(&mut *txn, 2).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    txn.erase_family(samples::family_id(1), 9).await?;
    txn.commit().await?;

    let mut txn = store.begin().await?;
    assert!(!txn.was_erased(id).await?);
    assert_eq!(txn.families().await?, [samples::family(2)]);
    assert_eq!(txn.changes_after(id, 0, 10).await?.len(), 2);
    assert!(txn.snapshot(id).await?.is_some());
    assert!(txn.board(id).await?.is_some());
    assert!(txn.heads(id).await?.is_some());
    assert_eq!(txn.lineage(id).await?, Some(samples::document(2).epoch));
    assert!(txn.returned(id, 1).await?.is_some());
    assert!(txn.actor_device(id, &[7; 16]).await?.is_some());
    assert_eq!(txn.members_of(id).await?, [samples::professional_id(2)]);
    assert_eq!(txn.team_of(family).await?.len(), 1);
    let team = txn.team_responsible(family).await?;
    assert_eq!(team, Some(samples::team_id(2)));
    assert!(txn.is_restricted(family).await?);
    let broken = txn.broken_glass(samples::broken(2).id).await?;
    assert!(broken.is_some());
    assert_eq!(txn.hold_of(family).await?, Some(hold(2)));
    Ok(())
}

/// In the transaction that erases it already; and one that is dropped has erased nothing.
pub async fn an_erasure_stands_and_falls_with_its_transaction(store: Arc<dyn Store>) -> Outcome {
    let (family, id) = (samples::family_id(1), samples::document_id(1));
    let mut txn = store.begin().await?;
    fill(&mut *txn, 1).await?;
    let health = Document {
        id: samples::document_id(3),
        compartment: "health".to_owned(),
        ..samples::document(1)
    };
    txn.create_document(&health).await?;
    txn.commit().await?;

    let mut given_up = store.begin().await?;
    given_up.lock_document(id).await?;
    let erased = given_up.erase_family(family, 9).await?;
    assert_eq!(erased.documents, [id, health.id]);
    assert!(given_up.was_erased(health.id).await?);
    assert_nothing_of_family_1(&mut *given_up).await?;
    let refused = given_up.append_change(id, &samples::change(9)).await;
    assert!(
        matches!(refused, Err(StoreError::Missing { .. })),
        "{refused:?}"
    );
    drop(given_up);

    let mut txn = store.begin().await?;
    assert!(!txn.was_erased(id).await?);
    assert_eq!(txn.documents_of(family).await?.len(), 2);
    assert_eq!(txn.changes_after(id, 0, 10).await?.len(), 2);
    let refused = txn.erase_family(samples::family_id(9), 9).await;
    assert!(
        matches!(refused, Err(StoreError::Missing { .. })),
        "{refused:?}"
    );
    Ok(())
}

/// However often, and the store goes on with all that was not erased.
pub async fn scrubbing_keeps_the_rest(store: Arc<dyn Store>) -> Outcome {
    let id = samples::document_id(2);
    let mut txn = store.begin().await?;
    fill(&mut *txn, 1).await?;
    fill(&mut *txn, 2).await?;
    txn.commit().await?;
    let mut txn = store.begin().await?;
    txn.erase_family(samples::family_id(1), 9).await?;
    txn.commit().await?;
    store.scrub().await?;
    store.scrub().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.families().await?, [samples::family(2)]);
    assert_eq!(txn.changes_after(id, 0, 10).await?.len(), 2);
    assert_eq!(txn.append_change(id, &samples::change(9)).await?, 3);
    txn.commit().await
}
