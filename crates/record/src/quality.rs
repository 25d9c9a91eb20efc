//! What in the record deserves a conversation: entries that came late or thin, children not seen
//! alone, fathers who have faded out.
//!
//! For coaching, not ranking: every line is about one entry, child or father and opens it. There is
//! no count, rate or order by author, and none is to be added. What counts as thin is what a draft
//! asks for ([`crate::missing`]); when visits are due is [`crate::timescales()`]'s subject.
//! It reads one document: work with a father that lives in a compartment is unknown to the team's.

mod alone;
mod fathers;
mod recording;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Configuration, Missing, Workbook, draft,
    ids::{EntryId, PersonId},
    model::Entry,
    source::{Line, Source},
    summary::long_date,
};

pub use recording::Recorded;

/// The quality of the record as of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quality {
    /// The day; entries of later days are left out.
    pub as_of: Date,
    /// How long each entry took from contact to completion, newest contact first.
    pub recorded: Vec<Recorded>,
    /// Visits in which a child was seen awake and has no voice.
    pub voice_missing: Vec<PersonLine>,
    /// Visits and sessions without analysis.
    pub analysis_missing: Vec<EntryLine>,
    /// Fathers with whom nobody has been in contact, and of whom nobody has written, for long.
    pub fathers_absent: Vec<PersonLine>,
    /// Children who were seen, and not alone, since they were last seen alone.
    pub not_seen_alone: Vec<PersonLine>,
}

/// A line about one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EntryLine {
    /// The entry.
    pub entry: EntryId,
    /// In words, cited.
    pub line: Line,
}

/// A line about one person of the family: a child, or a father.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonLine {
    /// The person.
    pub person: PersonId,
    /// In words, cited.
    pub line: Line,
}

/// Draws up the quality of the record as of a day.
pub fn quality(workbook: &Workbook, configuration: &Configuration, as_of: Date) -> Quality {
    let source = Source::new(workbook, as_of);
    let thin: Vec<_> = source
        .entries
        .iter()
        .flat_map(|(id, entry)| {
            let missing = draft::in_entry(entry).into_iter();
            missing.map(|it| (*id, *entry, it))
        })
        .collect();
    Quality {
        as_of,
        recorded: recording::recorded(&source, configuration),
        voice_missing: thin
            .iter()
            .filter_map(|(id, entry, it)| voice(&source, *id, entry, *it))
            .collect(),
        analysis_missing: thin
            .iter()
            .filter(|(_, _, it)| *it == Missing::Analysis)
            .map(|(id, entry, _)| EntryLine {
                entry: *id,
                line: source.line(
                    format!("There is no analysis of the {}.", contact(entry)),
                    *id,
                    entry,
                ),
            })
            .collect(),
        fathers_absent: fathers::absent(&source, configuration),
        not_seen_alone: alone::not_seen_alone(&source),
    }
}

fn voice(source: &Source<'_>, id: EntryId, entry: &Entry, missing: Missing) -> Option<PersonLine> {
    let Missing::Voice(child) = missing else {
        return None;
    };
    let name = source.workbook.person_name(child);
    let text = format!("{name}’s voice is missing from the {}.", contact(entry));
    Some(PersonLine {
        person: child,
        line: source.line(text, id, entry),
    })
}

/// A contact in a sentence: `home visit on 6 September 2026`.
fn contact(entry: &Entry) -> String {
    let day = long_date(entry.occurred.start.date());
    format!("{} on {day}", entry.kind.label())
}

impl Quality {
    /// Every sentence, in reading order.
    pub fn lines(&self) -> Vec<&Line> {
        let mut lines: Vec<&Line> = self.recorded.iter().map(|it| &it.line).collect();
        lines.extend(self.voice_missing.iter().map(|it| &it.line));
        lines.extend(self.analysis_missing.iter().map(|it| &it.line));
        lines.extend(self.fathers_absent.iter().map(|it| &it.line));
        lines.extend(self.not_seen_alone.iter().map(|it| &it.line));
        lines
    }
}
