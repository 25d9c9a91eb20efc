//! The draft as screens and files see it: serde shapes, stable names.
//!
//! Labels are those of the field's enumerations, verbatim, as text: a council may add its own.
//! Invariants: every `span` points into the text as given; `text` is the words at its span;
//! nothing here was not said, save dates worked out from said ones. Reading doesn't belong here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};

use super::span::Span;

/// A structured draft entry. Everything in it waits for the author's check.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Entry kind, for example `statutory visit (CP)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `took place`, `no reply`, `refused entry` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Whether the family knew of the visit, when said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced: Option<bool>,
    /// The restricted compartment that the speaker asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compartment: Option<String>,
    /// People who must not learn of this entry.
    pub must_not_share_with: Vec<String>,
    /// The day of the visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// `HH:MM`, 24 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// `HH:MM`, 24 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Where it took place, in the speaker's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What it was for, in the speaker's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// People who were there; never the author.
    pub present: Vec<String>,
    /// People who were said not to be there.
    pub absent: Vec<String>,
    /// Per child: seen, alone, voice.
    pub children: Vec<Child>,
    /// What is going well.
    pub strengths: Vec<Strength>,
    /// What the speaker is worried about, with who shares it.
    pub concerns: Vec<Concern>,
    /// Labels of the tools that were used.
    pub tools: Vec<String>,
    /// Scores of tools with the band by rule.
    pub scores: Vec<Score>,
    /// Numbers on scaling questions and rulers, one holder each.
    pub readings: Vec<Reading>,
    /// Stage of change, when named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_of_change: Option<String>,
    /// Direction of travel per domain.
    pub direction: Vec<Direction>,
    /// What was said of safety now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub immediate_safety: Option<String>,
    /// Who will do what by when.
    pub actions: Vec<Action>,
    /// The day of the next contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_contact: Option<Date>,
    /// Every sentence that no other text-bearing item holds whole, in order.
    pub statements: Vec<Statement>,
    /// Spoken headings and end marks: structure, not content.
    pub markers: Vec<Marker>,
    /// Where each plain value above was read.
    pub sources: Vec<Source>,
    /// What the draft is unsure of.
    pub doubts: Vec<Doubt>,
    /// Words worth a second look: names, numbers, negations, risk words.
    pub marks: Vec<Mark>,
}

/// One child in this entry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Child {
    /// As spoken (or corrected against the family's people).
    pub name: String,
    /// Seen at this visit; absent when nothing was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<bool>,
    /// Set when said to be asleep (`true`) or awake (`false`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asleep: Option<bool>,
    /// Seen alone; absent when nothing was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alone: Option<bool>,
    /// `child declined`, `parent refused`, `too young`, `unsafe to`, `not attempted`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_alone_reason: Option<String>,
    /// The child's own words; several utterances are on lines of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// How it was communicated, as spoken: `said`, `drew` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_how: Option<String>,
    /// Where the voice stands in the text.
    pub voice_spans: Vec<Span>,
    /// Where the child was first spoken of.
    pub span: Span,
}

/// Something that goes well.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Strength {
    /// The speaker's words.
    pub text: String,
    /// People named in it.
    pub about: Vec<String>,
    /// Where.
    pub span: Span,
}

/// A worry, and who shares it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Concern {
    /// The speaker's words.
    pub text: String,
    /// Adults named in it (or the child, when no adult is).
    pub about: Vec<String>,
    /// Domain label, when its words give one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Children named in it.
    pub children: Vec<String>,
    /// Who shares it and how far.
    pub views: Vec<View>,
    /// Where.
    pub span: Span,
}

/// One person's view of a concern.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Whose view.
    pub holder: String,
    /// `shares fully`, `shares partly`, `sees it differently` …
    pub agreement: String,
    /// Their own words, when quoted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The sentence or clause that says so.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A tool's score.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Tool label.
    pub tool: String,
    /// As spoken.
    pub score: u32,
    /// By the rules in `scores.rs`; absent for tools without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// An earlier score, when it was spoken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<u32>,
    /// Where.
    pub span: Span,
}

/// A number on a scale, held by one person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// `author` for the speaker; absent when nobody could be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// 0 to 10.
    #[serde(serialize_with = "short_number")]
    pub value: f64,
    /// `safety scale`, `importance` or `confidence`.
    pub kind: String,
    /// The reason given, in the speaker's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Where.
    pub span: Span,
}

/// Direction of travel in one domain.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Direction {
    /// Domain label; absent when none was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// `improving`, `some improvement`, `no change` …
    pub direction: String,
    /// The reason given, in the speaker's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The speaker's words.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// Something to be done.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// The speaker's words.
    pub text: String,
    /// `author`, or the person's name; absent when nobody was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The day it is due, when a day was said.
    pub due: Option<Date>,
    /// The words that say when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_text: Option<String>,
    /// Where.
    pub span: Span,
}

/// A sentence kept verbatim.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The speaker's words.
    pub text: String,
    /// `observed fact`, `reported by NAME`, `professional opinion` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nature: Option<String>,
    /// People it speaks of.
    pub about: Vec<String>,
    /// The heading it stands under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Fields of the draft that were filled from it (a screen may fold such a statement).
    pub used_by: Vec<String>,
    /// Where.
    pub span: Span,
}

/// A spoken heading or mark.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Marker {
    /// The speaker's words.
    pub text: String,
    /// `heading`, `end of note` or `spoken punctuation`.
    pub kind: String,
    /// The section that a heading opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Where.
    pub span: Span,
}

/// Where a plain value was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Name of the draft's field.
    pub field: String,
    /// The value, for lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Where.
    pub span: Span,
}

/// Something for the author to settle.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Doubt {
    /// The words as they stand in the text.
    pub heard: String,
    /// Why they are doubted, in plain English.
    pub why: String,
    /// What the draft took, or would take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// Where.
    pub span: Span,
}

/// A word to make stand out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// `name`, `number`, `date`, `negation` or `risk word`.
    pub kind: String,
}

/// Whole numbers without a decimal point, as they are spoken.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands fields over by reference"
)]
fn short_number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "readings lie between 0 and 10"
    )]
    let whole = *value as i64;
    if value.fract() == 0.0 {
        serializer.serialize_i64(whole)
    } else {
        serializer.serialize_f64(*value)
    }
}
