//! Which of a family's documents is written, by the server's register and never by what stands in it.

use std::sync::Arc;

use record::{Context, Document, ids::ProfessionalId, terms::Compartment};
use store::StoreError;

use super::{LoadFailure, load};
use crate::{
    AppState,
    gate::{Locked, Passage},
};

/// The team's document, or a compartment beside it.
pub(super) enum Place {
    /// The team's own.
    Team,
    /// A compartment, and the team's document as of the same transaction.
    Beside {
        compartment: Compartment,
        owner: Option<ProfessionalId>,
        team: Arc<Document>,
    },
}

impl Place {
    /// Finds out which document is locked, and loads the team's beside it.
    pub(super) async fn of(
        state: &AppState,
        passage: &mut Passage,
        locked: &Locked,
    ) -> Result<Self, LoadFailure> {
        let opened = locked.opened();
        let compartment = Compartment::from_code(opened.compartment());
        if compartment == Some(Compartment::Team) {
            return Ok(Self::Team);
        }
        let team = passage.team_beside(locked).await?;
        let (Some(compartment), Some(team)) = (compartment, team) else {
            return Err(StoreError::Inconsistent {
                table: "documents",
                row: format!("document {} is no compartment beside a team", opened.id()),
            }
            .into());
        };
        Ok(Self::Beside {
            compartment,
            owner: opened.owner(),
            team: load(state, passage, &team).await?,
        })
    }

    /// Whether it is the team's own.
    pub(super) fn is_team(&self) -> bool {
        matches!(self, Self::Team)
    }

    /// The same for the record's rules.
    pub(super) fn context(&self) -> Context<'_> {
        match self {
            Self::Team => Context::team(),
            Self::Beside {
                owner: Some(owner),
                team,
                ..
            } => Context::author_only(*owner, team),
            Self::Beside {
                compartment, team, ..
            } => Context::compartment(compartment.clone(), team),
        }
    }
}
