//! Where a removed person's name still stands in somebody's words.

use super::Remove;
use crate::{
    Document, RewriteError, contents,
    ids::PersonId,
    model::{Content, FactField, Record},
};

/// The shortest part of a name that is looked for by itself.
const SHORTEST: usize = 3;

/// Records of the new document whose narrative has a name of the removed person, or their first name
/// alone.
pub(super) fn of(remove: Remove, before: &[&Record], kept: &[Record]) -> Vec<String> {
    match remove {
        Remove::Person(person) => naming(&names(person, before), kept),
        _ => Vec::new(),
    }
}

/// Records of one document whose narrative has a name that another gives to a person, as
/// `collection/id`: a compartment speaks of people whose names stand in the team's document.
///
/// # Errors
/// [`RewriteError::Unreadable`] for a change that holds something other than new records.
pub fn mentions_of(
    person: PersonId,
    named_in: &Document,
    document: &Document,
) -> Result<Vec<String>, RewriteError> {
    let named = records(named_in)?;
    let named: Vec<_> = named.iter().collect();
    Ok(naming(&names(person, &named), &records(document)?))
}

fn records(document: &Document) -> Result<Vec<Record>, RewriteError> {
    let mut records = Vec::new();
    for change in document.changes() {
        records.extend(contents(&change).map_err(RewriteError::Unreadable)?);
    }
    Ok(records)
}

fn names(person: PersonId, records: &[&Record]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for record in records {
        if let Content::Facts(fact) = &record.content
            && fact.person == person
            && matches!(fact.field, FactField::Name | FactField::KnownAs)
        {
            let whole = fact.value.to_lowercase();
            let first = whole.split_whitespace().next().map(str::to_owned);
            names.extend(first.filter(|it| it.len() >= SHORTEST));
            names.push(whole);
        }
    }
    names
}

fn naming(names: &[String], records: &[Record]) -> Vec<String> {
    records
        .iter()
        .filter(|record| {
            // Ids and codes are searched too: a needless mention costs a glance, a missed one more.
            let text = serde_json::to_string(&record.content)
                .unwrap_or_default()
                .to_lowercase();
            names.iter().any(|name| text.contains(name.as_str()))
        })
        .map(Record::path)
        .collect()
}
