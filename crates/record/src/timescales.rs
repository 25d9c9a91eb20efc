//! When each child is due to be seen: the council's rules, applied to the plan that the child is
//! under and to the visits that count.
//!
//! Invariants: a visit counts for a child only if the child was seen in it, something came of it, its
//! kind is one that the rule names, and nobody has withdrawn it; an attempted visit and a core group
//! never count. Every timescale cites the plan and the last counting visit. Which plan applies is
//! read from the record's plan statuses alone; where two differ from the same day, both stand.
//! How well visits are recorded is [`crate::quality()`]'s subject.

mod closed;
mod plans;
mod uncovered;
mod visits;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Configuration, Workbook,
    calendar::days_between,
    configuration::{Enumeration, Origin, VisitRule},
    ids::PersonId,
    model::Person,
    source::{Line, Source},
    summary::long_date,
    terms::PlanStatus,
};
use plans::Spell;

pub use closed::closed;
pub use uncovered::uncovered;

/// One rule, as it stands for one child on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Timescale {
    /// The child.
    pub child: PersonId,
    /// Their name.
    pub name: String,
    /// The rule's code.
    pub rule: String,
    /// The rule's name.
    pub title: String,
    /// Where the rule comes from.
    pub origin: Origin,
    /// The code of the plan that the rule applies under.
    pub plan: String,
    /// Since when the rule applies to the child: the start of the plan, or of the placement.
    pub since: Date,
    /// The day of the last visit that counts, since then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// The last day on which the next visit is in time.
    pub due: Date,
    /// By how many calendar days it is overdue; 0 up to and on the day when it is due.
    pub overdue_days: u32,
    /// All this in a sentence, citing the last visit, if any, and the plan.
    pub line: Line,
}

/// Each child's timescales as of a day: by name of the child, then in the order of the rules.
///
/// A visit before `since` does not count: under a new plan or placement the first visit is still to
/// come. Nothing is due before the day on which its rule takes effect.
pub fn timescales(
    workbook: &Workbook,
    configuration: &Configuration,
    as_of: Date,
) -> Vec<Timescale> {
    let source = Source::new(workbook, as_of);
    let mut children: Vec<_> = workbook
        .people
        .iter()
        .filter(|(_, person)| person.role.is_child())
        .map(|(id, person)| (workbook.person_name(*id), *id, person))
        .collect();
    children.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let mut timescales = Vec::new();
    for (name, child, person) in children {
        let in_force = configuration
            .visits()
            .iter()
            .filter(|rule| rule.effective.on(as_of));
        for rule in in_force {
            if let Some(spell) = plans::spell(&source, child, rule) {
                let child = (child, person, name.as_str());
                timescales.push(timescale(&source, configuration, child, rule, &spell));
            }
        }
    }
    timescales
}

fn timescale(
    source: &Source<'_>,
    configuration: &Configuration,
    (child, person, name): (PersonId, &Person, &str),
    rule: &VisitRule,
    spell: &Spell<'_>,
) -> Timescale {
    let last = visits::last(source, (child, person), rule, spell.since);
    let last_date = last.map(|(_, entry)| entry.occurred.start.date());
    let due = due(rule, &spell.change.status, spell.since, last_date);
    let overdue_days = days_between(due, source.as_of);

    let status = &spell.change.status;
    let plan = configuration
        .label(Enumeration::PlanStatus, status.code())
        .unwrap_or_else(|| status.label());
    let visited = last_date.map_or_else(
        || format!("no visit counts since {}", long_date(spell.since)),
        |date| format!("last seen in one on {}", long_date(date)),
    );
    let standing = match overdue_days {
        0 => format!("next due by {}", long_date(due)),
        1 => format!("was due by {}, 1 day overdue", long_date(due)),
        days => format!("was due by {}, {days} days overdue", long_date(due)),
    };
    let mut citations: Vec<_> = last
        .map(|(id, entry)| source.cite(id, entry))
        .into_iter()
        .collect();
    citations.push(source.cite_record(
        format!("planStatuses/{}", spell.record),
        spell.change.by,
        spell.change.at,
    ));
    Timescale {
        child,
        name: name.to_owned(),
        rule: rule.code.clone(),
        title: rule.title.clone(),
        origin: rule.origin.clone(),
        plan: status.code().to_owned(),
        since: spell.since,
        last: last_date,
        due,
        overdue_days,
        line: Line::new(
            format!("{name} ({plan}), {}: {visited}, {standing}.", rule.title),
            citations,
        ),
    }
}

/// The last day on which the next visit is in time. Which interval applies is decided by when the
/// last visit was, so that no visit becomes due later by waiting.
fn due(rule: &VisitRule, plan: &PlanStatus, since: Date, last: Option<Date>) -> Date {
    let due = match last {
        None => rule.first_within.unwrap_or(rule.every).end(since),
        Some(last) => {
            let later = rule
                .later
                .as_ref()
                .filter(|later| later.plans.contains(plan) && last >= later.after.end(since));
            later.map_or(rule.every, |it| it.every).end(last)
        }
    };
    due.max(rule.effective.from)
}

/// What a rule says when it applies to a child since a day under a plan, the last visit that counts
/// being known: the last day on which the next is in time. `None` when no such rule is in force.
pub fn next_due(
    configuration: &Configuration,
    (rule, plan): (&str, &str),
    (since, last): (Date, Option<Date>),
    as_of: Date,
) -> Option<Date> {
    let plan = PlanStatus::from_code(plan)?;
    let mut rules = configuration.visits().iter();
    let rule = rules.find(|it| it.code == rule && it.effective.on(as_of))?;
    Some(due(rule, &plan, since, last))
}
