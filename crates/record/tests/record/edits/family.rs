//! The family and what is said about it: people, facts, households, relationships, professionals,
//! back-history.

use record::model::{Collection, FactField, Record};
use serde_json::json;

use super::Hand;

impl Hand<'_> {
    /// What somebody says of a field: another word beside what stands, or one that settles it.
    pub(super) fn fact(&mut self, settles: bool) -> Option<Vec<Record>> {
        let fields = [
            FactField::DateOfBirth,
            FactField::Name,
            FactField::KnownAs,
            FactField::LeftOn,
        ];
        let field = fields[usize::from(self.edit.pick) % 4];
        let person = self.person_id()?;
        let standing = self.held.current_facts(person, field);
        let supersedes: Vec<_> = standing.iter().map(|(id, _)| *id).collect();
        if settles && supersedes.is_empty() {
            return None;
        }
        let value = match field {
            FactField::Name | FactField::KnownAs => self.words("Name"),
            _ => self.day(0),
        };
        let supersedes = if settles { supersedes } else { vec![] };
        let fact =
            json!({"person": person, "field": field, "value": value, "supersedes": supersedes});
        Some(vec![self.record(Collection::Facts, fact)])
    }

    pub(super) fn person(&mut self) -> Vec<Record> {
        let roles = ["half-sibling", "grandparent", "step-parent", "unborn-child"];
        let role = roles[usize::from(self.edit.pick) % 4];
        let person = self.record(Collection::People, json!({"role": role}));
        let name = json!({"person": person.id, "field": "name", "value": self.words("Person")});
        vec![person, self.record(Collection::Facts, name)]
    }

    pub(super) fn professional(&mut self) -> Vec<Record> {
        let value = json!({"name": self.words("Professional"), "discipline": "health-visitor",
            "from": self.day(0)});
        vec![self.record(Collection::Professionals, value)]
    }

    pub(super) fn household(&mut self) -> Vec<Record> {
        let name = json!({"name": self.words("Household")});
        vec![self.record(Collection::Households, name)]
    }

    /// Somebody moves in, or has moved out.
    pub(super) fn membership(&mut self) -> Option<Vec<Record>> {
        let until = self.says(0).then(|| self.day(5));
        let value = json!({"household": self.chosen(&self.held.households)?, "person": self.person_id()?,
            "from": self.day(0), "until": until});
        Some(vec![self.record(Collection::Memberships, value)])
    }

    pub(super) fn relationship(&mut self) -> Option<Vec<Record>> {
        let kinds = ["parent-of", "half-sibling-of", "carer-of"];
        let value = json!({"person": self.person_id()?, "of": self.child()?,
            "kind": kinds[usize::from(self.edit.pick) % 3]});
        Some(vec![self.record(Collection::Relationships, value)])
    }

    pub(super) fn history(&mut self) -> Vec<Record> {
        let precisions = ["exact", "month", "year", "about"];
        let people: Vec<_> = self.person_id().into_iter().collect();
        let value = json!({"when": {"date": self.day(0).replacen("2026", "2019", 1),
                "precision": precisions[usize::from(self.edit.pick) % 4]},
            "kind": "police-call-out", "text": self.words("History"), "people": people,
            "source": "police notification", "effect": "He saw it"});
        vec![self.record(Collection::ChronologyEvents, value)]
    }
}
