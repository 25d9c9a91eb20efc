//! A dictated note becomes a structured draft entry for its author to check.
//!
//! ```
//! use dictation::draft::{People, draft};
//!
//! let said = "Home visit to Donna Brennan on Wednesday the 7th of October at two p.m. \
//!     Strengths. The house was calm. Concerns. I am worried that Craig drinks every night. \
//!     Donna shares this in part. Actions. I will ring the school by Friday.";
//! let draft = draft(said, &People::default(), jiff::civil::date(2026, 10, 8));
//!
//! assert_eq!(draft.kind.as_deref(), Some("home visit"));
//! assert_eq!(draft.start.as_deref(), Some("14:00"));
//! assert_eq!(draft.concerns[0].domain.as_deref(), Some("alcohol"));
//! assert_eq!(draft.concerns[0].views[0].agreement, "shares partly");
//! assert_eq!(draft.actions[0].due, Some(jiff::civil::date(2026, 10, 9)));
//! ```
//!
//! The text is cut into words (`token`), sentences with their spoken headings (`sentence`,
//! `heading`), and people (`names`, `identity`, `mention`, `childhood`, `pronoun`). Every sentence
//! gets one part (`part`); one reader per field then takes its own (`kind`, `occasion`,
//! `presence`, `children`, `concerns`, `actions` …). What nobody took whole stays a statement.
//!
//! Invariants: pure and total, on any string; **nothing spoken is dropped** (`statements`); nothing
//! is invented, every name, number and day was said or is counted from a said one; whatever is
//! unsure is a doubt. Vocabularies are tables at the top of the file that reads them.
//! Deliberately absent: language models, clocks, the record's types.

mod actions;
mod agreement;
mod agreement_words;
mod calendar;
mod calendar_day;
mod cast;
mod childhood;
mod children;
mod clock;
mod concerns;
mod date;
mod direction;
mod domain_words;
mod domains;
mod given_names;
mod heading;
mod heading_words;
mod identity;
mod kind;
mod kind_words;
mod marks;
mod mention;
mod model;
mod name_words;
mod names;
mod note;
mod number;
mod occasion;
mod part;
mod part_words;
mod people;
mod phrase;
mod presence;
mod pronoun;
mod readings;
mod retract;
mod role_words;
mod roles;
mod safety;
mod scores;
mod sentence;
mod sharing;
mod sight;
mod sight_words;
mod sound;
mod span;
mod speech;
mod stage;
mod statements;
mod times;
mod token;
mod tools;

use jiff::civil::Date;

pub(crate) use marks::watched;
pub use model::{
    Action, Child, Concern, Direction, Doubt, Draft, Mark, Marker, Reading, Score, Source,
    Statement, Strength, View,
};
pub use people::{Known, People, PeopleError};
pub use span::Span;

use note::Note;

/// Shapes a transcript into a draft entry. `recorded_on` gives the year of spoken dates.
pub fn draft(text: &str, people: &People, recorded_on: Date) -> Draft {
    let mut draft = Draft::default();
    let mut note = Note::new(text, people, &mut draft.doubts);
    kind::read(&note, &mut draft);
    occasion::read(&mut note, &mut draft, recorded_on);
    sharing::read(&note, &mut draft);
    presence::read(&note, &mut draft);
    children::read(&note, &mut draft);
    kind::settle(&mut draft);
    let parts = part::parts(&note);
    concerns::read(&note, &mut draft, &parts);
    scores::read(&note, &mut draft);
    readings::read(&note, &mut draft);
    tools::read(&note, &mut draft);
    stage::read(&note, &mut draft);
    direction::read(&note, &mut draft, &parts);
    safety::read(&note, &mut draft);
    actions::read(&note, &mut draft, &parts);
    statements::read(&note, &mut draft, &parts);
    draft.marks = marks::marks(&note);
    draft.doubts.sort_by_key(|doubt| doubt.span);
    draft
}

/// What corrections need of the words: the same tokens and lists that drafts are read with.
pub(crate) mod words {
    pub(crate) use super::{
        name_words::{ordinary, place_follows},
        phrase::match_at,
        role_words::TITLES,
        token::{Token, tokens},
    };

    pub(crate) use super::given_names::known as given_name;
}
