//! What kind of entry it is, whether it took place, and whether the family knew of it.

use std::ops::Range;

use super::{model::Draft, note::Note};

/// Words that name a kind, the first that matches the opening wins.
const KINDS: &[(&str, &[&str])] = &[
    (
        "attempted visit",
        &[
            "attempted|abortive|failed|unsuccessful|tried .. visit",
            "visit attempted",
            "attempted to visit|see",
            "tried to visit|see",
            "attempt to visit",
        ],
    ),
    (
        "monthly summary",
        &["monthly summary", "summary for the month", "summary for _"],
    ),
    ("core group", &["core group"]),
    ("CIN meeting", &["cin|need meeting|review"]),
    (
        "family time",
        &[
            "supervised? family time",
            "supervised contact",
            "contact session",
        ],
    ),
    (
        "statutory visit (looked after)",
        &[
            "looked after .. visit|child|visiting",
            "lac|cla visit|statutory",
            "visit .. foster placement|carer|carers|home",
            "statutory .. placement",
            "statutory .. looked after",
            "visited .. placement",
        ],
    ),
    (
        "joint visit",
        &["joint home? visit", "visited jointly", "joint session"],
    ),
    (
        "statutory visit (CP)",
        &[
            "child protection .. visit",
            "cp .. visit",
            "statutory .. visit",
            "stat visit",
            "visit under the? child protection|cp plan",
            "section 47 visit",
            "child protection home visit",
        ],
    ),
    (
        "CIN visit",
        &[
            "child|children in need .. visit",
            "cin .. visit",
            "sin visit",
        ],
    ),
    (
        "direct work with child",
        &["direct work", "piece of work with _ at school"],
    ),
    (
        "group session",
        &[
            "group session|work|programme",
            "session of the .. group|programme",
        ],
    ),
    (
        "video",
        &[
            "video call|session|appointment|contact|meeting",
            "teams|zoom|facetime|skype call|meeting|session",
            "on|over|by|via teams|zoom|facetime|video|whatsapp",
        ],
    ),
    (
        "phone",
        &[
            "phone|telephone|telephoned|phoned",
            "call with|from|to",
            "i rang|called",
            "rang me",
            "spoke .. on the phone",
        ],
    ),
    (
        "message",
        &[
            "text message|exchange",
            "exchange of messages|texts",
            "email from|to|with",
            "by text|email",
        ],
    ),
    (
        "school contact",
        &[
            "school visit|meeting|contact",
            "visit to .. school|nursery",
            "meeting at .. school",
        ],
    ),
    (
        "specialist session",
        &[
            "session|sessions|clinic|probation|keywork",
            "appointment with",
            "key work",
            "one to one",
            "1 to 1",
            "saw _ _? at the .. clinic|office|hub",
            "attended .. appointment|review",
            "appointment",
            "outpatient",
            "therapy",
            "medical review",
        ],
    ),
    (
        "professional contact",
        &[
            "professionals|professional meeting|contact",
            "liaison",
            "conversation with the? health|school|gp|police",
            "meeting with the",
        ],
    ),
    ("unannounced visit", &["unannounced .. visit"]),
    (
        "home visit",
        &[
            "home visit",
            "visit",
            "visited",
            "visiting",
            "went to see",
            "i saw",
            "called round|in|at",
            "been to see",
            "dropped in",
        ],
    ),
];
/// A specialist's note is a session even when the word is another.
const OUTCOMES: &[(&str, &[&str])] = &[
    (
        "refused entry",
        &[
            "refused .. entry|access",
            "refused to let",
            "would not|n't let me|us in|into",
            "wouldn't let me|us in",
            "would not open",
            "wouldn't open",
            "did not let me|us in",
            "didn't let me|us in",
            "not allowed|let in",
            "declined to let|entry",
            "denied entry|access",
            "shut|closed|slammed the door",
            "wouldn't come to the door",
            "turned me|us away",
            "told|asked me|us to leave",
        ],
    ),
    (
        "cancelled by service",
        &[
            "i had to cancel",
            "i cancelled",
            "we cancelled",
            "we had to cancel",
            "cancelled by me|us|the service|duty",
            "cancelled because i",
            "had to be cancelled by us",
        ],
    ),
    (
        "cancelled by family",
        &[
            "cancelled|canceled",
            "to cancel",
            "cancel",
            "called it off",
            "rearranged by mum|dad",
            "asked .. rearrange|rebook",
        ],
    ),
    (
        "no reply",
        &[
            "no reply|answer|response",
            "nobody|noone answered|in|home|came|was|at",
            "no one answered|in|home|came|was|at",
            "did not answer the? door|buzzer",
            "didn't answer the? door|buzzer",
            "no one at home",
            "nobody at home",
            "did not attend his|her|the|their|this? appointment|session",
            "didn't attend his|her|the|their|this? appointment|session",
            "dna",
            "failed to attend",
            "no show",
            "knocked .. times|twice",
        ],
    ),
    (
        "partly completed",
        &[
            "partly completed",
            "cut short",
            "had to leave early",
            "ended early",
            "had to end the",
            "left early",
            "not completed because",
            "partially completed",
        ],
    ),
];
const ANNOUNCED: &[&str] = &[
    "announced",
    "planned home? visit",
    "planned",
    "pre arranged|prearranged",
    "arranged visit",
    "scheduled",
    "by appointment",
    "was|were expecting me|us",
    "knew i was coming",
    "knew we were coming",
    "as arranged|agreed|planned",
];
const UNANNOUNCED: &[&str] = &[
    "unannounced",
    "not announced",
    "un announced",
    "not planned",
    "unplanned",
    "were|was not|n't expecting me|us",
    "weren't|wasn't expecting me|us",
    "had not|n't told .. coming",
    "hadn't told .. coming",
    "without warning|notice",
    "did not know i was coming",
    "didn't know i was coming",
    "no notice",
];

/// How many sentences may tell the kind.
const OPENING: usize = 2;

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
    let found = opening.iter().find_map(|range| {
        KINDS
            .iter()
            .find_map(|(kind, words)| Some((*kind, note.find(range.clone(), words)?)))
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
        let not = note.find(range.clone(), UNANNOUNCED);
        let yes = note
            .find(range.clone(), ANNOUNCED)
            .filter(|_| not.is_none());
        if let Some(place) = not.clone().or(yes) {
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
