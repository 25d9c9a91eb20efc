//! From a sample's file to the records that a manager writes when setting up a workbook.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use record::{
    ids::{FamilyId, HouseholdId, PersonId, ProfessionalId, RecordId},
    model::{
        Cover, Fact, FactField, Household, Membership, Person as PersonRecord, Professional,
        Record, Relationship,
    },
    terms::{Compartment, Discipline, PersonRole, RelationshipKind},
};
use serde::Deserialize;

use super::Sample;
use crate::ambient;

/// A person of a sample.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    name: String,
    role: String,
    known_as: Option<String>,
    born: Option<Date>,
    household: Option<String>,
    #[serde(default)]
    parents: Vec<String>,
}

#[cfg(test)]
impl Person {
    /// As a device knows them when it drafts.
    pub(super) fn known(&self) -> serde_json::Value {
        let also: Vec<_> = self.known_as.iter().collect();
        serde_json::json!({"name": self.name, "role": self.role, "aka": also})
    }
}

/// Everything that a manager sets up, as one change's records.
pub(super) fn records(
    sample: &Sample,
    family: FamilyId,
    accounts: &BTreeMap<String, ProfessionalId>,
    by: ProfessionalId,
    at: Timestamp,
) -> Result<Vec<Record>> {
    let cover = Cover {
        family,
        compartment: Compartment::Team,
        schema: 1,
        by,
        at,
    };
    let mut desk = Desk {
        by,
        at,
        records: vec![Record::new("cover", cover)],
    };
    let mut people = BTreeMap::new();
    let mut households = BTreeMap::new();
    for person in &sample.people {
        let id = desk.person(person)?;
        people.insert(person.name.as_str(), id);
        if let Some(name) = person.household.as_deref() {
            let household = match households.get(name) {
                Some(id) => *id,
                None => *households.entry(name).or_insert(desk.household(name)?),
            };
            let membership = Membership {
                household,
                person: id,
                from: None,
                until: None,
                by,
                at,
            };
            desk.records
                .push(Record::new(ambient::new_id()?, membership));
        }
    }
    for person in &sample.people {
        for parent in &person.parents {
            let id = |name: &str| {
                people
                    .get(name)
                    .copied()
                    .context("a parent is in the sample")
            };
            let relationship = Relationship {
                person: id(parent)?,
                kind: RelationshipKind::ParentOf,
                of: id(&person.name)?,
                by,
                at,
            };
            desk.records
                .push(Record::new(ambient::new_id()?, relationship));
        }
    }
    for member in &sample.team {
        let id = accounts
            .get(&member.sign_in)
            .context("every member has an account")?;
        let professional = Professional {
            name: member.name.clone(),
            discipline: Discipline::from_label(&member.discipline).context("a discipline")?,
            from: TimeZone::UTC.to_datetime(at).date(),
            by,
            at,
        };
        desk.records.push(Record::new(id, professional));
    }
    Ok(desk.records)
}

struct Desk {
    by: ProfessionalId,
    at: Timestamp,
    records: Vec<Record>,
}

impl Desk {
    fn person(&mut self, person: &Person) -> Result<PersonId> {
        let id = PersonId::from_uuid(ambient::new_id()?);
        let role = PersonRole::from_label(&person.role)
            .with_context(|| format!("no role {:?}", person.role))?;
        self.records.push(Record::new(
            id,
            PersonRecord {
                role,
                by: self.by,
                at: self.at,
            },
        ));
        self.fact(id, FactField::Name, &person.name)?;
        if let Some(known_as) = &person.known_as {
            self.fact(id, FactField::KnownAs, known_as)?;
        }
        if let Some(born) = person.born {
            self.fact(id, FactField::DateOfBirth, &born.to_string())?;
        }
        Ok(id)
    }

    fn fact(&mut self, person: PersonId, field: FactField, value: &str) -> Result<()> {
        let fact = Fact {
            person,
            field,
            value: value.to_owned(),
            supersedes: vec![],
            entry: None,
            by: self.by,
            at: self.at,
        };
        self.records
            .push(Record::new(RecordId::from_uuid(ambient::new_id()?), fact));
        Ok(())
    }

    fn household(&mut self, name: &str) -> Result<HouseholdId> {
        let id = HouseholdId::from_uuid(ambient::new_id()?);
        let household = Household {
            name: name.to_owned(),
            by: self.by,
            at: self.at,
        };
        self.records.push(Record::new(id, household));
        Ok(id)
    }
}
