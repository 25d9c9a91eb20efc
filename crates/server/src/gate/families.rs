//! Which families and documents someone reaches.

use access::{
    Allocated, Compartment, DocumentFacts, FamilyFacts, Glass, Granted, ListFamilies, PullDocument,
    PushDocument, ReadFamily, Restricted, Standing, Subject, TeamRole, decide,
};
use record::ids::{DocumentId, FamilyId, ProfessionalId, TeamId};
use store::{
    StoreError,
    server::{BrokenGlass, Document, Family, TeamPlace},
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

    /// Until when they may read a family by broken glass.
    fn broken_until(&self, family: FamilyId) -> Option<i64> {
        let of = self.broken.iter().filter(|it| it.family == family);
        of.map(|it| it.until).max()
    }
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

    /// The families that the professional may read now, by name.
    pub(crate) async fn families(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<Reached>, StoreError> {
        let subject = granted.subject();
        let professional = ProfessionalId::from_uuid(subject.professional);
        let keys = self.keys_of(subject).await?;
        let mut families = self.txn.families_of(professional).await?;
        for place in &keys.places {
            families.extend(self.txn.families_assigned(place.team).await?);
        }
        for broken in &keys.broken {
            families.extend(self.txn.family(broken.family).await?);
        }
        families.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        families.dedup_by_key(|family| family.id);
        let mut reached = Vec::new();
        for family in families {
            let standing = self.standing(subject, &keys, family.id).await?;
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
        let standing = self.family_facts(subject, row.family).await?.standing;
        let facts = self.facts(&row, standing).await?;
        Ok(decide::<PushDocument>(subject, facts)?)
    }

    /// Every document of the professional's families that they may take a copy of.
    pub(crate) async fn reachable(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<Reachable>, StoreError> {
        let mut reachable = Vec::new();
        for reached in self.families(granted).await? {
            for row in self.txn.documents_of(reached.family.id).await? {
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
        let standing = match self.txn.family(family).await? {
            Some(_) => self.standing(subject, &keys, family).await?,
            None => Standing::STRANGER,
        };
        Ok(FamilyFacts {
            family: *family.as_uuid(),
            standing,
        })
    }

    pub(super) async fn keys_of(&mut self, subject: &Subject) -> Result<Keys, StoreError> {
        let professional = ProfessionalId::from_uuid(subject.professional);
        Ok(Keys {
            places: self.txn.places_of(professional).await?,
            broken: self.txn.broken_by(professional, self.now).await?,
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
        let allocated = self.txn.is_allocated(family, professional).await?;
        let team = self.txn.team_responsible(family).await?;
        let restricted = self.txn.is_restricted(family).await?;
        Ok(Standing {
            allocated: if allocated {
                Allocated::Yes
            } else {
                Allocated::No
            },
            team: team.map_or(TeamRole::None, |team| keys.role_in(team)),
            restricted: if restricted {
                Restricted::Yes
            } else {
                Restricted::No
            },
            glass: match keys.broken_until(family) {
                Some(_) => Glass::Broken,
                None => Glass::Whole,
            },
        })
    }

    async fn facts(
        &mut self,
        row: &Document,
        standing: Standing,
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
            standing,
            members: members.iter().map(|it| *it.as_uuid()).collect(),
            owner: row.owner.map(|it| *it.as_uuid()),
        })
    }
}
