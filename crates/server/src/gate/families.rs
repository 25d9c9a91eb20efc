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
        let facts = self.facts(&row, allocated).await?;
        Ok(decide::<PushDocument>(subject, facts)?)
    }

    /// Every document of the professional's families that they may take a copy of.
    pub(crate) async fn reachable(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<Reachable>, StoreError> {
        let mut reachable = Vec::new();
        for family in self.families(granted).await? {
            for row in self.txn.documents_of(family.id).await? {
                let facts = self.facts(&row, Allocated::Yes).await?;
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

    async fn facts(
        &mut self,
        row: &Document,
        allocated: Allocated,
    ) -> Result<DocumentFacts, StoreError> {
        let compartment = Compartment::from_code(&row.compartment);
        let members = match compartment {
            Compartment::Team => Vec::new(),
            _ => self.txn.members_of(row.id).await?,
        };
        Ok(DocumentFacts {
            document: *row.id.as_uuid(),
            family: *row.family.as_uuid(),
            compartment,
            allocated,
            members: members.iter().map(|it| *it.as_uuid()).collect(),
            owner: row.owner.map(|it| *it.as_uuid()),
        })
    }
}
