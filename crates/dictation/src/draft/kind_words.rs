//! The words that name a kind of entry, its outcome, and whether it was announced, as data.

/// Words that name a kind, the first that matches the opening wins.
pub(super) const KINDS: &[(&str, &[&str])] = &[
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
            "child|children in|and need|knee|head .. visit",
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
        "school contact",
        &[
            "school visit|meeting|contact",
            "call|called|rang|spoke|email .. _? _? safeguarding|dsl|head|headteacher|teacher|senco|school|nursery|pastoral",
            "visit to .. school|nursery",
            "meeting at .. school",
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
    (
        "specialist session",
        &[
            "idva|isva|probation|cpn",
            "recovery worker|appointment|note",
            "domestic abuse worker|practitioner|note",
            "perpetrator",
            "victim safe",
            "mental health practitioner|worker|nurse",
            "psychologist|psychology",
        ],
    ),
];

/// A specialist's note is a session even when the word is another.
pub(super) const OUTCOMES: &[(&str, &[&str])] = &[
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

pub(super) const ANNOUNCED: &[&str] = &[
    "announced",
    "planned home? visit",
    "planned",
    "pre arranged|prearranged",
    "arranged visit",
    "scheduled",
    "by appointment",
    "was|were expecting me|us",
    "knew i was coming",
    "told them|her|him|mum|dad i was|'d coming",
    "let them|her|him|mum|dad know i was",
    "were|was expecting me|us",
    "knew we were coming",
    "as arranged|agreed|planned",
];

pub(super) const UNANNOUNCED: &[&str] = &[
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
