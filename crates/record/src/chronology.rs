//! The chronology: significant events by date, from entries and from back-history.
//!
//! What is in it: every entry's significant event; back-history; each child's changes of plan as they stand; group
//! supervisions with each of their decisions, and management decisions (a decision changes what
//! happens to a child, and a reader of the chronology looks for it there). A withdrawn entry's event
//! is left out, and a marker stands at its date which repeats nothing of it.
//!
//! The order is stable: by the first day that an event can have happened on; on one day rough dates
//! before exact ones, then by the record that tells it.

mod decided;
mod events;
mod happened;

use serde::Serialize;

use crate::{
    Workbook,
    ids::PersonId,
    model::{Precision, RoughDate},
    source::{Line, Source},
    summary::unreadable,
    terms::SignificantEventKind,
};

pub(crate) use events::told;

/// What kind of event a line of the chronology is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Category {
    /// A significant event, from an entry or from back-history.
    Event(SignificantEventKind),
    /// A child's change of plan.
    Plan,
    /// A group supervision, or one of its decisions.
    Supervision,
    /// A management decision.
    Decision,
    /// The marker of a withdrawn entry.
    Withdrawn,
}

impl Category {
    /// Its code.
    pub fn code(&self) -> &str {
        match self {
            Self::Event(kind) => kind.code(),
            Self::Plan => SignificantEventKind::PlanStartOrEnd.code(),
            Self::Supervision => "group-supervision",
            Self::Decision => "management-decision",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What people read.
    pub fn label(&self) -> &str {
        match self {
            Self::Event(kind) => kind.label(),
            Self::Plan => SignificantEventKind::PlanStartOrEnd.label(),
            Self::Supervision => "group supervision",
            Self::Decision => "management decision",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Serialize for Category {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// One line of the chronology.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename = "ChronologyLine", optional_fields))]
pub struct Event {
    /// When, as exactly as it is known.
    pub when: RoughDate,
    /// What kind.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub category: Category,
    /// Who is involved.
    pub people: Vec<PersonId>,
    /// Their names, in the same order.
    pub names: Vec<String>,
    /// What it did to the child, where somebody said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
    /// Where it is known from, in words.
    pub source: String,
    /// In words, cited.
    pub line: Line,
}

/// A family's chronology, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Chronology {
    /// The events.
    pub events: Vec<Event>,
    /// Records that can't be read: one of them may have been an event.
    pub unreadable: Vec<Line>,
}

impl Chronology {
    /// Every sentence, oldest event first.
    pub fn lines(&self) -> Vec<&Line> {
        let events = self.events.iter().map(|it| &it.line);
        events.chain(&self.unreadable).collect()
    }
}

/// Draws up the chronology of everything in the workbook.
pub fn chronology(workbook: &Workbook) -> Chronology {
    let source = Source::whole(workbook);
    Chronology {
        events: told(&source).into_iter().map(|it| it.event).collect(),
        unreadable: unreadable(&source),
    }
}

/// The first day on which something can have happened, and how its date ranks on that day: the
/// rougher, the earlier.
pub(crate) fn place_in_time(when: RoughDate) -> (jiff::civil::Date, u8) {
    match when.precision {
        Precision::Year => (when.date.first_of_year(), 0),
        Precision::Month => (when.date.first_of_month(), 1),
        Precision::About => (when.date, 2),
        Precision::Exact => (when.date, 3),
    }
}
