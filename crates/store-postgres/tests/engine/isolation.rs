//! Two processes at once: what one has seen stays, and writers of one document queue.

use store::server::{Snapshot, Store};
use store_postgres::PostgresStore;

use super::{append, change, database, document, with_document};

#[tokio::test]
async fn a_log_stays_as_it_was_first_shown() {
    let url = database().await;
    let one = with_document(&url).await;
    let two = PostgresStore::open(&url).await.unwrap();
    append(&one, 1).await;
    let mut reading = one.begin().await.unwrap();
    let shown = reading.document(document()).await.unwrap().unwrap();
    assert_eq!(shown.head, 1);

    append(&two, 2).await;
    let mut txn = two.begin().await.unwrap();
    let snapshot = Snapshot {
        seq: 2,
        bytes: vec![1],
    };
    txn.put_snapshot(document(), &snapshot).await.unwrap();
    txn.commit().await.unwrap();

    let again = reading.document(document()).await.unwrap().unwrap();
    assert_eq!(again, shown);
    let listed = reading.documents_of(shown.family).await.unwrap();
    assert_eq!(listed, [shown]);
    let changes = reading.changes_after(document(), 0, 10).await.unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(reading.snapshot(document()).await.unwrap(), None);
    // Who locks it sees the newest, and writes after it.
    let locked = reading.lock_document(document()).await.unwrap().unwrap();
    assert_eq!(locked.head, 2);
    assert_eq!(
        reading.append_change(document(), &change(3)).await.unwrap(),
        3
    );
    reading.commit().await.unwrap();
    let mut later = two.begin().await.unwrap();
    assert_eq!(
        later.changes_after(document(), 0, 10).await.unwrap().len(),
        3
    );
    assert_eq!(later.snapshot(document()).await.unwrap(), Some(snapshot));
}

/// Who has looked before waiting for the lock does not fail after it.
#[tokio::test]
async fn whoever_waits_for_a_document_goes_on_with_its_newest_state() {
    let url = database().await;
    let one = with_document(&url).await;
    let two = PostgresStore::open(&url).await.unwrap();
    let mut first = one.begin().await.unwrap();
    first.append_change(document(), &change(1)).await.unwrap();
    let second = tokio::spawn(async move {
        let mut txn = two.begin().await.unwrap();
        let shown = txn.document(document()).await.unwrap().unwrap().head;
        let locked = txn.lock_document(document()).await.unwrap().unwrap().head;
        let seq = txn.append_change(document(), &change(2)).await.unwrap();
        txn.commit().await.unwrap();
        (shown, locked, seq)
    });
    super::somebody_waits(&url).await;
    first.commit().await.unwrap();
    assert_eq!(second.await.unwrap(), (0, 1, 2));
}

/// The same change from two processes at once: one writes it, the other finds it.
#[tokio::test]
async fn one_change_sent_to_two_processes_is_there_once() {
    let url = database().await;
    let one = with_document(&url).await;
    let two = PostgresStore::open(&url).await.unwrap();
    for n in 1..=20 {
        let send = async |store: &PostgresStore| {
            let mut txn = store.begin().await.unwrap();
            let appended = txn.append_change(document(), &change(n)).await;
            txn.commit().await.unwrap();
            appended.is_ok()
        };
        let (first, second) = tokio::join!(send(&one), send(&two));
        assert!(first != second, "{n}");
    }
    let mut txn = one.begin().await.unwrap();
    assert_eq!(
        txn.changes_after(document(), 0, 100).await.unwrap().len(),
        20
    );
}
