//! Where a removed person's name still stands in somebody's words.

use super::Remove;
use crate::model::{Content, FactField, Record};

/// The shortest part of a name that is looked for by itself.
const SHORTEST: usize = 3;

/// Records of the new document whose narrative has a name of the removed person, or their first name
/// alone.
pub(super) fn of(remove: Remove, before: &[&Record], kept: &[Record]) -> Vec<String> {
    let Remove::Person(person) = remove else {
        return Vec::new();
    };
    let mut names: Vec<String> = Vec::new();
    for record in before {
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
    kept.iter()
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
