//! The holistic summary: what a manager reads of a family in two minutes.
//!
//! Deterministic, offline, and without one sentence that has no citation: everything comes from
//! records, nothing is phrased by a model. What people see differently stands side by side.

mod actions;
mod children;
mod concerns;
mod family;
mod gaps;
mod lines;
mod measures;
mod text;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Workbook,
    ids::{ActionId, ConcernId, EntryId, FamilyId, PersonId},
    model::Entry,
    terms::Compartment,
};

pub use family::{CompartmentNotice, summary_of_family};
pub use text::{long_date, to_text};

/// Where a sentence comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Citation {
    /// Who wrote it.
    pub author: String,
    /// Their discipline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discipline: Option<String>,
    /// The date of the contact, or of the record.
    pub date: Date,
    /// The record, as `collection/id`.
    pub record: String,
    /// The entry to open, where the record is one or belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
}

/// A sentence with what it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// The sentence.
    pub text: String,
    /// Its sources, never empty.
    pub citations: Vec<Citation>,
    /// The compartments that it would not stand without: what must not be said outside them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub compartments: Vec<Compartment>,
}

impl Line {
    /// A sentence of the team's.
    pub(crate) fn new(text: impl Into<String>, citations: Vec<Citation>) -> Self {
        Self {
            text: text.into(),
            citations,
            compartments: Vec::new(),
        }
    }
}

/// A concern with everybody's latest view of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConcernLine {
    /// The concern.
    pub id: ConcernId,
    /// Its statement, cited.
    pub line: Line,
    /// The domain's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Names of the children affected.
    pub children: Vec<String>,
    /// Names of the adults whose behaviour it is about.
    pub adults: Vec<String>,
    /// Who shares it: the latest view of each holder as each author recorded it.
    pub views: Vec<ViewLine>,
    /// Who closed it, if somebody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<Line>,
}

/// One view of one concern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ViewLine {
    /// Whose view.
    pub holder: String,
    /// The label of their agreement.
    pub agreement: String,
    /// In words, cited.
    pub line: Line,
    /// The label of the view recorded before by the same author, if it was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// One reading, beside those of the other holders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReadingLine {
    /// The scale's code.
    pub scale: String,
    /// Whose reading.
    pub holder: String,
    /// The value as it is written, 0 to 10.
    pub value: String,
    /// In words, cited.
    pub line: Line,
}

/// A tool that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ToolLine {
    /// The tool's label.
    pub tool: String,
    /// Its score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<u32>,
    /// The score's band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// In words, cited.
    pub line: Line,
}

/// Direction of travel as one author sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectionLine {
    /// The domain's label; absent for the family as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The direction's label.
    pub direction: String,
    /// In words, cited.
    pub line: Line,
}

/// An action that somebody still has to do, or about which the record disagrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionLine {
    /// The action.
    pub id: ActionId,
    /// The label of its status; several when the record disagrees.
    pub status: Vec<String>,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// In words, cited.
    pub line: Line,
}

/// A child: when seen, when seen alone, what they said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChildLines {
    /// The child.
    pub child: PersonId,
    /// Their name.
    pub name: String,
    /// The last day on which they were seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Date>,
    /// The last day on which they were seen alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen_alone: Option<Date>,
    /// In words, cited, newest first.
    pub lines: Vec<Line>,
}

/// The summary of one workbook as of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// The day as of which it is drawn up; entries of later days are left out.
    pub as_of: Date,
    /// Contacts, newest first.
    pub contacts: Vec<Line>,
    /// Each child.
    pub children: Vec<ChildLines>,
    /// What goes well.
    pub strengths: Vec<Line>,
    /// Concerns and who shares them.
    pub concerns: Vec<ConcernLine>,
    /// Readings, side by side by holder.
    pub readings: Vec<ReadingLine>,
    /// Tools, scores and bands.
    pub tools: Vec<ToolLine>,
    /// Whether things are improving, and why.
    pub direction: Vec<DirectionLine>,
    /// Open actions.
    pub actions: Vec<ActionLine>,
    /// What is missing, disputed, withdrawn or unreadable.
    pub gaps: Vec<Line>,
    /// Compartments read along with the team's workbook, and those that the council lets readers
    /// know of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub compartments: Vec<CompartmentNotice>,
}

/// What every derived view reads: the workbook up to a day, with its usable entries.
pub(crate) struct Source<'a> {
    pub(crate) workbook: &'a Workbook,
    pub(crate) as_of: Date,
    /// Entries up to that day that nobody has withdrawn, newest first.
    pub(crate) entries: Vec<(EntryId, &'a Entry)>,
}

/// Draws up the summary of one workbook as of a day. Of a compartment that was not read into the
/// workbook it can say nothing: for readers who hold some there is [`summary_of_family`].
pub fn summary(workbook: &Workbook, as_of: Date) -> Summary {
    let source = Source::new(workbook, as_of);
    Summary {
        family: workbook.cover.as_ref().map(|cover| cover.family),
        as_of,
        contacts: children::contacts(&source),
        children: children::children(&source),
        strengths: children::strengths(&source),
        concerns: concerns::concerns(&source),
        readings: measures::readings(&source),
        tools: measures::tools(&source),
        direction: measures::direction(&source),
        actions: actions::open(&source),
        gaps: gaps::gaps(&source),
        compartments: Vec::new(),
    }
}

impl<'a> Source<'a> {
    pub(crate) fn new(workbook: &'a Workbook, as_of: Date) -> Self {
        let withdrawn = |id| workbook.withdrawals.values().any(|it| it.entry == id);
        let mut entries: Vec<_> = workbook
            .entries
            .iter()
            .filter(|(id, entry)| entry.occurred.start.date() <= as_of && !withdrawn(**id))
            .map(|(id, entry)| (*id, entry))
            .collect();
        entries.sort_by_key(|(id, entry)| std::cmp::Reverse((entry.occurred.start, *id)));
        Self {
            workbook,
            as_of,
            entries,
        }
    }
}

impl Source<'_> {
    pub(crate) fn cite(&self, id: EntryId, entry: &Entry) -> Citation {
        Citation {
            author: self.workbook.professional_name(entry.by).to_owned(),
            discipline: Some(entry.discipline.label().to_owned()),
            date: entry.occurred.start.date(),
            record: format!("entries/{id}"),
            entry: Some(id),
        }
    }

    pub(crate) fn line(&self, text: impl Into<String>, id: EntryId, entry: &Entry) -> Line {
        Line::new(text, vec![self.cite(id, entry)])
    }

    /// Cites a record that is no entry and belongs to none.
    pub(crate) fn cite_record(
        &self,
        record: String,
        by: crate::ids::ProfessionalId,
        at: jiff::Timestamp,
    ) -> Citation {
        Citation {
            author: self.workbook.professional_name(by).to_owned(),
            discipline: self
                .workbook
                .professionals
                .get(&by)
                .map(|it| it.discipline.label().to_owned()),
            date: jiff::tz::TimeZone::UTC.to_datetime(at).date(),
            record,
            entry: None,
        }
    }

    fn names(&self, people: &[PersonId]) -> Vec<String> {
        people
            .iter()
            .map(|id| self.workbook.person_name(*id))
            .collect()
    }
}
