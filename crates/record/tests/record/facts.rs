//! Facts about people: disagreement stays until somebody settles it.

use jiff::civil::date;
use record::{
    Rule,
    ids::RecordId,
    model::{Fact, FactField, Record},
};

use crate::family::{donna, fact, id, manager, set_up, social_worker, tyler, write};

#[test]
fn two_dates_of_birth_stand_until_one_supersedes_both() {
    let mut document = set_up();
    let first: RecordId = id(61);
    let second: RecordId = id(62);
    let born = fact(tyler(), FactField::DateOfBirth, "2017-03-02");
    write(&mut document, &[Record::new(first, born)], &manager()).unwrap();
    let other = Fact {
        by: social_worker().professional,
        ..fact(tyler(), FactField::DateOfBirth, "2017-02-03")
    };
    write(
        &mut document,
        &[Record::new(second, other)],
        &social_worker(),
    )
    .unwrap();

    let workbook = document.read();
    assert_eq!(workbook.disagreements().len(), 1);
    assert_eq!(
        workbook
            .current_facts(tyler(), FactField::DateOfBirth)
            .len(),
        2
    );

    let settled = Fact {
        supersedes: vec![first, second],
        ..fact(tyler(), FactField::DateOfBirth, "2017-03-02")
    };
    write(
        &mut document,
        &[Record::new(id::<RecordId>(63), settled)],
        &manager(),
    )
    .unwrap();
    let workbook = document.read();
    assert_eq!(workbook.disagreements(), vec![]);
    assert_eq!(
        workbook.facts.len(),
        6,
        "what was said before is still there"
    );
}

#[test]
fn a_fact_settles_only_its_own_person_and_field() {
    let mut document = set_up();
    let name_of_donna: RecordId = id(51);
    let name_of_tyler: RecordId = id(53);
    let wrong_person = Fact {
        supersedes: vec![name_of_tyler, name_of_donna],
        ..fact(tyler(), FactField::Name, "Ty Brennan")
    };
    let wrong_field = Fact {
        supersedes: vec![name_of_tyler],
        ..fact(tyler(), FactField::KnownAs, "Ty")
    };
    for (wrong, field) in [
        (wrong_person, "supersedes/1"),
        (wrong_field, "supersedes/0"),
    ] {
        let record = [Record::new(id::<RecordId>(64), wrong)];
        let refusal = write(&mut document, &record, &manager()).unwrap_err();
        assert_eq!(refusal.rule, Rule::InvalidValue);
        assert_eq!(refusal.field.as_deref(), Some(field));
    }
    assert_eq!(document.read().person_name(donna()), "Donna Brennan");
}

#[test]
fn anybody_may_settle_and_it_stands_under_their_name() {
    let mut document = set_up();
    let name_of_tyler: RecordId = id(53);
    let settled = Fact {
        by: social_worker().professional,
        supersedes: vec![name_of_tyler],
        ..fact(tyler(), FactField::Name, "Tyler Brennan-Hill")
    };
    let record = [Record::new(id::<RecordId>(65), settled)];
    write(&mut document, &record, &social_worker()).unwrap();
    let workbook = document.read();
    let current = workbook.current_facts(tyler(), FactField::Name);
    assert_eq!(current.len(), 1);
    assert_eq!(current[0].1.by, social_worker().professional);
    assert_eq!(workbook.facts[&name_of_tyler].by, manager().professional);
}

#[test]
fn warnings_for_workers_add_up_and_lead_the_summary_until_one_is_superseded() {
    let mut document = set_up();
    let dog: RecordId = id(71);
    let twos: RecordId = id(72);
    let warning = |value| fact(donna(), FactField::WorkersSafety, value);
    let records = [
        Record::new(dog, warning("the dog is loose")),
        Record::new(twos, warning("visit in twos")),
    ];
    write(&mut document, &records, &manager()).unwrap();

    let workbook = document.read();
    assert_eq!(workbook.disagreements(), vec![]);
    let read = |document: &record::Document| {
        let lines = record::summary(&document.read(), date(2026, 10, 1)).workers_safety;
        lines
            .into_iter()
            .map(|line| (line.text, line.citations[0].record.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        read(&document),
        [
            (
                "Donna Brennan: the dog is loose".to_owned(),
                format!("facts/{dog}")
            ),
            (
                "Donna Brennan: visit in twos".to_owned(),
                format!("facts/{twos}")
            ),
        ]
    );

    let rehomed = Fact {
        supersedes: vec![dog],
        ..warning("no dog any more")
    };
    write(
        &mut document,
        &[Record::new(id::<RecordId>(73), rehomed)],
        &manager(),
    )
    .unwrap();
    let texts: Vec<_> = read(&document).into_iter().map(|(text, _)| text).collect();
    assert_eq!(
        texts,
        [
            "Donna Brennan: visit in twos",
            "Donna Brennan: no dog any more"
        ]
    );
}
