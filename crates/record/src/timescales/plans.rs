//! Since when a rule applies to a child: the plans in a row that it covers, cut where an event such
//! as a change of placement starts it anew.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    configuration::VisitRule,
    ids::{PersonId, RecordId},
    model::{PlanStatusChange, Precision},
    source::Source,
};

/// The time during which one rule applies to one child.
pub(super) struct Spell<'a> {
    /// Its first day.
    pub(super) since: Date,
    /// The plan now.
    pub(super) change: &'a PlanStatusChange,
    /// That plan's record.
    pub(super) record: RecordId,
}

type Changes<'a> = Vec<(RecordId, &'a PlanStatusChange)>;

/// A child's changes of plan up to the day of the source, by the day from which they hold.
fn by_day<'a>(source: &Source<'a>, child: PersonId) -> BTreeMap<Date, Changes<'a>> {
    let mut days: BTreeMap<Date, Changes<'a>> = BTreeMap::new();
    for (id, change) in source.workbook.standing_plan_changes() {
        if change.child == child && change.from <= source.as_of {
            days.entry(change.from).or_default().push((id, change));
        }
    }
    days
}

/// The plans that a child is under on the day of the source: none, one, or all that begin on the
/// same last day.
pub(super) fn current<'a>(source: &Source<'a>, child: PersonId) -> Changes<'a> {
    by_day(source, child)
        .pop_last()
        .map(|(_, changes)| changes)
        .unwrap_or_default()
}

/// The spell that is running on the day of the source; `None` when the child is under no plan that
/// the rule covers.
///
/// A plan holds until the next change begins. Changes that begin on one day hold together: two
/// people who recorded different plans disagree, and the rules of both apply until one is followed
/// by another.
pub(super) fn spell<'a>(
    source: &Source<'a>,
    child: PersonId,
    rule: &VisitRule,
) -> Option<Spell<'a>> {
    let mut spell: Option<Spell<'a>> = None;
    for (from, changes) in by_day(source, child).into_iter().rev() {
        // Of several, one without the longer later interval: a dispute must not make a visit look
        // due later.
        let eased = |change: &PlanStatusChange| {
            let later = rule.later.as_ref();
            later.is_some_and(|it| it.plans.contains(&change.status))
        };
        let covered = changes
            .into_iter()
            .filter(|(_, change)| rule.plans.contains(&change.status))
            .min_by_key(|(_, change)| eased(change));
        match (covered, &mut spell) {
            (None, _) => break,
            (Some(_), Some(spell)) => spell.since = from,
            (Some((record, change)), None) => {
                spell = Some(Spell {
                    since: from,
                    change,
                    record,
                });
            }
        }
    }
    spell.map(|spell| Spell {
        since: restarted(source, child, rule).map_or(spell.since, |day| day.max(spell.since)),
        ..spell
    })
}

/// The last day of an event that starts the rule anew for this child. Only events dated to the day
/// count: a rough date could make a visit look due later than it is.
fn restarted(source: &Source<'_>, child: PersonId, rule: &VisitRule) -> Option<Date> {
    let in_entries = source.entries.iter().filter_map(|(_, entry)| {
        let event = entry.significant_event.as_ref()?;
        let about_child = if event.about.is_empty() {
            entry.children.iter().any(|it| it.child == child)
        } else {
            event.about.contains(&child)
        };
        (about_child && rule.starts_anew_on.contains(&event.kind))
            .then(|| entry.occurred.start.date())
    });
    let in_history = source.workbook.chronology_events.values().filter(|event| {
        event.people.contains(&child)
            && rule.starts_anew_on.contains(&event.kind)
            && event.when.precision == Precision::Exact
            && event.when.date <= source.as_of
    });
    in_entries.chain(in_history.map(|it| it.when.date)).max()
}
