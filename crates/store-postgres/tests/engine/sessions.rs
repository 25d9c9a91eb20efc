//! Two that sign in at the same moment, and texts that PostgreSQL can't hold.

use record::ids::{ProfessionalId, mint};
use store::server::{Account, Session, Store};
use store_postgres::PostgresStore;

use super::database;

async fn with_expired(url: &str, count: u8) -> PostgresStore {
    let store = PostgresStore::open(url).await.unwrap();
    let professional = ProfessionalId::from(mint(1, [3; 10]));
    let mut txn = store.begin().await.unwrap();
    txn.create_account(&Account {
        id: professional,
        sign_in: "rb".to_owned(),
        name: "Rosa Bell".to_owned(),
        discipline: "childrens-social-worker".to_owned(),
        password_hash: "x".to_owned(),
    })
    .await
    .unwrap();
    for n in 0..count {
        txn.create_session(&Session {
            token_sha256: [n; 32],
            professional,
            expires: 1,
        })
        .await
        .unwrap();
    }
    txn.commit().await.unwrap();
    store
}

/// Each forgets what the other has not taken yet: neither waits.
#[tokio::test]
async fn two_forget_the_same_sessions_without_waiting() {
    let url = database().await;
    let store = with_expired(&url, 3).await;
    let mut first = store.begin().await.unwrap();
    let mut second = store.begin().await.unwrap();
    first.end_session([0; 32]).await.unwrap();
    assert_eq!(second.drop_expired_sessions(1).await.unwrap(), 2);
    assert_eq!(first.drop_expired_sessions(1).await.unwrap(), 0);
    first.commit().await.unwrap();
    second.commit().await.unwrap();
    let mut txn = store.begin().await.unwrap();
    assert_eq!(txn.drop_expired_sessions(i64::MAX).await.unwrap(), 0);
}

#[tokio::test]
async fn an_identity_that_can_not_be_stored_is_nobodys() {
    let url = database().await;
    let store = with_expired(&url, 0).await;
    let mut txn = store.begin().await.unwrap();
    assert_eq!(txn.identity("https://a", "x\0").await.unwrap(), None);
    assert!(!txn.unlink_identity("https://a\0", "x").await.unwrap());
    txn.commit().await.unwrap();
}
