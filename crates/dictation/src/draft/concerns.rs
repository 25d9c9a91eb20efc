//! Strengths and concerns, and the views of each concern.
//!
//! A concern grows by sentences that only elaborate it ("This happens when…"); another domain or
//! another "I am worried" begins the next. Views attach to the last concern; a holder's quoted
//! words attach to that holder's view.

use std::ops::Range;

use super::{
    agreement::{self, Agreed},
    domains,
    model::{Concern, Draft, Strength, View},
    note::Note,
    part::{Part, worried, worried_other},
    span::Span,
    speech::speech,
};

const ELABORATES: &[&str] = &[
    "this|it|that|these|they|which|he|she|his|her|both|also",
    "the impact|effect|risk of|is|on",
    "as a result",
    "so",
    "because",
    "in particular",
    "for example",
    "at times",
    "when",
];

/// A concern being built.
struct Open {
    concern: Concern,
    body: Range<usize>,
    viewed: bool,
    quotes: Vec<(usize, Range<usize>)>,
    holders: Vec<usize>,
    last: usize,
}

pub(super) fn read(note: &Note<'_>, draft: &mut Draft, parts: &[Part]) {
    let mut done: Vec<Open> = Vec::new();
    for (at, (sentence, part)) in note.sentences.iter().zip(parts).enumerate() {
        let range = sentence.body.clone();
        match part {
            Part::Strength => {
                for (span, range) in items(note, sentence.body_span, &range) {
                    draft.strengths.push(strength(note, span, &range));
                }
            }
            Part::Concern => concern(note, sentence.body_span, &range, at, &mut done),
            Part::View => {
                if let Some(open) = done.last_mut() {
                    views(note, &range, sentence.body_span, open);
                }
            }
            Part::Other => {
                if let Some(open) = done.last_mut().filter(|open| at - open.last <= 3) {
                    quote(note, &range, open);
                }
            }
            _ => {}
        }
        if let (Part::View | Part::Concern, Some(open)) = (part, done.last_mut()) {
            open.last = at;
        }
    }
    for open in done {
        let concern = finish(note, draft, open);
        draft.concerns.push(concern);
    }
}

/// "School attendance good; Leanne taking her tablets": one each.
fn items(note: &Note<'_>, span: Span, range: &Range<usize>) -> Vec<(Span, Range<usize>)> {
    let mut starts = vec![range.start];
    starts.extend((range.start + 1..range.end).filter(|&at| note.gap_has(at - 1, &[';'])));
    let ends = starts.iter().skip(1).copied().chain([range.end]);
    let each = starts.iter().zip(ends).map(|(&start, end)| {
        let from = if start == range.start {
            span.0
        } else {
            note.span(&(start..end)).0
        };
        let to = if end == range.end {
            span.1
        } else {
            note.span(&(end..range.end)).0
        };
        (Span(from, to).trimmed(note.text), start..end)
    });
    each.collect()
}

fn strength(note: &Note<'_>, span: Span, range: &Range<usize>) -> Strength {
    let about = note
        .family_in(range)
        .into_iter()
        .map(|who| note.short(who))
        .collect();
    Strength {
        text: span.of(note.text).to_owned(),
        about,
        span,
    }
}

fn concern(note: &Note<'_>, span: Span, range: &Range<usize>, at: usize, done: &mut Vec<Open>) {
    // A view inside the concern's own sentence: "I am worried that…, and Donna agrees".
    let inline: Vec<Agreed> = agreement::read(note, range)
        .into_iter()
        .filter(|agreed| {
            agreed.clause.start > range.start && agreed.label != "shares fully"
                || agreed.clause.start > range.start + 4
        })
        .collect();
    let stop = inline
        .first()
        .map_or(range.end, |agreed| agreed.clause.start);
    let own = range.start..stop;
    if let Some(open) = done.last_mut().filter(|open| extends(note, &own, open, at)) {
        open.concern.span = Span(open.concern.span.0, span.1);
        open.concern.text = String::from(open.concern.span.of(note.text));
        open.body.end = range.end;
        return;
    }
    let concern = Concern {
        text: span.of(note.text).to_owned(),
        domain: domains::of_concern(note, &own).map(str::to_owned),
        span,
        ..Concern::default()
    };
    let told = worried_other(note, &own).filter(|_| !worried(note, &own));
    let mut open = Open {
        concern,
        body: told.map_or(own.clone(), |(_, from)| from..own.end),
        viewed: false,
        quotes: Vec::new(),
        holders: Vec::new(),
        last: at,
    };
    if let Some((holder, _)) = told {
        let label = "shares fully";
        let holders = vec![holder.clone()];
        add_views(
            note,
            &Agreed {
                label,
                holders,
                clause: own,
            },
            &mut open,
        );
        open.viewed = false;
    }
    for agreed in inline {
        add_views(note, &agreed, &mut open);
    }
    done.push(open);
}

fn extends(note: &Note<'_>, range: &Range<usize>, open: &Open, at: usize) -> bool {
    if worried(note, range) || open.viewed || at != open.last + 1 {
        return false;
    }
    let here = domains::of_concern(note, range);
    let same = here.is_none() || here == open.concern.domain.as_deref();
    let elaborates = note.opens(range, ELABORATES).is_some();
    let also = note
        .opens(
            range,
            &["i|we'm|am|are also", "there is|are|'s also", "also"],
        )
        .is_some();
    !also && (elaborates || same)
}

fn views(note: &Note<'_>, range: &Range<usize>, span: Span, open: &mut Open) {
    let all = agreement::read(note, range);
    for (n, agreed) in all.iter().enumerate() {
        let before = open.concern.views.len();
        add_views(note, agreed, open);
        // The sentence's own edges belong to its first and last clause.
        let added = open.concern.views.len();
        for view in &mut open.concern.views[before..added] {
            let start = if n == 0 { span.0 } else { view.span.0 };
            let end = all
                .get(n + 1)
                .map_or(span.1, |next| note.span(&next.clause).0);
            view.span = Span(start, end).trimmed(note.text);
            view.text = String::from(view.span.of(note.text));
        }
    }
    quote(note, range, open);
}

fn add_views(note: &Note<'_>, agreed: &Agreed, open: &mut Open) {
    let span = note.span(&agreed.clause);
    open.viewed = true;
    for holder in &agreed.holders {
        for (&who, name) in holder.who.iter().zip(note.called(holder)) {
            if open.holders.contains(&who) {
                continue;
            }
            open.holders.push(who);
            open.concern.views.push(View {
                holder: name,
                agreement: agreed.label.to_owned(),
                words: None,
                text: span.of(note.text).to_owned(),
                span,
            });
        }
    }
}

/// Somebody's own words near a concern.
fn quote(note: &Note<'_>, range: &Range<usize>, open: &mut Open) {
    let Some(said) = speech(&note.tokens, range.clone()) else {
        return;
    };
    let speaker = note
        .before(said.cue.start, range)
        .and_then(|m| m.who.first().copied());
    if let Some(who) = speaker.filter(|&who| !note.cast.is_child(who)) {
        open.quotes.push((who, said.content));
    }
}

/// Of all adults in a worry the one it is about: who stands first in it and isn't there only for
/// whose friend or partner somebody is ("Vicky's ex, Shane").
fn doer(note: &Note<'_>, range: &Range<usize>, adults: &[usize]) -> Option<Vec<usize>> {
    let kin = [
        "_? ex|boyfriend|girlfriend|partner|husband|wife|mum|dad|mother|father|brother|sister|friend|friends|son|daughter|new|former|mate",
    ];
    let first = note.mentions_in(range).find(|m| {
        m.who.iter().any(|who| adults.contains(who))
            && !(m.possessive && note.opens(&(m.tokens.end..range.end), &kin).is_some())
    })?;
    let (who, _) = note.list_starting(first, range);
    let mut doers: Vec<usize> = Vec::new();
    for one in who {
        if adults.contains(&one) && !doers.contains(&one) {
            doers.push(one);
        }
    }
    (!doers.is_empty()).then_some(doers)
}

fn finish(note: &Note<'_>, draft: &mut Draft, mut open: Open) -> Concern {
    for (who, words) in &open.quotes {
        let at = open.holders.iter().position(|holder| holder == who);
        if let Some(view) = at.and_then(|at| open.concern.views.get_mut(at))
            && view.words.is_none()
        {
            view.words = Some(note.words(words));
            note.source(draft, "views", Some(view.holder.clone()), words);
        }
    }
    let people = note.family_in(&open.body);
    let (children, adults): (Vec<usize>, Vec<usize>) =
        people.into_iter().partition(|&who| note.cast.is_child(who));
    open.concern.children = children.iter().map(|&who| note.short(who)).collect();
    let about = match doer(note, &open.body, &adults) {
        Some(doers) => doers,
        None if adults.is_empty() => children,
        None => adults,
    };
    open.concern.about = about.into_iter().map(|who| note.short(who)).collect();
    if open.concern.domain.is_none() {
        open.concern.domain = domains::of_concern(note, &open.body).map(str::to_owned);
    }
    open.concern
}
