//! Direction of travel: which way each domain goes, and why.

use std::ops::Range;

use super::{
    domains,
    model::{Direction, Draft},
    note::Note,
    part::Part,
    sentence::Sentence,
};

/// Label and words, more particular ones first.
const DIRECTIONS: &[(&str, &[&str])] = &[
    (
        "too early",
        &["too early|soon to? say|tell|judge|know?", "early days"],
    ),
    (
        "not assessed",
        &[
            "not assessed",
            "not been assessed",
            "unable to assess",
            "cannot|can't assess|say",
            "not known",
            "didn't|not look at",
        ],
    ),
    (
        "mixed",
        &[
            "mixed",
            "up and down",
            "some better and? some worse",
            "better in some",
            "good and bad",
            "fluctuat*",
            "inconsistent",
            "one step forward",
        ],
    ),
    (
        "no change",
        &[
            "no real|significant|obvious|noticeable? change|improvement|progress|movement",
            "not changed|improved|moved|better|getting|progressed|improving",
            "hasn't|haven't|isn't changed|improved|moved|better|getting|progressed|improving",
            "unchanged",
            "about|much|just|exactly? the same",
            "no better",
            "no worse",
            "no different",
            "static",
            "stuck",
            "not .. better|improved|improving",
            "stable|steady",
            "neither better",
            "standing still",
            "staying the same",
            "no further forward",
        ],
    ),
    (
        "some improvement",
        &[
            "some improvement|improvements|progress|positive|movement|change",
            "slight|slightly|small|little|gradual|gradually|slowly|slow|minor|modest improvement|improvements|improving|improved|better|progress",
            "a little|bit|touch|tiny better|bit|improvement|improved",
            "a little bit better",
            "starting|beginning|begun|started to improve|get|change|turn|shift",
            "improving|improved|better slowly|slightly|gradually|a little|bit|somewhat",
            "somewhat improved|better|improving",
            "getting there",
            "small steps",
            "partly improved|improving",
        ],
    ),
    (
        "worsening",
        &[
            "worsening|worsened|worse|deteriorating|deteriorated|deterioration|declining|declined",
            "getting|got|gone much? worse",
            "gone|going backwards|downhill",
            "slipped|slipping back?",
            "more dangerous|frequent|serious|chaotic",
            "escalating|escalated",
            "not .. good direction",
            "wrong direction|way",
        ],
    ),
    (
        "improving",
        &[
            "improving|improved|improvement|improvements|improves",
            "much|lot|definitely|really|getting|got|far|things|is|are|so? better",
            "good|great|real|clear|steady|positive progress",
            "moving forward|forwards|on",
            "positive|right direction",
            "on the up",
            "going well|up",
            "progressing",
            "better",
        ],
    ),
];

/// All directions in a range with their places, in order.
pub(super) fn phrases(note: &Note<'_>, range: &Range<usize>) -> Vec<(&'static str, Range<usize>)> {
    let mut found: Vec<(&'static str, Range<usize>)> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let here = at..range.end;
        match DIRECTIONS
            .iter()
            .find_map(|(label, words)| Some((*label, note.opens(&here, words)?)))
        {
            Some((label, stop)) => {
                found.push((label, at..stop));
                at = stop;
            }
            None => at += 1,
        }
    }
    found
}

pub(super) fn read(note: &Note<'_>, draft: &mut Draft, parts: &[Part]) {
    for (sentence, _) in note
        .sentences
        .iter()
        .zip(parts)
        .filter(|(_, part)| **part == Part::Direction)
    {
        let found = sentence_directions(note, sentence);
        for direction in found {
            if !draft
                .direction
                .iter()
                .any(|known| known.domain.is_some() && known.domain == direction.domain)
            {
                draft.direction.push(direction);
            }
        }
    }
    // A direction without a domain is that of the only concern, and doubted.
    let domains: Vec<String> = draft
        .concerns
        .iter()
        .filter_map(|concern| concern.domain.clone())
        .collect();
    if let ([only], [direction]) = (&domains[..], &mut draft.direction[..])
        && direction.domain.is_none()
        && direction.direction != "not assessed"
    {
        direction.domain = Some(only.clone());
        let doubt = super::model::Doubt {
            heard: direction.text.clone(),
            why: "No domain was named; the only concern's was taken.".to_owned(),
            suggestion: Some(only.clone()),
            span: direction.span,
        };
        draft.doubts.push(doubt);
    }
}

fn sentence_directions(note: &Note<'_>, sentence: &Sentence) -> Vec<Direction> {
    let range = &sentence.body;
    let reasons = note
        .find(range.clone(), &["because|since|as|due|given"])
        .filter(|cue| cue.start > range.start);
    let found = phrases(note, range);
    let mut all: Vec<Direction> = Vec::new();
    for (n, (label, place)) in found.iter().enumerate() {
        // After "because" a better or worse is the reason, not a direction.
        let in_reason = reasons.as_ref().is_some_and(|cue| {
            place.start > cue.start && !domain_after_reason(note, range, cue, place)
        });
        if in_reason && !all.is_empty() {
            continue;
        }
        let from = if n == 0 {
            range.start
        } else {
            found[n - 1].1.end
        };
        let to = found.get(n + 1).map_or(range.end, |next| next.1.start);
        let domains = nearest(note, from, to, place, n + 1 < found.len());
        let because = note
            .find(place.end..range.end, &["because|since|as|due to?"])
            .filter(|cue| cue.start < to || n + 1 == found.len())
            .filter(|cue| cue.end < range.end)
            .map(|cue| {
                let own = if n + 1 < found.len()
                    && domain_after_reason(note, range, &cue, &found[n + 1].1)
                {
                    cut_before(note, to, cue.end)
                } else {
                    range.end
                };
                note.words(&(cue.end..own.max(cue.end)))
            });
        let listed: Vec<Option<String>> = if domains.is_empty() {
            vec![None]
        } else {
            domains.into_iter().map(Some).collect()
        };
        for domain in listed {
            all.push(Direction {
                domain,
                direction: (*label).to_owned(),
                because: because.clone().filter(|words| !words.is_empty()),
                text: sentence.body_span.of(note.text).to_owned(),
                span: sentence.body_span,
            });
        }
    }
    all
}

/// "…, because he has been to two sessions, and school is worse": a domain of its own follows.
fn domain_after_reason(
    note: &Note<'_>,
    range: &Range<usize>,
    cue: &Range<usize>,
    place: &Range<usize>,
) -> bool {
    let named = domains::named(note, &(cue.end..range.end));
    named.iter().any(|(_, at)| {
        at.end <= place.start + 4 && place.start <= at.end + 3
            || (at.start >= place.end && at.start <= place.end + 3)
    })
}

fn cut_before(note: &Note<'_>, to: usize, from: usize) -> usize {
    (from..to)
        .rev()
        .find(|&at| {
            note.gap_has(at, &[',', ';']) || note.tokens.get(at).is_some_and(|t| t.lower == "and")
        })
        .map_or(to, |at| {
            if note.tokens.get(at).is_some_and(|t| t.lower == "and") {
                at
            } else {
                at + 1
            }
        })
}

/// The domains that a direction speaks of: named after it ("for alcohol and drugs"), else before it.
fn nearest(
    note: &Note<'_>,
    from: usize,
    to: usize,
    place: &Range<usize>,
    more: bool,
) -> Vec<String> {
    let stop = note
        .find(place.end..to, &["because|since|as|due"])
        .map_or(to, |cue| cue.start);
    let led = note
        .opens(
            &(place.end..to),
            &[
                "for|in|with|on|of|around|regarding|to",
                "_? _? for|in|with|on|around",
            ],
        )
        .is_some();
    let after = domains::named(note, &(place.end..stop));
    let before = domains::named(note, &(from..place.start));
    let near_after = after
        .first()
        .as_ref()
        .is_some_and(|(_, at)| at.start <= place.end + 4);
    let chosen = if before.is_empty() || (led && near_after) {
        if more && !led && !near_after {
            Vec::new()
        } else {
            after
        }
    } else {
        before
    };
    let mut labels: Vec<String> = chosen
        .into_iter()
        .map(|(domain, _)| domain.to_owned())
        .collect();
    labels.dedup();
    if labels.is_empty() {
        labels.extend(domains::of_concern(note, &(from..stop)).map(str::to_owned));
    }
    labels
}
