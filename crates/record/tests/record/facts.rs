//! Facts about people: disagreement stays until somebody settles it.

use record::{
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
fn a_fact_of_another_person_supersedes_nothing() {
    let mut document = set_up();
    let name_of_donna: RecordId = id(51);
    let wrong = Fact {
        supersedes: vec![name_of_donna],
        ..fact(tyler(), FactField::Name, "Ty Brennan")
    };
    write(
        &mut document,
        &[Record::new(id::<RecordId>(64), wrong)],
        &manager(),
    )
    .unwrap();
    assert_eq!(document.read().person_name(donna()), "Donna Brennan");
}
