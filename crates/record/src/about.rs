//! Whom a part of the record is about, seen from one child: what a child's own file may hold.
//!
//! The author's tags decide. Where there are none, the names in the text do; where there are none
//! either, the children whom the entry is about. When several are possible and nobody said which,
//! the answer is [`Share::Unsaid`] and the part is left out **with a marker**: a guess would put one
//! child's private matter into another's file, and silence would hide that something is missing.

use std::collections::BTreeSet;

use crate::{
    Workbook,
    ids::PersonId,
    model::{Entry, FactField, Party},
};

/// What a part of the record is to one child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    /// About this child, by itself or with others.
    Own,
    /// About no child in particular: adults, the home, the family.
    Family,
    /// About other children only.
    Others,
    /// Possibly about this child and possibly about another: its author did not say.
    Unsaid,
}

/// The children of a workbook with the names that they go by.
pub(crate) struct Children {
    names: Vec<(PersonId, Vec<String>)>,
}

impl Children {
    pub(crate) fn of(workbook: &Workbook) -> Self {
        let names = workbook
            .people
            .iter()
            .filter(|(_, person)| person.role.is_child())
            .map(|(id, _)| (*id, names(workbook, *id)))
            .collect();
        Self { names }
    }

    fn contains(&self, person: PersonId) -> bool {
        self.names.iter().any(|(id, _)| *id == person)
    }

    fn among(&self, people: &[PersonId]) -> BTreeSet<PersonId> {
        people
            .iter()
            .copied()
            .filter(|id| self.contains(*id))
            .collect()
    }

    /// The children whom texts name.
    pub(crate) fn named(&self, texts: &[&str]) -> BTreeSet<PersonId> {
        let words = |text: &str| {
            text.split(|c: char| !c.is_alphanumeric() && c != '-')
                .map(str::to_lowercase)
                .collect::<Vec<_>>()
        };
        let said: Vec<Vec<String>> = texts.iter().map(|text| words(text)).collect();
        self.names
            .iter()
            .filter(|(_, names)| {
                names.iter().any(|name| {
                    let name = words(name);
                    said.iter()
                        .any(|text| text.windows(name.len()).any(|part| part == name))
                })
            })
            .map(|(id, _)| *id)
            .collect()
    }

    /// The children whom an entry is about: seen or not, present, tagged, or given a meaning.
    pub(crate) fn of_entry(&self, entry: &Entry) -> BTreeSet<PersonId> {
        let listed = entry.children.iter().map(|it| it.child);
        let meant = entry.analysis.iter().flat_map(|it| &it.meaning);
        let tagged = entry.statements.iter().flat_map(|it| &it.about);
        let strong = entry.strengths.iter().flat_map(|it| &it.about);
        let present = entry.present.iter().filter_map(|it| match it {
            Party::Person(id) => Some(*id),
            _ => None,
        });
        let all: Vec<_> = listed
            .chain(meant.map(|it| it.child))
            .chain(tagged.copied())
            .chain(strong.copied())
            .chain(present)
            .collect();
        self.among(&all)
    }

    /// What a part with these tags and texts, out of a place that is about `around`, is to a child.
    pub(crate) fn share(
        &self,
        child: PersonId,
        tags: &[PersonId],
        texts: &[&str],
        around: &BTreeSet<PersonId>,
    ) -> Share {
        let tagged = self.among(tags);
        let certain = if tagged.is_empty() && tags.is_empty() {
            self.named(texts)
        } else {
            tagged
        };
        if certain.contains(&child) {
            Share::Own
        } else if !certain.is_empty() {
            Share::Others
        } else if !tags.is_empty() || around.is_empty() {
            Share::Family
        } else if !around.contains(&child) {
            Share::Others
        } else if around.len() == 1 {
            Share::Own
        } else {
            Share::Unsaid
        }
    }
}

/// The names that somebody goes by: each in full, and its first word. Disputed ones all count.
fn names(workbook: &Workbook, person: PersonId) -> Vec<String> {
    let facts =
        [FactField::Name, FactField::KnownAs].map(|field| workbook.current_facts(person, field));
    let mut names = Vec::new();
    for (_, fact) in facts.iter().flatten() {
        names.push(fact.value.clone());
        names.extend(fact.value.split_whitespace().next().map(str::to_owned));
    }
    names
}
