//! Which visits count for a child.

use jiff::civil::Date;

use crate::{
    configuration::VisitRule,
    ids::{EntryId, PersonId},
    model::{Entry, FactField, Person},
    source::Source,
    terms::{EntryKind, PersonRole, Seen},
};

/// The last visit since a day that counts for the child under the rule.
pub(super) fn last<'a>(
    source: &Source<'a>,
    (child, person): (PersonId, &Person),
    rule: &VisitRule,
    since: Date,
) -> Option<(EntryId, &'a Entry)> {
    source
        .entries
        .iter()
        .find(|(_, entry)| {
            let date = entry.occurred.start.date();
            date >= since
                && counts(entry, rule)
                && (was_seen(entry, child)
                    || is_unborn(source, child, person, date) && is_named(entry, child))
        })
        .map(|(id, entry)| (*id, *entry))
}

/// The kind is the rule's, and somebody was met. The rule was checked when it was read; that a call
/// or an attempted visit never counts is checked here again, because so much hangs on it.
fn counts(entry: &Entry, rule: &VisitRule) -> bool {
    (entry.kind.is_visit() || matches!(entry.kind, EntryKind::Added(_)))
        && rule.kinds.contains(&entry.kind)
        && entry.outcome.was_contact()
}

/// Seen with one's own eyes: a way of seeing that a council added does not count as that.
fn was_seen(entry: &Entry, child: PersonId) -> bool {
    entry
        .children
        .iter()
        .any(|it| it.child == child && matches!(it.seen, Seen::Awake | Seen::Asleep))
}

fn is_named(entry: &Entry, child: PersonId) -> bool {
    entry.children.iter().any(|it| it.child == child)
}

/// A child who was not born yet on that day can't be seen, so a visit about them counts. Once the
/// date of birth (before birth, the due date) has come they must be seen; where dates are disputed,
/// the earliest decides.
fn is_unborn(source: &Source<'_>, child: PersonId, person: &Person, on: Date) -> bool {
    person.role == PersonRole::UnbornChild
        && !source
            .workbook
            .current_facts(child, FactField::DateOfBirth)
            .iter()
            .filter_map(|(_, fact)| fact.value.parse::<Date>().ok())
            .any(|born| born <= on)
}
