//! A family with every collection and every field filled, beside it every compartment: what fixtures
//! are made of, and what is removed from.

mod beside;

use record::{
    Document, Writer,
    model::{ATTESTATION, Collection, Content, Record},
    propose,
    terms::Compartment,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::family::{
    action, at, concern, craig, donna, id, manager, recovery_worker, social_worker, tyler,
};

pub(crate) use beside::{compartments, cover_of, session};

fn uid(n: u8) -> String {
    id::<Uuid>(n).to_string()
}

/// A record out of JSON, by a writer.
fn record(writer: &Writer, collection: Collection, id: &impl ToString, mut value: Value) -> Record {
    value["by"] = json!(writer.professional);
    value["at"] = json!(at());
    if collection == Collection::Entries {
        value["discipline"] = json!(writer.discipline);
        value["device"] = json!(writer.device);
        value["attestation"] = json!({"statement": ATTESTATION, "at": at()});
    }
    Record {
        id: id.to_string(),
        content: Content::from_value(collection, value).unwrap(),
    }
}

fn cover(writer: &Writer, compartment: &Compartment) -> Record {
    let value = json!({"family": uid(200), "compartment": compartment, "schema": 1});
    record(writer, Collection::Covers, &"cover", value)
}

fn person(party: impl serde::Serialize) -> Value {
    json!({ "person": party })
}

fn professional(writer: &Writer) -> Value {
    json!({"professional": writer.professional})
}

/// Ids of what the tests remove or look for.
pub(crate) mod ids {
    pub(crate) const VISIT: u8 = 121;
    pub(crate) const SESSION: u8 = 122;
    pub(crate) const NAME_OF_CRAIG: u8 = 152;
    pub(crate) const BORN: u8 = 155;
    pub(crate) const BORN_SETTLED: u8 = 157;
    pub(crate) const OWN_CONCERN: u8 = 132;
}
use ids::{BORN, BORN_SETTLED, NAME_OF_CRAIG, OWN_CONCERN, SESSION, VISIT};

fn set_up() -> Vec<Record> {
    use Collection::{
        Facts, Households, Memberships, People, PlanStatuses, Professionals, Relationships,
    };
    let by = &manager();
    let mut records = vec![cover(by, &Compartment::Team)];
    for (n, person, role, name) in [
        (151, donna(), "mother", "Donna Brennan"),
        (NAME_OF_CRAIG, craig(), "father", "Craig Whitlock"),
        (153, tyler(), "child", "Tyler Brennan"),
    ] {
        let fact = json!({"person": person, "field": "name", "value": name});
        records.push(record(by, People, &person, json!({"role": role})));
        records.push(record(by, Facts, &uid(n), fact));
    }
    for (who, name) in [
        (manager(), "Morgan Lee"),
        (social_worker(), "Amira Khan"),
        (recovery_worker(), "Joe Marsh"),
    ] {
        let value = json!({"name": name, "discipline": who.discipline, "from": "2026-09-01"});
        records.push(record(by, Professionals, &who.professional, value));
    }
    let household = json!({"name": "The house in the lane"});
    records.push(record(by, Households, &uid(161), household));
    for (n, who) in [(162, donna()), (163, craig()), (164, tyler())] {
        let value = json!({"household": uid(161), "person": who, "from": "2020-01-01", "until": "2026-08-31"});
        records.push(record(by, Memberships, &uid(n), value));
    }
    let father = json!({"person": craig(), "kind": "parent", "of": tyler()});
    records.push(record(by, Relationships, &uid(165), father));
    let status = json!({"child": tyler(), "status": "child-protection-plan", "category": "neglect", "from": "2026-09-01"});
    records.push(record(by, PlanStatuses, &uid(166), status));
    let corrected = json!({"child": tyler(), "status": "child-protection-plan", "category": "neglect", "from": "2026-09-02",
        "supersedes": [uid(166)]});
    records.push(record(by, PlanStatuses, &uid(169), corrected));
    records
}

/// The social worker's visit, with every field of an entry.
fn visit() -> Vec<Record> {
    use Collection::{Actions, Concerns, Entries, Facts, Goals, SafetyPlans};
    let by = &social_worker();
    let entry = json!({
        "kind": "statutory-visit-cp", "outcome": "took-place",
        "occurred": {"start": "2026-09-06T16:15:00", "end": "2026-09-06T17:05:00"},
        "place": "at home", "announced": false, "purpose": "See Tyler after the weekend",
        "present": [person(donna()), person(craig()), {"named": "a neighbour"}],
        "absent": [professional(&recovery_worker())],
        "children": [{"child": tyler(), "seen": "awake", "alone": "yes",
            "voice": {"words": "I count to a hundred", "how": "speech"}}],
        "statements": [
            {"text": "The kitchen was clean", "nature": "observed-fact", "about": [donna(), craig()],
             "span": {"start": 10, "end": 31}},
            {"text": "Whitlock-only remark", "nature": "reported", "source": person(donna()), "about": [craig()]},
            {"text": "The dog barked", "nature": "observed-fact", "source": person(craig())},
        ],
        "analysis": {"changed": "Less shouting", "uncertain": "Whether it lasts",
            "meaning": [{"child": tyler(), "text": "He sleeps again"}]},
        "strengths": [{"text": "Warm with Tyler", "about": [donna()]}, {"text": "Got up early", "about": [craig()]}],
        "views": [
            {"concern": concern(), "holder": person(donna()), "agreement": "shares-partly", "words": "some of it"},
            {"concern": concern(), "holder": person(craig()), "agreement": "does-not-share", "words": "nonsense, all of it"},
        ],
        "readings": [
            {"scale": "safety", "holder": person(donna()), "value": 5.5, "because": "he has been calm"},
            {"scale": "safety", "holder": person(craig()), "value": 9, "because": "nothing to see"},
        ],
        "finishedLateDays": 3,
        "tools": [{"tool": "phq-9", "with": [person(craig())], "score": 9, "item9": 1}, {"tool": "audit", "with": [person(craig())], "score": 22, "previous": 27,
            "judgement": "higher than it says", "reflection": "He laughed it off"},
            {"tool": "genogram", "with": [person(donna()), person(craig())]}],
        "stageOfChange": "contemplation",
        "direction": [{"domain": "alcohol", "direction": "improving", "because": "fewer bottles"}],
        "immediateSafety": "managed-in-the-visit",
        "actionUpdates": [{"action": action(), "status": "in-progress", "note": "rang twice",
            "by": by.professional, "at": at()}],
        "nextContact": "2026-09-20",
        "significantEvent": {"kind": "disclosure", "text": "Tyler spoke of the night", "effect": "He was relieved",
            "about": [tyler()]},
        "provenance": {"how": "dictated", "model": "small.en", "modelSha256": "ab".repeat(32),
            "audioMs": 93000, "audioSha256": "cd".repeat(32), "wordsEdited": 7},
    });
    let raised = |statement: &str| {
        json!({"entry": uid(VISIT), "statement": statement, "domain": "alcohol",
        "children": [tyler()], "adults": [craig()]})
    };
    vec![
        record(by, Entries, &uid(VISIT), entry),
        record(
            by,
            Concerns,
            &concern(),
            raised("Drink in the evening; Tyler is frightened"),
        ),
        record(
            by,
            Concerns,
            &uid(OWN_CONCERN),
            raised("Nobody has looked at the stairs"),
        ),
        record(
            by,
            Actions,
            &action(),
            json!({"entry": uid(VISIT), "text": "Ring the school",
            "owner": person(craig()), "due": "2026-09-08", "effect": "Tyler has somebody to talk to", "about": [tyler()]}),
        ),
        record(
            by,
            Facts,
            &uid(BORN),
            json!({"person": tyler(), "field": "dateOfBirth",
            "value": "2017-03-02", "entry": uid(VISIT)}),
        ),
        record(
            by,
            Goals,
            &uid(167),
            json!({"text": "Quiet nights", "domain": "alcohol",
            "children": [tyler()], "entry": uid(VISIT)}),
        ),
        record(
            by,
            SafetyPlans,
            &uid(168),
            json!({"steps": ["Ring Nan"], "agreedWith": [person(donna())],
            "mustNotBeSharedWith": [person(craig())], "entry": uid(VISIT)}),
        ),
    ]
}

/// What others add: the recovery worker's session, news, and corrections.
fn later() -> Vec<Record> {
    use Collection::{ActionUpdates, Appendments, Entries, Facts, GoalUpdates, SafetyPlans};
    let by = &recovery_worker();
    let session = json!({
        "kind": "specialist-session", "outcome": "took-place", "occurred": {"start": "2026-09-07T00:00:00", "timeUnknown": true},
        "present": [person(craig())],
        "views": [{"concern": concern(), "holder": professional(by), "agreement": "shares-fully"}],
        "provenance": {"how": "typed"},
    });
    let born = |value: &str, supersedes: Vec<String>| {
        json!({"person": tyler(), "field": "dateOfBirth",
        "value": value, "supersedes": supersedes})
    };
    vec![
        record(by, Entries, &uid(SESSION), session),
        record(by, Facts, &uid(156), born("2017-02-03", vec![])),
        record(
            by,
            Facts,
            &uid(BORN_SETTLED),
            born("2017-03-02", vec![uid(BORN), uid(156)]),
        ),
        record(
            by,
            Appendments,
            &uid(171),
            json!({"entry": uid(VISIT), "reason": "correction",
            "text": "It was the back door"}),
        ),
        record(
            by,
            ActionUpdates,
            &uid(172),
            json!({"action": action(), "status": "not-done", "note": "school shut"}),
        ),
        record(
            by,
            GoalUpdates,
            &uid(173),
            json!({"goal": uid(167), "status": "partly-met", "note": "two quiet nights"}),
        ),
        record(
            by,
            SafetyPlans,
            &uid(174),
            json!({"steps": ["Ring Nan", "Go to her"], "supersedes": [uid(168)]}),
        ),
    ]
}

/// What the manager adds.
fn supervised() -> Vec<Record> {
    use Collection::{
        Actions, ChronologyEvents, ConcernClosures, ManagementDecisions, SupervisionPlans,
        Supervisions, Withdrawals,
    };
    let by = &manager();
    vec![
        record(
            by,
            SupervisionPlans,
            &uid(181),
            json!({"date": "2026-09-28", "chair": by.professional}),
        ),
        record(
            by,
            Supervisions,
            &uid(182),
            json!({"plan": uid(181), "date": "2026-09-28", "chair": by.professional,
            "attendees": [professional(by), person(donna()), person(craig())], "apologies": [professional(&social_worker())],
            "disagreements": [{"between": [professional(by), person(craig())], "text": "How bad it is"}],
            "minorityViews": [{"holder": person(craig()), "text": "leave us be"},
                {"holder": professional(&recovery_worker()), "text": "too soon"}],
            "decisions": [{"text": "Stay on the plan", "rationale": "It has begun to work"}],
            "next": "2026-10-26"}),
        ),
        record(
            by,
            Actions,
            &uid(183),
            json!({"supervision": uid(182), "text": "Visit together"}),
        ),
        record(
            by,
            Withdrawals,
            &uid(184),
            json!({"entry": uid(SESSION), "reason": "written twice"}),
        ),
        record(
            by,
            ConcernClosures,
            &uid(185),
            json!({"concern": concern(), "reason": "no drink since"}),
        ),
        record(
            by,
            ManagementDecisions,
            &uid(186),
            json!({"question": "Strategy meeting?", "options": ["yes", "no"],
            "decision": "no", "rationale": "Tyler is safe", "on": "2026-09-29"}),
        ),
        record(
            by,
            ChronologyEvents,
            &uid(187),
            json!({"when": {"date": "2019-05-01", "precision": "month"},
            "kind": "police-call-out", "text": "Police came", "people": [craig()],
            "source": "police notification", "effect": "Tyler saw it"}),
        ),
    ]
}

/// A contribution: gathered between the plan and the supervision.
fn contribution() -> Vec<Record> {
    let value = json!({"plan": uid(181), "discipline": "recovery-worker", "goingWell": "he comes",
        "worriedAbout": "Fridays", "reading": 4, "direction": "some-improvement", "because": "fewer units"});
    vec![record(
        &recovery_worker(),
        Collection::Contributions,
        &uid(188),
        value,
    )]
}

/// The team's document.
pub(crate) fn team() -> Document {
    let mut document = Document::genesis();
    for (n, records, writer) in [
        (1, set_up(), manager()),
        (2, visit(), social_worker()),
        (3, later(), recovery_worker()),
        (1, supervised(), manager()),
        (3, contribution(), recovery_worker()),
    ] {
        propose(&mut document, &records, &writer, &[n; 16], at()).unwrap();
    }
    document
}
