//! Parents, carers and partners whom nobody has met for weeks, or ever: fathers above all drop out
//! of a record unnoticed.

use super::Line;
use crate::{
    ids::PersonId,
    model::{FactField, Party},
    source::Source,
    terms::{EntryKind, PersonRole, RelationshipKind},
    wording::long_date,
};

/// From how many days on a missing contact is named.
const DAYS_UNMET: i32 = 28;

/// One line for each parent, carer or partner without a contact for that long.
pub(super) fn unmet(source: &Source<'_>) -> Vec<Line> {
    source
        .workbook
        .people
        .iter()
        .filter(|(id, person)| cares(source, **id, &person.role) && !has_left(source, **id))
        .filter_map(|(id, person)| {
            let name = source.workbook.person_name(*id);
            let met = source.entries.iter().find(|(_, entry)| {
                entry.outcome.was_contact()
                    && entry.kind != EntryKind::MonthlySummary
                    && entry.present.contains(&Party::Person(*id))
            });
            let Some((entry_id, entry)) = met else {
                return Some(
                    source
                        .cite_record(format!("people/{id}"), person.by, person.at)
                        .says(format!("No contact with {name} has been recorded.")),
                );
            };
            let date = entry.occurred.start.date();
            let days = (source.as_of - date).get_days();
            (days >= DAYS_UNMET).then(|| {
                let text = format!(
                    "No contact with {name} for {days} days, since {}.",
                    long_date(date)
                );
                source.line(text, *entry_id, entry)
            })
        })
        .collect()
}

/// Whether somebody is a parent, carer or partner, by role or by what the record says that they are
/// to somebody: a grandparent who is a child's carer counts.
fn cares(source: &Source<'_>, person: PersonId, role: &PersonRole) -> bool {
    matches!(
        role,
        PersonRole::Mother
            | PersonRole::Father
            | PersonRole::StepParent
            | PersonRole::ParentsPartner
            | PersonRole::Carer
            | PersonRole::KinshipCarer
    ) || (!role.is_child()
        && source.workbook.relationships.values().any(|it| {
            it.person == person
                && matches!(
                    it.kind,
                    RelationshipKind::ParentOf
                        | RelationshipKind::StepParentOf
                        | RelationshipKind::CarerOf
                )
        }))
}

/// Whether everybody agrees that they have left the family and its network.
fn has_left(source: &Source<'_>, person: PersonId) -> bool {
    let facts = source.workbook.current_facts(person, FactField::LeftOn);
    !facts.is_empty()
        && facts.iter().all(|(_, fact)| {
            fact.value
                .parse::<jiff::civil::Date>()
                .is_ok_and(|date| date <= source.as_of)
        })
}
