//! Each child: seen, asleep, alone or why not, and the child's own words.

use std::ops::Range;

use super::{
    cast::AUTHOR,
    heading::Section,
    model::{Child, Draft},
    note::Note,
    sentence::Sentence,
    sight,
    span::Span,
    speech::speech,
};

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
            let before = (child.seen, child.asleep, child.alone);
            sight::read(note, sentence, *who, child, shut);
            if before != (child.seen, child.asleep, child.alone) {
                note.source(draft, "children", Some(child.name.clone()), &sentence.body);
            }
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
        // "Kayleigh seen alone. Said, …": whoever was spoken of last.
        None if said.cue.start == range.start => {
            let before = note
                .mentions
                .iter()
                .rfind(|m| m.tokens.end <= range.start)?;
            before.who.first().copied()?
        }
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
