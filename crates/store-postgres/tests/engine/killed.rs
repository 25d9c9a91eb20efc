//! PostgreSQL is killed (SIGKILL) under load: what was committed is there, once, and the store goes
//! on with the next one.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use store::{
    StoreError,
    server::{Store, Told},
};
use store_postgres::{
    PostgresStore,
    testing::{Cluster, Disk},
};

use tokio::sync::watch::{Sender, channel};

use super::{change, document, with_document};

const KILLS: u64 = 3;
const BEFORE_EACH: u64 = 20;

/// Appends change after change until it is told to stop, each again until it is acknowledged; tells
/// the number of the last one.
async fn write(store: PostgresStore, acknowledged: Sender<u64>, stop: Arc<AtomicBool>) {
    let mut next = *acknowledged.borrow() + 1;
    while !stop.load(Ordering::Relaxed) {
        let committed = async {
            let mut txn = store.begin().await?;
            let appended = txn.append_change(document(), &change(next)).await;
            // Its commit may have reached the disk before a kill, unacknowledged.
            if !matches!(appended, Err(StoreError::Exists { .. })) {
                appended?;
            }
            txn.commit().await
        };
        if committed.await.is_ok() {
            acknowledged.send_replace(next);
            next += 1;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_database_loses_no_acknowledged_change() {
    let mut cluster = Cluster::start(Disk::Synced).unwrap();
    let url = cluster.new_database().await.unwrap();
    let store = with_document(&url).await;
    let mut news = store.listen().await.unwrap();
    let (acknowledged, mut progress) = channel(0);
    let stop = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn(write(store.clone(), acknowledged, Arc::clone(&stop)));
    for _ in 0..KILLS {
        let enough = *progress.borrow_and_update() + BEFORE_EACH;
        progress.wait_for(|now| *now >= enough).await.unwrap();
        cluster.kill().unwrap();
        let acknowledged = *progress.borrow_and_update();
        cluster.restart().unwrap();
        while news.next().await.unwrap() != Told::CatchUp {}
        let mut txn = store.begin().await.unwrap();
        let head = txn.document(document()).await.unwrap().unwrap().head;
        assert!(head >= acknowledged, "{head} of {acknowledged}");
    }
    stop.store(true, Ordering::Relaxed);
    writer.await.unwrap();
    let mut txn = store.begin().await.unwrap();
    let changes = txn.changes_after(document(), 0, 10_000).await.unwrap();
    let acknowledged = *progress.borrow();
    // The last may have been stopped at between its commit and the answer.
    let kept = u64::try_from(changes.len()).unwrap();
    assert!(
        kept == acknowledged || kept == acknowledged + 1,
        "{kept} of {acknowledged}"
    );
    for (n, stored) in (1..).zip(&changes) {
        assert_eq!((stored.seq, stored.change.hash), (n, change(n).hash));
    }
    assert_eq!(store.verify().await.unwrap(), []);
}
