//! Which families' records have been kept for as long as the rules ask. A list to decide on: nothing
//! here erases.

use jiff::civil::Date;
use record::{PersonRetention, RetentionRules, family_until, ids::FamilyId, retention};
use store::server::{Family, Hold, Store};

use super::{AdminError, compartments::team_of};

/// A family, and until when its record is kept.
#[derive(Debug, Clone)]
pub struct FamilyRetention {
    /// The family.
    pub family: Family,
    /// What the rules say of each child.
    pub children: Vec<PersonRetention>,
    /// The last day on which the record is kept; none when it can't be told, so that it is kept.
    pub until: Option<Date>,
    /// The legal hold that is open, if one is.
    pub hold: Option<Hold>,
}

impl FamilyRetention {
    /// Whether the record has been kept for as long as the rules ask, on a day. A hold still counts.
    pub fn is_ripe(&self, on: Date) -> bool {
        self.until.is_some_and(|until| until < on)
    }
}

/// Every family by name, as the rules in force on a day have it. Reads the families' records one after
/// the other, each in a transaction of its own.
pub async fn families_retained(
    store: &dyn Store,
    rules: &RetentionRules,
    on: Date,
) -> Result<Vec<FamilyRetention>, AdminError> {
    let families = store.begin().await?.families().await?;
    let mut listed = Vec::with_capacity(families.len());
    for family in families {
        listed.extend(one(store, rules, family.id, on).await?);
    }
    Ok(listed)
}

/// One family; none when it has been erased meanwhile.
async fn one(
    store: &dyn Store,
    rules: &RetentionRules,
    id: FamilyId,
    on: Date,
) -> Result<Option<FamilyRetention>, AdminError> {
    // It writes nothing, so it is dropped.
    let mut txn = store.begin().await?;
    let Some(family) = txn.family(id).await? else {
        return Ok(None);
    };
    let hold = txn.hold_of(id).await?;
    let team = team_of(&mut *txn, id).await?;
    drop(txn);
    let children = team.map_or_else(Vec::new, |(_, document)| {
        retention(&document.read(), rules, on)
    });
    Ok(Some(FamilyRetention {
        family,
        until: family_until(&children),
        children,
        hold,
    }))
}
