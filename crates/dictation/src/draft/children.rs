//! Each child: seen, asleep, alone or why not, and the child's own words.

use std::ops::Range;

use super::{
    cast::AUTHOR,
    heading::Section,
    model::{Child, Draft},
    note::Note,
    sentence::Sentence,
    span::Span,
    speech::speech,
};

const SEEN_BEFORE: &[&str] = &[
    "saw|seen|observed|met",
    "spoke|talked|spoken to|with",
    "i looked in on",
    "met with",
    "direct work with",
    "session with",
    "able to see|speak",
    "present was|were|are",
    "with",
];
const SEEN_AFTER: &[&str] = &[
    "was|were both|all|also? seen",
    "seen",
    "showed me|us",
    "told me|us",
    "smiled|waved|crawled|greeted",
    "was|were .. asleep|awake|sleeping|playing|present",
    "asleep|awake",
    "was|were in|on his|her|their the? cot|bed|sofa|play|bouncer|highchair|bedroom|kitchen|garden|living|lounge",
    "was|were|both|all at? home",
    "was|were there|present",
    "said",
    "was|were off school",
    "was|were watching|colouring|drawing|eating|clean|dressed|settled",
    "drew|wrote|talked|spoke to|about|with?",
    "looked",
    "came|ran to",
    "did not want to talk|speak",
    "didn't want to talk|speak",
    "was|were affectionate",
    "appeared|presented",
];
const NOT_SEEN: &[&str] = &[
    "was|were not|n't seen",
    "wasn't|weren't seen",
    "was|were|is|are still? at school|nursery|college",
    "was|were at his|her|their dad's|nan's|father's|mum's",
    "not seen",
    "was|were out|away|staying",
    "were|was at school|nursery",
    "was|were at his|her|the _ house",
    "had gone to",
];
const NOT_SEEN_BEFORE: &[&str] = &[
    "did not see",
    "didn't see",
    "could not see",
    "couldn't see",
    "not able to see",
    "unable to see",
    "without seeing",
    "not seen",
];
const ALONE: &[&str] = &[
    "alone",
    "on his|her|their own",
    "by himself|herself|themselves",
    "one to one",
    "1 to 1",
    "separately",
    "in private",
    "away from mum|dad|his|her|the|their",
    "just the two of us",
    "without mum|dad|his|her|parents",
    "on a one to one",
];
const NOT_ALONE: &[&str] = &[
    "not .. alone",
    "n't .. alone",
    "wasn't|weren't|couldn't|didn't .. alone",
    "not .. on his|her|their own",
    "wasn't|didn't|couldn't|wouldn't .. on his|her own",
    "seen with",
    "was|were seen with",
    "with mum|dad|nan|mother|father",
    "with his|her|their mum|dad|mother|father|nan|carer|parents",
    "in mum's|dad's arms|presence",
    "with _ present|there",
    "in the presence of",
    "stayed in the room|kitchen|with",
    "never left",
];
const REASONS: &[(&str, &[&str])] = &[
    (
        "too young",
        &[
            "too young|little|small",
            "is|are|was only|just _",
            "she's|he's only _",
            "pre verbal|preverbal",
            "a|just|only a? baby",
            "months|weeks old",
            "not yet talking|speaking",
            "non verbal",
        ],
    ),
    (
        "parent refused",
        &[
            "not|n't|never let|allow",
            "wouldn't|didn't|won't let|allow|agree",
            "would not let|allow|agree",
            "refused to let|leave|allow",
            "insisted on|that",
            "refused",
            "did not want me to",
            "didn't want me to",
            "objected",
            "not happy for me",
            "declined to let|leave",
        ],
    ),
    (
        "child declined",
        &[
            "did not want",
            "didn't want",
            "would not talk|speak|come|leave|see",
            "wouldn't talk|speak|come|leave|see",
            "not want to",
            "declined",
            "chose not to",
            "preferred",
            "asked for|if .. stay|to",
            "wanted .. stay|with|there",
            "was too shy",
            "clung",
        ],
    ),
    (
        "unsafe to",
        &[
            "unsafe to",
            "not safe to",
            "wasn't safe to",
            "put him|her|them at risk",
        ],
    ),
    (
        "not attempted",
        &[
            "did not try|ask|attempt|get",
            "didn't try|ask|attempt|get",
            "no opportunity|time|chance",
            "not attempted",
            "was not|wasn't possible|time",
            "ran out of time",
            "not able to",
        ],
    ),
];
/// Verbs of saying that mean somebody else when a listener other than the author is named.
const HOW: &[(&str, &str)] = &[
    ("drew|drawing", "drew"),
    ("wrote|written", "wrote"),
    ("signed|makaton", "signed"),
    ("pointed|pointing", "pointed"),
    ("nodded", "nodded"),
    ("in play|through play", "played"),
];

pub(super) fn read(note: &Note<'_>, draft: &mut Draft) {
    let children = note.cast.all(|person| person.child);
    let mut found: Vec<(usize, Child)> = Vec::new();
    for who in children {
        let Some(first) = note.mentions.iter().find(|m| m.who.contains(&who)) else {
            continue;
        };
        found.push((
            who,
            Child {
                name: note.short(who),
                span: note.span(&first.tokens),
                ..Child::default()
            },
        ));
    }
    let shut = draft.outcome.is_some();
    for sentence in note
        .sentences
        .iter()
        .filter(|s| s.mark.is_none() && telling(s.section))
    {
        for (who, child) in &mut found {
            sight(note, sentence, *who, child, shut);
        }
    }
    let mut last: Option<usize> = None;
    for sentence in note.sentences.iter().filter(|s| s.mark.is_none()) {
        if let Some(who) = voice(note, sentence, &mut found, last) {
            last = Some(who);
        }
    }
    for (who, child) in &mut found {
        let unclear = child.seen.is_none() && child.voice.is_none();
        if child.voice.is_some()
            && child.seen.is_none()
            && !matches!(
                draft.kind.as_deref(),
                Some(
                    "phone"
                        | "core group"
                        | "CIN meeting"
                        | "professional contact"
                        | "school contact"
                )
            )
        {
            child.seen = Some(true);
        }
        if draft.present.contains(&note.full(*who)) && unclear {
            child.seen = Some(true);
        }
    }
    draft.children = found
        .into_iter()
        .map(|(_, child)| child)
        .filter(|child| child.seen.is_some() || child.voice.is_some())
        .collect();
}

fn telling(section: Section) -> bool {
    matches!(
        section,
        Section::Opening
            | Section::Account
            | Section::Present
            | Section::Absent
            | Section::Voice
            | Section::Purpose
            | Section::Strengths
            | Section::Tools
    )
}

/// What one sentence says of seeing one child.
fn sight(note: &Note<'_>, sentence: &Sentence, who: usize, child: &mut Child, shut: bool) {
    let range = sentence.body.clone();
    let said = speech(&note.tokens, range.clone()).filter(|s| {
        note.before(s.cue.start, &range)
            .is_none_or(|m| !m.who.contains(&who))
    });
    let end = said.map_or(range.end, |s| s.cue.start);
    let Some(mention) = note
        .mentions_in(&(range.start..end))
        .find(|m| m.who.contains(&who) && !m.possessive)
        .cloned()
    else {
        return;
    };
    let clause = clause_of(note, &range, mention.tokens.start);
    let from = note.list_starting(&mention, &range).1;
    let near = from..clause.end.min(from + 6);
    let after = clause.end.min(from + 1).max(from);
    let starts = |patterns: &[&str]| {
        (from..=after).any(|at| note.opens(&(at..near.end), patterns).is_some())
    };
    let back = clause.start.max(mention.tokens.start.saturating_sub(5))..mention.tokens.start;
    let led = |patterns: &[&str]| {
        back.clone().any(|at| {
            let end = (at..back.end).find_map(|_| note.opens(&(at..back.end), patterns));
            end.is_some_and(|end| {
                note.mentions_in(&(end..back.end)).all(|m| {
                    m.possessive
                        || note.cast.is_child(*m.who.first().unwrap_or(&AUTHOR))
                        || m.who.contains(&AUTHOR)
                }) && back.end - end <= 3
            })
        })
    };
    let not = led(NOT_SEEN_BEFORE) || starts(NOT_SEEN);
    if not && child.seen.is_none() {
        // "I did not see Tyler alone" is about being alone.
        let about_alone = note.has(&(mention.tokens.end..clause.end), ALONE)
            && !note.has(&clause, &["at school|nursery"]);
        child.seen = Some(about_alone);
    }
    if child.seen != Some(true)
        && !not
        && !(shut && !starts(&["was|were seen"]))
        && (led(SEEN_BEFORE) || starts(SEEN_AFTER))
    {
        child.seen = Some(true);
    }
    if child.seen == Some(true) && (starts(SEEN_AFTER) || starts(&["was|were|both|is"])) {
        child.asleep = child.asleep.or_else(|| {
            if note.has(&near, &["asleep|sleeping"]) {
                Some(true)
            } else if note.has(&near, &["awake"]) {
                Some(false)
            } else {
                None
            }
        });
    }
    if child.seen == Some(true) {
        company(note, &range, &clause, &mention.tokens, child);
    }
}

/// Alone, or with whom and why.
fn company(
    note: &Note<'_>,
    sentence: &Range<usize>,
    clause: &Range<usize>,
    name: &Range<usize>,
    child: &mut Child,
) {
    let rest = name.start..sentence.end;
    let reason = REASONS
        .iter()
        .find(|(_, words)| note.has(&rest, words))
        .map(|(label, _)| (*label).to_owned());
    let not = note.has(clause, NOT_ALONE)
        || (note.has(&rest, ALONE)
            && note.has(
                &rest,
                &["not|n't|didn't|wouldn't|won't|couldn't|wasn't|refused|declined"],
            ));
    let seeing = note.has(
        clause,
        &[
            "saw|seen|spoke|spoken|see|talk|talked|speak|met|spent",
            "time with",
        ],
    );
    let alone = note.has(&(clause.start..clause.end), ALONE);
    if not && (seeing || reason.is_some()) {
        child.alone = child.alone.or(Some(false));
        child.not_alone_reason = child
            .not_alone_reason
            .take()
            .or(reason.filter(|_| child.alone == Some(false)));
    } else if alone && seeing {
        child.alone = Some(true);
        child.not_alone_reason = None;
    } else if reason.as_deref() == Some("too young")
        && seeing
        && note.has(&rest, &["because|as|since|so"])
    {
        child.alone = child.alone.or(Some(false));
        child.not_alone_reason = child.not_alone_reason.take().or(reason);
    }
}

/// The part of the sentence round a word: cut at "and" or a comma before another subject.
fn clause_of(note: &Note<'_>, range: &Range<usize>, at: usize) -> Range<usize> {
    let cut = |place: usize| {
        let word = note.tokens.get(place).map_or("", |t| t.lower.as_str());
        let comma = place > range.start && note.gap_has(place - 1, &[',', ';']);
        let subject = |from: usize| {
            note.mentions.iter().any(|m| {
                m.tokens.start == from
                    && !m.possessive
                    && note
                        .opens(
                            &(m.tokens.end..range.end),
                            &["was|were|is|had|has|did|said|told|stayed|wasn't|didn't|asked"],
                        )
                        .is_some()
            })
        };
        (matches!(word, "and" | "but" | "while" | "whereas") && subject(place + 1))
            || (comma && subject(place))
            || (comma && word == "her" && subject(place + 2))
    };
    let start = (range.start..at)
        .rev()
        .find(|&place| cut(place))
        .unwrap_or(range.start);
    let end = (at + 1..range.end)
        .find(|&place| cut(place))
        .unwrap_or(range.end);
    start..end
}

/// Keeps a child's own words; returns the child who spoke.
fn voice(
    note: &Note<'_>,
    sentence: &Sentence,
    found: &mut [(usize, Child)],
    last: Option<usize>,
) -> Option<usize> {
    let range = sentence.body.clone();
    let said = speech(&note.tokens, range.clone());
    let heading_voice = sentence.section == Section::Voice && sentence.heading.is_some();
    let Some(said) = said else {
        // Under the child's own heading everything is the child's, once we know which child.
        if sentence.section != Section::Voice || range.is_empty() {
            return None;
        }
        let named = note
            .mentions_in(&(first_of(note, sentence)..range.end))
            .flat_map(|m| m.who.iter().copied())
            .find(|&who| note.cast.is_child(who));
        let who = if heading_voice { named.or(last) } else { None }?;
        let (_, child) = found.iter_mut().find(|(one, _)| *one == who)?;
        keep(note, child, &range, "said");
        return Some(who);
    };
    let speaker = note.before(said.cue.start, &range);
    let who = match speaker {
        Some(mention) => mention.who.first().copied()?,
        None => return None,
    };
    let listener = note
        .mentions_in(&said.cue)
        .any(|m| !m.who.contains(&AUTHOR));
    if listener {
        return None;
    }
    let (_, child) = found.iter_mut().find(|(one, _)| *one == who)?;
    keep(note, child, &said.content, said.how);
    Some(who)
}

fn first_of(note: &Note<'_>, sentence: &Sentence) -> usize {
    note.tokens
        .partition_point(|token| token.start < sentence.span.0)
}

fn keep(note: &Note<'_>, child: &mut Child, words: &Range<usize>, how: &str) {
    let span: Span = note.span(words);
    let told = HOW
        .iter()
        .find(|(signs, _)| note.has(words, &[signs]))
        .map_or(how, |(_, how)| how);
    child.voice = Some(match child.voice.take() {
        Some(before) => format!("{before}\n{}", span.of(note.text)),
        None => span.of(note.text).to_owned(),
    });
    child.voice_how.get_or_insert_with(|| told.to_owned());
    child.voice_spans.push(span);
}
