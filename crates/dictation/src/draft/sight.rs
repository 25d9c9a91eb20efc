//! Whether a child was seen, asleep or awake, alone, and why not.

use std::ops::Range;

use super::{
    cast::AUTHOR,
    model::Child,
    note::Note,
    sentence::Sentence,
    sight_words::{ALONE, NOT_ALONE, NOT_SEEN, NOT_SEEN_BEFORE, REASONS, SEEN_AFTER, SEEN_BEFORE},
    speech::speech,
};

/// What one sentence says of seeing one child.
pub(super) fn read(
    note: &Note<'_>,
    sentence: &Sentence,
    who: usize,
    child: &mut Child,
    shut: bool,
) {
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
        && (!shut || starts(&["was|were seen"]))
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
    // "Mr Kovacs refused to let me see Daniel on his own": in whatever order it is told.
    let barred = note.has(
        &range,
        &[
            "let|allow|have me|us to? see|speak|talk|meet|spend",
            "to see|speak|talk|meet .. .. alone",
        ],
    ) && note.has(&range, ALONE)
        && note.has(
            &range,
            &["refused|wouldn't|would not|didn't|won't|not|declined"],
        );
    if child.seen == Some(true) || (barred && !shut) {
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
    let not = not || note.has(&rest, &["too young|little|small to"]);
    let seeing = note.has(
        clause,
        &[
            "saw|seen|spoke|spoken|see|talk|talked|speak|met|spent|chat|chatted|sat|came|walked",
            "just me and",
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
