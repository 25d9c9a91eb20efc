//! Who listens to news, and what they may hear of.
//!
//! No row is owed: a listener learns that a document which they may take a copy of has grown, and
//! nothing of what stands in it. The pull that follows is written down.

use access::{PullDocument, Subject, decide};
use record::ids::{DeviceId, DocumentId, ProfessionalId};
use store::{StoreError, server::News};

use super::{Gate, Passage};

/// A device that has opened a stream of news. (A browser keeps no copy, so it has nothing to pull.)
#[derive(Debug)]
pub(crate) struct Listening {
    subject: Subject,
    device: DeviceId,
}

impl Listening {
    /// A device that has just been believed.
    pub(crate) fn new(subject: Subject, device: DeviceId) -> Self {
        Self { subject, device }
    }

    /// The device.
    pub(crate) fn device(&self) -> DeviceId {
        self.device
    }
}

impl Gate {
    /// Listens for news of every document: whom it may be told to is asked for each piece.
    pub(crate) async fn listen(&self) -> Result<Box<dyn News>, StoreError> {
        self.store.listen().await
    }
}

impl Passage {
    /// Whether the device of a listener still stands.
    pub(crate) async fn still_listens(
        &mut self,
        listening: &Listening,
    ) -> Result<bool, StoreError> {
        let device = self.device(listening.device).await?;
        let professional = ProfessionalId::from_uuid(listening.subject.professional);
        Ok(device.is_some_and(|it| it.revoked.is_none()) && !self.is_closed(professional).await?)
    }

    /// Whether a listener may take a copy of a document, as of now.
    pub(crate) async fn may_hear_of(
        &mut self,
        listening: &Listening,
        document: DocumentId,
    ) -> Result<bool, StoreError> {
        let Some(row) = self.txn().await?.document(document).await? else {
            return Ok(false);
        };
        let subject = &listening.subject;
        let standing = self.family_facts(subject, row.family).await?.standing;
        let facts = self.facts(&row, standing).await?;
        Ok(decide::<PullDocument>(subject, facts).is_ok())
    }
}
