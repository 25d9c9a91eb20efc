//! A leaver and who gives them something at the same moment.

use record::ids::{FamilyId, ProfessionalId, mint};
use store::server::{Account, Allocation, Store};
use store_postgres::PostgresStore;

use super::{database, somebody_waits, with_document};

/// The allocation is under way when the account's end begins: it is waited for, and ends too.
#[tokio::test]
async fn what_is_given_to_a_leaver_meanwhile_ends_too() {
    let url = database().await;
    let one = with_document(&url).await;
    let two = PostgresStore::open(&url).await.unwrap();
    let family = FamilyId::from(mint(1, [2; 10]));
    let professional = ProfessionalId::from(mint(1, [3; 10]));
    let mut txn = one.begin().await.unwrap();
    txn.create_account(&Account {
        id: professional,
        sign_in: "rb".to_owned(),
        name: "Rosa Bell".to_owned(),
        discipline: "childrens-social-worker".to_owned(),
        password_hash: "x".to_owned(),
    })
    .await
    .unwrap();
    txn.commit().await.unwrap();

    let mut giving = one.begin().await.unwrap();
    let allocation = Allocation {
        family,
        professional,
        from: 1,
    };
    giving.allocate(&allocation).await.unwrap();
    let ending = tokio::spawn(async move {
        let mut txn = two.begin().await.unwrap();
        txn.end_everything_of(professional, 2).await.unwrap();
        txn.commit().await.unwrap();
    });
    somebody_waits(&url).await;
    giving.commit().await.unwrap();
    ending.await.unwrap();
    let mut txn = one.begin().await.unwrap();
    assert!(!txn.is_allocated(family, professional).await.unwrap());
}
