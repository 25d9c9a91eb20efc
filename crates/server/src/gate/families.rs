//! Which families and documents someone reaches.

use access::{
    Allocated, Compartment, DocumentFacts, FamilyFacts, Granted, ListFamilies, PullDocument,
    PushDocument, ReadFamily, Subject, decide,
};
use record::ids::{DocumentId, FamilyId, ProfessionalId};
use store::{
    StoreError,
    audit::kind,
    server::{Document, Family},
};

use super::{Opened, Passage, Stopped, audit::Asked};

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
    pub(crate) async fn ask_families(
        &mut self,
        subject: &Subject,
    ) -> Result<Granted<ListFamilies>, Stopped> {
        self.decide::<ListFamilies>(subject, (), Asked::default())
            .await
    }

    /// The families that the professional is allocated to now, by name. Written down: only after
    /// [`Passage::commit`] may they be answered with.
    pub(crate) async fn families(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<Family>, StoreError> {
        let families = self.own_families(granted).await?;
        self.owe();
        let subject = granted.subject();
        self.record_list(kind::FAMILIES_LISTED, subject, families.len())
            .await?;
        Ok(families)
    }

    pub(super) async fn own_families(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<Family>, StoreError> {
        let professional = ProfessionalId::from_uuid(granted.subject().professional);
        self.txn().await?.families_of(professional).await
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
        let asked = Asked {
            family: Some(family),
            about: None,
        };
        self.decide::<ReadFamily>(subject, facts, asked).await
    }

    /// Asks to offer changes to a document. An unknown document is denied like a foreign one.
    pub(crate) async fn ask_push(
        &mut self,
        subject: &Subject,
        document: DocumentId,
    ) -> Result<Granted<PushDocument>, Stopped> {
        let row = self.txn().await?.document(document).await?;
        let asked = Asked {
            family: row.as_ref().map(|it| it.family),
            about: Some(*document.as_uuid()),
        };
        let Some(row) = row else {
            let denied = access::Denied::NotAllocated;
            return Err(self.deny(subject, denied, asked).await?);
        };
        let allocated = self.allocated(subject, row.family).await?;
        let facts = self.facts(&row, allocated).await?;
        self.decide::<PushDocument>(subject, facts, asked).await
    }

    /// Every document of the professional's families that they may take a copy of: which there are,
    /// and how far they have got. What stands in them is written down when [`Passage::open`] gives it.
    pub(crate) async fn reachable(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<Reachable>, StoreError> {
        let mut reachable = Vec::new();
        for family in self.own_families(granted).await? {
            for row in self.txn().await?.documents_of(family.id).await? {
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
        Ok(
            if self.txn().await?.is_allocated(family, professional).await? {
                Allocated::Yes
            } else {
                Allocated::No
            },
        )
    }

    async fn facts(
        &mut self,
        row: &Document,
        allocated: Allocated,
    ) -> Result<DocumentFacts, StoreError> {
        let compartment = Compartment::from_code(&row.compartment);
        let members = match compartment {
            Compartment::Team => Vec::new(),
            _ => self.txn().await?.members_of(row.id).await?,
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
