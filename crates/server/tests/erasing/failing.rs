//! Erasures that are cut off, and files that can't be cleaned.

use async_trait::async_trait;
use record::model::Collection;
use server::admin::{
    AdminError,
    erase::{What, check, erase},
};
use store::{
    StoreError,
    memory::MemoryStore,
    server::{News, Store, Txn},
};

use crate::town::{Town, family, health, order, random, team, visit};

fn entry() -> What {
    What::Entry {
        family: family(),
        entry: visit(),
    }
}

#[tokio::test]
async fn cut_off_between_two_documents_it_is_finished_by_doing_it_again() {
    let town = Town::settled().await;
    let mut kept = Vec::new();
    // The disk is full when the second document's turn comes.
    let cut = erase(&town.store, order(entry()), &random, &mut |it| {
        if it.documents.len() > 1 {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        kept = it.to_bytes();
        Ok(())
    })
    .await
    .unwrap_err();
    assert!(matches!(cut, AdminError::Write(_)), "{cut}");
    let half = check(&town.store, &kept).await.unwrap();
    assert!(!half.finished);
    assert_eq!(half.certificate.documents[0].document, health());
    assert_eq!(town.stored(team()).await.count(Collection::Entries), 1);

    let (rest, file) = town.erase(order(entry())).await.unwrap();
    let documents: Vec<_> = rest.documents.iter().map(|it| it.document).collect();
    assert_eq!(documents, [team()]);
    assert_eq!(town.stored(team()).await.count(Collection::Entries), 0);
    assert!(check(&town.store, &file).await.unwrap().finished);
    let nothing = town.erase(order(entry())).await.unwrap_err();
    assert!(matches!(nothing, AdminError::NothingThere), "{nothing}");
}

#[tokio::test]
async fn what_can_not_be_certified_is_not_erased() {
    let town = Town::settled().await;
    let before = town.log(team()).await;
    let refused = erase(&town.store, order(entry()), &random, &mut |_| {
        Err(std::io::ErrorKind::PermissionDenied.into())
    })
    .await;
    assert!(matches!(refused, Err(AdminError::Write(_))));
    assert_eq!(town.log(team()).await, before);
    let mut nameless = order(entry());
    nameless.reference = " ".into();
    let refused = town.erase(nameless).await.unwrap_err();
    assert!(matches!(refused, AdminError::Empty(_)), "{refused}");
}

/// A store whose files somebody else reads all the time.
struct Busy(MemoryStore);

#[async_trait]
impl Store for Busy {
    async fn begin(&self) -> Result<Box<dyn Txn>, StoreError> {
        self.0.begin().await
    }

    async fn listen(&self) -> Result<Box<dyn News>, StoreError> {
        self.0.listen().await
    }

    async fn is_first(&self, mark: [u8; 32], until: i64, now: i64) -> Result<bool, StoreError> {
        self.0.is_first(mark, until, now).await
    }

    async fn scrub(&self) -> Result<(), StoreError> {
        Err(StoreError::Inconsistent {
            table: "changes",
            row: "somebody reads".into(),
        })
    }
}

#[tokio::test]
async fn files_that_can_not_be_cleaned_stand_on_the_certificate() {
    let town = Town::settled().await;
    let store = Busy(town.store.clone());
    let mut file = Vec::new();
    let certificate = erase(&store, order(entry()), &random, &mut |it| {
        file = it.to_bytes();
        Ok(())
    })
    .await
    .unwrap();
    assert!(!certificate.scrubbed);
    let failure = certificate.scrub_failure.unwrap();
    assert!(failure.contains("somebody reads"), "{failure}");
    assert_eq!(town.stored(team()).await.count(Collection::Entries), 0);
    assert!(check(&store, &file).await.unwrap().finished);
}
