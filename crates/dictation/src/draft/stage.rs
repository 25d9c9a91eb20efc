//! Stage of change, when the speaker names one.

use super::{heading::Section, model::Draft, note::Note};

const STAGES: &[(&str, &[&str])] = &[
    (
        "pre-contemplation",
        &[
            "pre contemplation|contemplative|contemplating",
            "precontemplation|precontemplative",
        ],
    ),
    (
        "contemplation",
        &["contemplation|contemplative|contemplating"],
    ),
    ("preparation", &["preparation|preparing"]),
    ("maintenance", &["maintenance|maintaining"]),
    ("relapse", &["relapse|relapsed|lapse|lapsed"]),
    ("not assessed", &["not assessed"]),
    ("action", &["action"]),
];
const CUES: &[&str] = &[
    "stage|stages",
    "cycle of change",
    "pre|precontemplation|precontemplative",
    "contemplation|contemplative|contemplating",
];

pub(super) fn read(note: &Note<'_>, draft: &mut Draft) {
    for sentence in note.sentences.iter().filter(|s| s.mark.is_none()) {
        let range = sentence.body.clone();
        let cue = sentence.section == Section::Stage || note.has(&range, CUES);
        // The named stage that comes first, the longer name where two begin together.
        let found = STAGES
            .iter()
            .filter_map(|(stage, words)| Some((*stage, note.find(range.clone(), words)?)))
            .min_by_key(|(_, place)| place.start);
        if let Some((stage, place)) = found.filter(|_| cue && draft.stage_of_change.is_none()) {
            let denied = note.has(
                &(range.start..place.start),
                &["not yet? in|at|ready", "no longer"],
            );
            if !denied {
                draft.stage_of_change = Some(stage.to_owned());
                note.source(draft, "stage_of_change", None, &place);
            }
        }
    }
}
