//! One child's own record, derived from the family's: written once per family, and still a file per
//! child, as councils' policies ask.
//!
//! **What is in it, and why**
//!
//! - *Facts* about the child, disputed ones with every value: they are the child's own.
//! - *Plan history*: every change of the child's plan.
//! - *Households and relationships* in which the child stands, half-siblings among them, also where
//!   they only follow from the parents. A sibling's name and what they are to the child are the
//!   child's family; nothing else about the sibling is here.
//! - *Visits*: entries that are about the child (children list, meaning, about-whom tags, presence):
//!   seen, alone, voice; statements, strengths and analysis that are about the child and, where the
//!   child was there or the visit was to them, those about no child in particular (adults, home).
//!   Other children are left out of who was present.
//! - *Readings and tools* whose holder is the child.
//! - *Concerns* that name the child, or no child: what worries about a home worries about all who
//!   live in it. Views of other children are theirs and stay out; the adults' are in, without their
//!   words where these name other children only.
//! - *Goals* for the child, alone or with others, and for no child in particular.
//! - *Actions*: those tagged as the child's; of those without tags the ones whose words name the child, those of an entry that raised a concern about the
//!   child or that is about no other child, and a supervision's that name no child.
//! - *Chronology* lines about the child or about no other child.
//!
//! **What is not**: whatever is about other children only; what adults said in sessions of their own
//! (their treatment is not the child's file; what follows from it for the child is, through concerns
//! and chronology); safety plans (a parent who asks for the child's file must not learn of them from
//! it); and what could be about another child because its author did not say: for that,
//! [`ChildFile::left_out`] has a marker that cites the entry and repeats nothing of it.

mod actions;
mod concerns;
mod family;
mod goals;
mod identity;
mod visits;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Event, Workbook,
    about::{Children, Share},
    chronology::told,
    ids::PersonId,
    source::{Line, Source},
    summary::{ActionLine, ConcernLine, GoalLine, unreadable, unseen},
};

pub use identity::FactLines;
pub use visits::VisitLines;

/// One child's own record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChildFile {
    /// The child.
    pub child: PersonId,
    /// Their name; where it is disputed, all of them.
    pub name: String,
    /// The day as of which it is drawn up.
    pub as_of: Date,
    /// What is said about the child.
    pub facts: Vec<FactLines>,
    /// Under which plan, oldest first.
    pub plans: Vec<Line>,
    /// In which households.
    pub households: Vec<Line>,
    /// Who is what to the child.
    pub relationships: Vec<Line>,
    /// Visits and contacts, newest first.
    pub visits: Vec<VisitLines>,
    /// The child's own readings on scales, and tools used with the child alone.
    pub measures: Vec<Line>,
    /// What goes well for the child.
    pub strengths: Vec<Line>,
    /// Concerns touching the child.
    pub concerns: Vec<ConcernLine>,
    /// Goals for the child, and those for no child in particular.
    pub goals: Vec<GoalLine>,
    /// Actions for the child, done ones too.
    pub actions: Vec<ActionLine>,
    /// Significant events about the child, oldest first.
    pub chronology: Vec<Event>,
    /// When the child was last seen, if that is a while ago, and records that can't be read.
    pub gaps: Vec<Line>,
    /// Markers for what may be about this child and may be about another.
    pub left_out: Vec<Line>,
}

/// What the parts of a child's file read.
struct File<'a> {
    source: Source<'a>,
    children: Children,
    child: PersonId,
    name: String,
}

/// Draws up one child's file as of a day. For somebody who is no child of this workbook, only facts
/// and relationships can have anything in them.
pub fn child_file(workbook: &Workbook, child: PersonId, as_of: Date) -> ChildFile {
    let file = File {
        source: Source::new(workbook, as_of),
        children: Children::of(workbook),
        child,
        name: workbook.person_name(child),
    };
    let (visits, mut left_out) = visits::visits(&file);
    let chronology = chronology(&file, &mut left_out);
    ChildFile {
        child,
        as_of,
        facts: identity::facts(&file),
        plans: identity::plans(&file),
        households: family::households(&file),
        relationships: family::relationships(&file),
        measures: visits::measures(&file),
        strengths: visits::strengths(&file),
        concerns: concerns::concerns(&file),
        goals: goals::goals(&file),
        actions: actions::actions(&file),
        gaps: gaps(&file),
        name: file.name,
        visits,
        chronology,
        left_out,
    }
}

fn gaps(file: &File<'_>) -> Vec<Line> {
    let mut gaps = unseen(&file.source, file.child);
    // Nobody can tell whose they are.
    gaps.extend(unreadable(&file.source));
    gaps
}

fn chronology(file: &File<'_>, left_out: &mut Vec<Line>) -> Vec<Event> {
    let mut events = Vec::new();
    for told in told(&file.source) {
        let words: Vec<&str> = told.words.iter().map(String::as_str).collect();
        match file
            .children
            .share(file.child, &told.tags, &words, &told.around)
        {
            Share::Own | Share::Family => events.push(without_other_children(file, told.event)),
            Share::Others => {}
            Share::Unsaid => left_out.push(Line {
                compartments: vec![],
                text: "A significant event does not say which child it is about.".to_owned(),
                citations: told.event.line.citations,
            }),
        }
    }
    events
}

/// The event with only this child among the children involved.
fn without_other_children(file: &File<'_>, mut event: Event) -> Event {
    event.people.retain(|it| !file.is_other_child(*it));
    event.names = file.source.names(&event.people);
    event
}

impl File<'_> {
    /// Whether words name other children only: then what they were said with stands, and the words
    /// stay out.
    fn names_others_only(&self, words: &str) -> bool {
        let nobody = BTreeSet::new();
        self.children.share(self.child, &[], &[words], &nobody) == Share::Others
    }

    fn is_other_child(&self, person: PersonId) -> bool {
        person != self.child
            && self
                .source
                .workbook
                .people
                .get(&person)
                .is_some_and(|it| it.role.is_child())
    }
}

impl ChildFile {
    /// Every sentence of the file, in reading order.
    pub fn lines(&self) -> Vec<&Line> {
        let mut lines: Vec<&Line> = self.facts.iter().flat_map(|it| &it.lines).collect();
        lines.extend(&self.plans);
        lines.extend(&self.households);
        lines.extend(&self.relationships);
        for visit in &self.visits {
            lines.push(&visit.line);
            lines.extend(&visit.seen);
            lines.extend(&visit.said);
        }
        lines.extend(&self.measures);
        lines.extend(&self.strengths);
        for concern in &self.concerns {
            lines.push(&concern.line);
            lines.extend(concern.views.iter().map(|view| &view.line));
            lines.extend(&concern.closed);
        }
        for goal in &self.goals {
            lines.push(&goal.line);
            lines.extend(&goal.news);
        }
        lines.extend(self.actions.iter().map(|it| &it.line));
        lines.extend(self.chronology.iter().map(|it| &it.line));
        lines.extend(&self.gaps);
        lines.extend(&self.left_out);
        lines
    }
}
