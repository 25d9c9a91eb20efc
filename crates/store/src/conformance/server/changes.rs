//! The change log, snapshots and actors.

use std::sync::Arc;

use super::{Outcome, samples, with_document};
use crate::{
    StoreError,
    server::{Document, NewChange, Snapshot, Store, StoredChange},
};

const EACH_WRITER: u8 = 50;

/// The head and every number, over several transactions.
pub async fn changes_are_numbered_from_one_without_gaps(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    for n in 1..=5 {
        let mut txn = store.begin().await?;
        assert_eq!(
            txn.append_change(id, &samples::change(n)).await?,
            u64::from(n)
        );
        txn.commit().await?;
        // One that is given up takes no number with it.
        let mut given_up = store.begin().await?;
        given_up
            .append_change(id, &samples::change(100 + n))
            .await?;
        drop(given_up);
    }
    let mut txn = store.begin().await?;
    assert_eq!(
        txn.document(id).await?.map(|document| document.head),
        Some(5)
    );
    let expected: Vec<StoredChange> = (1..=5)
        .map(|n| StoredChange {
            seq: n.into(),
            change: samples::change(n),
        })
        .collect();
    assert_eq!(txn.changes_after(id, 0, 100).await?, expected);
    Ok(())
}

async fn write_many(store: Arc<dyn Store>, first: u8) -> Outcome {
    let id = samples::document_id(1);
    for n in first..first + EACH_WRITER {
        let mut txn = store.begin().await?;
        let head = txn.lock_document(id).await?.map(|document| document.head);
        let seq = txn.append_change(id, &samples::change(n)).await?;
        assert_eq!(
            head.map(|head| head + 1),
            Some(seq),
            "someone wrote in spite of the lock"
        );
        txn.commit().await?;
    }
    Ok(())
}

/// Two tasks, many appends each: every number once.
pub async fn two_writers_leave_no_gap(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let one = tokio::spawn(write_many(Arc::clone(&store), 1));
    let two = tokio::spawn(write_many(Arc::clone(&store), 1 + EACH_WRITER));
    for task in [one, two] {
        task.await.map_err(|source| StoreError::Driver {
            doing: "waiting for a writer",
            source: Box::new(source),
        })??;
    }
    let total = u64::from(EACH_WRITER) * 2;
    let mut txn = store.begin().await?;
    let changes = txn.changes_after(samples::document_id(1), 0, 1_000).await?;
    assert_eq!(
        changes.iter().map(|c| c.seq).collect::<Vec<_>>(),
        (1..=total).collect::<Vec<_>>()
    );
    assert_eq!(
        txn.document(samples::document_id(1)).await?.map(|d| d.head),
        Some(total)
    );
    Ok(())
}

/// Refused in the same document, in this transaction or a later one; welcome in another.
pub async fn a_hash_is_refused_twice_in_one_document_only(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let other = Document {
        id: samples::document_id(2),
        compartment: "health".to_owned(),
        ..samples::document(1)
    };
    let mut txn = store.begin().await?;
    txn.create_document(&other).await?;
    txn.append_change(samples::document_id(1), &samples::change(1))
        .await?;
    txn.commit().await?;

    let mut txn = store.begin().await?;
    let other_bytes = NewChange {
        bytes: vec![9],
        ..samples::change(1)
    };
    let refused = txn
        .append_change(samples::document_id(1), &other_bytes)
        .await;
    assert!(
        matches!(refused, Err(StoreError::Exists { what: "change" })),
        "{refused:?}"
    );
    assert_eq!(txn.append_change(other.id, &samples::change(1)).await?, 1);
    Ok(())
}

/// No log without its document.
pub async fn a_change_needs_its_document(store: Arc<dyn Store>) -> Outcome {
    let refused = store
        .begin()
        .await?
        .append_change(samples::document_id(1), &samples::change(1))
        .await;
    assert!(
        matches!(refused, Err(StoreError::Missing { what: "document" })),
        "{refused:?}"
    );
    Ok(())
}

/// `change_seq`.
pub async fn a_hash_is_found_by_its_document(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let mut txn = store.begin().await?;
    txn.append_change(id, &samples::change(7)).await?;
    txn.append_change(id, &samples::change(8)).await?;
    assert_eq!(txn.change_seq(id, [8; 32]).await?, Some(2));
    assert_eq!(txn.change_seq(id, [9; 32]).await?, None);
    assert_eq!(
        txn.change_seq(samples::document_id(2), [8; 32]).await?,
        None
    );
    Ok(())
}

/// `changes_after`, at its edges.
pub async fn changes_come_in_order_and_within_limits(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let mut txn = store.begin().await?;
    for n in 1..=4 {
        txn.append_change(id, &samples::change(n)).await?;
    }
    for (after, limit, expected) in [
        (0, u32::MAX, vec![1, 2, 3, 4]),
        (0, 2, vec![1, 2]),
        (1, 2, vec![2, 3]),
        (3, 2, vec![4]),
        (0, 0, vec![]),
        (4, 9, vec![]),
        (u64::MAX, 9, vec![]),
    ] {
        let found = txn.changes_after(id, after, limit).await?;
        assert_eq!(
            found.iter().map(|c| c.seq).collect::<Vec<_>>(),
            expected,
            "{after} {limit}"
        );
    }
    assert!(
        txn.changes_after(samples::document_id(2), 0, 9)
            .await?
            .is_empty()
    );
    Ok(())
}

/// Five megabytes, with every byte value.
pub async fn a_large_change_comes_back(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(5_000_000).collect();
    let change = NewChange {
        bytes,
        ..samples::change(1)
    };
    let mut txn = store.begin().await?;
    txn.append_change(id, &change).await?;
    txn.commit().await?;
    let found = store.begin().await?.changes_after(id, 0, 1).await?;
    assert!(
        found == [StoredChange { seq: 1, change }],
        "the large change differs"
    );
    Ok(())
}

/// Times are signed and may be wrong by any amount; emptiness is a value.
pub async fn extreme_times_and_empty_bytes_come_back(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let mut txn = store.begin().await?;
    for (seq, received) in (1..).zip([i64::MIN, -1, 0, i64::MAX]) {
        let hash = [u8::try_from(seq).unwrap_or(0); 32];
        let change = NewChange {
            hash,
            bytes: Vec::new(),
            received,
            ..samples::change(1)
        };
        txn.append_change(id, &change).await?;
        assert_eq!(
            txn.changes_after(id, seq - 1, 1).await?,
            [StoredChange { seq, change }]
        );
    }
    Ok(())
}

/// An older snapshot arrives late and must not undo a newer one.
pub async fn only_a_newer_snapshot_replaces(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let at = |seq, byte| Snapshot {
        seq,
        bytes: vec![byte],
    };
    let mut txn = store.begin().await?;
    assert_eq!(txn.snapshot(id).await?, None);
    for (put, expected) in [
        (at(2, 2), at(2, 2)),
        (at(1, 1), at(2, 2)),
        (at(2, 9), at(2, 2)),
        (at(3, 3), at(3, 3)),
    ] {
        txn.put_snapshot(id, &put).await?;
        assert_eq!(txn.snapshot(id).await?, Some(expected));
    }
    Ok(())
}

/// No snapshot without its document.
pub async fn a_snapshot_needs_its_document(store: Arc<dyn Store>) -> Outcome {
    let snapshot = Snapshot {
        seq: 1,
        bytes: vec![1],
    };
    let refused = store
        .begin()
        .await?
        .put_snapshot(samples::document_id(1), &snapshot)
        .await;
    assert!(
        matches!(refused, Err(StoreError::Missing { what: "document" })),
        "{refused:?}"
    );
    Ok(())
}

/// First come, first bound, for ever, in each document by itself.
pub async fn an_actor_stays_with_the_first_device(store: Arc<dyn Store>) -> Outcome {
    with_document(&store).await?;
    let id = samples::document_id(1);
    let (first, second) = (samples::device_id(1), samples::device_id(2));
    let mut txn = store.begin().await?;
    assert_eq!(txn.bind_actor(id, b"a", first).await?, first);
    txn.commit().await?;

    let mut txn = store.begin().await?;
    assert_eq!(txn.bind_actor(id, b"a", second).await?, first);
    assert_eq!(txn.bind_actor(id, b"a", first).await?, first);
    assert_eq!(txn.bind_actor(id, b"b", second).await?, second);
    let other = Document {
        id: samples::document_id(2),
        compartment: "health".to_owned(),
        ..samples::document(1)
    };
    txn.create_document(&other).await?;
    assert_eq!(txn.bind_actor(other.id, b"a", second).await?, second);
    let refused = txn.bind_actor(samples::document_id(3), b"a", first).await;
    assert!(
        matches!(refused, Err(StoreError::Missing { what: "document" })),
        "{refused:?}"
    );
    Ok(())
}
