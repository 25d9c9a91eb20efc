//! Who of the record is meant by a name that was spoken.

use std::collections::HashSet;

use record::{
    Workbook, Writer,
    ids::{PersonId, ProfessionalId},
    model::{FactField, Party},
};

/// Who is meant by a name.
pub(super) struct Names<'a> {
    writer: &'a Writer,
    people: Vec<(PersonId, Vec<String>)>,
    professionals: Vec<(ProfessionalId, String)>,
}

impl<'a> Names<'a> {
    pub(super) fn of(workbook: &Workbook, writer: &'a Writer) -> Self {
        let people = workbook
            .people
            .keys()
            .map(|id| {
                let names = [FactField::Name, FactField::KnownAs];
                let facts = names.iter().flat_map(|it| workbook.current_facts(*id, *it));
                (
                    *id,
                    facts.map(|(_, fact)| fact.value.to_lowercase()).collect(),
                )
            })
            .collect();
        let professionals = workbook
            .professionals
            .iter()
            .map(|(id, it)| (*id, it.name.to_lowercase()))
            .collect();
        Self {
            writer,
            people,
            professionals,
        }
    }

    /// The one whom a name means: the whole name, or a first name that only one person has.
    pub(super) fn party(&self, name: &str) -> Party {
        if name == "author" {
            return Party::Professional(self.writer.professional);
        }
        let wanted = name.to_lowercase();
        let first = |full: &str| full.split_whitespace().next() == Some(wanted.as_str());
        let whole = self
            .people
            .iter()
            .find(|(_, names)| names.contains(&wanted));
        let mut by_first = self
            .people
            .iter()
            .filter(|(_, names)| names.iter().any(|full| first(full)));
        let only = match (by_first.next(), by_first.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        };
        if let Some((id, _)) = whole.or(only) {
            return Party::Person(*id);
        }
        let professional = self.professionals.iter().find(|(_, full)| *full == wanted);
        professional.map_or_else(
            || Party::Named(name.to_owned()),
            |(id, _)| Party::Professional(*id),
        )
    }

    pub(super) fn parties(&self, names: &[String]) -> Vec<Party> {
        names.iter().map(|name| self.party(name)).collect()
    }

    /// Those of the names that belong to the family.
    pub(super) fn people(&self, names: &[String]) -> Vec<PersonId> {
        let mut people: Vec<_> = names
            .iter()
            .filter_map(|name| match self.party(name) {
                Party::Person(id) => Some(id),
                Party::Professional(_) | Party::Named(_) => None,
            })
            .collect();
        let mut seen = HashSet::new();
        people.retain(|id| seen.insert(*id));
        people
    }
}
