//! The audit log from several processes: chains stay whole, and an export holds up nobody.

use store::{
    audit::{Chain, Event, ZERO, hash, kind},
    server::Store,
};
use store_postgres::PostgresStore;

use super::{database, document, somebody_waits};

fn chain() -> Chain {
    Chain::of_document(document())
}

async fn append(store: &PostgresStore, chain: Chain, at: i64) -> u64 {
    let mut txn = store.begin().await.unwrap();
    let event = Event::new(at, kind::PULLED).on(document());
    let seq = txn.append_audit(chain, &event).await.unwrap();
    txn.commit().await.unwrap();
    seq
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_write_to_one_chain_leave_one_chain() {
    let url = database().await;
    let mut writers = Vec::new();
    for _ in 0..4 {
        let store = PostgresStore::open(&url).await.unwrap();
        writers.push(tokio::spawn(async move {
            for at in 0..25 {
                append(&store, chain(), at).await;
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let store = PostgresStore::open(&url).await.unwrap();
    let mut txn = store.begin().await.unwrap();
    let rows = txn.audit_after(chain(), 0, 1_000).await.unwrap();
    assert_eq!(rows.len(), 100);
    let mut before = ZERO;
    for (seq, row) in (1..).zip(&rows) {
        assert_eq!(row.seq, seq);
        assert_eq!(row.hash, hash(chain(), seq, &row.event, &before));
        before = row.hash;
    }
    assert_eq!(txn.audit_chains(None).await.unwrap()[0].head, before);
    assert_eq!(store.verify().await.unwrap(), []);
}

/// Until the first one ends, the second waits; a roll-back leaves no gap.
#[tokio::test]
async fn whoever_waits_for_a_chain_goes_on_after_what_was_left() {
    for kept in [true, false] {
        let url = database().await;
        let one = PostgresStore::open(&url).await.unwrap();
        let two = PostgresStore::open(&url).await.unwrap();
        let mut first = one.begin().await.unwrap();
        let event = Event::new(1, kind::PULLED).on(document());
        assert_eq!(first.append_audit(chain(), &event).await.unwrap(), 1);
        let second = tokio::spawn(async move { append(&two, chain(), 2).await });
        somebody_waits(&url).await;
        if kept {
            first.commit().await.unwrap();
        } else {
            drop(first);
        }
        assert_eq!(second.await.unwrap(), if kept { 2 } else { 1 });
        assert_eq!(one.verify().await.unwrap(), []);
    }
}

#[tokio::test]
async fn an_export_reads_each_chain_as_it_was_listed() {
    let url = database().await;
    let one = PostgresStore::open(&url).await.unwrap();
    let two = PostgresStore::open(&url).await.unwrap();
    append(&one, chain(), 1).await;
    let mut exporting = one.begin().await.unwrap();
    assert_eq!(exporting.audit_chains(None).await.unwrap()[0].length, 1);
    append(&two, chain(), 2).await;
    let rows = exporting.audit_after(chain(), 0, 10).await.unwrap();
    assert_eq!(rows.len(), 1);
    // Its own rows it sees, after those that came between.
    let event = Event::new(3, kind::PULLED).on(document());
    assert_eq!(exporting.append_audit(chain(), &event).await.unwrap(), 3);
    let rows = exporting.audit_after(chain(), 0, 10).await.unwrap();
    assert_eq!(rows.len(), 3);
}

/// Neither does it wait for who appends to a chain, nor they for it; the next one anchors that chain.
#[tokio::test]
async fn an_anchor_waits_for_nobody() {
    let url = database().await;
    let one = PostgresStore::open(&url).await.unwrap();
    let two = PostgresStore::open(&url).await.unwrap();
    append(&one, chain(), 1).await;
    append(&one, Chain::HOUSE, 1).await;
    for (held, kept) in [(true, 0), (false, 1)] {
        let mut exporting = one.begin().await.unwrap();
        exporting.audit_anchored(chain(), 1).await.unwrap();
        exporting.audit_anchored(Chain::HOUSE, 1).await.unwrap();
        // A transaction sees its own.
        let listed = exporting.audit_chains(None).await.unwrap();
        assert!(listed.iter().all(|it| it.anchored == 1), "{listed:?}");
        if held {
            let mut reading = two.begin().await.unwrap();
            let event = Event::new(2, kind::PULLED).on(document());
            assert_eq!(reading.append_audit(chain(), &event).await.unwrap(), 2);
            exporting.commit().await.unwrap();
            reading.commit().await.unwrap();
        } else {
            exporting.commit().await.unwrap();
        }
        let listed = one.begin().await.unwrap().audit_chains(None).await.unwrap();
        assert_eq!(listed[0].chain, Chain::HOUSE);
        assert_eq!((listed[0].anchored, listed[1].anchored), (1, kept));
    }
}
