//! Whatever is said: `draft` never panics, drops nothing, and cites only what is there.

use std::fmt::Write;

use dictation::draft::{Draft, People, Span, draft};
use jiff::civil::date;
use proptest::prelude::*;

/// Spans of every item that bears text, each with the text it claims.
fn bearing(draft: &Draft) -> Vec<(Span, &str)> {
    let mut all: Vec<(Span, &str)> = Vec::new();
    all.extend(draft.statements.iter().map(|s| (s.span, s.text.as_str())));
    all.extend(draft.markers.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(draft.strengths.iter().map(|s| (s.span, s.text.as_str())));
    all.extend(draft.actions.iter().map(|a| (a.span, a.text.as_str())));
    all.extend(draft.direction.iter().map(|d| (d.span, d.text.as_str())));
    for concern in &draft.concerns {
        all.push((concern.span, concern.text.as_str()));
        all.extend(concern.views.iter().map(|v| (v.span, v.text.as_str())));
    }
    all
}

fn check(text: &str, people: &People) -> Result<(), TestCaseError> {
    let made = draft(text, people, date(2026, 10, 30));
    let spans = bearing(&made);
    for (span, words) in &spans {
        prop_assert_eq!(
            text.get(span.0..span.1),
            Some(*words),
            "text is not what stands at its span"
        );
    }
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let byte = Span(at, at + c.len_utf8());
        prop_assert!(
            spans.iter().any(|(span, _)| span.contains(byte)),
            "{c:?} at {at} was dropped from {text:?}"
        );
    }
    for span in made
        .marks
        .iter()
        .map(|m| m.span)
        .chain(made.sources.iter().map(|s| s.span))
        .chain(made.doubts.iter().map(|d| d.span))
    {
        prop_assert!(
            text.get(span.0..span.1).is_some(),
            "a span that is not of this text"
        );
    }
    let mut last = 0;
    for statement in &made.statements {
        prop_assert!(statement.span.0 >= last, "statements out of order");
        last = statement.span.1;
    }
    names_were_said(text, &made)?;
    prop_assert_eq!(
        &made,
        &draft(text, people, date(2026, 10, 30)),
        "not deterministic"
    );
    Ok(())
}

/// Without a people file every name in the draft is words of the text.
fn names_were_said(text: &str, made: &Draft) -> Result<(), TestCaseError> {
    let said = text.to_lowercase().replace('’', "'").replace('.', "");
    let lists = [&made.present, &made.absent, &made.must_not_share_with];
    let children: Vec<&String> = made.children.iter().map(|child| &child.name).collect();
    for name in lists.into_iter().flatten().chain(children) {
        for word in name.split_whitespace() {
            let word = word.to_lowercase().replace('.', "");
            prop_assert!(said.contains(&word), "{name:?} was never said in {text:?}");
        }
    }
    Ok(())
}

const FRAGMENTS: &[&str] = &[
    "Home visit to",
    "Donna Brennan",
    "Tyler",
    "mum",
    "the children,",
    "on the 6th of September",
    "at four fifteen",
    "until five",
    "p.m.",
    "Strengths.",
    "Concerns,",
    "I am worried that",
    "shares this",
    "in part",
    "does not",
    "and",
    "because",
    ".",
    ",",
    "?",
    "Actions",
    "will ring the school",
    "by Friday",
    "She said,",
    "I hide",
    "AUDIT",
    "scored twenty two",
    "out of ten",
    "8/10",
    "next visit",
    "End of note.",
    "Full stop.",
    "“",
    "é",
    "\n",
    "both parents",
    "was not at home",
    "alone",
    "I saw",
    "31st of February",
    "the 99th",
    "Direction of travel",
    "improving for alcohol",
    "No immediate safety concern",
    "must not be shared with",
    "Dr. Patel",
    "who is",
    "seven",
    "three houses",
    "in 200 weeks",
    "9999",
    "p",
    "’s",
    "Mr and Mrs Jones",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_string(text in "\\PC{0,120}") {
        check(&text, &People::default())?;
    }

    #[test]
    fn any_order_of_fragments(picks in prop::collection::vec(0..FRAGMENTS.len(), 0..40)) {
        let mut text = String::new();
        for pick in picks {
            write!(text, "{} ", FRAGMENTS[pick]).expect("writes to a string");
        }
        check(&text, &People::default())?;
    }

    #[test]
    fn any_file_is_read_or_refused(json in "\\PC{0,60}") {
        let _ = People::from_json(&json);
    }
}

#[test]
fn a_familys_names_enter_only_when_something_like_them_was_said() {
    let people = People::from_json(r#"[{"name": "Donna Brennan", "role": "mother"}, {"name": "Tyler Brennan", "role": "child"}, {"name": "Craig Brennan", "role": "father"}]"#).expect("people");
    let said = "Home visit. Mum was in and I saw Tila alone. I am worried about the drinking. Next visit on Friday.";
    let made = draft(said, &people, date(2026, 10, 30));
    let shown = serde_json::to_string(&(
        &made.present,
        &made.absent,
        &made.children,
        &made.concerns,
        &made.actions,
        &made.statements,
    ))
    .expect("JSON");
    assert!(
        !shown.contains("Donna") && !shown.contains("Craig"),
        "{shown}"
    );
    assert!(
        made.children
            .iter()
            .any(|child| child.name == "Tyler" && child.alone == Some(true))
    );
    let doubt = made
        .doubts
        .iter()
        .find(|doubt| doubt.heard == "Tila")
        .expect("the correction is shown");
    assert_eq!(doubt.suggestion.as_deref(), Some("Tyler"));
}
