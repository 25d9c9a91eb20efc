//! How soon contacts were written down, against the council's deadline for their kind.

use jiff::{Timestamp, ToSpan, civil::Date};
use serde::Serialize;

use super::contact;
use crate::{
    Configuration,
    calendar::{days_between, instant, local},
    configuration::{Origin, RecordingRule, Unit},
    ids::EntryId,
    model::Entry,
    source::{Line, Source},
    summary::long_date,
};

/// How long one entry took from contact to completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recorded {
    /// The entry.
    pub entry: EntryId,
    /// Calendar days from the contact to completion by the device's clock; 0 on the same day, and
    /// where the clock was set before the contact.
    pub days: u32,
    /// The code of the rule that gives the deadline; absent when none fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Where that rule comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The last day in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Whether it was complete only after the deadline.
    pub late: bool,
    /// In words, cited.
    pub line: Line,
}

pub(super) fn recorded(source: &Source<'_>, configuration: &Configuration) -> Vec<Recorded> {
    source
        .entries
        .iter()
        .map(|(id, entry)| {
            let rule = rule_for(configuration, entry);
            record(source, *id, entry, rule)
        })
        .collect()
}

/// The first rule that fits the entry and was in force on the day of the contact.
fn rule_for<'a>(configuration: &'a Configuration, entry: &Entry) -> Option<&'a RecordingRule> {
    let day = entry.occurred.start.date();
    configuration.recording().iter().find(|rule| {
        let safety = entry.immediate_safety.as_ref();
        rule.effective.on(day)
            && (rule.kinds.is_empty() || rule.kinds.contains(&entry.kind))
            && (rule.immediate_safety.is_empty()
                || safety.is_some_and(|it| rule.immediate_safety.contains(it)))
    })
}

fn record(
    source: &Source<'_>,
    id: EntryId,
    entry: &Entry,
    rule: Option<&RecordingRule>,
) -> Recorded {
    let day = entry.occurred.start.date();
    let days = days_between(day, local(entry.at).date());
    let (due, late) = rule.map_or((None, false), |rule| {
        let (due, late) = deadline(entry, rule);
        (Some(due), late)
    });
    let took = match days {
        0 => "on the same day".to_owned(),
        1 => "1 day later".to_owned(),
        days => format!("{days} days later"),
    };
    let mut text = format!("The {} was complete {took}", contact(entry));
    if let (true, Some(rule), Some(due)) = (late, rule, due) {
        let within = rule.within.in_words();
        text.push_str(&format!(
            ", late: it was due within {within}, by {}",
            long_date(due)
        ));
    }
    if let Some(days) = entry.finished_late_days {
        let s = if days == 1 { "" } else { "s" };
        text.push_str(&format!("; its draft had timed out {days} day{s} before"));
    }
    text.push('.');
    Recorded {
        entry: id,
        days,
        rule: rule.map(|it| it.code.clone()),
        origin: rule.map(|it| it.origin.clone()),
        due,
        late,
        line: source.line(text, id, entry),
    }
}

/// The last day in time, and whether the entry came later: by the hour where the rule counts hours
/// (from the end of the contact, or its start where no end is known, or the day's end where no time
/// is), by the day otherwise.
fn deadline(entry: &Entry, rule: &RecordingRule) -> (Date, bool) {
    let occurred = entry.occurred;
    let contact = if occurred.time_unknown {
        occurred.start.date().at(23, 59, 59, 0)
    } else {
        occurred.end.unwrap_or(occurred.start)
    };
    let by_the_hour = (rule.within.unit == Unit::Hours)
        .then(|| instant(contact))
        .flatten()
        .and_then(|start: Timestamp| {
            start
                .checked_add(i64::from(rule.within.amount).hours())
                .ok()
        });
    if let Some(end) = by_the_hour {
        return (local(end).date(), entry.at > end);
    }
    let due = rule.within.end(contact.date());
    (due, local(entry.at).date() > due)
}
