//! Tools that were used, and those whose score was named.
//!
//! A tool that is only planned ("I will use three houses") or denied is not one that was used.

use std::ops::Range;

use super::{
    heading::Section,
    model::{Draft, Source},
    note::Note,
};

/// Label and what it is called in speech; more particular ones first.
const TOOLS: &[(&str, &[&str])] = &[
    ("AUDIT-C", &["audit c|see|sea", "auditc"]),
    ("AUDIT", &["audit"]),
    (
        "PHQ-9",
        &[
            "phq nine|9?",
            "p h q nine|9?",
            "patient health questionnaire",
        ],
    ),
    ("GAD-7", &["gad seven|7?", "g a d seven|7?"]),
    (
        "DASH",
        &[
            "dash risk? assessment|checklist?",
            "dash|tash",
            "risk identification checklist",
        ],
    ),
    ("SDQ", &["sdq|sdqs", "strengths and difficulties"]),
    ("GCP2", &["gcp2|gcp two|2?", "graded care profile"]),
    ("outcomes star", &["outcomes|outcome|family|recovery star"]),
    (
        "three houses",
        &[
            "three|3 houses",
            "house of worries|dreams|good",
            "three houses exercise",
        ],
    ),
    ("words and pictures", &["words and pictures"]),
    ("safety house", &["safety house"]),
    ("danger statement", &["danger statement|statements"]),
    (
        "decisional balance",
        &["decisional balance", "pros and cons"],
    ),
    ("cycle of change", &["cycle of change", "wheel of change"]),
    ("genogram", &["genogram", "family tree"]),
    ("ecomap", &["ecomap|eco map", "ecomap|ecomaps", "echo map"]),
    (
        "severity of abuse grid",
        &["severity of abuse grid?", "abuse grid"],
    ),
    (
        "power and control wheel",
        &["power and control wheel?", "duluth wheel", "control wheel"],
    ),
    (
        "drug diary",
        &[
            "drug|drugs|drink|drinking|drinks|using|alcohol|cannabis|substance use|misuse? diary|diaries",
            "drug|drink diary",
            "diary of his|her drinking|use|using",
        ],
    ),
    (
        "home conditions",
        &[
            "home conditions assessment|checklist|tool|form|scale",
            "home condition assessment|checklist|tool",
        ],
    ),
    (
        "day in the life",
        &["day in the life", "day in his|her life"],
    ),
    ("family timeline", &["family timeline", "timeline"]),
    (
        "module worksheet",
        &["module .. worksheet", "worksheet|worksheets|workbook"],
    ),
    (
        "importance ruler",
        &[
            "importance ruler|scale",
            "readiness ruler",
            "importance|importance's .. out of ten|10",
            "importance to? .. at|was|is|of|as? a? _ out of ten|10",
            "importance is|was|at|as? one|two|three|four|five|six|seven|eight|nine|ten|1|2|3|4|5|6|7|8|9|10",
        ],
    ),
    (
        "confidence ruler",
        &[
            "confidence ruler|scale",
            "confidence|confident .. out of ten|10",
            "confidence .. _ out of ten|10",
            "confidence is|was|at|as? one|two|three|four|five|six|seven|eight|nine|ten|1|2|3|4|5|6|7|8|9|10",
        ],
    ),
    (
        "scaling question",
        &[
            "scaling question|questions|exercise",
            "scaling",
            "scaled",
            "on a|the scale",
            "scale of",
            "out of ten|10 for|on? safety|coping",
            "scale from",
        ],
    ),
];
/// What makes a mention of a tool no use of it.
const NOT_USED: &[&str] = &[
    "will|i'll",
    "going to",
    "next time",
    "plan to",
    "to complete|do|use",
    "did not|didn't|not complete|use|do",
    "not yet completed|done",
    "need|needs|want|wants to",
    "would like to",
    "declined to complete|do",
    "bring .. again",
];

/// Tools mentioned in a range as used, with their places.
pub(super) fn used(note: &Note<'_>, range: &Range<usize>) -> Vec<(&'static str, Range<usize>)> {
    let mut found: Vec<(&'static str, Range<usize>)> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let here = at..range.end;
        let best = TOOLS.iter().find_map(|(tool, names)| {
            Some((*tool, note.opens(&here, names).filter(|stop| *stop > at)?))
        });
        match best {
            Some((tool, stop)) => {
                found.push((tool, at..stop));
                // A ruler's number words may hold the next tool; step over its name only.
                at = if tool.ends_with("ruler") {
                    at + 1
                } else {
                    stop
                };
            }
            None => at += 1,
        }
    }
    found
}

pub(super) fn read(note: &Note<'_>, draft: &mut Draft) {
    for sentence in note.sentences.iter().filter(|s| s.mark.is_none()) {
        let range = sentence.body.clone();
        let plan = matches!(sentence.section, Section::Actions | Section::Next)
            || note.has(&range, NOT_USED);
        let done = note.has(
            &range,
            &["completed|used|did|went|finished|worked|started|showed"],
        ) && sentence.section != Section::Next
            && !note.has(&range, &["will|i'll|didn't", "not complete|use|do"]);
        if plan && !done {
            continue;
        }
        for (tool, place) in used(note, &range) {
            if !draft.tools.iter().any(|known| known == tool) {
                note.source(draft, "tools", Some(tool.to_owned()), &place);
                draft.tools.push(tool.to_owned());
            }
        }
    }
    for (kind, tool) in [
        ("safety scale", "scaling question"),
        ("importance", "importance ruler"),
        ("confidence", "confidence ruler"),
    ] {
        let read = draft.readings.iter().find(|reading| reading.kind == kind);
        if let Some(span) = read.map(|reading| reading.span)
            && !draft.tools.iter().any(|known| known == tool)
        {
            let value = Some(tool.to_owned());
            draft.sources.push(Source {
                field: "tools".to_owned(),
                value,
                span,
            });
            draft.tools.push(tool.to_owned());
        }
    }
}
