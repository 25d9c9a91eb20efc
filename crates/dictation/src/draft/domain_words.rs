//! The words that name a domain or are a sign of it, as data.

pub(super) type Words = &'static [&'static str];

/// Ways to name a domain; more particular ones first.
pub(super) const NAMES: &[(&str, Words)] = &[
    (
        "drugs",
        &[
            "drug|drugs|substance use|misuse?",
            "substances|cannabis|cocaine|heroin",
        ],
    ),
    ("alcohol", &["alcohol|drinking", "his|her drink"]),
    (
        "domestic abuse",
        &[
            "domestic abuse|violence",
            "domestics|abuse|violence",
            "coercive control",
        ],
    ),
    (
        "child's mental health",
        &[
            "child's|children's|his|her emotional health|wellbeing",
            "child's mental health",
            "children's mental health",
        ],
    ),
    (
        "parental mental health",
        &[
            "parental mental health",
            "mental health|wellbeing",
            "mood|depression|anxiety",
            "emotional wellbeing",
        ],
    ),
    (
        "parental learning need",
        &["learning need|needs|disability|difficulties"],
    ),
    (
        "basic care",
        &[
            "basic care",
            "home conditions",
            "hygiene|neglect",
            "physical care",
            "state of the home|house",
            "feeding",
            "conditions at|in the? home",
        ],
    ),
    (
        "emotional warmth",
        &[
            "emotional warmth",
            "warmth|attachment",
            "emotional availability",
        ],
    ),
    (
        "supervision and safety",
        &[
            "supervision and? safety?",
            "supervision",
            "safety|safeguarding",
        ],
    ),
    ("stimulation", &["stimulation|play|interaction"]),
    (
        "boundaries",
        &["boundaries|boundary|guidance|discipline|routines|routine|behaviour"],
    ),
    ("stability", &["stability"]),
    (
        "child's health",
        &[
            "child's|children's health",
            "health needs|appointments",
            "weight|growth",
        ],
    ),
    ("development", &["development|speech"]),
    (
        "education and attendance",
        &["education|attendance|school|nursery"],
    ),
    ("exploitation", &["exploitation"]),
    ("offending", &["offending|reoffending"]),
    ("housing", &["housing|accommodation|tenancy"]),
    ("money", &["money|finances|debt|debts|budgeting|benefits"]),
    ("support network", &["support network", "network|isolation"]),
    (
        "parents' relationship",
        &[
            "parents' relationship",
            "parental relationship|conflict",
            "relationship|arguments|arguing",
        ],
    ),
    ("family time", &["family time", "supervised contact"]),
];

/// Signs of a domain with weights.
pub(super) const SIGNS: &[(&str, u32, Words)] = &[
    (
        "domestic abuse",
        4,
        &[
            "domestic abuse|violence|incident",
            "coercive|controlling|strangl*|stalk*|strangulation",
            "non molestation",
            "restraining order",
            "punched|slapped|kicked|grabbed",
            "pushed|hit her|him",
            "frightened|scared|afraid|terrified of him",
            "waited|waiting|waits|sat|sits outside",
            "text messages|texts|messaging|messages",
            "abusive|abuse|perpetrator|violent|violence",
            "breach*",
            "tracking|following|follows|followed her",
            "second|new phone|number",
            "threat*",
            "monitor*",
            "found out where|which",
            "driving|drives|drove past",
        ],
    ),
    (
        "domestic abuse",
        1,
        &[
            "shout*",
            "control*",
            "jealous*",
            "bruis*",
            "turned|turning|turns|turn up",
            "stay|stayed|staying over",
            "come|comes|coming back",
        ],
    ),
    (
        "domestic abuse",
        3,
        &[
            "his|her|'s|the temper",
            "blames|blame|blamed _ for",
            "anger|angry",
            "smashed|punched|threw|throws|lashed|lashes",
            "injunction|occupation order",
            "kicked|kicking off|in",
        ],
    ),
    (
        "exploitation",
        4,
        &[
            "older lads|men|boys|males|friends",
            "county lines",
            "groom*|exploit*|trafficked",
            "vapes|gifts|trainers from",
            "meeting|met men|adults",
            "in|into cars with",
        ],
    ),
    ("exploitation", 2, &["missing", "vapes"]),
    (
        "offending",
        4,
        &[
            "licence|curfew|tag|probation|reoffend*|offend*|recall*|burgl*|shoplift*|stolen|stealing",
            "must not meet|see|contact",
            "unpaid work",
            "arrest*|charged",
        ],
    ),
    (
        "education and attendance",
        3,
        &[
            "attendance|exclu*|truant*|suspen*",
            "fall|falling|fallen further? behind",
            "been|going|go|gone|miss|missed|missing|missing|late .. school|college|lessons",
            "not in school|education",
        ],
    ),
    (
        "support network",
        3,
        &[
            "isolat*|lonely",
            "nobody|no one|no-one to call|talk|turn|ring|help",
            "no family|friends|support",
        ],
    ),
    (
        "money",
        3,
        &[
            "payday|debt*|arrears|benefits|bills|meter|loan|foodbank",
            "food bank",
            "no money",
            "money",
        ],
    ),
    (
        "housing",
        3,
        &[
            "damp|mould|evict*|overcrowd*|tenancy|landlord|homeless*|heating|repairs",
            "cold flat|house|home",
        ],
    ),
    (
        "alcohol",
        4,
        &[
            "drinks|drinking|drunk|drank|alcohol|vodka|beer|wine|lager|cans|cider|intoxicated|hungover|pub|drink|binge*",
        ],
    ),
    (
        "drugs",
        4,
        &[
            "drug|drugs|cannabis|cocaine|heroin|crack|weed|ketamine|spice|methadone|dealer|needles",
            "skunk|amphetamine*|substances",
            "still|is|been|was|are|uses|be using|uses|again",
            "uses|using in|at|when|again|twice|daily|drugs|while|with|around",
            "relapse*|script|needle|dealing|deals",
        ],
    ),
    (
        "parental mental health",
        3,
        &[
            "mood|depress*|anxi*|suicid*|overdose*",
            "self harm*",
            "very|really|so|feeling|getting|quite|is|was|when .. low|lower|down",
            "low|flat not|and",
            "breakdown|bipolar|schizo*",
            "low mood",
            "mental health",
            "ending|end her|his life",
            "hearing voices",
            "panic*",
            "tablets|sertraline|medication",
            "not coping",
            "tearful|overwhelmed|exhausted|psychosis|paranoi*",
            "kill herself|himself",
            "not sleeping even",
        ],
    ),
    (
        "parental learning need",
        3,
        &["learning disability|difficulty|difficulties|need"],
    ),
    (
        "basic care",
        3,
        &[
            "hungry|unwashed|dirty|filthy|smell*|nappy|nappies|headlice|clothes|hygiene|neglect*|unkempt|meals|feeding|food|rubbish|bedding|sheets|faeces|cluttered|clutter|mess",
            "head lice",
            "nits",
            "no breakfast",
            "basic care",
            "home conditions",
            "state of the",
        ],
    ),
    (
        "emotional warmth",
        3,
        &[
            "affection*|warmth|cuddle*|rejects|rejecting|criticis*",
            "cold towards",
            "emotionally unavailable",
            "calls him|her names",
            "blames",
        ],
    ),
    (
        "supervision and safety",
        3,
        &[
            "left alone|unsupervised",
            "supervis*|unsafe",
            "stair gate",
            "home alone",
            "bruise*|injury|injuries|burn|unexplained",
            "not being watched",
            "safety",
            "out late",
            "left with",
            "sole charge",
            "let professionals|anyone speak|see",
        ],
    ),
    (
        "stimulation",
        3,
        &[
            "nobody talking|playing",
            "stimulation|toys|bouncer",
            "in front of the? tv|television|screen",
            "not played with",
            "screen time",
            "left in his|her cot|pram|buggy",
        ],
    ),
    (
        "boundaries",
        3,
        &[
            "boundaries|boundary|tantrums|bedtime|routine|behaviour|naughty|discipline",
            "hits|hit|hitting his|her sister|brother",
            "no rules",
        ],
    ),
    (
        "stability",
        3,
        &[
            "moved|moves again|three|four|house|placement",
            "instability|placement",
        ],
    ),
    (
        "child's health",
        3,
        &[
            "asthma|immunisations|vaccination*|dentist|dental|weight|epilepsy|inhaler|hospital|teeth|toothache|decay",
            "health appointments|needs",
            "not sleeping",
            "missed .. health visitor",
        ],
    ),
    (
        "development",
        4,
        &["speech|milestones|walking|talking|development|developmental|delayed|delay|language"],
    ),
    (
        "education and attendance",
        4,
        &[
            "attendance|attending|excluded|exclusion|truant*|reading|homework|education",
            "late for school",
            "percent of the time",
        ],
    ),
    (
        "child's mental health",
        2,
        &[
            "self harm*",
            "frightened|scared|anxious|withdrawn|nightmares|worried all|camhs|bedwetting|wetting",
            "cutting herself|himself",
            "panic attacks at school",
        ],
    ),
    ("education and attendance", 2, &["school"]),
    (
        "exploitation",
        5,
        &[
            "exploit*|groom*|gang|gangs|missing|sexting",
            "county lines",
            "older men|boyfriend",
            "unexplained money|gifts",
        ],
    ),
    (
        "offending",
        3,
        &["offend*|arrest*|burglary|theft|stealing|licence|probation|bail|stolen|shoplift*|court"],
    ),
    (
        "housing",
        4,
        &[
            "damp|mould|mold|landlord|eviction|evicted|overcrowd*|housing|tenancy|homeless*",
            "house|flat|home|bedroom|bedrooms is|was|are very|so|really|too? cold",
            "no heating|boiler",
            "temporary accommodation",
            "rats|mice",
        ],
    ),
    (
        "money",
        4,
        &[
            "money|debt|debts|electric|electricity|arrears|benefits|bills|foodbank|loan|loans|gambl*|rent|meter|sanction*",
            "food bank",
        ],
    ),
    (
        "support network",
        2,
        &[
            "isolat*|network",
            "on her|his own with",
            "no family nearby",
            "nobody to turn",
        ],
    ),
    (
        "parents' relationship",
        3,
        &[
            "argu*|relationship|separat*|rows|rowing|row|split",
            "fall|fell|falling out",
        ],
    ),
    (
        "family time",
        3,
        &[
            "family time",
            "contact centre|session|sessions",
            "supervised contact",
        ],
    ),
];
