//! Where the child lives and who is what to them, half-siblings among them.

use std::collections::BTreeMap;

use super::File;
use crate::{
    ids::{PersonId, RecordId},
    model::Relationship,
    source::{Citation, Line},
    terms::RelationshipKind,
    wording::{in_a_row, long_date},
};

/// Each record of the child's membership of a household, oldest first.
pub(super) fn households(file: &File<'_>) -> Vec<Line> {
    let source = &file.source;
    let workbook = source.workbook;
    workbook
        .memberships
        .iter()
        .filter(|(_, it)| it.person == file.child)
        .filter(|(_, it)| it.from.is_none_or(|from| from <= source.as_of))
        .map(|(id, it)| {
            let household = workbook
                .households
                .get(&it.household)
                .map_or("a household", |it| it.name.as_str());
            let left = it.until.filter(|until| *until <= source.as_of);
            let verb = match (left, it.from) {
                (Some(_), _) => "lived",
                (None, Some(_)) => "has lived",
                (None, None) => "lives",
            };
            let mut text = format!("{} {verb} in {household}", file.name);
            if let Some(from) = it.from {
                text.push_str(&format!(
                    " {} {}",
                    if left.is_some() { "from" } else { "since" },
                    long_date(from)
                ));
            }
            if let Some(until) = it.until {
                let word = if left.is_some() && it.from.is_some() {
                    "to"
                } else {
                    "until"
                };
                text.push_str(&format!(" {word} {}", long_date(until)));
            }
            text.push('.');
            source
                .cite_record(format!("memberships/{id}"), it.by, it.at)
                .says(text)
        })
        .collect()
}

/// What people are to the child, as recorded; then siblings that follow from shared parents.
pub(super) fn relationships(file: &File<'_>) -> Vec<Line> {
    let workbook = file.source.workbook;
    let mut lines: Vec<Line> = workbook
        .relationships
        .iter()
        .filter(|(_, it)| it.person == file.child || it.of == file.child)
        .map(|(id, it)| {
            cite(file, *id, it).says(format!(
                "{} is the {} {}.",
                workbook.person_name(it.person),
                it.kind.label(),
                workbook.person_name(it.of)
            ))
        })
        .collect();
    lines.extend(siblings(file));
    lines
}

fn cite(file: &File<'_>, id: RecordId, it: &Relationship) -> Citation {
    file.source
        .cite_record(format!("relationships/{id}"), it.by, it.at)
}

/// The recorded parents of a child, each with the record that says so.
fn parents(file: &File<'_>, child: PersonId) -> BTreeMap<PersonId, Citation> {
    file.source
        .workbook
        .relationships
        .iter()
        .filter(|(_, it)| it.of == child && it.kind == RelationshipKind::ParentOf)
        .map(|(id, it)| (it.person, cite(file, *id, it)))
        .collect()
}

/// Other children who share a parent with this one and whose relationship nobody has recorded.
fn siblings(file: &File<'_>) -> Vec<Line> {
    let workbook = file.source.workbook;
    let mine = parents(file, file.child);
    let recorded = |other: PersonId| {
        workbook
            .relationships
            .values()
            .any(|it| [(it.person, it.of), (it.of, it.person)].contains(&(file.child, other)))
    };
    workbook
        .people
        .keys()
        .filter(|id| file.is_other_child(**id) && !recorded(**id))
        .filter_map(|other| {
            let theirs = parents(file, *other);
            let shared: Vec<PersonId> = mine
                .keys()
                .filter(|id| theirs.contains_key(id))
                .copied()
                .collect();
            if shared.is_empty() {
                return None;
            }
            // Half-siblings only when both know two parents: an unrecorded father may be the same.
            let kind = match (shared.len(), mine.len(), theirs.len()) {
                (1, 2.., 2..) => "half-siblings",
                (2.., ..) => "siblings",
                _ => "siblings or half-siblings",
            };
            let text = format!(
                "{} and {} are {kind}: both are children of {}.",
                file.name,
                workbook.person_name(*other),
                in_a_row(&file.source.names(&shared))
            );
            Some(Line {
                compartments: vec![],
                text,
                citations: mine.values().chain(theirs.values()).cloned().collect(),
            })
        })
        .collect()
}
