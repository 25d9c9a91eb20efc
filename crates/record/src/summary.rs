//! The holistic summary: what a manager reads of a family in two minutes.
//!
//! Deterministic, offline, and without one sentence that has no citation: everything comes from
//! records, nothing is phrased by a model. What people see differently stands side by side. What
//! could do harm when it is overlooked comes first: who must not learn of the safety plan, and the
//! prompts about somebody's own safety.

mod actions;
mod chapters;
mod children;
mod concerns;
mod decisions;
mod family;
mod gaps;
mod goals;
mod lines;
mod measures;
mod period;
mod safety_plan;
mod shape;
mod supervision;
mod text;
mod unmet;
mod workers_safety;

use jiff::civil::Date;
use serde::Serialize;

use crate::{Workbook, ids::FamilyId, source::Source};

pub use crate::{
    source::{Citation, Line},
    wording::{long_date, rough_date},
};
pub use family::{CompartmentNotice, summary_of_family};
pub use shape::{
    ActionLine, Chapter, ChildLines, ConcernLine, DirectionLine, GoalLine, PeriodLine, ReadingLine,
    SafetyPlanLines, SupervisionLines, ToolLine, ViewLine,
};
pub use text::to_text;

// The other readings put the same things into the same words.
pub(crate) use actions::{line as action_line, status as action_status};
pub(crate) use children::{contact, contact_with, how_seen};
pub(crate) use concerns::{concern_line_of, told, view_text};
pub(crate) use gaps::{disputes, unreadable, unseen};
pub(crate) use goals::{goal_line, news_line as goal_news};
pub(crate) use measures::{direction_text, latest_direction, reading_text, tool_text};

/// The summary of one workbook as of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Summary {
    /// The family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// The day as of which it is drawn up; entries of later days are left out.
    pub as_of: Date,
    /// The safety plans in force: one, unless two were agreed without knowing of each other.
    pub safety_plans: Vec<SafetyPlanLines>,
    /// What keeps workers safe on a visit.
    pub workers_safety: Vec<Line>,
    /// Prompts about somebody's own safety.
    pub prompts: Vec<Line>,
    /// The periods, newest first: the first of them is the current one.
    pub periods: Vec<PeriodLine>,
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
    /// The last group supervision, and what is gathered for those that are planned.
    pub supervisions: Vec<SupervisionLines>,
    /// Management decisions, newest first.
    pub decisions: Vec<Line>,
    /// Goals of the plan.
    pub goals: Vec<GoalLine>,
    /// Open actions.
    pub actions: Vec<ActionLine>,
    /// Each discipline's own chapter.
    pub chapters: Vec<Chapter>,
    /// What is missing, disputed, withdrawn or unreadable.
    pub gaps: Vec<Line>,
    /// Compartments read along with the team's workbook, and those that the council lets readers
    /// know of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<_>", optional))]
    pub compartments: Vec<CompartmentNotice>,
}

/// Draws up the summary of one workbook as of a day. Of a compartment that was not read into the
/// workbook it can say nothing: for readers who hold some there is [`summary_of_family`].
pub fn summary(workbook: &Workbook, as_of: Date) -> Summary {
    let source = Source::new(workbook, as_of);
    Summary {
        family: workbook.cover.as_ref().map(|cover| cover.family),
        as_of,
        safety_plans: safety_plan::in_force(&source),
        workers_safety: workers_safety::warnings(&source),
        prompts: measures::prompts(&source),
        periods: period::periods(&source),
        contacts: children::contacts(&source),
        children: children::children(&source),
        strengths: children::strengths(&source),
        concerns: concerns::concerns(&source),
        readings: measures::readings(&source),
        tools: measures::tools(&source),
        direction: measures::direction(&source),
        supervisions: supervision::supervisions(&source),
        decisions: decisions::decisions(&source),
        goals: goals::goals(&source),
        actions: actions::open(&source),
        chapters: chapters::chapters(&source),
        gaps: gaps::gaps(&source),
        compartments: Vec::new(),
    }
}
