//! A family as its reader sees it: the summary with the reader's own chapter first, what to know before
//! the visit, and who and what a draft can name. All from pages: no record is opened for it.

mod prepare;

use jiff::Timestamp;
use record::{
    WholeFamily, Workbook,
    ids::{DocumentId, FamilyId},
    summary::summary_of_family,
    terms::Compartment,
    timescales,
    timescales::uncovered,
};

use crate::{
    Device, DeviceError,
    device::Need,
    held::day,
    shapes::{
        Cast, CastAction, CastConcern, CastPerson, CastProfessional, FactDispute, FactLine,
        FamilyPage, OwnEntry, Plan, PlanLine, SyncState,
    },
};

/// How many of my own entries the family's page lists.
const OWN: usize = 12;

impl Device {
    /// The family as far as this phone's pages tell.
    pub(crate) fn whole(
        &self,
        family: FamilyId,
        now: Timestamp,
    ) -> Result<WholeFamily, DeviceError> {
        let today = day(now);
        let page = |document: &DocumentId| {
            let held = self.documents.get(document)?;
            Some(held.page(today)?.workbook())
        };
        let team = self.team_of(family)?;
        let team_book = page(&team).ok_or(DeviceError::UnknownFamily)?;
        let mut whole = WholeFamily::new(team_book.clone());
        for document in self.of_family(family).iter().filter(|it| **it != team) {
            // A compartment that is not set up yet, or is another family's, is not read along.
            if let Some(book) = page(document).filter(|book| whole.takes(book).is_ok()) {
                whole = whole
                    .with(book.clone())
                    .map_err(|_| DeviceError::UnknownDocument)?;
            }
        }
        Ok(whole)
    }

    pub(crate) fn family_name(&self, family: FamilyId) -> String {
        let team = self.team_of(family).ok();
        team.and_then(|team| self.documents.get(&team))
            .map(|held| held.card.family_name.clone())
            .unwrap_or_default()
    }

    /// The family's page.
    ///
    /// # Errors
    /// [`DeviceError::NeedsRows`] until the pages have been handed over.
    pub fn family(&self, family: FamilyId, now: Timestamp) -> Result<FamilyPage, DeviceError> {
        self.require(family, Need::Page, now)?;
        let today = day(now);
        let whole = self.whole(family, now)?;
        let workbook = whole.whole();
        let mut summary = summary_of_family(&whole, today, false);
        let discipline = self.profile.discipline.label().to_owned();
        summary
            .chapters
            .sort_by_key(|chapter| chapter.discipline != discipline);
        let due = timescales(&workbook, &self.configuration, today);
        // Once for all: it reads everything that waits.
        let states = self.states();
        let mut own: Vec<_> = workbook
            .entries
            .iter()
            .filter(|(_, entry)| entry.by == self.profile.professional)
            .map(|(id, entry)| OwnEntry {
                id: *id,
                kind: entry.kind.label().to_owned(),
                day: entry.occurred.start.date(),
                state: states.get(id).copied().unwrap_or(SyncState::InTheWorkbook),
            })
            .collect();
        own.sort_by_key(|it| std::cmp::Reverse((it.day, it.id)));
        own.truncate(OWN);
        Ok(FamilyPage {
            family,
            name: self.family_name(family),
            compartments: self.compartments(family),
            discipline,
            prepare: prepare::prepare(&workbook, &summary, &due),
            timescales: due,
            uncovered: uncovered(&workbook, &self.configuration, today),
            disagreements: self.disputes(family, now),
            own,
            summary,
        })
    }

    fn disputes(&self, family: FamilyId, now: Timestamp) -> Vec<FactDispute> {
        let today = day(now);
        let mut disputes = Vec::new();
        for document in self.of_family(family) {
            let held = self.documents.get(&document);
            let Some(page) = held.and_then(|held| held.page(today)) else {
                continue;
            };
            let workbook = page.workbook();
            disputes.extend(workbook.disagreements().into_iter().map(|it| {
                FactDispute {
                    person: it.person,
                    name: workbook.person_name(it.person),
                    field: it.field,
                    label: it.field.label().to_owned(),
                    facts: it
                        .facts
                        .iter()
                        .map(|(id, fact)| FactLine {
                            id: *id,
                            value: fact.value.clone(),
                            author: workbook.professional_name(fact.by).to_owned(),
                            at: fact.at,
                        })
                        .collect(),
                    document,
                }
            }));
        }
        disputes
    }

    /// Who and what a draft of this family can name.
    ///
    /// # Errors
    /// [`DeviceError::NeedsRows`] until the pages have been handed over.
    pub fn cast(&self, family: FamilyId, now: Timestamp) -> Result<Cast, DeviceError> {
        let workbook = self.known_of(family, now)?;
        let summary = record::summary::summary(&workbook, day(now));
        let closed: Vec<_> = workbook
            .concern_closures
            .values()
            .map(|it| it.concern)
            .collect();
        Ok(Cast {
            people: people(&workbook),
            professionals: self.professionals(&workbook),
            concerns: workbook
                .concerns
                .iter()
                .filter(|(id, _)| !closed.contains(id))
                .map(|(id, concern)| CastConcern {
                    id: *id,
                    statement: concern.statement.clone(),
                    domain: concern.domain.clone(),
                })
                .collect(),
            actions: summary
                .actions
                .into_iter()
                .map(|it| CastAction {
                    id: it.id,
                    text: it.line.text,
                })
                .collect(),
            compartments: self.compartments(family),
        })
    }

    fn professionals(&self, workbook: &Workbook) -> Vec<CastProfessional> {
        let mut all: Vec<_> = workbook
            .professionals
            .iter()
            .map(|(id, it)| CastProfessional {
                id: *id,
                name: it.name.clone(),
                discipline: it.discipline.clone(),
                discipline_label: it.discipline.label().to_owned(),
                me: *id == self.profile.professional,
            })
            .collect();
        all.sort_by_key(|it| it.name.to_lowercase());
        all
    }

    /// The family's plan.
    ///
    /// # Errors
    /// [`DeviceError::NeedsRows`] until the pages have been handed over.
    pub fn plan(&self, family: FamilyId, now: Timestamp) -> Result<Plan, DeviceError> {
        self.require(family, Need::Page, now)?;
        let today = day(now);
        let whole = self.whole(family, now)?;
        let workbook = whole.whole();
        let summary = summary_of_family(&whole, today, false);
        let mut statuses: Vec<_> = workbook
            .plan_statuses
            .values()
            .map(|it| PlanLine {
                child: it.child,
                name: workbook.person_name(it.child),
                status: it.status.label().to_owned(),
                category: it.category.as_ref().map(|it| it.label().to_owned()),
                from: it.from,
                author: workbook.professional_name(it.by).to_owned(),
            })
            .collect();
        statuses.sort_by(|a, b| (b.from, &a.name).cmp(&(a.from, &b.name)));
        Ok(Plan {
            statuses,
            goals: summary.goals,
            actions: summary.actions,
            safety_plans: summary.safety_plans,
            timescales: timescales(&workbook, &self.configuration, today),
        })
    }

    /// The compartment of a document.
    pub(crate) fn compartment_of(&self, document: DocumentId) -> Compartment {
        let held = self.documents.get(&document);
        held.and_then(crate::held::Held::compartment)
            .unwrap_or(Compartment::Team)
    }
}

fn people(workbook: &Workbook) -> Vec<CastPerson> {
    let mut people: Vec<_> = workbook
        .people
        .iter()
        .map(|(id, person)| CastPerson {
            id: *id,
            name: workbook.person_name(*id),
            known_as: workbook
                .current_facts(*id, record::model::FactField::KnownAs)
                .iter()
                .map(|(_, fact)| fact.value.clone())
                .collect(),
            role: person.role.clone(),
            role_label: person.role.label().to_owned(),
            child: person.role.is_child(),
        })
        .collect();
    people.sort_by_key(|it| (!it.child, it.name.to_lowercase()));
    people
}
