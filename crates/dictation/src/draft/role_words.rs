//! Words that stand for a person by their role ("mum", "the health visitor"), as data.

use super::cast::Gender::{self, Female, Male};

/// What a role word says of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// A parent, grandparent or partner: stands for the person even without a name.
    Family,
    /// Kin that only a name after it makes somebody ("her sister Julie").
    Kin,
    /// A child of the family.
    Child,
    /// Somebody at work.
    Professional,
}

/// Pattern, role, standing, gender.
pub(super) type RoleWord = (&'static str, &'static str, Standing, Option<Gender>);

/// Longest first where one begins another.
pub(super) const ROLE_WORDS: &[RoleWord] = &[
    (
        "step mum|mother|mom",
        "step-parent",
        Standing::Family,
        Some(Female),
    ),
    (
        "stepmum|stepmother",
        "step-parent",
        Standing::Family,
        Some(Female),
    ),
    (
        "step dad|father",
        "step-parent",
        Standing::Family,
        Some(Male),
    ),
    (
        "stepdad|stepfather",
        "step-parent",
        Standing::Family,
        Some(Male),
    ),
    (
        "mum|mother|mummy|mom|mam",
        "mother",
        Standing::Family,
        Some(Female),
    ),
    ("dad|father|daddy", "father", Standing::Family, Some(Male)),
    (
        "maternal|paternal grandmother|nan|gran|grandma",
        "grandmother",
        Standing::Family,
        Some(Female),
    ),
    (
        "maternal|paternal grandfather|grandad",
        "grandfather",
        Standing::Family,
        Some(Male),
    ),
    (
        "nan|nana|nanny|gran|granny|grandma|grandmother|nanna",
        "grandmother",
        Standing::Family,
        Some(Female),
    ),
    (
        "grandad|granddad|grandpa|grandfather",
        "grandfather",
        Standing::Family,
        Some(Male),
    ),
    (
        "ex partner|husband|boyfriend",
        "ex-partner",
        Standing::Family,
        None,
    ),
    (
        "ex wife|girlfriend",
        "ex-partner",
        Standing::Family,
        Some(Female),
    ),
    ("former partner", "ex-partner", Standing::Family, None),
    ("partner", "partner", Standing::Family, None),
    ("boyfriend|husband", "partner", Standing::Family, Some(Male)),
    ("girlfriend|wife", "partner", Standing::Family, Some(Female)),
    (
        "foster carer|mum|dad|mother|father",
        "carer",
        Standing::Family,
        None,
    ),
    ("kinship carer", "carer", Standing::Family, None),
    ("carer", "carer", Standing::Family, None),
    ("half? sister|sister", "sister", Standing::Kin, Some(Female)),
    (
        "half? brother|brother",
        "brother",
        Standing::Kin,
        Some(Male),
    ),
    ("aunt|auntie|aunty", "aunt", Standing::Kin, Some(Female)),
    ("uncle", "uncle", Standing::Kin, Some(Male)),
    ("cousin", "cousin", Standing::Kin, None),
    ("friend|neighbour|neighbor", "friend", Standing::Kin, None),
    ("son", "child", Standing::Child, Some(Male)),
    ("daughter", "child", Standing::Child, Some(Female)),
    ("baby|toddler", "child", Standing::Child, None),
    ("new? born", "child", Standing::Child, None),
    (
        "health visitor",
        "health visitor",
        Standing::Professional,
        None,
    ),
    ("school nurse", "school nurse", Standing::Professional, None),
    (
        "social worker",
        "social worker",
        Standing::Professional,
        None,
    ),
    (
        "support worker",
        "support worker",
        Standing::Professional,
        None,
    ),
    (
        "family support worker|practitioner",
        "family support worker",
        Standing::Professional,
        None,
    ),
    (
        "family worker",
        "family worker",
        Standing::Professional,
        None,
    ),
    (
        "probation officer",
        "probation officer",
        Standing::Professional,
        None,
    ),
    (
        "perpetrator worker",
        "perpetrator worker",
        Standing::Professional,
        None,
    ),
    (
        "recovery worker",
        "recovery worker",
        Standing::Professional,
        None,
    ),
    (
        "key worker|keyworker",
        "key worker",
        Standing::Professional,
        None,
    ),
    (
        "domestic abuse worker|practitioner",
        "domestic abuse worker",
        Standing::Professional,
        None,
    ),
    ("idva|isva", "IDVA", Standing::Professional, None),
    ("gp|g p", "GP", Standing::Professional, None),
    ("doctor", "doctor", Standing::Professional, None),
    ("midwife", "midwife", Standing::Professional, None),
    (
        "team|practice|service manager",
        "manager",
        Standing::Professional,
        None,
    ),
    (
        "manager|supervisor",
        "manager",
        Standing::Professional,
        None,
    ),
    (
        "independent? reviewing officer",
        "reviewing officer",
        Standing::Professional,
        None,
    ),
    (
        "head? teacher|headteacher|head teacher",
        "teacher",
        Standing::Professional,
        None,
    ),
    ("teacher", "teacher", Standing::Professional, None),
    ("senco|headteacher", "teacher", Standing::Professional, None),
    (
        "counsellor|psychologist|psychiatrist|therapist",
        "counsellor",
        Standing::Professional,
        None,
    ),
    (
        "safeguarding lead",
        "safeguarding lead",
        Standing::Professional,
        None,
    ),
    (
        "nursery|community nurse|manager",
        "nurse",
        Standing::Professional,
        None,
    ),
    (
        "housing officer",
        "housing officer",
        Standing::Professional,
        None,
    ),
    ("solicitor", "solicitor", Standing::Professional, None),
    ("interpreter", "interpreter", Standing::Professional, None),
    ("colleague", "colleague", Standing::Professional, None),
    ("landlord", "landlord", Standing::Professional, None),
    ("nurse", "nurse", Standing::Professional, None),
    ("student", "student", Standing::Professional, None),
    ("dealer", "dealer", Standing::Kin, None),
];

/// Words for all the children.
pub(super) const CHILDREN: &[&str] = &[
    "both|all of? the? children|kids|boys|girls|siblings",
    "all|the two|three|four|five of? the? children|kids|boys|girls",
    "the|her|his|their|my two|three|four|five? younger|older? children|kids|boys|girls|siblings|twins",
    "children|kids|twins",
    "both|all of them",
    "the|her|his|their boys|girls",
];

/// Words for both parents.
pub(super) const PARENTS: &[&str] = &[
    "both|the|his|her|their parents",
    "both of the parents",
    "parents",
    "mum and dad both",
    "the couple",
];

/// Words for everyone spoken of last.
pub(super) const BOTH: &[&str] = &["they both|all", "both of them", "both"];

/// Titles that come before a surname.
pub(crate) const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "doctor",
    "professor",
    "prof",
    "pc",
    "dc",
    "sergeant",
    "nurse",
    "sister",
    "father",
    "reverend",
    "auntie",
    "aunty",
    "aunt",
    "uncle",
];
