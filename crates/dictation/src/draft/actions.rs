//! Who will do what by when, and when the author comes again.

use std::ops::Range;

use super::{
    calendar::future,
    cast::AUTHOR,
    date::{Spoken, Turn, When, dates},
    heading::Section,
    mention::Mention,
    model::{Action, Draft},
    note::Note,
    part::{Part, next_visit},
    span::Span,
};

/// What stands between the owner and the deed.
const MODALS: &[&str] = &[
    "will|i'll|we'll|he'll|she'll|they'll",
    "am|is|are|i'm|we're|he's|she's|they're going to",
    "going to",
    "said she'd|he'd",
    "i've|we've got to",
    "she'd|he'd|they'd|i'd",
];
/// Weaker ones, asked only when none of the above was said.
const LEANINGS: &[&str] = &[
    "agreed|agrees|promised|offered|needs|need|has|have|wants|plans|intends to",
    "should|must|would|can|shall",
    "to",
];
/// After "next visit" and the like a due "at the next appointment" means that day.
const AT_NEXT: &[&str] = &[
    "at|by|before|for|on|until|till the|our|his|her next visit|session|appointment|meeting|contact",
    "next time",
];

pub(super) fn read(note: &Note<'_>, draft: &mut Draft, parts: &[Part]) {
    next_contact(note, draft);
    for (sentence, _) in note
        .sentences
        .iter()
        .zip(parts)
        .filter(|(_, part)| **part == Part::Action)
    {
        let clauses = clauses(note, &sentence.body);
        for (n, clause) in clauses.iter().enumerate() {
            let start = if n == 0 {
                sentence.body_span.0
            } else {
                note.span(clause).0
            };
            let end = clauses
                .get(n + 1)
                .map_or(sentence.body_span.1, |next| note.span(next).0);
            let span = Span(start, end).trimmed(note.text);
            let action = action(note, draft, clause, span);
            draft.actions.push(action);
        }
    }
}

fn action(note: &Note<'_>, draft: &mut Draft, clause: &Range<usize>, span: Span) -> Action {
    let owner = owner(note, clause);
    let due = due(note, clause);
    let at_next = note.find(clause.clone(), AT_NEXT).filter(|_| due.is_none());
    let (day, words) = match (&due, at_next) {
        (Some(spoken), _) => (note.visit.and_then(|visit| future(spoken.when, visit)), Some(spoken.tokens.clone())),
        (None, Some(place)) => (draft.next_contact, Some(place)),
        (None, None) => (None, note.find(clause.clone(), &["as soon as possible", "asap", "this|next week|month", "before|after|by|until the next? _? core? group|review|conference|meeting|supervision", "by|before christmas|easter|half", "as soon as i|she|he can"])),
    };
    if let Some(spoken) = due.as_ref().filter(|spoken| {
        matches!(
            spoken.when,
            When::Weekday {
                turn: Turn::Next,
                ..
            }
        )
    }) {
        note.doubt(
            draft,
            &spoken.tokens,
            "\"Next\" may mean the coming one or the one in the week after.",
            day.map(|day| day.to_string()),
        );
    }
    if let (Some(day), Some(visit)) = (day, note.visit)
        && far(visit, day)
    {
        let doubt = super::model::Doubt {
            heard: span.of(note.text).to_owned(),
            why: "More than half a year ahead; check the date.".to_owned(),
            suggestion: None,
            span,
        };
        draft.doubts.push(doubt);
    }
    if owner.is_none() {
        let doubt = super::model::Doubt {
            heard: span.of(note.text).to_owned(),
            why: "Nobody was named to do this.".to_owned(),
            suggestion: None,
            span,
        };
        draft.doubts.push(doubt);
    }
    Action {
        text: span.of(note.text).to_owned(),
        owner,
        due: day,
        due_text: words.map(|place| note.words(&place)),
        span,
    }
}

fn owner(note: &Note<'_>, clause: &Range<usize>) -> Option<String> {
    // "Stacey: take Lacey to the dentist".
    let labelled = note
        .mentions_in(clause)
        .next()
        .filter(|m| m.tokens.start == clause.start && note.gap_has(m.tokens.end - 1, &[':']));
    if let Some(mention) = labelled {
        return owner_name(note, mention, clause);
    }
    if let Some(owner) =
        owner_before(note, clause, MODALS).or_else(|| owner_before(note, clause, LEANINGS))
    {
        return Some(owner);
    }
    // "I'm ringing the refuge": whoever opens the clause.
    let opener = note
        .mentions
        .iter()
        .find(|m| m.tokens.start == clause.start && !m.possessive);
    if let Some(mention) = opener {
        return owner_name(note, mention, clause);
    }
    let first = note.tokens.get(clause.start)?.lower.as_str();
    // "Me to ring the school"; "Ring the school": said by the author of her own plan.
    let imperative = note
        .after(clause.start, clause)
        .is_none_or(|m| m.tokens.start > clause.start);
    let verb = !matches!(
        first,
        "the" | "a" | "an" | "there" | "it" | "this" | "no" | "referral" | "if"
    );
    (imperative && verb).then(|| "author".to_owned())
}

/// Whoever stands before the first of these words.
fn owner_before(note: &Note<'_>, clause: &Range<usize>, modals: &[&str]) -> Option<String> {
    for at in clause.clone() {
        let Some(stop) = note.opens(&(at..clause.end), modals) else {
            continue;
        };
        let word = note.tokens.get(at).map_or("", |t| t.lower.as_str());
        if matches!(
            word,
            "i'll" | "we'll" | "i'm" | "we're" | "i'd" | "i've" | "we've"
        ) {
            return Some("author".to_owned());
        }
        let own = note
            .mentions
            .iter()
            .find(|m| m.tokens == (at..at + 1) && stop > at);
        if let Some(mention) = own.or_else(|| note.before(at, clause)) {
            return owner_name(note, mention, clause);
        }
        if word == "to" && at == clause.start {
            return None;
        }
    }
    None
}

fn owner_name(note: &Note<'_>, mention: &Mention, clause: &Range<usize>) -> Option<String> {
    let mut who = note.list_ending(mention, clause);
    who.dedup();
    if who.len() > 1 {
        let names: Vec<String> = who.iter().map(|&one| note.short(one)).collect();
        return Some(names.join(" and "));
    }
    if who.contains(&AUTHOR) {
        return Some("author".to_owned());
    }
    note.called(mention).first().cloned()
}

/// The first date that is not in the past.
fn due(note: &Note<'_>, clause: &Range<usize>) -> Option<Spoken> {
    let visit = note.visit?;
    let all = dates(&note.tokens, clause.clone());
    let event = |spoken: &Spoken| {
        note.has(
            &(clause.start.max(spoken.tokens.start.saturating_sub(4))..spoken.tokens.start),
            &[
                "meeting|hearing|conference|review|incident on|about|from",
                "since",
                "from|of last",
            ],
        ) && !note.has(
            &(clause.start.max(spoken.tokens.start.saturating_sub(2))..spoken.tokens.start),
            &["by|before"],
        )
    };
    // "tomorrow morning, the 15th of March": the calendar day is the surer of two that touch.
    let usable: Vec<Spoken> = all
        .into_iter()
        .filter(|spoken| future(spoken.when, visit).is_some() && !event(spoken))
        .collect();
    let first = usable.first()?;
    let second = usable.get(1).filter(|second| {
        second.tokens.start <= first.tokens.end + 2
            && matches!(second.when, When::MonthDay { .. } | When::Day { .. })
    });
    Some(second.unwrap_or(first).clone())
}

/// "I will ring … and Donna will ask …": one action per owner.
fn clauses(note: &Note<'_>, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut cuts = vec![range.start];
    for at in range.start + 2..range.end {
        let word = note.tokens.get(at).map_or("", |t| t.lower.as_str());
        let comma = note.gap_has(at - 1, &[',', ';']);
        let from = if matches!(word, "and" | "while" | "but") {
            at + 1
        } else if comma {
            at
        } else {
            continue;
        };
        let contracted = note.tokens.get(from).is_some_and(|t| {
            matches!(
                t.lower.as_str(),
                "i'll" | "she'll" | "he'll" | "we'll" | "they'll" | "i'm" | "i've"
            )
        }) || note
            .opens(&(from..range.end), &["he's|she's|they're|we're going to"])
            .is_some();
        let owned = note
            .mentions
            .iter()
            .find(|m| m.tokens.start == from && !m.possessive)
            .is_some_and(|m| {
                note.opens(
                    &(m.tokens.end..range.end),
                    &[
                        "will|to|agreed|has|is|are|am going|will|to|agreed?",
                        "will",
                        "to",
                    ],
                )
                .is_some()
            });
        if contracted || owned {
            cuts.push(at);
        }
    }
    cuts.push(range.end);
    cuts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// So far ahead that the date was more likely misheard.
fn far(visit: super::calendar::Visit, day: jiff::civil::Date) -> bool {
    day > visit.date.saturating_add(jiff::Span::new().days(183))
}

/// The day of the author's next contact.
fn next_contact(note: &Note<'_>, draft: &mut Draft) {
    let Some(visit) = note.visit else { return };
    for sentence in note.sentences.iter().filter(|s| s.mark.is_none()) {
        let range = sentence.body.clone();
        if sentence.section != Section::Next && !next_visit(note, &range) {
            continue;
        }
        let dates = dates(&note.tokens, range.clone());
        let calendar = dates
            .iter()
            .find(|d| matches!(d.when, When::MonthDay { .. } | When::Day { .. }))
            .or(dates.first());
        let Some((spoken, day)) =
            calendar.and_then(|spoken| Some((spoken, future(spoken.when, visit)?)))
        else {
            continue;
        };
        let today = day == visit.date && draft.next_contact.is_none();
        if !today && (draft.next_contact.is_none() || sentence.section == Section::Next) {
            draft.next_contact = Some(day);
            draft
                .sources
                .retain(|source| source.field != "next_contact");
            note.source(draft, "next_contact", None, &spoken.tokens);
            if matches!(
                spoken.when,
                When::Weekday {
                    turn: Turn::Next,
                    ..
                }
            ) {
                note.doubt(
                    draft,
                    &spoken.tokens,
                    "\"Next\" may mean the coming one or the one in the week after.",
                    Some(day.to_string()),
                );
            }
        }
    }
}
