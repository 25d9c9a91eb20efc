//! Spoken headings: which words open which section of the note.
//!
//! A heading opens a sentence. Short ones ("Strengths") count only when they stand apart, by
//! punctuation or by a capital after them; long ones ("direction of travel") count always.
//! What a section's sentences mean doesn't belong here.

use super::{phrase::match_at, token::Token};

/// The part of the note that a sentence stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Opening,
    Present,
    Absent,
    Purpose,
    Account,
    Strengths,
    Concerns,
    Views,
    Voice,
    Tools,
    Scaling,
    Stage,
    Direction,
    Safety,
    Analysis,
    Actions,
    Next,
}

impl Section {
    /// The name that statements and markers show.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Purpose => "purpose",
            Self::Account => "account",
            Self::Strengths => "strengths",
            Self::Concerns => "concerns",
            Self::Views => "views",
            Self::Voice => "child's voice",
            Self::Tools => "tools",
            Self::Scaling => "scaling",
            Self::Stage => "stage of change",
            Self::Direction => "direction of travel",
            Self::Safety => "immediate safety",
            Self::Analysis => "analysis",
            Self::Actions => "actions",
            Self::Next => "next contact",
        }
    }
}

/// Words that may lead into a heading without being one.
const LEADS: &[&str] = &[
    "moving|going on|over to",
    "in terms of",
    "as for",
    "turning to",
    "so in terms of",
    "when it comes to",
    "so|ok|okay|right|now|next|then|and|under|for|well|finally|also|first|firstly|lastly|um|er",
    "the|my|our|some|any|key|main|agreed|family|family's|current|overall",
];

/// Headings that count whatever follows.
const LONG: &[(&str, Section)] = &[
    ("direction of travel", Section::Direction),
    (
        "what|what's is|are|was|has going|gone really? well",
        Section::Strengths,
    ),
    ("what's going|gone really? well", Section::Strengths),
    ("what's working so? well", Section::Strengths),
    ("what is|are working so? well", Section::Strengths),
    ("what went well", Section::Strengths),
    ("what works well", Section::Strengths),
    (
        "things that|which are going|working well",
        Section::Strengths,
    ),
    ("things going well", Section::Strengths),
    ("on the positive|plus side", Section::Strengths),
    (
        "what|what's is|are not going|working so? well",
        Section::Concerns,
    ),
    ("what|what's not going|working so? well", Section::Concerns),
    ("what isn't going|working so? well", Section::Concerns),
    (
        "what am|are i|we still? worried|concerned about",
        Section::Concerns,
    ),
    (
        "what i'm|we're still? worried|concerned about",
        Section::Concerns,
    ),
    (
        "what i|we am|are still? worried|concerned about",
        Section::Concerns,
    ),
    (
        "things i|we am|are still? worried|concerned about",
        Section::Concerns,
    ),
    ("what worries|concerns me|us", Section::Concerns),
    ("what needs to happen next?", Section::Actions),
    ("what happens|happened next", Section::Actions),
    ("what will happen next", Section::Actions),
    ("what we|we've|i have? agreed", Section::Actions),
    ("what are we going to do", Section::Actions),
    ("where do we go from here", Section::Actions),
    ("who will|is going? to? do|doing what", Section::Actions),
    (
        "is it|this|he|she getting|going any? better|worse",
        Section::Direction,
    ),
    (
        "are things|they getting|going any? better|worse",
        Section::Direction,
    ),
    ("is it|anything improving|changing", Section::Direction),
    ("are things improving|changing|moving", Section::Direction),
    ("what|what's has changed", Section::Direction),
    ("what's changed", Section::Direction),
    ("what|what's is changing", Section::Direction),
    (
        "where are things|we going|heading|at now?",
        Section::Direction,
    ),
    ("where things are going|heading|at now?", Section::Direction),
    ("are things better or worse", Section::Direction),
    ("change since last time|visit", Section::Direction),
    ("what _ _? said|told|says about?", Section::Voice),
    ("in his|her|their own words", Section::Voice),
    ("how far does .. share this|it|them", Section::Views),
    ("does|do .. share this|it|them", Section::Views),
    ("does|do .. agree", Section::Views),
    (
        "purpose of the|this|today's|my? visit|session|appointment|call|contact",
        Section::Purpose,
    ),
    (
        "reason for the|this|my? visit|session|appointment|call|contact",
        Section::Purpose,
    ),
    (
        "aim of the|this|today's visit|session|appointment|call",
        Section::Purpose,
    ),
    ("what does this mean for ..", Section::Analysis),
    ("what this means for ..", Section::Analysis),
    ("professional judgement|judgment", Section::Analysis),
    ("stage|stages of change", Section::Stage),
    ("who was there|present|in", Section::Present),
];

/// Headings that must stand apart.
const SHORT: &[(&str, Section)] = &[
    ("strengths and protective factors", Section::Strengths),
    ("strengths", Section::Strengths),
    ("strength", Section::Strengths),
    ("positives", Section::Strengths),
    ("positive", Section::Strengths),
    ("going well", Section::Strengths),
    ("working well", Section::Strengths),
    ("protective factors", Section::Strengths),
    ("good things", Section::Strengths),
    ("good news", Section::Strengths),
    ("achievements", Section::Strengths),
    ("successes", Section::Strengths),
    ("concerns", Section::Concerns),
    ("concern", Section::Concerns),
    ("worries", Section::Concerns),
    ("worry", Section::Concerns),
    ("worried about", Section::Concerns),
    ("risks and concerns|worries", Section::Concerns),
    ("risks", Section::Concerns),
    ("risk", Section::Concerns),
    ("risk factors", Section::Concerns),
    ("areas of|for concern", Section::Concerns),
    ("not going|working so? well", Section::Concerns),
    ("complicating factors", Section::Concerns),
    ("difficulties", Section::Concerns),
    ("issues", Section::Concerns),
    ("dangers", Section::Concerns),
    ("harm", Section::Concerns),
    ("challenges", Section::Concerns),
    ("problems", Section::Concerns),
    ("negatives", Section::Concerns),
    ("views", Section::Views),
    (
        "parent|parents|parents'|parent's views|view",
        Section::Views,
    ),
    ("_ views", Section::Views),
    ("tools used|and exercises?", Section::Tools),
    ("tools", Section::Tools),
    ("tool|resources used?", Section::Tools),
    ("what we used", Section::Tools),
    ("work done|completed", Section::Tools),
    ("assessments|exercises used|completed|done?", Section::Tools),
    ("interventions?", Section::Tools),
    ("interventions", Section::Tools),
    ("materials", Section::Tools),
    ("scaling questions|question?", Section::Scaling),
    ("scales|scale|scaling", Section::Scaling),
    ("safety|wellbeing scale|scaling", Section::Scaling),
    ("ratings|scores", Section::Scaling),
    ("cycle of change", Section::Stage),
    ("motivation", Section::Stage),
    ("direction", Section::Direction),
    ("progress", Section::Direction),
    ("trajectory", Section::Direction),
    ("change", Section::Direction),
    ("distance travelled", Section::Direction),
    ("movement", Section::Direction),
    ("changes", Section::Direction),
    ("immediate safety|risk|danger", Section::Safety),
    ("safety", Section::Safety),
    ("safety today|now|tonight", Section::Safety),
    ("analysis", Section::Analysis),
    ("view", Section::Analysis),
    ("professional? opinion|view", Section::Analysis),
    (
        "assessment|reflection|reflections|formulation|summary|conclusion|hypothesis|thoughts|impression|evaluation",
        Section::Analysis,
    ),
    ("impact on the? .. child|children|baby", Section::Analysis),
    ("actions|action agreed|points|plan", Section::Actions),
    ("actions|action", Section::Actions),
    ("next steps|step", Section::Actions),
    ("plan|plans", Section::Actions),
    ("plan of action", Section::Actions),
    ("to do", Section::Actions),
    ("tasks|task", Section::Actions),
    ("agreed|agreements", Section::Actions),
    ("follow up", Section::Actions),
    ("jobs|homework", Section::Actions),
    ("action plan", Section::Actions),
    (
        "next visit|contact|session|appointment|meeting|call",
        Section::Next,
    ),
    ("next home visit", Section::Next),
    (
        "date of next visit|contact|session|appointment|meeting|call",
        Section::Next,
    ),
    (
        "child's|children's voice|voices|views|words|view",
        Section::Voice,
    ),
    ("voice of the child|children", Section::Voice),
    ("wishes and feelings", Section::Voice),
    ("_ voice|views", Section::Voice),
    ("the child's voice", Section::Voice),
    ("purpose|aim|aims|reason|objective", Section::Purpose),
    ("present|attendees|attended", Section::Present),
    ("people|those present", Section::Present),
    ("in attendance", Section::Present),
    ("absent|apologies", Section::Absent),
    ("not present", Section::Absent),
    (
        "observations|observation|presentation|discussion|background|update|account|notes|context",
        Section::Account,
    ),
    ("home conditions|environment", Section::Account),
    ("mental state", Section::Account),
    ("what happened", Section::Account),
    (
        "what i|we saw|observed|did|discussed|covered",
        Section::Account,
    ),
    ("the visit|session", Section::Account),
    ("offence focused work", Section::Account),
];

/// Words that join a heading to what it introduces and belong to neither.
const LINKS: &[&str] = &[
    "is that",
    "are that",
    "was that",
    "is to",
    "was to",
    "is",
    "are",
    "was",
    "were",
    "would be",
    "include",
    "includes",
    "for today",
    "today",
];

/// A heading at the start of these tokens: its section and where the body begins.
pub(super) fn heading(tokens: &[Token], start: usize, end: usize) -> Option<(Section, usize)> {
    let mut from = start;
    for _ in 0..3 {
        if let Some(found) = plain(tokens, from, end) {
            return Some(found);
        }
        from = LEADS
            .iter()
            .find_map(|lead| match_at(tokens, from, end, lead))
            .filter(|at| *at > from && *at < end)?;
    }
    plain(tokens, from, end)
}

fn plain(tokens: &[Token], from: usize, end: usize) -> Option<(Section, usize)> {
    let long = LONG
        .iter()
        .filter_map(|(pattern, section)| Some((*section, match_at(tokens, from, end, pattern)?)));
    if let Some((section, stop)) = long.max_by_key(|(_, stop)| *stop) {
        return Some((section, after_link(tokens, stop, end)));
    }
    let short = SHORT
        .iter()
        .filter_map(|(pattern, section)| Some((*section, match_at(tokens, from, end, pattern)?)))
        .filter(|(_, stop)| *stop > from);
    let apart =
        short.filter_map(|(section, stop)| Some((section, stop, body(tokens, from, stop, end)?)));
    apart
        .max_by_key(|(_, stop, _)| *stop)
        .map(|(section, _, body)| (section, body))
}

fn after_link(tokens: &[Token], stop: usize, end: usize) -> usize {
    LINKS
        .iter()
        .filter_map(|link| match_at(tokens, stop, end, link))
        .max()
        .unwrap_or(stop)
}

/// Where the body begins if the short heading `from..stop` stands apart from what follows.
fn body(tokens: &[Token], from: usize, stop: usize, end: usize) -> Option<usize> {
    if stop >= end {
        return Some(stop);
    }
    let last = tokens.get(stop - 1)?;
    if last.gap.contains([',', ':', ';', '–', '—']) || last.gap.contains(" - ") {
        return Some(stop);
    }
    let linked = after_link(tokens, stop, end);
    if linked > stop {
        // "Strengths are that she…", but not "Progress is slow" or "The plan is working".
        let plural = tokens.get(stop - 1).is_some_and(|t| t.lower.ends_with('s'));
        let opens = tokens
            .get(linked - 1)
            .is_some_and(|t| matches!(t.lower.as_str(), "that" | "to"));
        return (plural || opens).then_some(linked);
    }
    let next = tokens.get(stop)?;
    let opens = next.capital
        && tokens.get(from).is_some_and(|t| t.capital)
        && last.gap.chars().all(char::is_whitespace);
    (opens && !next.acronym).then_some(stop)
}
