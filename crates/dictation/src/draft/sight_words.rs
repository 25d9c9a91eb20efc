//! The words that say whether a child was seen, and alone, as data.

pub(super) const SEEN_BEFORE: &[&str] = &[
    "saw|seen|observed|met",
    "spoke|talked|spoken to|with",
    "i looked in on",
    "met with",
    "direct work with",
    "session with",
    "able to see|speak",
    "present was|were|are",
    "with",
];

pub(super) const SEEN_AFTER: &[&str] = &[
    "was|were both|all|also? seen",
    "seen",
    "showed me|us",
    "told me|us",
    "smiled|waved|crawled|greeted",
    "was|were .. asleep|awake|sleeping|playing|present",
    "asleep|awake",
    "was|were in|on his|her|their the? cot|bed|sofa|play|bouncer|highchair|bedroom|kitchen|garden|living|lounge",
    "was|were|both|all at? home",
    "was|were there|present",
    "said",
    "was|were off school",
    "was|were watching|colouring|drawing|eating|clean|dressed|settled",
    "drew|wrote|talked|spoke to|about|with?",
    "looked",
    "came|ran to",
    "did not want to talk|speak",
    "didn't want to talk|speak",
    "was|were affectionate",
    "appeared|presented",
];

pub(super) const NOT_SEEN: &[&str] = &[
    "was|were not|n't seen",
    "wasn't|weren't seen",
    "was|were|is|are still? at school|nursery|college",
    "was|were at his|her|their dad's|nan's|father's|mum's",
    "not seen",
    "was|were out|away|staying",
    "were|was at school|nursery",
    "was|were at his|her|the _ house",
    "had gone to",
];

pub(super) const NOT_SEEN_BEFORE: &[&str] = &[
    "did not see",
    "didn't see",
    "could not see",
    "couldn't see",
    "not able to see",
    "unable to see",
    "without seeing",
    "not seen",
];

pub(super) const ALONE: &[&str] = &[
    "alone",
    "on his|her|their own",
    "by himself|herself|themselves",
    "one to one",
    "1 to 1",
    "separately",
    "in private",
    "away from mum|dad|his|her|the|their",
    "just the two of us",
    "without mum|dad|his|her|parents",
    "on a one to one",
];

pub(super) const NOT_ALONE: &[&str] = &[
    "not .. alone",
    "n't .. alone",
    "wasn't|weren't|couldn't|didn't .. alone",
    "not .. on his|her|their own",
    "wasn't|didn't|couldn't|wouldn't .. on his|her own",
    "seen with",
    "was|were seen with",
    "with mum|dad|nan|mother|father",
    "with his|her|their mum|dad|mother|father|nan|carer|parents",
    "in mum's|dad's arms|presence",
    "with _ present|there",
    "in the presence of",
    "stayed in the room|kitchen|with",
    "never left",
];

pub(super) const REASONS: &[(&str, &[&str])] = &[
    (
        "too young",
        &[
            "too young|little|small",
            "is|are|was only|just _",
            "she's|he's only _",
            "pre verbal|preverbal",
            "a|just|only a? baby",
            "months|weeks old",
            "not yet talking|speaking",
            "non verbal",
        ],
    ),
    (
        "parent refused",
        &[
            "not|n't|never let|allow",
            "wouldn't|didn't|won't let|allow|agree",
            "would not let|allow|agree",
            "refused to let|leave|allow",
            "insisted on|that",
            "refused",
            "did not want me to",
            "didn't want me to",
            "objected",
            "not happy for me",
            "declined to let|leave",
        ],
    ),
    (
        "child declined",
        &[
            "did not want",
            "didn't want",
            "would not talk|speak|come|leave|see",
            "wouldn't talk|speak|come|leave|see",
            "not want to",
            "declined",
            "chose not to",
            "preferred",
            "asked for|if .. stay|to",
            "wanted .. stay|with|there",
            "was too shy",
            "clung",
        ],
    ),
    (
        "unsafe to",
        &[
            "unsafe to",
            "not safe to",
            "wasn't safe to",
            "put him|her|them at risk",
        ],
    ),
    (
        "not attempted",
        &[
            "did not try|ask|attempt|get",
            "didn't try|ask|attempt|get",
            "no opportunity|time|chance",
            "not attempted",
            "was not|wasn't possible|time",
            "ran out of time",
            "not able to",
        ],
    ),
];
