//! The lines that a summary is made of: sentences with what a screen needs to sort and link them.

use jiff::civil::Date;
use serde::Serialize;

use super::Line;
use crate::ids::{ActionId, ConcernId, PersonId, RecordId};

/// A concern with everybody's latest view of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
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
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
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
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
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
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct ToolLine {
    /// The tool's label.
    pub tool: String,
    /// Its score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<u32>,
    /// The score's band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// A professional's own judgement of the level, which stands above the score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judgement: Option<String>,
    /// In words, cited.
    pub line: Line,
}

/// Direction of travel as one author sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
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
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
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
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
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

/// A period of the work, from one group supervision to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct PeriodLine {
    /// Its number, from 1.
    pub number: usize,
    /// Its first day: the day after the group supervision that closed the one before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The group supervision that closed it; absent for the current period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// In words, cited.
    pub line: Line,
}

/// One discipline's chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Chapter {
    /// The discipline's label.
    pub discipline: String,
    /// What its newest monthly summary says; of each author, where several wrote one.
    pub monthly_summary: Vec<Line>,
    /// Its entries of the current period, newest first.
    pub this_period: Vec<Line>,
    /// Its entries of earlier periods, newest first.
    pub earlier: Vec<Line>,
}

/// A safety plan in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct SafetyPlanLines {
    /// The plan.
    pub id: RecordId,
    /// Who must not learn of it: shown before anything else.
    pub must_not_be_shared_with: Vec<String>,
    /// That warning in words, cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<Line>,
    /// With whom it was agreed, and its steps.
    pub lines: Vec<Line>,
}

/// A goal and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GoalLine {
    /// The goal.
    pub id: RecordId,
    /// The label of its status; several when the record disagrees, none before the first news.
    pub status: Vec<String>,
    /// The goal in words, cited.
    pub line: Line,
    /// The latest news of each author, cited.
    pub news: Vec<Line>,
}

/// The last group supervision, or the contributions gathered for the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SupervisionLines {
    /// Its day.
    pub date: Date,
    /// Whether it was held; else it is planned.
    pub held: bool,
    /// Chair, attendees, apologies and the next day, in words.
    pub line: Line,
    /// What each discipline brought.
    pub contributions: Vec<Line>,
    /// What those present disagreed about.
    pub disagreements: Vec<Line>,
    /// What somebody sees otherwise than the decision.
    pub minority_views: Vec<Line>,
    /// What was decided, and why.
    pub decisions: Vec<Line>,
}
