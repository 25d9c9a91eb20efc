//! Who listens to news, and what they may hear of.
//!
//! No row is owed: a listener learns that a document which they may take a copy of has grown, and
//! nothing of what stands in it. The pull that follows is written down.

use access::{PullDocument, Subject, decide};
use record::ids::{DeviceId, DocumentId, ProfessionalId};
use store::{StoreError, server::News};

use super::{Gate, Passage};

/// Somebody who has opened a stream of news.
#[derive(Debug)]
pub(crate) struct Listening {
    subject: Subject,
    caller: Caller,
}

/// By what the listener was believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    /// A device's signature.
    Device(DeviceId),
    /// A browser's session, by its token's SHA-256.
    Session([u8; 32]),
}

impl Listening {
    /// Somebody who has just been believed.
    pub(crate) fn new(subject: Subject, caller: Caller) -> Self {
        Self { subject, caller }
    }

    /// By what they were believed.
    pub(crate) fn caller(&self) -> Caller {
        self.caller
    }
}

impl Gate {
    /// Listens for news of every document: whom it may be told to is asked for each piece.
    pub(crate) async fn listen(&self) -> Result<Box<dyn News>, StoreError> {
        self.store.listen().await
    }
}

impl Passage {
    /// Whether the device or session of a listener still stands. Listening is no use of a session.
    pub(crate) async fn still_listens(
        &mut self,
        listening: &Listening,
        idle_millis: i64,
    ) -> Result<bool, StoreError> {
        let stands = match listening.caller {
            Caller::Device(id) => {
                let device = self.device(id).await?;
                device.is_some_and(|it| it.revoked.is_none())
            }
            // This transaction is not committed, so that no use of the session is noted.
            Caller::Session(token) => self.live_session(token, idle_millis).await?.is_some(),
        };
        let professional = ProfessionalId::from_uuid(listening.subject.professional);
        Ok(stands && !self.is_closed(professional).await?)
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
