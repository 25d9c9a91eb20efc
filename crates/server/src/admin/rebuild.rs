//! Boards made anew from the documents: after a restore, or when a new version keeps more of them.

use jiff::civil::Date;
use record::{Page, ids::FamilyId};
use store::{
    audit::{Chain, Event, kind},
    server::Store,
};

use super::{AdminError, compartments::team_of};
use crate::documents;

/// Makes the board of every family's team document anew, as of a day, a transaction each; a running
/// server goes on beside it. Returns how many. `at` is the time now, in milliseconds since 1970.
pub async fn rebuild(store: &dyn Store, today: Date, at: i64) -> Result<u64, AdminError> {
    let families = store.begin().await?.families().await?;
    let mut count = 0;
    for family in families {
        count += u64::from(rebuild_one(store, family.id, today).await?);
    }
    let mut txn = store.begin().await?;
    let event = Event {
        count: Some(count),
        ..Event::new(at, kind::REBUILT)
    };
    txn.append_audit(Chain::HOUSE, &event).await?;
    txn.commit().await?;
    Ok(count)
}

async fn rebuild_one(store: &dyn Store, family: FamilyId, today: Date) -> Result<bool, AdminError> {
    let mut txn = store.begin().await?;
    let Some((locked, document)) = team_of(&mut *txn, family).await? else {
        return Ok(false);
    };
    if locked.head == 0 {
        return Ok(false);
    }
    let page = Page::of(&document, today);
    let row = documents::row(&page, &document, locked.head, today)
        .map_err(|error| AdminError::Unreadable(error.to_string()))?;
    txn.put_board(locked.id, &row).await?;
    txn.commit().await?;
    Ok(true)
}
