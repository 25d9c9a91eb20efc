//! The audit log: chains of hashed rows.

use std::sync::Arc;

use record::ids::mint;

use super::{Outcome, samples};
use crate::{
    audit::{Chain, Event, Row, ZERO, hash, kind},
    server::{AuditChain, Store},
};

/// An event of document `n` with every field that an event can have.
fn event(n: u8) -> Event {
    Event {
        at: i64::from(n),
        kind: kind::PUSH_REFUSED,
        who: Some(samples::professional_id(n)),
        device: Some(samples::device_id(n)),
        family: Some(samples::family_id(n)),
        document: Some(samples::document_id(n)),
        about: Some(mint(u64::from(n), [n; 10])),
        first: Some(u64::from(n)),
        last: Some(u64::from(n) + 1),
        count: Some(0),
        why: "not-attested".parse().ok(),
        head: Some([n; 32]),
    }
}

fn chain(n: u8) -> Chain {
    Chain::of_document(samples::document_id(n))
}

/// Each row's hash covers the one before, and a chain knows its length and head.
pub async fn rows_are_numbered_and_chained(store: Arc<dyn Store>) -> Outcome {
    let (full, bare) = (event(1), Event::new(i64::MIN, kind::SIGN_IN_FAILED));
    let mut txn = store.begin().await?;
    assert_eq!(txn.append_audit(chain(1), &full).await?, 1);
    assert_eq!(txn.append_audit(chain(1), &bare).await?, 2);
    txn.commit().await?;
    let mut txn = store.begin().await?;
    assert_eq!(txn.append_audit(chain(1), &full).await?, 3);
    txn.commit().await?;

    let mut before = ZERO;
    let mut expected = Vec::new();
    for (seq, event) in (1..).zip([&full, &bare, &full]) {
        before = hash(chain(1), seq, event, &before);
        expected.push(Row {
            chain: chain(1),
            seq,
            event: event.clone(),
            hash: before,
        });
    }
    let mut txn = store.begin().await?;
    assert_eq!(txn.audit_after(chain(1), 0, 10).await?, expected);
    assert_eq!(txn.audit_after(chain(1), 1, 1).await?, expected[1..2]);
    assert_eq!(txn.audit_after(chain(1), u64::MAX, 10).await?, []);
    assert_eq!(txn.audit_after(chain(2), 0, 10).await?, []);
    let length = 3;
    let kept = AuditChain {
        chain: chain(1),
        family: full.family,
        length,
        head: before,
        anchored: 0,
    };
    assert_eq!(txn.audit_chains(None).await?, [kept]);
    Ok(())
}

/// A roll-back takes its rows with it; the chain goes on without a gap.
pub async fn a_row_stands_and_falls_with_its_transaction(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.append_audit(chain(1), &event(1)).await?;
    drop(txn);
    let mut txn = store.begin().await?;
    assert_eq!(txn.audit_chains(None).await?, []);
    assert_eq!(txn.append_audit(chain(1), &event(1)).await?, 1);
    txn.commit().await
}

/// The house's comes first; a family's are those of its documents alone.
pub async fn chains_are_listed_by_id_and_family(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.append_audit(chain(2), &event(2)).await?;
    txn.append_audit(chain(1), &event(1)).await?;
    // Names the family, but stands in the house's chain.
    txn.append_audit(Chain::HOUSE, &event(1)).await?;
    let listed = txn.audit_chains(None).await?;
    let ids: Vec<_> = listed.iter().map(|it| it.chain).collect();
    assert_eq!(ids, [Chain::HOUSE, chain(1), chain(2)]);
    assert_eq!(listed[0].family, None);
    let of_one = txn.audit_chains(Some(samples::family_id(1))).await?;
    assert_eq!(of_one, listed[1..2]);
    Ok(())
}

/// How far a chain was anchored is kept beside it.
pub async fn an_anchor_is_kept(store: Arc<dyn Store>) -> Outcome {
    let mut txn = store.begin().await?;
    txn.append_audit(chain(1), &event(1)).await?;
    txn.audit_anchored(chain(1), 1).await?;
    txn.append_audit(chain(1), &event(1)).await?;
    txn.commit().await?;
    let listed = store.begin().await?.audit_chains(None).await?;
    assert_eq!((listed[0].length, listed[0].anchored), (2, 1));
    Ok(())
}

/// Many that write to one chain at once leave neither gap nor fork.
pub async fn two_writers_leave_one_chain(store: Arc<dyn Store>) -> Outcome {
    let tasks: Vec<_> = (1..=10)
        .map(|n| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let mut txn = store.begin().await?;
                txn.append_audit(Chain::HOUSE, &event(n)).await?;
                txn.commit().await
            })
        })
        .collect();
    for task in tasks {
        task.await.map_err(|source| crate::StoreError::Driver {
            doing: "waiting for a writer",
            source: Box::new(source),
        })??;
    }
    let rows = store
        .begin()
        .await?
        .audit_after(Chain::HOUSE, 0, 20)
        .await?;
    let mut before = ZERO;
    for (seq, row) in (1..).zip(&rows) {
        assert_eq!(row.hash, hash(Chain::HOUSE, seq, &row.event, &before));
        before = row.hash;
    }
    assert_eq!(rows.len(), 10);
    Ok(())
}
