//! Rules about time: how often a child is visited, how soon a visit is recorded, and who says so.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::add_working_days,
    terms::{EntryKind, ImmediateSafety, PlanStatus, SignificantEventKind},
};

/// What an interval counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Hours from the end of the contact; only for recording.
    Hours,
    /// Days, weekends and bank holidays included.
    CalendarDays,
    /// Monday to Friday without England's bank holidays.
    WorkingDays,
    /// Calendar months; only for visits. The day of the month stays, or is the month's last.
    Months,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Interval {
    /// How many.
    pub amount: u16,
    /// Of what.
    pub unit: Unit,
}

impl Interval {
    /// The last day of the interval that begins on `from`, which does not count itself: an interval
    /// of 7 calendar days from a Monday ends on the next Monday. Hours count as begun days.
    pub fn end(self, from: Date) -> Date {
        let amount = i64::from(self.amount);
        let end = match self.unit {
            Unit::WorkingDays => Ok(add_working_days(from, self.amount.into())),
            Unit::CalendarDays => from.checked_add(amount.days()),
            Unit::Months => from.checked_add(amount.months()),
            Unit::Hours => from.checked_add(((amount + 23) / 24).days()),
        };
        end.unwrap_or(Date::MAX)
    }

    /// In words: `10 working days`.
    pub fn in_words(self) -> String {
        let one = match self.unit {
            Unit::Hours => "hour",
            Unit::CalendarDays => "day",
            Unit::WorkingDays => "working day",
            Unit::Months => "month",
        };
        let s = if self.amount == 1 { "" } else { "s" };
        format!("{} {one}{s}", self.amount)
    }
}

/// What gives a rule its force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum OriginKind {
    /// An Act or regulations.
    Law,
    /// The plan of this kind, as conferences and courts set it.
    Plan,
    /// The council's or the local partnership's own standard.
    Local,
}

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Origin {
    /// What gives it its force.
    pub kind: OriginKind,
    /// The source, so that a reader can look it up, and what was left out of it.
    pub citation: String,
}

/// In which days a rule is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Effective {
    /// The first day.
    pub from: Date,
    /// The last day; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Effective {
    /// Whether the rule is in force on a day.
    pub fn on(self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }

    /// Whether two rules are in force on one day.
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.on(other.from) || other.on(self.from)
    }
}

/// How often a child under a plan is to be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct VisitRule {
    /// Its code. Versions of one rule share it and are in force at different times.
    pub code: String,
    /// Its name in sentences: `child protection visit`.
    pub title: String,
    /// The plans under which it applies. Going from one of them to another does not start it anew.
    pub plans: Vec<PlanStatus>,
    /// The kinds of entry that count as the visit.
    pub kinds: Vec<EntryKind>,
    /// Events that start it anew, such as a change of placement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starts_anew_on: Vec<SignificantEventKind>,
    /// How soon after its start the first visit is due; as `every` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_within: Option<Interval>,
    /// How soon after a visit the next is due.
    pub every: Interval,
    /// What replaces `every` after a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<LaterRule>,
    /// Where it comes from.
    pub origin: Origin,
    /// When it is in force.
    pub effective: Effective,
}

/// A longer interval for visits after a time, under some of a rule's plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct LaterRule {
    /// After how long from the rule's start.
    pub after: Interval,
    /// Under which of the rule's plans.
    pub plans: Vec<PlanStatus>,
    /// How soon after a visit the next is due then.
    pub every: Interval,
}

/// How soon an entry is to be complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RecordingRule {
    /// Its code. Versions of one rule share it and are in force at different times.
    pub code: String,
    /// Only for entries of these kinds; for all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<EntryKind>,
    /// Only for entries with these answers about immediate safety; for all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub immediate_safety: Vec<ImmediateSafety>,
    /// How soon after the contact.
    pub within: Interval,
    /// Where it comes from.
    pub origin: Origin,
    /// When it is in force, by the day of the contact.
    pub effective: Effective,
}
