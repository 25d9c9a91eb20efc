//! Until when a family's record is kept: the council's rules, applied to what the record knows of each
//! child.
//!
//! Invariants: every rule that fits decides, and the latest day of all holds; whatever is not known, or
//! disputed, or can't be read, keeps the record longer, never shorter; a day is only a proposal. Nothing
//! is erased here, and legal holds are the server's.
//!
//! Rules are about children, because the law is. What is known of the adults is kept as long as any
//! child's part, so a workbook without a child has no day at all.

mod death;
mod rules;

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date};
use serde::Serialize;

use crate::{
    Workbook,
    configuration::Origin,
    ids::PersonId,
    model::{FactField, Person},
    source::Source,
    terms::PersonRole,
    timescales::closed,
};

use rules::anniversary;
pub use rules::{DiedYoung, RetentionRule, RetentionRules};

/// Why no day can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gap {
    /// The date of birth is not in the record, or is no date.
    DateOfBirth,
    /// The work with the child has not ended: their last plan is not closed, or they never had one.
    Closure,
    /// No rule is for this child.
    Rule,
    /// A record of the workbook can't be read, and might say otherwise.
    Unreadable,
}

impl Gap {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::DateOfBirth => "the date of birth is not known",
            Self::Closure => "the work has not been closed",
            Self::Rule => "no rule is for this child",
            Self::Unreadable => "a record can't be read",
        }
    }
}

/// What one rule says of one child: a day, or what is missing to tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// The rule's code.
    pub rule: String,
    /// For whom it is, in words.
    pub title: String,
    /// Where the rule comes from.
    pub origin: Origin,
    /// The last day on which the record is kept; none when it can't be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Whether the day counts from the child's death: for somebody to look at before anything goes.
    pub by_death: bool,
    /// What is missing; empty where there is a day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Gap>,
}

/// Until when a child's part of the record is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonRetention {
    /// The child.
    pub child: PersonId,
    /// What each rule says that is for this child.
    pub rules: Vec<Kept>,
    /// What keeps the record whatever the rules say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Gap>,
}

impl PersonRetention {
    /// The last day on which it is kept; none when that can't be told, so that it is kept.
    pub fn until(&self) -> Option<Date> {
        if !self.missing.is_empty() || self.rules.iter().any(|it| it.until.is_none()) {
            return None;
        }
        self.rules.iter().filter_map(|it| it.until).max()
    }

    /// Everything that is missing to tell a day, each once.
    pub fn gaps(&self) -> Vec<Gap> {
        let of_rules = self.rules.iter().flat_map(|it| &it.missing);
        let gaps: BTreeSet<_> = self.missing.iter().chain(of_rules).copied().collect();
        gaps.into_iter().collect()
    }
}

/// The last day on which a family's record is kept: that of the child who is kept longest. None when
/// it can't be told for one of them, or there is none.
pub fn family_until(children: &[PersonRetention]) -> Option<Date> {
    let days: Option<Vec<_>> = children.iter().map(PersonRetention::until).collect();
    days?.into_iter().max()
}

/// Until when each child's part of the record is kept, by the rules in force on a day; by child.
/// `workbook` is the team's document: plans stand there.
pub fn retention(workbook: &Workbook, rules: &RetentionRules, as_of: Date) -> Vec<PersonRetention> {
    let source = Source::whole(workbook);
    let closed = closed(workbook, Date::MAX);
    let children = workbook.people.iter().filter(|(_, it)| it.role.is_child());
    children
        .map(|(id, person)| {
            let child = Child {
                born: born(workbook, *id, person),
                died: death::of(&source, *id),
                closed: closed.contains(id).then(|| ended(&source, *id)).flatten(),
            };
            let rules: Vec<_> = rules
                .rules()
                .iter()
                .filter(|rule| rule.effective.on(as_of) && is_for(rule, workbook, *id))
                .map(|rule| child.kept(rule))
                .collect();
            let mut missing = Vec::new();
            if rules.is_empty() {
                missing.push(Gap::Rule);
            }
            // Even where no rule asks for it: a record that doesn't know its child is not ripe.
            if child.born.is_none() {
                missing.push(Gap::DateOfBirth);
            }
            if !workbook.unreadable.is_empty() {
                missing.push(Gap::Unreadable);
            }
            PersonRetention {
                child: *id,
                rules,
                missing,
            }
        })
        .collect()
}

/// What the rules ask about a child.
struct Child {
    /// The earliest and the latest date of birth that the record allows.
    born: Option<(Date, Date)>,
    died: Option<Date>,
    /// The day on which the work ended, or of the last entry if that is later.
    closed: Option<Date>,
}

impl Child {
    fn kept(&self, rule: &RetentionRule) -> Kept {
        let mut missing = Vec::new();
        let mut days = Vec::new();
        let mut by_death = false;
        if let Some(age) = rule.until_age {
            match (self.born, self.died_young(rule)) {
                (Some(_), Some(day)) => {
                    by_death = true;
                    days.push(day);
                }
                (Some((_, latest)), None) => days.push(anniversary(latest, age)),
                (None, _) => missing.push(Gap::DateOfBirth),
            }
        }
        if let Some(years) = rule.years_after_closure {
            match self.closed {
                Some(day) => days.push(anniversary(day, years)),
                None => missing.push(Gap::Closure),
            }
        }
        Kept {
            rule: rule.code.clone(),
            title: rule.title.clone(),
            origin: rule.origin.clone(),
            until: days.into_iter().max().filter(|_| missing.is_empty()),
            by_death,
            missing,
        }
    }

    /// Until when the record is kept because the child died young; none where they did not, or might
    /// not have.
    fn died_young(&self, rule: &RetentionRule) -> Option<Date> {
        let (young, died) = (rule.died_young?, self.died?);
        let (earliest, _) = self.born?;
        (died < anniversary(earliest, young.before_age))
            .then(|| anniversary(died, young.years_after))
    }
}

/// Whether the child has ever been under a plan of the rule. A change that was corrected doesn't count.
fn is_for(rule: &RetentionRule, workbook: &Workbook, child: PersonId) -> bool {
    rule.plans.is_empty()
        || workbook
            .standing_plan_changes()
            .iter()
            .any(|(_, change)| change.child == child && rule.plans.contains(&change.status))
}

/// The earliest and the latest date of birth of all that is currently said. One that is no date makes
/// it unknown. For a child who came in unborn a due date may stand there: they may be a month younger.
fn born(workbook: &Workbook, child: PersonId, person: &Person) -> Option<(Date, Date)> {
    let said = workbook.current_facts(child, FactField::DateOfBirth);
    let dates: Result<Vec<Date>, _> = said.iter().map(|(_, it)| it.value.trim().parse()).collect();
    let dates = dates.ok()?;
    let (earliest, latest) = (*dates.iter().min()?, *dates.iter().max()?);
    let latest = if person.role == PersonRole::UnbornChild {
        latest.checked_add(1.month()).ok()?
    } else {
        latest
    };
    Some((earliest, latest))
}

/// The day on which a closed child's work ended: that of the closure, or of the last entry about the
/// family if somebody wrote one after it.
fn ended(source: &Source<'_>, child: PersonId) -> Option<Date> {
    let changes = source.workbook.standing_plan_changes();
    let closed = changes
        .iter()
        .filter(|(_, it)| it.child == child)
        .map(|(_, it)| it.from)
        .max()?;
    let last = source
        .entries
        .first()
        .map(|(_, it)| it.occurred.start.date());
    Some(last.map_or(closed, |last| last.max(closed)))
}
