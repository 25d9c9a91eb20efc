//! Who the child is: what is said about them, and under which plan they are.

use serde::Serialize;

use super::File;
use crate::{
    model::FactField,
    source::Line,
    wording::{capital, long_date},
};

/// What is said in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FactLines {
    /// Which field.
    pub field: FactField,
    /// Whether the record disagrees about it.
    pub disputed: bool,
    /// Each value that stands, cited.
    pub lines: Vec<Line>,
}

const FIELDS: [FactField; 7] = [
    FactField::Name,
    FactField::KnownAs,
    FactField::DateOfBirth,
    FactField::AddressReference,
    FactField::Communication,
    FactField::JoinedOn,
    FactField::LeftOn,
];

pub(super) fn facts(file: &File<'_>) -> Vec<FactLines> {
    let source = &file.source;
    FIELDS
        .into_iter()
        .filter_map(|field| {
            let facts = source.workbook.current_facts(file.child, field);
            let (_, first) = facts.first()?;
            let disputed =
                !field.adds_up() && facts.iter().any(|(_, fact)| fact.value != first.value);
            let lines = facts.iter().map(|(id, fact)| {
                let mut citation = source.cite_record(format!("facts/{id}"), fact.by, fact.at);
                citation.entry = fact.entry.filter(|id| source.entry(*id).is_some());
                let label = capital(field.label());
                citation.says(if disputed {
                    let author = source.workbook.professional_name(fact.by);
                    format!("{label}: {}, says {author} (disputed).", fact.value)
                } else {
                    format!("{label}: {}.", fact.value)
                })
            });
            Some(FactLines {
                field,
                disputed,
                lines: lines.collect(),
            })
        })
        .collect()
}

/// Every change of plan that nobody has corrected; two of one day that differ both stand.
pub(super) fn plans(file: &File<'_>) -> Vec<Line> {
    let source = &file.source;
    let mut changes: Vec<_> = source
        .workbook
        .standing_plan_changes()
        .into_iter()
        .filter(|(_, it)| it.child == file.child && it.from <= source.as_of)
        .collect();
    changes.sort_by_key(|(id, it)| (it.from, *id));
    changes
        .into_iter()
        .map(|(id, it)| {
            let mut text = capital(it.status.label());
            if let Some(category) = &it.category {
                text.push_str(&format!(" ({})", category.label()));
            }
            text.push_str(&format!(", from {}.", long_date(it.from)));
            source
                .cite_dated(format!("planStatuses/{id}"), it.by, it.from)
                .says(text)
        })
        .collect()
}
