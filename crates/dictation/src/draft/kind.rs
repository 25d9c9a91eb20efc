//! What kind of entry it is, whether it took place, and whether the family knew of it.

use std::ops::Range;

use super::{
    kind_words::{ANNOUNCED, KINDS, OUTCOMES, UNANNOUNCED},
    model::Draft,
    note::Note,
};

/// How many sentences may tell the kind.
const OPENING: usize = 3;

pub(super) fn read(note: &Note<'_>, draft: &mut Draft) {
    outcome(note, draft);
    let opening: Vec<Range<usize>> = note
        .sentences
        .iter()
        .filter(|s| s.mark.is_none())
        .take(OPENING)
        .map(|s| s.body.start.min(first_token(note, s.span.0))..s.body.end)
        .collect();
    // The first sentence speaks before the second, so "Home visit … She wants a session" is a visit.
    // Who writes tells the kind only where nothing else does.
    let told = |range: &Range<usize>, kinds: &'static [(&'static str, &'static [&'static str])]| {
        kinds
            .iter()
            .find_map(|(kind, words)| Some((*kind, note.find(range.clone(), words)?)))
    };
    let (authors, contacts) = KINDS
        .split_last()
        .map_or((&[][..], KINDS), |(_, rest)| (&KINDS[rest.len()..], rest));
    let found = opening
        .iter()
        .find_map(|range| told(range, contacts))
        .or_else(|| {
            opening
                .iter()
                .take(2)
                .find_map(|range| told(range, authors))
        });
    let missed = draft.outcome.as_deref() == Some("no reply");
    if let Some((kind, place)) = found {
        let visit = matches!(kind, "home visit" | "unannounced visit");
        let attempted = if missed && visit {
            "attempted visit"
        } else {
            kind
        };
        draft.kind = Some(attempted.to_owned());
        note.source(draft, "kind", None, &place);
    }
    announced(note, draft);
}

fn first_token(note: &Note<'_>, byte: usize) -> usize {
    note.tokens.partition_point(|token| token.start < byte)
}

fn announced(note: &Note<'_>, draft: &mut Draft) {
    let early = note
        .sentences
        .iter()
        .take(6)
        .map(|s| s.body.clone())
        .collect::<Vec<_>>();
    for range in early {
        // "Expected." says it only on its own.
        // "unannounced," is often heard as "an announced,".
        let heard = note.find(range.clone(), &["an|and|on announced"]);
        if let Some(place) = heard.filter(|p| note.gap_has(p.end - 1, &[',', '.'])) {
            draft.announced = Some(false);
            note.source(draft, "announced", None, &place);
            note.doubt(draft, &place, "Read as \"unannounced\".", None);
            return;
        }
        let bare = range.len() <= 2 && note.has(&range, &["expected|arranged"]);
        let not = note.find(range.clone(), UNANNOUNCED);
        let yes = note
            .find(range.clone(), ANNOUNCED)
            .filter(|_| not.is_none());
        if let Some(place) = not.clone().or(yes).or(bare.then(|| range.clone())) {
            draft.announced = Some(not.is_none());
            note.source(draft, "announced", None, &place);
            return;
        }
    }
}

/// Did it take place? Only sentences before the plan count: "if there is no reply" is a plan.
fn outcome(note: &Note<'_>, draft: &mut Draft) {
    use super::heading::Section;
    let account = note.sentences.iter().filter(|s| {
        matches!(
            s.section,
            Section::Opening
                | Section::Account
                | Section::Present
                | Section::Absent
                | Section::Purpose
        )
    });
    for sentence in account.take(7) {
        let range = sentence.body.clone();
        if note.opens(&range, &["if", "actions? if"]).is_some() {
            continue;
        }
        let found = OUTCOMES
            .iter()
            .find_map(|(outcome, words)| Some((*outcome, note.find(range.clone(), words)?)));
        let Some((outcome, place)) = found else {
            continue;
        };
        if spurious(note, &range, &place, outcome) {
            continue;
        }
        draft.outcome = Some(outcome.to_owned());
        note.source(draft, "outcome", None, &place);
        if note.has(&range, &["attend", "dna", "no show"]) {
            note.doubt(
                draft,
                &place,
                "Not attended: taken as no reply. Choose the outcome that fits.",
                None,
            );
        }
        return;
    }
}

/// "has cancelled two appointments with the GP", "nobody was hurt".
fn spurious(note: &Note<'_>, range: &Range<usize>, place: &Range<usize>, outcome: &str) -> bool {
    match outcome {
        "cancelled by family" => {
            note.has(
                range,
                &[
                    "with the|his|her",
                    "appointments",
                    "last week|month|time",
                    "meeting",
                ],
            ) && !note.has(
                range,
                &["this|today's visit|session|appointment|morning", "today"],
            )
        }
        "no reply" => {
            note.has(
                &(place.start..range.end),
                &[
                    "nobody was hurt|injured|in|harmed|upset|unsafe|drunk|seen",
                    "no one was hurt|injured|in|harmed|upset|unsafe|drunk|seen",
                ],
            ) || note.has(range, &["phone|text|texts|call|calls|message|messages"])
        }
        "refused entry" => note.has(
            range,
            &[
                "see|speak _ alone",
                "see|speak to? _ alone",
                "on his|her own",
            ],
        ),
        _ => false,
    }
}

/// "Took place" is said by somebody's being there.
pub(super) fn settle(draft: &mut Draft) {
    let met =
        !draft.present.is_empty() || draft.children.iter().any(|child| child.seen == Some(true));
    if draft.outcome.is_none() && met && draft.kind.as_deref() != Some("attempted visit") {
        draft.outcome = Some("took place".to_owned());
    }
}
