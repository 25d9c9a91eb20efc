//! A small family with a team of three, and short ways to write about it.

use jiff::{Timestamp, civil::Date};
use record::{
    Change, Document, Refusal, Writer,
    ids::{
        ActionId, ConcernId, DeviceId, EntryId, FamilyId, PersonId, ProfessionalId, RecordId, mint,
    },
    model::{
        ATTESTATION, Action, Attestation, ChildSeen, Concern, Cover, Entry, Fact, FactField,
        Occurred, Party, Person, Professional, Provenance, Record, View, Voice,
    },
    propose,
    terms::{Agreement, Compartment, Discipline, EntryKind, Outcome, PersonRole, Seen, SeenAlone},
};
use uuid::Uuid;

/// Ids that are the same in every run: `n` tells them apart.
pub(crate) fn id<T: From<Uuid>>(n: u8) -> T {
    mint(1_700_000_000_000 + u64::from(n), [n; 10]).into()
}

pub(crate) fn at() -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap()
}

pub(crate) fn date(day: i8) -> Date {
    Date::constant(2026, 9, day)
}

pub(crate) const ACTOR: [u8; 16] = [9; 16];

pub(crate) fn manager() -> Writer {
    writer(1, Discipline::TeamManager)
}

pub(crate) fn social_worker() -> Writer {
    writer(2, Discipline::ChildrensSocialWorker)
}

pub(crate) fn recovery_worker() -> Writer {
    writer(3, Discipline::RecoveryWorker)
}

fn writer(n: u8, discipline: Discipline) -> Writer {
    Writer {
        professional: id::<ProfessionalId>(n),
        discipline,
        device: id::<DeviceId>(100 + n),
    }
}

pub(crate) fn donna() -> PersonId {
    id(11)
}

pub(crate) fn craig() -> PersonId {
    id(12)
}

pub(crate) fn tyler() -> PersonId {
    id(13)
}

pub(crate) fn concern() -> ConcernId {
    id(31)
}

pub(crate) fn action() -> ActionId {
    id(41)
}

/// Everything that the manager sets up.
pub(crate) fn set_up() -> Document {
    let by = manager().professional;
    let at = at();
    let mut records = vec![Record::new(
        "cover",
        Cover {
            family: id::<FamilyId>(200),
            compartment: Compartment::Team,
            schema: 1,
            by,
            at,
        },
    )];
    let people = [
        (donna(), PersonRole::Mother, "Donna Brennan"),
        (craig(), PersonRole::Father, "Craig Brennan"),
        (tyler(), PersonRole::Child, "Tyler Brennan"),
    ];
    for (n, (person, role, name)) in (51..).zip(people) {
        records.push(Record::new(person, Person { role, by, at }));
        records.push(Record::new(
            id::<RecordId>(n),
            fact(person, FactField::Name, name),
        ));
    }
    let team = [
        (manager(), "Morgan Lee"),
        (social_worker(), "Amira Khan"),
        (recovery_worker(), "Joe Marsh"),
    ];
    for (who, name) in team {
        records.push(Record::new(
            who.professional,
            Professional {
                name: name.into(),
                discipline: who.discipline,
                from: date(1),
                by,
                at,
            },
        ));
    }
    let mut document = Document::genesis();
    propose(&mut document, &records, &manager(), &[1; 16], at).unwrap();
    document
}

pub(crate) fn fact(person: PersonId, field: FactField, value: &str) -> Fact {
    Fact {
        person,
        field,
        value: value.into(),
        supersedes: vec![],
        entry: None,
        by: manager().professional,
        at: at(),
    }
}

/// A visit in September with nothing in it yet.
pub(crate) fn visit(writer: &Writer, day: i8) -> Entry {
    let occurred = Occurred::at(date(day).at(16, 15, 0, 0), None);
    Entry {
        attestation: Some(Attestation {
            statement: ATTESTATION.into(),
            at: at(),
        }),
        ..Entry::begun(
            EntryKind::StatutoryVisitCp,
            Outcome::TookPlace,
            occurred,
            writer,
            at(),
            Provenance::Typed,
        )
    }
}

/// The social worker's visit: Tyler seen alone, one concern with Donna's view, one action.
pub(crate) fn first_visit() -> Vec<Record> {
    let writer = social_worker();
    let entry_id: EntryId = id(21);
    let mut entry = visit(&writer, 6);
    entry.present = vec![Party::Person(donna())];
    entry.children = vec![ChildSeen {
        child: tyler(),
        seen: Seen::Awake,
        alone: Some(SeenAlone::Yes),
        voice: Some(Voice {
            words: "I count to a hundred".into(),
            how: None,
        }),
    }];
    entry.views = vec![View {
        concern: concern(),
        holder: Party::Person(donna()),
        agreement: Agreement::SharesPartly,
        words: Some("he is fine when he has not had a drink".into()),
    }];
    vec![
        Record::new(entry_id, entry),
        Record::new(
            concern(),
            Concern {
                entry: Some(entry_id),
                statement: "Craig drinks in the evening and shouts; Tyler is frightened".into(),
                domain: Some(record::terms::Domain::Alcohol),
                children: vec![tyler()],
                adults: vec![craig()],
                by: writer.professional,
                at: at(),
            },
        ),
        Record::new(
            action(),
            Action {
                about: vec![],
                entry: Some(entry_id),
                supervision: None,
                text: "Ring the school about Tyler's sleep".into(),
                owner: Some(Party::Professional(writer.professional)),
                due: Some(date(8)),
                effect: None,
                by: writer.professional,
                at: at(),
            },
        ),
    ]
}

/// The set-up document with the first visit, and that visit's change.
pub(crate) fn with_visit() -> (Document, Change) {
    let mut document = set_up();
    let change = write(&mut document, &first_visit(), &social_worker()).unwrap();
    (document, change)
}

pub(crate) fn write(
    document: &mut Document,
    records: &[Record],
    writer: &Writer,
) -> Result<Change, Refusal> {
    let mut actor = ACTOR;
    actor[..8].copy_from_slice(&writer.professional.as_uuid().as_bytes()[8..]);
    propose(document, records, writer, &actor, at())
}
