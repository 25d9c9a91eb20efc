//! Terms of the field and what speech engines write for them, as data.

/// One way to mishear a term: what must stand before, what is replaced, what must stand after (in the
/// pattern language of `draft::phrase`), and what is written instead.
pub(super) struct Misheard {
    pub(super) before: &'static str,
    pub(super) heard: &'static str,
    pub(super) after: &'static str,
    pub(super) written: &'static str,
    /// Only where the engine itself was unsure: what is heard may well have been said.
    pub(super) unsure: bool,
}

/// Nobody says this for anything else.
const fn always(heard: &'static str, written: &'static str) -> Misheard {
    between("", heard, "", written)
}

/// Its neighbours tell.
const fn between(
    before: &'static str,
    heard: &'static str,
    after: &'static str,
    written: &'static str,
) -> Misheard {
    Misheard {
        before,
        heard,
        after,
        written,
        unsure: false,
    }
}

/// Its neighbours and the engine's own doubt tell.
const fn unsure(
    before: &'static str,
    heard: &'static str,
    after: &'static str,
    written: &'static str,
) -> Misheard {
    Misheard {
        unsure: true,
        ..between(before, heard, after, written)
    }
}

/// Who is rung, spoken to, referred to.
const TO: &str = "ring|rang|call|called|phone|to|with|from|by|at|and the|an|our|her|his?";
/// What is done with a questionnaire.
const DID: &str = "complete|completed|completing|did|do|done|repeat|repeated|redid|use|used|through|scored the|a|an|another?";
/// What follows one.
const FILLED: &str = "with|and|again|score|scored|risk|was|is|came|today|he|she|at|which";

/// Terms and what they are heard as.
pub(super) const MISHEARD: &[Misheard] = &[
    // Domestic abuse.
    always(
        "idna|iba|idba|idver|idva|idvah|edva|ibva|idfa|ivda|itva|adva|ipva|idvr",
        "IDVA",
    ),
    always("i d v a|ay", "IDVA"),
    unsure(
        TO,
        "eva|ivor|ada|adne|iva|ava|diva|idv|id|aidva|either|i'd / i diva / it for / id va",
        "",
        "IDVA",
    ),
    always("isva|isver / i s v a", "ISVA"),
    always(
        "marac|marack|merac|marrack|mirac|morac|marak|merack|maraq|maract / mara c",
        "MARAC",
    ),
    between(
        "refer|referred|referral|her|him|them to",
        "merrick|marrick|merak|marek|maric|marik|moroc|barrack|barack|america|maurice / more|mark|mar act / mar ack|rack",
        "",
        "MARAC",
    ),
    unsure(
        "refer|referred|referral her|him|them? to",
        "mark|marc|mac|merit|mara|mac",
        "",
        "MARAC",
    ),
    between(
        "a|the|to",
        "merrick|marrick|merak|marek|mark / more act",
        "referral|conference|meeting|chair|list",
        "MARAC",
    ),
    always("mappa / m a p p a", "MAPPA"),
    always(
        "normal|nominal|known|non|num|normalised station|molestation|molestations|manifestation|malestation|molestration|legislation|isolation order",
        "non-molestation order",
    ),
    always(
        "non|normal mole|mall|moll|moles station|nation order",
        "non-molestation order",
    ),
    always(
        "normalisation|nomination|molestation|unmolestation|nonmolestation order",
        "non-molestation order",
    ),
    between(DID, "dash|tash", "", "DASH"),
    between(
        "the|a|tools|her|his",
        "dash|tash",
        "risk|with|and|score|assessment|again|checklist",
        "DASH",
    ),
    always("clare's|claire's|clares|claires law", "Clare's Law"),
    // Health and its questionnaires.
    always(
        "cmhs|camhs|cahms|kams|camh|camms|kahms / cam h s / c a m h s",
        "CAMHS",
    ),
    between(
        "at|to|from|with|the|by|phone|ring",
        "cams|cam's|calms|kam's",
        "",
        "CAMHS",
    ),
    unsure(
        "at|to|from|with|the|by|phone|ring",
        "camps|cairns|cans|comes|calm|cam|terms|cames",
        "",
        "CAMHS",
    ),
    always("p h q|cue|queue nine|9", "PHQ-9"),
    always("phq nine|9?", "PHQ-9"),
    always("phq9|ph9", "PHQ-9"),
    always("ph q nine|9", "PHQ-9"),
    always("g a d seven|7", "GAD-7"),
    always("gad|gadd|gat|gads seven|7", "GAD-7"),
    always("gad7", "GAD-7"),
    between(DID, "audit c e|d", "score|scored", "AUDIT-C and he"),
    between(DID, "audit c|see|sea|si|say", "", "AUDIT-C"),
    between("an|the", "audit c|see|sea|si|say", "", "AUDIT-C"),
    between(DID, "audit|ordit|oddit|audits", "", "AUDIT"),
    between(
        "an|the",
        "audit|ordit|oddit",
        "score|scored|with|and|again",
        "AUDIT",
    ),
    unsure(
        "complete|completed|did|repeated",
        "and nodded|ordered|orded|edited",
        "with",
        "an AUDIT",
    ),
    unsure(
        "complete|completed|did|repeated an",
        "audience|order|orbit|artist|edit / order it",
        FILLED,
        "AUDIT",
    ),
    unsure(
        "complete|completed|did an|the",
        "auditsy|auditc|odyssey|auditory / order|outer see|c",
        "",
        "AUDIT-C",
    ),
    always("s d q", "SDQ"),
    always("g c p two|2", "GCP2"),
    always("graded|grated care profile", "Graded Care Profile"),
    always(
        "certraline|sertaline|certaline|satraline|sertralin",
        "sertraline",
    ),
    always("methodone|methadon|metadone", "methadone"),
    always("naloxon|nelloxone|nalaxone|naloxene", "naloxone"),
    always("sub u tex|utex", "Subutex"),
    // Law and plans.
    always("section forty seven", "section 47"),
    unsure("", "section for|four seven", "", "section 47"),
    always("section twenty", "section 20"),
    always("section seventeen", "section 17"),
    between(
        "a|an|the|attempted|of",
        "child|children and|in knee|knees|head|neat|kneed",
        "visit|meeting|review|plan",
        "child in need",
    ),
    between(
        "",
        "child|children didn't|and|in|a need",
        "visit|meeting|review|plan",
        "child in need",
    ),
    between(
        "next|the|a|this|attempted",
        "sin|syn|ein|cin|scin / c i|in n?",
        "review|visit|meeting|plan",
        "CIN",
    ),
    between(
        "the|a|under|this",
        "cpe|cp's / c p",
        "plan|visit|conference",
        "CP",
    ),
    between(
        "his|her|the|their|a|next",
        "pet|pepp|pvp|spvp|pap|bb / p e p / b b",
        "meeting|review",
        "PEP",
    ),
    always(
        "independent viewing|review|reviewer officer",
        "independent reviewing officer",
    ),
    between(
        "the|next|a|our",
        "cor|caw|chord|cord|quarter|call|car|cool",
        "group|groups meets|meet|meeting|on|is|next|will",
        "core",
    ),
    always("e h c p", "EHCP"),
    always("senko|senco / sen co", "SENCO"),
    always("caf|cafe cass", "Cafcass"),
    always("cafcass|kafkas|kafcass|cafcas", "Cafcass"),
    always(
        "prohibitive|prohibited step|stepped order",
        "prohibited steps order",
    ),
    unsure(
        "",
        "they'd|victor|vict|fit|big him|and|m save|safe",
        "",
        "victim safe",
    ),
    // Tools.
    always(
        "relat's|relats|relaps|relax prevention",
        "relapse prevention",
    ),
    always(
        "power in|an|of control wheel|will|we'll",
        "power and control wheel",
    ),
    always("decision all|or balance", "decisional balance"),
    always("echo map", "ecomap"),
];

/// Every term as it is written, once.
pub(super) fn terms() -> Vec<&'static str> {
    let mut all: Vec<&str> = MISHEARD
        .iter()
        .map(|one| one.written.trim_start_matches("an "))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}
