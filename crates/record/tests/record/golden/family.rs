//! Who is who: Kelly with Craig in one household, Wayne in another; Ruby and Tyler, half-siblings.

use jiff::civil::Date;
use record::{
    Writer,
    ids::{DeviceId, FamilyId, HouseholdId, PersonId, RecordId},
    model::{
        ChronologyEvent, Cover, Fact, FactField, Household, Membership, Party, Person,
        PlanStatusChange, Precision, Professional, Relationship, RoughDate,
    },
    terms::{
        Compartment, CpCategory, Discipline, PersonRole, PlanStatus, RelationshipKind,
        SignificantEventKind,
    },
};

use super::book::{Book, evening, number};

pub(crate) fn day(month: i8, day: i8) -> Date {
    Date::constant(2026, month, day)
}

fn writer(n: u16, discipline: Discipline) -> Writer {
    Writer {
        professional: number(n),
        discipline,
        device: number::<DeviceId>(100 + n),
    }
}

macro_rules! team {
    ($($who:ident = $n:literal, $discipline:ident, $name:literal;)+) => {
        $(pub(crate) fn $who() -> Writer {
            writer($n, Discipline::$discipline)
        })+
        fn team() -> Vec<(Writer, &'static str)> {
            vec![$(($who(), $name),)+]
        }
    };
}
team! {
    morgan = 1, TeamManager, "Morgan Lee";
    amira = 2, ChildrensSocialWorker, "Amira Khan";
    joe = 3, RecoveryWorker, "Joe Marsh";
    dana = 4, DomesticAbuseVictimWorker, "Dana Osei";
    priya = 5, AdultMentalHealthPractitioner, "Priya Nair";
    lena = 6, HealthVisitor, "Lena Fox";
}

macro_rules! people {
    ($($who:ident = $n:literal, $role:ident, $name:literal;)+) => {
        $(pub(crate) fn $who() -> PersonId {
            number($n)
        })+
        fn people() -> Vec<(PersonId, PersonRole, &'static str)> {
            vec![$(($who(), PersonRole::$role, $name),)+]
        }
    };
}
people! {
    kelly = 11, Mother, "Kelly Sadler";
    craig = 12, ParentsPartner, "Craig Doyle";
    wayne = 13, Father, "Wayne Sadler";
    ruby = 14, Child, "Ruby Sadler";
    tyler = 15, Child, "Tyler Doyle";
    pat = 16, Grandparent, "Pat Sadler";
}

pub(crate) fn person(id: PersonId) -> Party {
    Party::Person(id)
}

pub(crate) fn worker(who: &Writer) -> Party {
    Party::Professional(who.professional)
}

pub(crate) fn fact(by: &Writer, on: Date, of: PersonId, field: FactField, value: &str) -> Fact {
    Fact {
        person: of,
        field,
        value: value.into(),
        supersedes: vec![],
        entry: None,
        by: by.professional,
        at: evening(on),
    }
}

pub(super) fn set_up(book: &mut Book) {
    let (morgan, on) = (morgan(), day(3, 16));
    let (by, at) = (morgan.professional, evening(on));
    let cover = Cover {
        family: number::<FamilyId>(900),
        compartment: Compartment::Team,
        schema: 1,
        by,
        at,
    };
    book.put(&morgan, on, "cover", cover);
    for (who, name) in team() {
        let professional = Professional {
            name: name.into(),
            discipline: who.discipline,
            from: on,
            by,
            at,
        };
        book.put(&morgan, on, who.professional, professional);
    }
    for (who, role, name) in people() {
        book.put(&morgan, on, who, Person { role, by, at });
        let name = fact(&morgan, on, who, FactField::Name, name);
        book.add::<RecordId>(&morgan, on, name);
    }
    let born = fact(&morgan, on, ruby(), FactField::DateOfBirth, "2015-08-02");
    book.add::<RecordId>(&morgan, on, born);
    let born = fact(&morgan, on, tyler(), FactField::DateOfBirth, "2020-05-14");
    book.add::<RecordId>(&morgan, on, born);
    relate(book, &morgan, on);
    live(book, &morgan, on);
    for child in [ruby(), tyler()] {
        let plan = PlanStatusChange {
            supersedes: vec![],
            child,
            status: PlanStatus::ChildProtectionPlan,
            category: Some(CpCategory::Emotional),
            from: day(3, 20),
            by,
            at,
        };
        book.add::<RecordId>(&morgan, on, plan);
    }
    history(book, &morgan, on);
}

fn relate(book: &mut Book, by: &Writer, on: Date) {
    use RelationshipKind::{GrandparentOf, ParentOf, PartnerOf};
    for (who, kind, of) in [
        (kelly(), ParentOf, ruby()),
        (wayne(), ParentOf, ruby()),
        (kelly(), ParentOf, tyler()),
        (craig(), ParentOf, tyler()),
        (craig(), PartnerOf, kelly()),
        (pat(), GrandparentOf, ruby()),
    ] {
        let relationship = Relationship {
            person: who,
            kind,
            of,
            by: by.professional,
            at: evening(on),
        };
        book.add::<RecordId>(by, on, relationship);
    }
}

/// Ruby stays with both.
fn live(book: &mut Book, by: &Writer, on: Date) {
    let homes = [
        ("Kelly's household", vec![kelly(), craig(), ruby(), tyler()]),
        ("Wayne's household", vec![wayne(), ruby()]),
    ];
    for (name, members) in homes {
        let household = Household {
            name: name.into(),
            by: by.professional,
            at: evening(on),
        };
        let household: HouseholdId = book.add(by, on, household);
        for person in members {
            let membership = Membership {
                household,
                person,
                from: Some(Date::constant(2024, 1, 8)),
                until: None,
                by: by.professional,
                at: evening(on),
            };
            book.add::<RecordId>(by, on, membership);
        }
    }
}

fn history(book: &mut Book, by: &Writer, on: Date) {
    use SignificantEventKind::{Birth, Injury, PoliceCallOut};
    let mut tell = |date, precision, kind, text: &str, people, effect: Option<&str>| {
        let event = ChronologyEvent {
            when: RoughDate { date, precision },
            kind,
            text: text.into(),
            people,
            source: "chronology of the previous authority".into(),
            effect: effect.map(Into::into),
            by: by.professional,
            at: evening(on),
        };
        book.add::<RecordId>(by, on, event);
    };
    tell(
        Date::constant(2023, 1, 1),
        Precision::Year,
        Injury,
        "Ruby broke her arm at her father's home; no concern found",
        vec![ruby()],
        Some("six weeks in plaster"),
    );
    tell(
        Date::constant(2024, 11, 1),
        Precision::Month,
        PoliceCallOut,
        "Neighbours called the police to shouting",
        vec![kelly(), craig()],
        Some("both children were awake"),
    );
    tell(
        Date::constant(2020, 5, 1),
        Precision::About,
        Birth,
        "Tyler was born five weeks early",
        vec![tyler()],
        None,
    );
}
