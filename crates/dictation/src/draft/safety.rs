//! What was said of immediate safety, and what was done about it.

use super::{heading::Section, model::Draft, note::Note, sentence::Sentence, speech::speech};

/// Gravest first: where several were said, the gravest stands.
const LEVELS: &[(&str, &[&str])] = &[
    (
        "emergency services",
        &[
            "called|rang|dialled|phoned|contacted the|an? police|ambulance|999|paramedics|emergency",
            "called|rang|dialled|phoned|dial 999|nine",
            "police|ambulance|paramedics were|was called|attended the",
            "999 call",
            "called for an ambulance",
        ],
    ),
    (
        "strategy discussion asked for",
        &[
            "asked|requested|request|asking for|a? a? strategy discussion|meeting",
            "requested|request a? strategy",
            "strategy discussion|meeting requested|asked|has been|is being|needed",
            "asked .. strategy discussion|meeting",
        ],
    ),
    (
        "manager informed",
        &[
            "told|informed|rang|phoned|called|updated|alerted|notified|spoke|spoken|briefed to|with? my|the|our _? manager|senior|supervisor",
            "told|informed|updated .. .. my|the|our _? manager|senior|supervisor",
            "let my|the|our _? manager|senior|supervisor",
            "discussed .. with my|the|our _? manager|senior|supervisor",
            "my|the _? manager|senior is|was|has|knows been? aware|informed|told",
            "manager|senior informed|aware|notified",
        ],
    ),
    (
        "managed in the visit",
        &[
            "managed in|during|within the visit|session",
            "dealt with in|during|at the visit|time",
            "safety plan was? agreed|reviewed|in",
            "agreed a safety plan",
            "agreed .. would|will leave|stay|sleep|go",
            "made safe before",
        ],
    ),
    (
        "no concern",
        &[
            "no immediate|current|urgent|safety|other? safety|immediate|risk|child? concern|worry|problems|concerns|risk|risks|worries|issues|danger",
            "not .. immediate .. concern|concerns|danger|risk",
            "no concerns|concern|risk|worries today|tonight|about|for|when|at|regarding|identified|immediately",
            "was|were|is|are|felt|all safe when|today|tonight|and|at|to|in|enough",
            "nobody was|is in|at any|immediate? danger|risk",
            "no one was|is in|at any|immediate? danger|risk",
            "nothing unsafe|immediate|worrying",
            "nothing of concern",
            "safe .. when i left",
            "children|everyone|everybody|both was|were|is|are|all safe",
            "i was not worried|concerned about .. safety",
            "left .. safe",
        ],
    ),
];

/// Whether a sentence is about immediate safety.
pub(super) fn spoken(note: &Note<'_>, sentence: &Sentence) -> bool {
    sentence.section == Section::Safety || level(note, sentence).is_some()
}

fn level(note: &Note<'_>, sentence: &Sentence) -> Option<(&'static str, std::ops::Range<usize>)> {
    let range = sentence.body.clone();
    let future = note.has(&range, &["will|i'll|going to|if|need to"])
        || (matches!(
            sentence.section,
            Section::Actions | Section::Next | Section::Strengths
        ) && note
            .opens(&range, &["no immediate|urgent|current|safety"])
            .is_none());
    let reported = speech(&note.tokens, range.clone()).is_some_and(|s| {
        note.before(s.cue.start, &range)
            .is_some_and(|m| !m.who.contains(&super::cast::AUTHOR))
    });
    LEVELS.iter().find_map(|(label, words)| {
        let place = note.find(range.clone(), words)?;
        let calm = *label == "no concern";
        let others = !calm
            && note.before(place.start, &range).is_some_and(|m| {
                !m.who.contains(&super::cast::AUTHOR)
                    && !note.has(&place, &["was|were|is|knows|aware"])
            });
        let vague = calm
            && sentence.section != Section::Safety
            && note.has(&range, &["about|for|with|regarding"])
            && !note.has(
                &range,
                &["immediate|safety|today|tonight|when i left|danger"],
            );
        (!future && !reported && !others && !vague).then_some((*label, place))
    })
}

pub(super) fn read(note: &Note<'_>, draft: &mut Draft) {
    let mut gravest: Option<usize> = None;
    for sentence in note.sentences.iter().filter(|s| s.mark.is_none()) {
        let own = level(note, sentence);
        // "Immediate safety, none" and "No immediate concerns" as a heading's own answer.
        let denied = sentence.section == Section::Safety
            && note
                .opens(&sentence.body, &["none|nothing|no|fine|yes|all safe"])
                .is_some();
        let label = own
            .as_ref()
            .map(|(label, _)| *label)
            .or(denied.then_some("no concern"));
        let Some(rank) =
            label.and_then(|label| LEVELS.iter().position(|(known, _)| *known == label))
        else {
            continue;
        };
        if gravest.is_none_or(|known| rank < known) {
            gravest = Some(rank);
            draft
                .sources
                .retain(|source| source.field != "immediate_safety");
            note.source(
                draft,
                "immediate_safety",
                None,
                &own.map_or(sentence.body.clone(), |(_, place)| place),
            );
        }
    }
    draft.immediate_safety = gravest
        .and_then(|rank| LEVELS.get(rank))
        .map(|(label, _)| (*label).to_owned());
}
