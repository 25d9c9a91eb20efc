//! Broken glass: emergency reading of a family, its reason and who was told.

use async_trait::async_trait;
use record::ids::{BreakGlassId, FamilyId, ProfessionalId};

use crate::StoreError;

/// One breaking of the glass. Rows are never deleted. Times are milliseconds since 1970, UTC.
#[derive(Clone, PartialEq, Eq)]
pub struct BrokenGlass {
    /// Its id.
    pub id: BreakGlassId,
    /// The family.
    pub family: FamilyId,
    /// Who broke it.
    pub professional: ProfessionalId,
    /// Why, in their words.
    pub reason: String,
    /// Since when.
    pub from: i64,
    /// Until when, exclusive.
    pub until: i64,
}

impl std::fmt::Debug for BrokenGlass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The reason tells about a family and stays out of logs.
        f.debug_struct("BrokenGlass")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// What the contract says about broken glass.
#[async_trait]
pub trait BreakGlassTxn: Send {
    /// Keeps a breaking. Its id must be new; needs family and account.
    async fn break_glass(&mut self, broken: &BrokenGlass) -> Result<(), StoreError>;
    /// The breaking with this id.
    async fn broken_glass(&mut self, id: BreakGlassId) -> Result<Option<BrokenGlass>, StoreError>;
    /// The breakings of a professional whose time is not over at `now`, oldest first.
    async fn broken_by(
        &mut self,
        professional: ProfessionalId,
        now: i64,
    ) -> Result<Vec<BrokenGlass>, StoreError>;
    /// The breakings that no manager has confirmed yet, oldest first.
    async fn unseen_broken_glass(&mut self) -> Result<Vec<BrokenGlass>, StoreError>;
    /// Notes that `by` has seen a breaking at `at`. The first one stays. Returns whether it was the
    /// first; false too when there is no such breaking.
    async fn see_broken_glass(
        &mut self,
        id: BreakGlassId,
        by: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError>;
}
