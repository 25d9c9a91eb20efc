//! News between processes, and when the database's connection breaks.

use std::time::Duration;

use store::server::{News, Store, Told};
use store_postgres::PostgresStore;

use super::{append, database, document, tamper, with_document};

async fn next(news: &mut Box<dyn News>) -> Told {
    let told = tokio::time::timeout(Duration::from_secs(30), news.next()).await;
    told.unwrap().unwrap()
}

fn grown(seq: u64) -> Told {
    let document = document();
    Told::Grown { document, seq }
}

#[tokio::test]
async fn a_change_that_one_process_accepts_is_told_to_the_other() {
    let url = database().await;
    let one = with_document(&url).await;
    let two = PostgresStore::open(&url).await.unwrap();
    let mut news = two.listen().await.unwrap();
    append(&one, 1).await;
    assert_eq!(next(&mut news).await, grown(1));
    append(&two, 2).await;
    assert_eq!(next(&mut news).await, grown(2));
}

#[tokio::test]
async fn after_a_broken_connection_everyone_is_told_to_catch_up() {
    let url = database().await;
    let one = with_document(&url).await;
    let two = PostgresStore::open(&url).await.unwrap();
    let mut news = two.listen().await.unwrap();
    append(&one, 1).await;
    assert_eq!(next(&mut news).await, grown(1));
    tamper(
        &url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'",
    )
    .await;
    assert_eq!(next(&mut news).await, Told::CatchUp);
    append(&one, 2).await;
    assert_eq!(next(&mut news).await, grown(2));
}

#[tokio::test]
async fn when_the_store_is_gone_the_news_ends() {
    let url = database().await;
    let store = with_document(&url).await;
    let mut news = store.listen().await.unwrap();
    store.close().await;
    let ended = tokio::time::timeout(Duration::from_secs(30), news.next()).await;
    assert_eq!(ended.unwrap(), None);
}
