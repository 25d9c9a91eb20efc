//! What comes near to one person, in memory.

use async_trait::async_trait;
use record::ids::{FamilyId, ProfessionalId};

use super::MemoryTxn;
use crate::{
    StoreError,
    server::{Document, NearFamily, ReachTxn, Txn as _},
};

impl MemoryTxn {
    fn is_near(&self, family: FamilyId, professional: ProfessionalId, now: i64) -> bool {
        let state = &self.state;
        let team = state.team_families.get(&family);
        state.allocations.contains(&(family, professional))
            || team.is_some_and(|team| state.team_places.contains_key(&(*team, professional)))
            || state.broken_glass.values().any(|(broken, _)| {
                broken.family == family && broken.professional == professional && broken.until > now
            })
    }
}

#[async_trait]
impl ReachTxn for MemoryTxn {
    async fn families_near(
        &mut self,
        professional: ProfessionalId,
        now: i64,
    ) -> Result<Vec<NearFamily>, StoreError> {
        let near = self
            .families()
            .await?
            .into_iter()
            .filter(|family| self.is_near(family.id, professional, now));
        Ok(near
            .map(|family| NearFamily {
                allocated: self.state.allocations.contains(&(family.id, professional)),
                team: self.state.team_families.get(&family.id).copied(),
                restricted: self.state.restricted.contains(&family.id),
                family,
            })
            .collect())
    }

    async fn documents_near(
        &mut self,
        professional: ProfessionalId,
        now: i64,
    ) -> Result<Vec<Document>, StoreError> {
        let mut documents = Vec::new();
        for near in self.families_near(professional, now).await? {
            documents.extend(self.documents_of(near.family.id).await?);
        }
        Ok(documents)
    }
}
