//! Who may see the entry: the compartment asked for, and people it must be kept from.

use super::{cast::AUTHOR, model::Draft, note::Note};

const COMPARTMENTS: &[(&str, &[&str])] = &[
    (
        "victim-safe",
        &[
            "victim safe",
            "victim only",
            "victim's safe",
            "victim file|compartment|work",
        ],
    ),
    (
        "perpetrator work",
        &["perpetrator work|file|compartment|programme|only"],
    ),
    (
        "health",
        &[
            "health compartment|restricted|only|confidential",
            "restricted to health",
            "health record only",
            "confidential health",
        ],
    ),
    (
        "probation",
        &[
            "probation compartment|only|restricted|confidential",
            "restricted to probation",
        ],
    ),
    (
        "legal",
        &[
            "legal compartment|only|privilege|advice",
            "legally privileged",
        ],
    ),
    (
        "author only",
        &[
            "author only",
            "for me only",
            "only for me",
            "my eyes only",
            "private note",
        ],
    ),
];
/// What must not be done, before the person.
const KEEP_FROM: &[&str] = &[
    "nobody|noone is|should|must to? tell|inform|let",
    "no one is|should|must to? tell|inform|let",
    "nothing .. shared|disclosed|told|said|shown|given with|to",
    "nothing .. is|must|should to? be? shared|disclosed|told|said|shown|given with|to",
    "nothing in this note|entry is|must|should to? be? shared|disclosed|told|shown|given with|to",
    "not|never|don't share|shared|sharing|disclosed|disclose|discussed|shown|show|sent|given|go|be|repeated|passed .. with|to|by",
    "not be shared|disclosed|shown|sent|given .. with|to",
    "don't|not|never tell|show|inform|let",
    "not for sharing with",
    "keep|kept|withhold|withheld this|it|note? .. from",
    "confidential from",
    "hidden from",
    "away from",
];
/// What must not be done, after the person.
const MUST_NOT: &[&str] = &[
    "must|should|is|can|may not|never to? see|know|be|have|read|learn|find",
    "mustn't|shouldn't|can't see|know|be|have|read|find",
    "is not to be? told|know|see|informed",
    "must|should not be told",
];
/// The note itself is meant, or what it tells.
const MEANT: &[&str] = &[
    "share|shared|sharing|disclose|disclosed|show|shown|tell|told|see|know|read|keep|kept|withheld|inform|informed|confidential|find|learn",
];

pub(super) fn read(note: &Note<'_>, draft: &mut Draft) {
    for sentence in note.sentences.iter().take(6) {
        let found = COMPARTMENTS
            .iter()
            .find_map(|(name, words)| Some((*name, note.find(sentence.body.clone(), words)?)));
        if let Some((name, place)) = found.filter(|_| draft.compartment.is_none()) {
            draft.compartment = Some(name.to_owned());
            note.source(draft, "compartment", None, &place);
        }
    }
    for sentence in &note.sentences {
        let body = sentence.body.clone();
        let reported = super::speech::speech(&note.tokens, body.clone())
            .is_some_and(|s| s.cue.start == body.start + 1);
        if reported || !note.has(&body, MEANT) {
            continue;
        }
        let to = note
            .find(body.clone(), KEEP_FROM)
            .map(|cue| cue.end.min(body.end)..body.end);
        let from = note
            .find(body.clone(), MUST_NOT)
            .filter(|cue| {
                note.opens(cue, &["can|may|is"]).is_none()
                    || note.has(&body, &["told|this|note|record|know"])
            })
            .map(|cue| body.start..cue.start);
        // "unsafe to share this with Daniel" is a view of a concern, not of the note.
        if note.has(
            &body,
            &[
                "unsafe to",
                "safe to",
                "this concern|worry",
                "fully|partly share",
            ],
        ) {
            continue;
        }
        let places: Vec<_> = to.into_iter().chain(from).collect();
        for place in places {
            keep_from(note, draft, &place);
        }
    }
}

fn keep_from(note: &Note<'_>, draft: &mut Draft, place: &std::ops::Range<usize>) {
    let stop = note
        .find(place.clone(), &["that|because|so|about|without|until"])
        .map_or(place.end, |cut| cut.start);
    let range = place.start..stop.max(place.start);
    let mentions: Vec<_> = note
        .mentions_in(&range)
        .filter(|m| !m.possessive)
        .cloned()
        .collect();
    for mention in mentions {
        for &who in mention.who.iter().filter(|who| **who != AUTHOR) {
            let name = note.full(who);
            let role_only = note
                .cast
                .person(who)
                .is_some_and(|p| p.nameless && p.professional);
            if role_only {
                note.doubt(
                    draft,
                    &mention.tokens,
                    "A role that this must be kept from: the compartment or a name must say who.",
                    None,
                );
            } else if !draft.must_not_share_with.contains(&name) {
                note.source(
                    draft,
                    "must_not_share_with",
                    Some(name.clone()),
                    &mention.tokens,
                );
                draft.must_not_share_with.push(name);
            }
        }
    }
}
