//! What is missing, disputed, withdrawn or unreadable. A gap is cited like anything else: by the
//! last entry that had it, or by the record of the person that nobody has seen.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use super::{Line, unmet};
use crate::{
    calendar::local,
    facts::Disagreement,
    ids::PersonId,
    model::Person,
    source::{Citation, Source},
    terms::{PersonRole, Seen, SeenAlone},
    wording::long_date,
};

pub(super) fn gaps(source: &Source<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for id in source.workbook.people.keys() {
        lines.extend(unseen(source, *id));
    }
    lines.extend(unmet::unmet(source));
    lines.extend(disputes(source));
    lines.extend(withdrawn(source));
    lines.extend(unreadable(source));
    lines
}

/// When a child was last seen, and last seen alone. Nothing for adults and children to be born.
pub(crate) fn unseen(source: &Source<'_>, child: PersonId) -> Vec<Line> {
    let waits_to_be_seen = |it: &&Person| it.role.is_child() && it.role != PersonRole::UnbornChild;
    let Some(person) = source.workbook.people.get(&child).filter(waits_to_be_seen) else {
        return Vec::new();
    };
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
    let too_young = mentions()
        .find(|(_, _, it)| it.alone.is_some())
        .is_some_and(|(_, _, it)| it.alone == Some(SeenAlone::TooYoung));
    let text = match alone {
        _ if too_young => None,
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

/// Facts about which the record disagrees.
pub(crate) fn disputes(source: &Source<'_>) -> Vec<Line> {
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
                let values: Vec<_> = facts.iter().map(|(_, fact)| fact.value.as_str()).collect();
                Line {
                    compartments: vec![],
                    text: format!(
                        "The record disagrees about the {} of {}: {}.",
                        field.label(),
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

/// Records that can't be read: something may be missing, and nobody can say what.
pub(crate) fn unreadable(source: &Source<'_>) -> Vec<Line> {
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
            citations: vec![Citation {
                author: "unknown".to_owned(),
                discipline: None,
                date: minted(&it.record).unwrap_or(source.as_of),
                record: it.record.clone(),
                entry: None,
            }],
        })
        .collect()
}

/// The day on which a record's id was minted, by the device's clock: all that is known of it.
fn minted(record: &str) -> Option<Date> {
    let (_, id) = record.split_once('/')?;
    let (seconds, _) = Uuid::try_parse(id).ok()?.get_timestamp()?.to_unix();
    let minted = Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    Some(local(minted).date())
}
