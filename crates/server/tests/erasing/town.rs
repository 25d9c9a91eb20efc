//! A family with a team's document and a health compartment, in the memory engine.

use std::sync::atomic::{AtomicU8, Ordering};

use jiff::{Timestamp, civil::Date};
use record::{
    Context, Document, Writer,
    ids::{ConcernId, DeviceId, DocumentId, EntryId, FamilyId, PersonId, ProfessionalId, mint},
    model::{ATTESTATION, Concern, Entry, Fact, FactField, Person, Record},
    propose_in,
    terms::{Compartment, Discipline, PersonRole},
};
use serde_json::json;
use server::{
    NoRandomness,
    admin::{
        self,
        erase::{Certificate, Order, What, erase},
    },
};
use store::{
    audit::{Chain, Event, kind},
    memory::MemoryStore,
    server::{NewChange, Store},
};
use uuid::Uuid;

pub(crate) const NOW: i64 = 1_772_000_000_000;
pub(crate) const TODAY: Date = Date::constant(2026, 3, 1);

pub(crate) fn id<T: From<Uuid>>(n: u8) -> T {
    mint(1, [n; 10]).into()
}

pub(crate) fn family() -> FamilyId {
    id(1)
}

pub(crate) fn team() -> DocumentId {
    id(2)
}

pub(crate) fn health() -> DocumentId {
    id(3)
}

pub(crate) fn craig() -> PersonId {
    id(20)
}

pub(crate) fn tyler() -> PersonId {
    id(21)
}

pub(crate) fn concern() -> ConcernId {
    id(30)
}

pub(crate) fn visit() -> EntryId {
    id(40)
}

pub(crate) fn nurse() -> Writer {
    writer(11)
}

pub(crate) fn worker() -> Writer {
    writer(10)
}

fn writer(n: u8) -> Writer {
    Writer {
        professional: id(n),
        discipline: Discipline::ChildrensSocialWorker,
        device: id(100 + n),
    }
}

fn at() -> Timestamp {
    Timestamp::from_millisecond(NOW).unwrap()
}

/// The town, and its documents as a device has them.
pub(crate) struct Town {
    pub(crate) store: MemoryStore,
    team: Document,
    health: Document,
}

impl Town {
    /// Tyler and Craig; a visit with two statements and a concern; in the health compartment an entry
    /// that views the concern and names Craig.
    pub(crate) async fn settled() -> Self {
        let mut town = Self::empty().await;
        let by = worker();
        let person = |role| Person {
            role,
            by: by.professional,
            at: at(),
        };
        let fact = |person, field, value: &str| Fact {
            person,
            field,
            value: value.into(),
            supersedes: vec![],
            entry: None,
            by: by.professional,
            at: at(),
        };
        let people = [
            Record::new(tyler(), person(PersonRole::Child)),
            Record::new(craig(), person(PersonRole::Father)),
            Record::new(
                id::<PersonId>(50),
                fact(craig(), FactField::Name, "Craig Brennan"),
            ),
            Record::new(
                id::<PersonId>(51),
                fact(tyler(), FactField::DateOfBirth, "2015-01-01"),
            ),
        ];
        town.write(team(), &people, &by).await;
        let raised = Concern {
            entry: Some(visit()),
            statement: "Rows at night".into(),
            domain: None,
            children: vec![tyler()],
            adults: vec![],
            by: by.professional,
            at: at(),
        };
        let statements = json!([
            {"text": "The stairs were dark.", "nature": "observed-fact"},
            {"text": "Somebody owes money to a neighbour.", "nature": "observed-fact"},
        ]);
        let records = [
            Record::new(visit(), entry(&by, &statements, &json!([]))),
            Record::new(concern(), raised),
        ];
        town.write(team(), &records, &by).await;
        let statements = json!([
            {"text": "Craig sleeps badly.", "nature": "observed-fact"},
        ]);
        let views = json!([{
            "concern": concern(), "holder": {"person": tyler()},
            "agreement": "shares-fully",
        }]);
        let noted = Record::new(id::<EntryId>(41), entry(&nurse(), &statements, &views));
        town.write(health(), &[noted], &nurse()).await;
        town
    }

    async fn empty() -> Self {
        let store = MemoryStore::default();
        for (n, sign_in, discipline) in [
            (10, "amira", Discipline::ChildrensSocialWorker),
            (11, "nell", Discipline::ChildrensSocialWorker),
            (12, "marcus", Discipline::TeamManager),
        ] {
            let account = admin::NewAccount {
                id: id(n),
                sign_in: sign_in.into(),
                name: sign_in.into(),
                discipline,
                password_hash: "none".into(),
            };
            admin::create_account(&store, account).await.unwrap();
        }
        let new = admin::NewFamily {
            id: family(),
            name: "Brennan".into(),
            document: team(),
            epoch: 42,
            at: NOW,
        };
        admin::create_family(&store, new).await.unwrap();
        let mut town = Self {
            store,
            team: Document::genesis(),
            health: Document::genesis(),
        };
        town.open_health().await;
        town
    }

    async fn open_health(&mut self) {
        let new = admin::NewCompartment {
            family: family(),
            compartment: Compartment::Health,
            sign_in: "marcus".into(),
            document: health(),
            epoch: 43,
            actor: [9; 16],
            at: NOW,
        };
        admin::open_compartment(&self.store, new).await.unwrap();
        self.health = self.stored(health()).await;
    }

    /// Writes records as one change from the writer's device, and has the device get all of it.
    pub(crate) async fn write(&mut self, to: DocumentId, records: &[Record], by: &Writer) {
        let actor = by.device.as_uuid().as_bytes().to_vec();
        let team_copy = self.team.clone();
        let (context, copy) = if to == team() {
            (Context::team(), &mut self.team)
        } else {
            let context = Context::compartment(Compartment::Health, &team_copy);
            (context, &mut self.health)
        };
        let change = propose_in(&context, copy, records, by, &actor, at()).unwrap();
        let mut txn = self.store.begin().await.unwrap();
        let new = NewChange {
            hash: change.hash(),
            bytes: change.bytes().to_vec(),
            author: by.professional,
            device: by.device,
            received: NOW + 7,
        };
        txn.bind_actor(to, &actor, by.device).await.unwrap();
        let seq = txn.append_change(to, &new).await.unwrap();
        let pulled = Event {
            device: Some(by.device),
            last: Some(seq),
            ..Event::new(NOW, kind::PULLED).on(to).of(family())
        };
        txn.append_audit(Chain::of_document(to), &pulled)
            .await
            .unwrap();
        txn.commit().await.unwrap();
    }

    /// A document as the store's log has it.
    pub(crate) async fn stored(&self, of: DocumentId) -> Document {
        let mut document = Document::genesis();
        for stored in self.log(of).await {
            let change = record::Change::decode(&stored.bytes).unwrap();
            document.apply(&change).unwrap();
        }
        document
    }

    /// A document's log.
    pub(crate) async fn log(&self, of: DocumentId) -> Vec<NewChange> {
        let mut txn = self.store.begin().await.unwrap();
        let log = txn.changes_after(of, 0, 1_000).await.unwrap();
        log.into_iter().map(|it| it.change).collect()
    }

    /// Erases, and gives the certificate with its file.
    pub(crate) async fn erase(
        &self,
        order: Order,
    ) -> Result<(Certificate, Vec<u8>), admin::AdminError> {
        let mut file = Vec::new();
        let certificate = erase(&self.store, order, &random, &mut |it| {
            file = it.to_bytes();
            Ok(())
        })
        .await?;
        Ok((certificate, file))
    }
}

/// Never the same twice.
#[expect(clippy::unnecessary_wraps, reason = "the program's own can fail")]
pub(crate) fn random(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    static COUNT: AtomicU8 = AtomicU8::new(1);
    bytes.fill(COUNT.fetch_add(1, Ordering::SeqCst));
    Ok(())
}

/// An order, each with a certificate of its own.
pub(crate) fn order(what: What) -> Order {
    let mut random_id = [0; 10];
    random(&mut random_id).unwrap();
    Order {
        id: mint(2, random_id),
        what,
        reference: "DP-7".into(),
        at: NOW + 1_000,
        today: TODAY,
        lease_days: 14,
        backups_until: None,
        again: false,
        repeats: None,
    }
}

fn entry(by: &Writer, statements: &serde_json::Value, views: &serde_json::Value) -> Entry {
    serde_json::from_value(json!({
        "kind": "home-visit",
        "outcome": "took-place",
        "occurred": {"start": "2026-02-20T10:00:00"},
        "at": at(),
        "by": by.professional,
        "discipline": by.discipline,
        "device": by.device,
        "children": [{"child": tyler(), "seen": "awake", "alone": "yes"}],
        "statements": statements,
        "views": views,
        "provenance": {"how": "typed"},
        "attestation": {"statement": ATTESTATION, "at": at()},
    }))
    .unwrap()
}

/// A device's id, as [`writer`] gives it.
pub(crate) fn device(n: u8) -> DeviceId {
    id(100 + n)
}

/// A professional's id.
pub(crate) fn professional(n: u8) -> ProfessionalId {
    id(n)
}
