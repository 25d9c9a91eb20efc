//! What replaces what: never in a ring, and a change of plan like a fact.

use jiff::civil::date as day;
use record::{
    Configuration, Document, Refusal, Rule, Writer, child_file, chronology, diff,
    ids::{PersonId, RecordId},
    model::{Collection, Content, Record},
    timescales,
};
use serde_json::{Value, json};

use crate::family::{at, donna, id, set_up, social_worker, tyler, write};

pub(crate) fn record(writer: &Writer, collection: Collection, n: u8, mut value: Value) -> Record {
    value["by"] = json!(writer.professional);
    if value.get("at").is_none() {
        value["at"] = json!(at());
    }
    Record {
        id: id::<RecordId>(n).to_string(),
        content: Content::from_value(collection, value).unwrap(),
    }
}

fn replaces(ids: &[u8]) -> Value {
    ids.iter().map(|n| json!(id::<RecordId>(*n))).collect()
}

fn fact(n: u8, over: &[u8]) -> Record {
    let value = json!({"person": tyler(), "field": "dateOfBirth", "value": "2017-03-02",
        "supersedes": replaces(over)});
    record(&social_worker(), Collection::Facts, n, value)
}

fn safety_plan(n: u8, over: &[u8]) -> Record {
    let value = json!({"steps": ["Ring Nan"], "supersedes": replaces(over)});
    record(&social_worker(), Collection::SafetyPlans, n, value)
}

fn plan(n: u8, child: PersonId, from: &str, over: &[u8]) -> Record {
    let value = json!({"child": child, "status": "child-protection-plan", "from": from,
        "supersedes": replaces(over)});
    record(&social_worker(), Collection::PlanStatuses, n, value)
}

fn refused(records: &[Record]) -> Refusal {
    let mut document = set_up();
    let before = document.heads();
    let refusal = write(&mut document, records, &social_worker()).unwrap_err();
    assert_eq!(document.heads(), before);
    refusal
}

#[test]
fn records_that_replace_each_other_are_refused() {
    let rings: [Vec<Record>; 5] = [
        vec![fact(90, &[90])],
        vec![fact(90, &[91]), fact(91, &[90])],
        vec![
            fact(90, &[91]),
            fact(91, &[92]),
            fact(92, &[90]),
            fact(93, &[90]),
        ],
        vec![safety_plan(90, &[91]), safety_plan(91, &[90])],
        vec![
            plan(90, tyler(), "2026-09-01", &[91]),
            plan(91, tyler(), "2026-09-01", &[90]),
        ],
    ];
    for ring in rings {
        let refusal = refused(&ring);
        assert_eq!(refusal.rule, Rule::InvalidValue, "{refusal:?}");
        assert_eq!(refusal.field.as_deref(), Some("supersedes"));
        assert!(refusal.message.contains("replace each other"));
    }
    // A row is no ring, in whatever order it stands.
    let row = [
        fact(92, &[91]),
        fact(90, &[]),
        fact(93, &[92, 90]),
        fact(91, &[90]),
    ];
    let mut document = set_up();
    write(&mut document, &row, &social_worker()).unwrap();
    assert_eq!(
        document
            .read()
            .current_facts(tyler(), record::model::FactField::DateOfBirth)
            .len(),
        1
    );
}

#[test]
fn a_change_of_plan_corrects_only_what_is_said_of_its_own_child() {
    let wrong = [
        plan(90, tyler(), "2026-09-01", &[]),
        plan(91, donna(), "2026-09-01", &[90]),
    ];
    let refusal = refused(&wrong);
    assert_eq!(refusal.rule, Rule::InvalidValue);
    assert_eq!(refusal.field.as_deref(), Some("supersedes/0"));
    let refusal = refused(&[plan(91, tyler(), "2026-09-01", &[90])]);
    assert_eq!(refusal.rule, Rule::UnknownReference);
}

fn corrected() -> (Document, Document) {
    let mut before = set_up();
    let wrong = plan(90, tyler(), "2026-08-01", &[]);
    write(&mut before, &[wrong], &social_worker()).unwrap();
    let mut after = before.clone();
    let right = [plan(91, tyler(), "2026-09-14", &[90])];
    write(&mut after, &right, &social_worker()).unwrap();
    (before, after)
}

#[test]
fn a_corrected_change_of_plan_counts_nowhere_and_stays_in_the_record() {
    let (before, after) = corrected();
    let today = day(2026, 9, 30);
    let workbook = after.read();
    assert_eq!(workbook.plan_statuses.len(), 2, "both stay, attributed");
    assert_eq!(workbook.standing_plan_changes().len(), 1);
    let plans = child_file(&workbook, tyler(), today).plans;
    assert_eq!(plans.len(), 1);
    assert_eq!(
        plans[0].text,
        "Child protection plan, from 14 September 2026."
    );
    let told = chronology(&workbook);
    assert!(told.events.iter().all(|it| it.when.date != day(2026, 8, 1)));
    // Ten working days run from the right day.
    let due = |document: &Document| {
        let timescales = timescales(&document.read(), &Configuration::built_in().unwrap(), today);
        serde_json::to_string(&timescales).unwrap()
    };
    assert_ne!(due(&before), due(&after));
    assert!(due(&after).contains("2026-09-28"), "{}", due(&after));
    let news = diff(&before.read(), &workbook).decisions;
    assert_eq!(
        news[0].text,
        "Tyler Brennan: child protection plan from 14 September 2026. It corrects what was recorded before."
    );
}
