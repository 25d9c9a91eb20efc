//! Finding a family that is not one's own, breaking its glass, and telling its manager.

use access::{
    BreakGlass, Denied, FindFamily, Granted, NoticeFacts, Restricted, SeeNotice, Subject, TeamRole,
    decide,
};
use record::ids::{BreakGlassId, FamilyId, ProfessionalId};
use store::{
    StoreError,
    audit::kind,
    server::{BrokenGlass, Family, TeamPlace},
};

use super::{Passage, Stopped, audit::Asked};

/// What a manager is told of one breaking.
pub(crate) struct Notice {
    /// The breaking.
    pub(crate) broken: BrokenGlass,
    /// The family's name.
    pub(crate) family_name: String,
    /// Who broke it, by name.
    pub(crate) by: String,
}

impl Passage {
    /// At most `limit` families whose name holds `part` (capitals don't matter) and that the subject
    /// may know of, by name.
    pub(crate) async fn find_families(
        &mut self,
        subject: &Subject,
        part: &str,
        limit: usize,
    ) -> Result<Vec<Family>, Stopped> {
        let part = part.to_lowercase();
        let keys = self.keys_of(subject).await?;
        let mut found = Vec::new();
        for family in self.txn().await?.families().await? {
            if found.len() == limit {
                break;
            }
            if !family.name.to_lowercase().contains(&part) {
                continue;
            }
            let facts = access::FamilyFacts {
                family: *family.id.as_uuid(),
                standing: self.standing(subject, &keys, family.id).await?,
            };
            if decide::<FindFamily>(subject, facts).is_ok() {
                found.push(family);
            }
        }
        self.owe();
        self.record_list(kind::FAMILIES_SEARCHED, subject, found.len())
            .await?;
        Ok(found)
    }

    /// Asks to break the glass on a family. An unknown family is denied like a restricted one.
    pub(crate) async fn ask_break_glass(
        &mut self,
        subject: &Subject,
        family: FamilyId,
    ) -> Result<Granted<BreakGlass>, Stopped> {
        let asked = Asked {
            family: Some(family),
            about: None,
        };
        // A service manager may open a restricted family, but none that isn't there.
        if self.txn().await?.family(family).await?.is_none() {
            return Err(self.deny(subject, Denied::NotAllocated, asked).await?);
        }
        let facts = self.family_facts(subject, family).await?;
        self.decide::<BreakGlass>(subject, facts, asked).await
    }

    /// On how many families the subject has broken the glass at this moment.
    pub(crate) async fn broken_now(
        &mut self,
        granted: &Granted<BreakGlass>,
    ) -> Result<usize, StoreError> {
        let now = self.now;
        let professional = ProfessionalId::from_uuid(granted.subject().professional);
        Ok(self.txn().await?.broken_by(professional, now).await?.len())
    }

    /// Breaks the glass on the family that was granted, from now until `until` (milliseconds).
    pub(crate) async fn break_glass(
        &mut self,
        granted: &Granted<BreakGlass>,
        id: BreakGlassId,
        reason: String,
        until: i64,
    ) -> Result<Family, StoreError> {
        let family = FamilyId::from_uuid(granted.resource().family);
        let row = self.txn().await?.family(family).await?;
        let row = row.ok_or(StoreError::Missing { what: "family" })?;
        let from = self.now;
        self.txn()
            .await?
            .break_glass(&BrokenGlass {
                id,
                family,
                professional: ProfessionalId::from_uuid(granted.subject().professional),
                reason,
                from,
                until,
            })
            .await?;
        self.record_family(kind::GLASS_BROKEN, granted.subject(), family, *id.as_uuid())
            .await?;
        Ok(row)
    }

    /// The breakings that the subject is to be told of and that nobody has confirmed yet.
    pub(crate) async fn notices(&mut self, subject: &Subject) -> Result<Vec<Notice>, StoreError> {
        let mut notices = Vec::new();
        for broken in self.txn().await?.unseen_broken_glass().await? {
            let facts = self.notice_facts(subject, &broken).await?;
            if decide::<SeeNotice>(subject, facts).is_err() {
                continue;
            }
            let family = self.txn().await?.family(broken.family).await?;
            let by = self.txn().await?.account(broken.professional).await?;
            if let (Some(family), Some(by)) = (family, by) {
                notices.push(Notice {
                    broken,
                    family_name: family.name,
                    by: by.name,
                });
            }
        }
        if !notices.is_empty() {
            self.owe();
            self.record_list(kind::NOTICES_READ, subject, notices.len())
                .await?;
        }
        Ok(notices)
    }

    /// Asks to confirm a notice. An unknown one is denied like another's.
    pub(crate) async fn ask_notice(
        &mut self,
        subject: &Subject,
        id: BreakGlassId,
    ) -> Result<Granted<SeeNotice>, Stopped> {
        let broken = self.txn().await?.broken_glass(id).await?;
        let asked = Asked {
            family: broken.as_ref().map(|it| it.family),
            about: Some(*id.as_uuid()),
        };
        let Some(broken) = broken else {
            return Err(self.deny(subject, Denied::NotYourNotice, asked).await?);
        };
        let facts = self.notice_facts(subject, &broken).await?;
        self.decide::<SeeNotice>(subject, facts, asked).await
    }

    /// Notes that the subject has seen a notice. Twice is no error: the first who saw it stays.
    pub(crate) async fn see_notice(
        &mut self,
        granted: &Granted<SeeNotice>,
    ) -> Result<(), StoreError> {
        let now = self.now;
        let notice = BreakGlassId::from_uuid(granted.resource().notice);
        let by = ProfessionalId::from_uuid(granted.subject().professional);
        self.txn().await?.see_broken_glass(notice, by, now).await?;
        let event = *notice.as_uuid();
        self.record_about(kind::NOTICE_SEEN, granted.subject(), event)
            .await
    }

    async fn notice_facts(
        &mut self,
        subject: &Subject,
        broken: &BrokenGlass,
    ) -> Result<NoticeFacts, StoreError> {
        let places: Vec<TeamPlace> = match self.txn().await?.team_responsible(broken.family).await?
        {
            Some(team) => self.txn().await?.places_in(team).await?,
            None => Vec::new(),
        };
        let role = |place: &TeamPlace| TeamRole::from_code(&place.role);
        let mine = places
            .iter()
            .find(|it| *it.professional.as_uuid() == subject.professional);
        let managed = places
            .iter()
            .any(|it| role(it) == TeamRole::Manager && it.professional != broken.professional);
        let restricted = self.txn().await?.is_restricted(broken.family).await?;
        Ok(NoticeFacts {
            notice: *broken.id.as_uuid(),
            breaker: *broken.professional.as_uuid(),
            team: mine.map_or(TeamRole::None, role),
            restricted: if restricted {
                Restricted::Yes
            } else {
                Restricted::No
            },
            managed,
        })
    }
}
