//! What is currently said about people: facts that nobody has superseded.
//!
//! Two such facts of one field that differ are a disagreement, except in fields whose values add up
//! ([`FactField::adds_up`]). It stays visible until a newer fact
//! supersedes both; no value is ever picked by date or by order of arrival.

use crate::{
    Workbook,
    ids::{HouseholdId, PersonId, ProfessionalId, RecordId},
    model::{Fact, FactField, Membership, Party, PlanStatusChange},
};

/// A field of a person about which the record disagrees.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement<'a> {
    /// Whom it is about.
    pub person: PersonId,
    /// Which field.
    pub field: FactField,
    /// What is said, by whom; at least two values.
    pub facts: Vec<(RecordId, &'a Fact)>,
}

impl Workbook {
    /// The facts of one field of one person that nobody has superseded, oldest id first.
    ///
    /// A fact supersedes only facts of its own person and field; naming others has no effect.
    pub fn current_facts(&self, person: PersonId, field: FactField) -> Vec<(RecordId, &Fact)> {
        let of_field = || {
            self.facts
                .iter()
                .filter(move |(_, fact)| fact.person == person && fact.field == field)
        };
        of_field()
            .filter(|(id, _)| !of_field().any(|(_, other)| other.supersedes.contains(id)))
            .map(|(id, fact)| (*id, fact))
            .collect()
    }

    /// The changes of plan that nobody has corrected, by id. One supersedes only those of its own
    /// child; naming others has no effect.
    pub fn standing_plan_changes(&self) -> Vec<(RecordId, &PlanStatusChange)> {
        let corrected = |id: &RecordId, child: PersonId| {
            self.plan_statuses
                .values()
                .any(|other| other.child == child && other.supersedes.contains(id))
        };
        self.plan_statuses
            .iter()
            .filter(|(id, change)| !corrected(id, change.child))
            .map(|(id, change)| (*id, change))
            .collect()
    }

    /// A person's name; where names are disputed, all of them.
    pub fn person_name(&self, person: PersonId) -> String {
        let mut names: Vec<&str> = Vec::new();
        for (_, fact) in self.current_facts(person, FactField::Name) {
            if !names.contains(&fact.value.as_str()) {
                names.push(&fact.value);
            }
        }
        if names.is_empty() {
            self.people.get(&person).map_or_else(
                || "somebody unknown".to_owned(),
                |it| format!("the {}", it.role.label()),
            )
        } else {
            names.join(" or ")
        }
    }

    /// A professional's name.
    pub fn professional_name(&self, professional: ProfessionalId) -> &str {
        self.professionals
            .get(&professional)
            .map_or("a professional", |it| it.name.as_str())
    }

    /// The name of whoever takes part.
    pub fn party_name(&self, party: &Party) -> String {
        match party {
            Party::Person(id) => self.person_name(*id),
            Party::Professional(id) => self.professional_name(*id).to_owned(),
            Party::Named(name) => name.clone(),
        }
    }

    /// Fields about which current facts differ, by person.
    pub fn disagreements(&self) -> Vec<Disagreement<'_>> {
        let mut fields: Vec<_> = self
            .facts
            .values()
            .map(|it| (it.person, it.field))
            .collect();
        fields.sort_unstable();
        fields.dedup();
        fields
            .into_iter()
            .map(|(person, field)| Disagreement {
                person,
                field,
                facts: self.current_facts(person, field),
            })
            .filter(|it| {
                if it.field.adds_up() {
                    return false;
                }
                let mut values = it.facts.iter().map(|(_, fact)| &fact.value);
                values
                    .next()
                    .is_some_and(|first| values.any(|value| value != first))
            })
            .collect()
    }

    /// The members of a household, by name. Somebody who left is a member again by a later record
    /// that says since when.
    pub fn household_members(&self, household: HouseholdId) -> Vec<PersonId> {
        let of_household = || {
            self.memberships
                .values()
                .filter(move |it| it.household == household)
        };
        let ended = |stay: &Membership| {
            of_household()
                .filter(|it| it.person == stay.person)
                .filter_map(|it| it.until)
                .any(|until| stay.from.is_none_or(|from| from <= until))
        };
        let mut members: Vec<_> = of_household()
            .filter(|it| it.until.is_none() && !ended(it))
            .map(|it| it.person)
            .collect();
        members.sort_by_key(|person| self.person_name(*person));
        members.dedup();
        members
    }
}
