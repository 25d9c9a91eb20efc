//! Which families and documents someone reaches.

use std::collections::HashMap;

use access::{
    Allocated, Compartment, DocumentFacts, FamilyFacts, Glass, Granted, ListFamilies, PullDocument,
    PushDocument, ReadFamily, Restricted, Standing, Subject, TeamRole, decide,
};
use record::ids::{DocumentId, FamilyId, ProfessionalId, TeamId};
use store::{
    StoreError,
    audit::kind,
    server::{BrokenGlass, Document, Family, TeamPlace},
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

/// A family that someone may read.
pub(crate) struct Reached {
    /// The family.
    pub(crate) family: Family,
    /// Until when, where only broken glass opens it.
    pub(crate) until: Option<i64>,
    standing: Standing,
}

/// What opens families to one person at this moment, beside their allocations.
pub(super) struct Keys {
    places: Vec<TeamPlace>,
    broken: Vec<BrokenGlass>,
}

impl Keys {
    /// Their role in a team.
    fn role_in(&self, team: TeamId) -> TeamRole {
        let place = self.places.iter().find(|it| it.team == team);
        place.map_or(TeamRole::None, |it| TeamRole::from_code(&it.role))
    }

    /// How they stand to a family of which this is known.
    fn standing(
        &self,
        family: FamilyId,
        allocated: bool,
        team: Option<TeamId>,
        restricted: bool,
    ) -> Standing {
        Standing {
            allocated: if allocated {
                Allocated::Yes
            } else {
                Allocated::No
            },
            team: team.map_or(TeamRole::None, |team| self.role_in(team)),
            restricted: if restricted {
                Restricted::Yes
            } else {
                Restricted::No
            },
            glass: match self.broken_until(family) {
                Some(_) => Glass::Broken,
                None => Glass::Whole,
            },
        }
    }

    /// Until when they may read a family by broken glass.
    fn broken_until(&self, family: FamilyId) -> Option<i64> {
        let of = self.broken.iter().filter(|it| it.family == family);
        of.map(|it| it.until).max()
    }
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

    /// The families that the professional may read now, by name. Written down: only after
    /// [`Passage::commit`] may they be answered with.
    pub(crate) async fn families(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<Reached>, StoreError> {
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
    ) -> Result<Vec<Reached>, StoreError> {
        let subject = granted.subject();
        let professional = ProfessionalId::from_uuid(subject.professional);
        let keys = self.keys_of(subject).await?;
        let now = self.now;
        let mut reached = Vec::new();
        for near in self.txn().await?.families_near(professional, now).await? {
            let family = near.family;
            let standing = keys.standing(family.id, near.allocated, near.team, near.restricted);
            let facts = |standing| FamilyFacts {
                family: *family.id.as_uuid(),
                standing,
            };
            if decide::<ReadFamily>(subject, facts(standing)).is_err() {
                continue;
            }
            let unbroken = Standing {
                glass: Glass::Whole,
                ..standing
            };
            let lasting = decide::<ReadFamily>(subject, facts(unbroken)).is_ok();
            let until = keys.broken_until(family.id).filter(|_| !lasting);
            reached.push(Reached {
                family,
                until,
                standing,
            });
        }
        Ok(reached)
    }

    /// Asks to read a family.
    pub(crate) async fn ask_family(
        &mut self,
        subject: &Subject,
        family: FamilyId,
    ) -> Result<Granted<ReadFamily>, Stopped> {
        let facts = self.family_facts(subject, family).await?;
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
        let standing = self.family_facts(subject, row.family).await?.standing;
        let facts = self.facts(&row, standing).await?;
        self.decide::<PushDocument>(subject, facts, asked).await
    }

    /// Every document of the professional's families that they may take a copy of: which there are,
    /// and how far they have got. What stands in them is written down when [`Passage::open`] gives it.
    pub(crate) async fn reachable(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<Reachable>, StoreError> {
        let families = self.own_families(granted).await?;
        let professional = ProfessionalId::from_uuid(granted.subject().professional);
        let now = self.now;
        let mut documents: HashMap<FamilyId, Vec<Document>> = HashMap::new();
        for row in self.txn().await?.documents_near(professional, now).await? {
            documents.entry(row.family).or_default().push(row);
        }
        let mut reachable = Vec::new();
        for reached in families {
            for row in documents.remove(&reached.family.id).unwrap_or_default() {
                let facts = self.facts(&row, reached.standing).await?;
                if let Ok(granted) = decide::<PullDocument>(granted.subject(), facts) {
                    let opened = Opened::by(&granted, row);
                    reachable.push(Reachable {
                        family: reached.family.clone(),
                        granted,
                        opened,
                    });
                }
            }
        }
        Ok(reachable)
    }

    /// The facts of a family as of now; of an unknown one those of a stranger's restricted one.
    pub(super) async fn family_facts(
        &mut self,
        subject: &Subject,
        family: FamilyId,
    ) -> Result<FamilyFacts, StoreError> {
        let keys = self.keys_of(subject).await?;
        let standing = match self.txn().await?.family(family).await? {
            Some(_) => self.standing(subject, &keys, family).await?,
            None => Standing::STRANGER,
        };
        Ok(FamilyFacts {
            family: *family.as_uuid(),
            standing,
        })
    }

    pub(super) async fn keys_of(&mut self, subject: &Subject) -> Result<Keys, StoreError> {
        let now = self.now;
        let professional = ProfessionalId::from_uuid(subject.professional);
        Ok(Keys {
            places: self.txn().await?.places_of(professional).await?,
            broken: self.txn().await?.broken_by(professional, now).await?,
        })
    }

    /// How someone stands to a family that exists.
    pub(super) async fn standing(
        &mut self,
        subject: &Subject,
        keys: &Keys,
        family: FamilyId,
    ) -> Result<Standing, StoreError> {
        let professional = ProfessionalId::from_uuid(subject.professional);
        let allocated = self.txn().await?.is_allocated(family, professional).await?;
        let team = self.txn().await?.team_responsible(family).await?;
        let restricted = self.txn().await?.is_restricted(family).await?;
        Ok(keys.standing(family, allocated, team, restricted))
    }

    pub(super) async fn facts(
        &mut self,
        row: &Document,
        standing: Standing,
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
            standing,
            members: members.iter().map(|it| *it.as_uuid()).collect(),
            owner: row.owner.map(|it| *it.as_uuid()),
        })
    }
}
