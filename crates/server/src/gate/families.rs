//! Which families and documents someone reaches.

use access::{
    Allocated, Compartment, DocumentFacts, FamilyFacts, Granted, ListFamilies, PullDocument,
    PushDocument, ReadFamily, Subject, decide,
};
use record::ids::{DocumentId, FamilyId, ProfessionalId};
use store::{
    StoreError,
    server::{Document, Family},
};

use super::{Opened, Passage, Stopped};

/// A document that someone may take a copy of.
pub(crate) struct Reachable {
    /// Its family.
    pub(crate) family: Family,
    /// The proof, on which [`Passage::open`] asks.
    pub(crate) granted: Granted<PullDocument>,
    /// The document as of now.
    pub(crate) opened: Opened,
}

impl Passage {
    /// Asks to list one's own families.
    #[expect(
        clippy::unused_self,
        reason = "asked at the gate like every other action"
    )]
    pub(crate) fn ask_families(
        &mut self,
        subject: &Subject,
    ) -> Result<Granted<ListFamilies>, Stopped> {
        Ok(decide::<ListFamilies>(subject, ())?)
    }

    /// The families that the professional is allocated to now, by name.
    pub(crate) async fn families(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<Family>, StoreError> {
        let professional = ProfessionalId::from_uuid(granted.subject().professional);
        self.txn.families_of(professional).await
    }

    /// Asks to read a family.
    pub(crate) async fn ask_family(
        &mut self,
        subject: &Subject,
        family: FamilyId,
    ) -> Result<Granted<ReadFamily>, Stopped> {
        let allocated = self.allocated(subject, family).await?;
        let facts = FamilyFacts {
            family: *family.as_uuid(),
            allocated,
        };
        Ok(decide::<ReadFamily>(subject, facts)?)
    }

    /// Asks to offer changes to a document. An unknown document is denied like a foreign one.
    pub(crate) async fn ask_push(
        &mut self,
        subject: &Subject,
        document: DocumentId,
    ) -> Result<Granted<PushDocument>, Stopped> {
        let Some(row) = self.txn.document(document).await? else {
            return Err(Stopped::Denied(access::Denied::NotAllocated));
        };
        let allocated = self.allocated(subject, row.family).await?;
        Ok(decide::<PushDocument>(subject, facts(&row, allocated))?)
    }

    /// Every document of the professional's families that they may take a copy of.
    pub(crate) async fn reachable(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<Reachable>, StoreError> {
        let mut reachable = Vec::new();
        for family in self.families(granted).await? {
            for row in self.txn.documents_of(family.id).await? {
                let facts = facts(&row, Allocated::Yes);
                if let Ok(granted) = decide::<PullDocument>(granted.subject(), facts) {
                    let opened = Opened::by(&granted, row);
                    reachable.push(Reachable {
                        family: family.clone(),
                        granted,
                        opened,
                    });
                }
            }
        }
        Ok(reachable)
    }

    async fn allocated(
        &mut self,
        subject: &Subject,
        family: FamilyId,
    ) -> Result<Allocated, StoreError> {
        let professional = ProfessionalId::from_uuid(subject.professional);
        Ok(if self.txn.is_allocated(family, professional).await? {
            Allocated::Yes
        } else {
            Allocated::No
        })
    }
}

fn facts(row: &Document, allocated: Allocated) -> DocumentFacts {
    DocumentFacts {
        document: *row.id.as_uuid(),
        family: *row.family.as_uuid(),
        compartment: Compartment::from_code(&row.compartment),
        allocated,
        // Compartments have no named members yet: only the team's document is reached.
        members: Vec::new(),
    }
}
