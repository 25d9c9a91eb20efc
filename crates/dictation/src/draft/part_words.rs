//! The words that give a sentence its part (worry, praise, plan, next contact), as data.

/// Openers of a worry.
pub(super) const WORRY: &[&str] = &[
    "i|we am|are|remain|was|were also|still|very|really|particularly|quite|most|more|now|increasingly? also|still|very|really? worried|concerned|anxious|uneasy",
    "i'm|we're|i'm also|still|very|really|particularly|quite|now? also|still|very|really? worried|concerned|anxious|uneasy",
    "my|our|the main|biggest|other|second|next|one|key|only|real|big|first? main|biggest|big|real? worry|concern|worries|concerns|fear is|are|was|were",
    "one worry|concern is",
    "there is|are|remains|remain a|some|still|also? also|still|real|serious|ongoing? concern|concerns|worry|worries|risk|risks",
    "there's a|also|still? also|still|real|serious? concern|worry|risk",
    "it worries|concerns me|us",
    "what worries|concerns me|us",
    "i have|had|share a|some|serious? serious|ongoing|real? concerns|worries|concern|worry",
    "the|a risk is",
    "of concern",
    "i fear",
    "i do not feel|think .. safe",
    "i don't feel|think .. safe",
    "another worry|concern",
    "worryingly|concerningly",
    "i worry",
    "the worry|concern is|for|here",
    "also worrying|concerning",
];

pub(super) const NO_WORRY: &[&str] = &[
    "no .. concern|concerns|worry|worries|risk",
    "not|n't .. worried|concerned",
    "don't|didn't|not have any? concern|concerns|worries",
    "nothing to worry",
    "less worried|concerned",
    "no longer worried|concerned",
    "no new|other|further|significant concerns",
];

/// Openers of a strength.
pub(super) const PRAISE: &[&str] = &[
    "i|we was|were|am|are really|very|so|also? pleased|impressed|encouraged|glad|reassured|happy to|that|by|with|about",
    "i'm|we're really|very|so|also? pleased|impressed|encouraged|glad",
    "it was|is|'s really|very|so? good|great|positive|lovely|encouraging|nice|reassuring|pleasing",
    "it's really|very|so? good|great|positive|lovely|encouraging",
    "a|one|another|the main|real|big|biggest|key? strength|positive is|was",
    "positively",
    "on the positive|plus|good side",
    "has|have|'s done really|very|so? well",
    "on a positive note",
    "to his|her|their credit",
    "that's all|really|very? really|very? positive|good|great",
    "a real|big|huge strength|positive|achievement",
    "credit to",
    "well done",
    "i praised|commended",
    "is|are a protective factor",
];

pub(super) const CONDITION: &[&str] = &[
    "if",
    "unless",
    "in case",
    "should|whether|when there|he|she",
];

/// After the owner, what makes a plan.
pub(super) const INTENT: &[&str] = &[
    "will|i'll|we'll|he'll|she'll|they'll",
    "am|is|are|i'm|we're|he's|she's|they're going to",
    "going to",
    "i've|we've got|agreed|promised to",
    "i|we have got to",
    "agreed|agrees|promised|offered|undertook|plans|intends|has|have agreed? to",
    "has|have agreed to",
    "said she'd|he'd|she|he will|would",
    "said she|he|they will|would|'d",
    "need|needs to",
    "said she'd|he'd|they'd",
];

/// Plans that are no action of anybody: "will not be left", "will be seven", "will help her understand".
pub(super) const NO_PLAN: &[&str] = &[
    "will|i'll not|never",
    "won't",
    "will be",
    "will have been",
    "will always|often|sometimes|only|still|usually",
    "refused|declined to",
    "said that? i|he|she|it will",
    "not agreed to",
    "will .. again if",
    "will go|goes to a|the? .. group if",
];

pub(super) const METHOD: &[&str] = &[
    "i|we did|have|not|didn't? not? used|use|complete|completed|did|went|worked|introduced|finished|started|showed|explored|asked|rang|called|told|informed|made|let|have",
    "used|completed",
    "has been completed|referred",
];

pub(super) const NEXT: &[&str] = &[
    "next|our|the next|following home|joint|statutory|cp|cin|direct? visit|session|contact|appointment|call|catch is|will|on|at|a|in|due|booked|arranged|planned|for|by|date|with|up|next|this|today|tomorrow|monday|tuesday|wednesday|thursday|friday",
    "next visit|session|contact|appointment|call",
    "i|we will|shall visit|see|return|call|meet|speak|try .. again",
    "i'll|we'll visit|see|return|call|meet|speak|try .. again",
    "i|we|i'm|we're am|are? seeing|visiting|meeting|speaking .. again",
    "i|we am|are due|going back|out|to see",
    "be back|seeing|visiting|returning",
    "pop|nip|call|go|come back|round|over|in again|next|on|tomorrow|monday|tuesday|wednesday|thursday|friday|a",
    "we meet again",
    "see|seeing|meet|meeting|ring|phone|speak|visit|talk to|with? him|her|them|again|you again|next|on|in|tomorrow|a|at|this",
    "back in? on|next",
    "offered him|her|them",
    "rearranged|rebooked|rescheduled|moved it? for|to",
    "next core group",
    "next family time|group|contact",
    "next visit's|session's|appointment's",
    "we|they|i next? speak|meet|talk again",
    "i|we|i've|we've have|'ve? rebooked|rearranged|booked|rescheduled",
    "due|coming back",
    "i|we next see|meet",
    "see|visit|meet .. next on",
    "will|i'll go|come|call back|again",
    "i|we visit again",
    "meeting again",
    "i'll|we'll see|visit|meet _ next|on|again|in",
    "i|we will see|visit|meet _ next|on|again|in",
    "phone|telephone contact|call on? monday|tuesday|wednesday|thursday|friday|tomorrow|next",
    "back to see",
    "i'm|we're seeing|meeting|visiting",
    "i|we am|are seeing|meeting|visiting",
    "see you",
    "next seeing|see",
];

/// With these the next date is somebody else's.
pub(super) const OTHERS: &[&str] = &[
    "core group",
    "cin|pep|lac|cp review|meeting",
    "conference",
    "strategy",
    "court",
    "hearing",
    "with the|his|her|dr|a gp|health|midwife|consultant|school|dentist|doctor|nurse|solicitor|housing|camhs",
    "next module|tablets",
    "by text",
];

/// What the author is about to do, when a day follows.
pub(super) const DOING: &[&str] = &[
    "i'm|we're ringing|calling|phoning|sending|writing|emailing|speaking|referring|contacting|chasing|asking|arranging|booking",
    "i|we am|are ringing|calling|phoning|sending|writing|emailing|speaking|referring|contacting|chasing|asking|arranging|booking",
];
