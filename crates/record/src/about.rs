//! Whom a part of the record is about, seen from one child: what a child's own file may hold.
//!
//! The author's tags decide. Where they name no child, the names in the text do; where there are none
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
        let said: Vec<Vec<&str>> = texts.iter().map(|text| words(text)).collect();
        let is_said = |name: &String| {
            let name = words(name);
            !name.is_empty()
                && said
                    .iter()
                    .flat_map(|text| text.windows(name.len()))
                    .any(|part| {
                        part.iter()
                            .zip(&name)
                            .all(|(word, name)| is_name(word, name))
                    })
        };
        self.names
            .iter()
            .filter(|(_, names)| names.iter().any(is_said))
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
        let certain = if tagged.is_empty() {
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

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a word is this part of a name. A capital must be there: "Craig will go" names no Will.
fn is_name(word: &str, name: &str) -> bool {
    let capital = |text: &str| text.starts_with(char::is_uppercase);
    word.to_lowercase() == name.to_lowercase() && (capital(word) || !capital(name))
}

/// What somebody goes by: the name in full, its first word, and the name used in the family.
/// Disputed ones all count.
fn names(workbook: &Workbook, person: PersonId) -> Vec<String> {
    let mut names = Vec::new();
    for (_, fact) in workbook.current_facts(person, FactField::Name) {
        names.push(fact.value.clone());
        names.extend(words(&fact.value).first().map(|word| (*word).to_owned()));
    }
    let known_as = workbook.current_facts(person, FactField::KnownAs);
    names.extend(known_as.iter().map(|(_, fact)| fact.value.clone()));
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::mint;

    fn child(n: u8) -> PersonId {
        mint(u64::from(n), [n; 10]).into()
    }

    fn children() -> Children {
        let names = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        Children {
            names: vec![
                (child(1), names(&["Will Doyle", "Will"])),
                (child(2), names(&["Ruby O'Neill", "Ruby", "?"])),
            ],
        }
    }

    #[test]
    fn a_name_needs_its_capital_and_all_its_words() {
        let named = |text| children().named(&[text]);
        assert_eq!(named("Craig will go, and so on"), BTreeSet::new());
        assert_eq!(named("Will's coat"), BTreeSet::from([child(1)]));
        assert_eq!(named("RUBY O'NEILL?"), BTreeSet::from([child(2)]));
        assert_eq!(named("Mrs O'Neill"), BTreeSet::new());
    }

    #[test]
    fn tags_decide_before_names_and_names_before_the_entry() {
        let both = BTreeSet::from([child(1), child(2)]);
        let share = |tags: &[PersonId], text, around: &BTreeSet<_>| {
            children().share(child(1), tags, &[text], around)
        };
        assert_eq!(share(&[child(1)], "Ruby fell", &both), Share::Own);
        assert_eq!(share(&[], "Ruby fell", &both), Share::Others);
        assert_eq!(share(&[], "He fell", &both), Share::Unsaid);
        assert_eq!(
            share(&[], "He fell", &BTreeSet::from([child(1)])),
            Share::Own
        );
        assert_eq!(
            share(&[], "He fell", &BTreeSet::from([child(2)])),
            Share::Others
        );
        assert_eq!(share(&[child(9)], "He drinks", &both), Share::Family);
        assert_eq!(share(&[child(9)], "He hit Ruby", &both), Share::Others);
        assert_eq!(share(&[], "He drinks", &BTreeSet::new()), Share::Family);
    }
}
