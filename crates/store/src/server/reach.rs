//! What comes near to one person: in one look, however many families they work with.
//!
//! Whether they may is not decided here: these are facts, of which `access` makes a decision for each
//! family and each document.

use async_trait::async_trait;
use record::ids::{ProfessionalId, TeamId};

use super::{Document, Family};
use crate::StoreError;

/// A family that something may open to a professional, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearFamily {
    /// The family.
    pub family: Family,
    /// Whether the professional is allocated to it now.
    pub allocated: bool,
    /// The team that it is allocated to now.
    pub team: Option<TeamId>,
    /// Whether it is restricted now.
    pub restricted: bool,
}

/// What the contract says about whom a professional may reach.
#[async_trait]
pub trait ReachTxn: Send {
    /// The families that the professional is allocated to now, that a team in which they have a place is
    /// allocated to, or on which they have broken the glass until after `now` (milliseconds since 1970):
    /// each once, by name.
    async fn families_near(
        &mut self,
        professional: ProfessionalId,
        now: i64,
    ) -> Result<Vec<NearFamily>, StoreError>;

    /// All documents of those families; of each family the team's first, then by compartment and owner.
    async fn documents_near(
        &mut self,
        professional: ProfessionalId,
        now: i64,
    ) -> Result<Vec<Document>, StoreError>;
}
