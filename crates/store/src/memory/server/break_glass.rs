//! Broken glass in memory.

use async_trait::async_trait;
use record::ids::{BreakGlassId, ProfessionalId};

use super::{MemoryTxn, state::insert_new};
use crate::{
    StoreError,
    server::{BreakGlassTxn, BrokenGlass},
};

fn oldest_first(mut broken: Vec<BrokenGlass>) -> Vec<BrokenGlass> {
    broken.sort_by_key(|it| (it.from, it.id));
    broken
}

#[async_trait]
impl BreakGlassTxn for MemoryTxn {
    async fn break_glass(&mut self, broken: &BrokenGlass) -> Result<(), StoreError> {
        let known = self.state.families.contains_key(&broken.family)
            && self.state.accounts.contains_key(&broken.professional);
        if !known {
            return Err(StoreError::Missing {
                what: "family or account",
            });
        }
        let new = (broken.clone(), None);
        insert_new(&mut self.state.broken_glass, broken.id, new, "broken glass")
    }

    async fn broken_glass(&mut self, id: BreakGlassId) -> Result<Option<BrokenGlass>, StoreError> {
        let found = self.state.broken_glass.get(&id);
        Ok(found.map(|(broken, _)| broken.clone()))
    }

    async fn broken_by(
        &mut self,
        professional: ProfessionalId,
        now: i64,
    ) -> Result<Vec<BrokenGlass>, StoreError> {
        let all = self.state.broken_glass.values();
        Ok(oldest_first(
            all.filter(|(broken, _)| broken.professional == professional && broken.until > now)
                .map(|(broken, _)| broken.clone())
                .collect(),
        ))
    }

    async fn unseen_broken_glass(&mut self) -> Result<Vec<BrokenGlass>, StoreError> {
        let all = self.state.broken_glass.values();
        Ok(oldest_first(
            all.filter(|(_, seen)| seen.is_none())
                .map(|(broken, _)| broken.clone())
                .collect(),
        ))
    }

    async fn see_broken_glass(
        &mut self,
        id: BreakGlassId,
        by: ProfessionalId,
        _at: i64,
    ) -> Result<bool, StoreError> {
        let Some((_, seen)) = self.state.broken_glass.get_mut(&id) else {
            return Ok(false);
        };
        let first = seen.is_none();
        seen.get_or_insert(by);
        Ok(first)
    }
}
