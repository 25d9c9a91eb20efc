//! A family as one reader sees it: the team's workbook and the compartments that they hold.
//!
//! A compartment names the team's people, professionals, households and concerns; the team's workbook
//! names nothing of a compartment. So a reader without compartments reads the team's workbook as it
//! is, and nothing here can leak into it: reading together happens only where both are held.

use std::collections::BTreeSet;

use crate::{Workbook, terms::Compartment};

/// A compartment that can't be read with this team's workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOfThisFamily {
    /// It has no cover, or its cover says that it is the team's.
    #[error("this document is not a compartment: open it on its own")]
    NoCompartment,
    /// Its cover names another family than the team's.
    #[error("this compartment belongs to another family: open it with that family's workbook")]
    OtherFamily,
}

/// The team's workbook with the compartments that its reader holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WholeFamily {
    team: Workbook,
    held: Vec<(Compartment, Workbook)>,
    sealed: BTreeSet<Compartment>,
}

impl WholeFamily {
    /// What somebody without any compartment reads.
    pub fn new(team: Workbook) -> Self {
        Self {
            team,
            ..Self::default()
        }
    }

    /// Which compartment of this family a workbook is.
    ///
    /// # Errors
    /// When it is none, or of another family.
    pub fn takes(&self, compartment: &Workbook) -> Result<Compartment, NotOfThisFamily> {
        let cover = compartment
            .cover
            .as_ref()
            .filter(|cover| cover.compartment != Compartment::Team)
            .ok_or(NotOfThisFamily::NoCompartment)?;
        if self.team.cover.as_ref().map(|team| team.family) == Some(cover.family) {
            Ok(cover.compartment.clone())
        } else {
            Err(NotOfThisFamily::OtherFamily)
        }
    }

    /// Adds a compartment that the reader holds.
    ///
    /// # Errors
    /// As [`WholeFamily::takes`].
    pub fn with(mut self, compartment: Workbook) -> Result<Self, NotOfThisFamily> {
        let name = self.takes(&compartment)?;
        self.held.push((name, compartment));
        Ok(self)
    }

    /// Says that a compartment exists which the reader does not hold. Whether a reader may learn of
    /// it is the council's configuration: see [`crate::summary::summary_of_family`].
    #[must_use]
    pub fn with_sealed(mut self, compartment: Compartment) -> Self {
        self.sealed.insert(compartment);
        self
    }

    /// The team's workbook alone.
    pub fn team(&self) -> &Workbook {
        &self.team
    }

    /// The compartments that the reader holds, in the order in which they were added. There may be
    /// several author-only ones, each of another owner.
    pub fn held(&self) -> impl Iterator<Item = (&Compartment, &Workbook)> {
        self.held
            .iter()
            .map(|(compartment, workbook)| (compartment, workbook))
    }

    /// The compartments that exist and that the reader does not hold.
    pub fn sealed(&self) -> impl Iterator<Item = &Compartment> {
        self.sealed
            .iter()
            .filter(|sealed| self.held.iter().all(|(held, _)| held != *sealed))
    }

    /// Everything that the reader holds as one workbook, for reading only. Where a compartment has a
    /// record under an id that the team has too, the team's stands and the other is listed as
    /// unreadable.
    pub fn whole(&self) -> Workbook {
        self.without(None)
    }

    /// As [`WholeFamily::whole`], without one kind of compartment.
    pub(crate) fn without(&self, left_out: Option<&Compartment>) -> Workbook {
        let mut whole = self.team.clone();
        for (compartment, workbook) in &self.held {
            if Some(compartment) != left_out {
                whole.absorb(workbook.clone());
            }
        }
        whole
    }
}
