//! What is missing, disputed, withdrawn or unreadable. A gap is cited like anything else: by the
//! last entry that had it, or by the record of the person that nobody has seen.

use super::{Line, Source, long_date};
use crate::{
    facts::Disagreement,
    ids::PersonId,
    model::FactField,
    terms::{Seen, SeenAlone},
};

pub(super) fn gaps(source: &Source<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (id, person) in &source.workbook.people {
        if person.role.is_child() {
            lines.extend(unseen(source, *id, person));
        }
    }
    lines.extend(disputes(source));
    lines.extend(withdrawn(source));
    lines.extend(unreadable(source));
    lines
}

/// When a child was last seen, and last seen alone.
fn unseen(source: &Source<'_>, child: PersonId, person: &crate::model::Person) -> Vec<Line> {
    let name = source.workbook.person_name(child);
    let mentions = || {
        source.entries.iter().flat_map(|(id, entry)| {
            entry
                .children
                .iter()
                .filter(|it| it.child == child)
                .map(move |it| (*id, *entry, it))
        })
    };
    let seen = mentions().find(|(_, _, it)| it.seen != Seen::NotSeen);
    let alone = mentions().find(|(_, _, it)| it.alone == Some(SeenAlone::Yes));
    let Some((last, last_entry, _)) = seen else {
        return vec![Line {
            compartments: vec![],
            text: format!("{name} has not been seen in any recorded visit."),
            citations: vec![source.cite_record(format!("people/{child}"), person.by, person.at)],
        }];
    };
    let mut lines = Vec::new();
    let newest = source.entries.first().map(|(id, _)| *id);
    if newest != Some(last) {
        let date = last_entry.occurred.start.date();
        let days = (source.as_of - date).get_days();
        if days > 0 {
            let text = format!(
                "{name} was last seen on {}, {days} days ago.",
                long_date(date)
            );
            lines.push(source.line(text, last, last_entry));
        }
    }
    let text = match alone {
        None => Some((format!("{name} has not been seen alone."), last, last_entry)),
        Some((id, entry, _)) if entry.occurred.start < last_entry.occurred.start => Some((
            format!(
                "{name} has not been seen alone since {}.",
                long_date(entry.occurred.start.date())
            ),
            id,
            entry,
        )),
        Some(_) => None,
    };
    lines.extend(text.map(|(text, id, entry)| source.line(text, id, entry)));
    lines
}

fn disputes(source: &Source<'_>) -> Vec<Line> {
    let workbook = source.workbook;
    workbook
        .disagreements()
        .into_iter()
        .map(
            |Disagreement {
                 person,
                 field,
                 facts,
             }| {
                let field = match field {
                    FactField::Name => "name",
                    FactField::KnownAs => "name in the family",
                    FactField::DateOfBirth => "date of birth",
                    FactField::AddressReference => "address reference",
                    FactField::Communication => "communication need",
                    FactField::JoinedOn => "day of joining",
                    FactField::LeftOn => "day of leaving",
                };
                let values: Vec<_> = facts.iter().map(|(_, fact)| fact.value.as_str()).collect();
                Line {
                    compartments: vec![],
                    text: format!(
                        "The record disagrees about the {field} of {}: {}.",
                        workbook.person_name(person),
                        values.join(" or ")
                    ),
                    citations: facts
                        .iter()
                        .map(|(id, fact)| {
                            source.cite_record(format!("facts/{id}"), fact.by, fact.at)
                        })
                        .collect(),
                }
            },
        )
        .collect()
}

fn withdrawn(source: &Source<'_>) -> Vec<Line> {
    source
        .workbook
        .withdrawals
        .iter()
        .map(|(id, it)| Line {
            compartments: vec![],
            text: format!("An entry was withdrawn by a manager: {}", it.reason),
            citations: vec![source.cite_record(format!("withdrawals/{id}"), it.by, it.at)],
        })
        .collect()
}

fn unreadable(source: &Source<'_>) -> Vec<Line> {
    source
        .workbook
        .unreadable
        .iter()
        .map(|it| Line {
            compartments: vec![],
            text: format!(
                "A record can't be read ({}): tell whoever runs the system.",
                it.why
            ),
            citations: vec![super::Citation {
                author: "unknown".to_owned(),
                discipline: None,
                date: source.as_of,
                record: it.record.clone(),
                entry: None,
            }],
        })
        .collect()
}
