//! A device's own half in tests: its copy of the document, and what it writes into it.

use jiff::Timestamp;
use record::{
    Change, Document, Writer,
    ids::{DeviceId, DocumentId, EntryId, PersonId, ProfessionalId, RecordId, mint},
    model::{ATTESTATION, Entry, Fact, FactField, Person, Record},
    terms::{Discipline, PersonRole},
};
use serde_json::json;
use sync::wire::{Bytes, PullRequest, PullResponse, PulledDocument, PushDocument, PushRequest};

use super::{Enrolled, Scenario};

/// A copy of the family's document on one device.
pub(crate) struct Pen {
    /// The copy.
    pub(crate) copy: Document,
    /// Under whose name it writes.
    pub(crate) writer: Writer,
    actor: [u8; 16],
    count: u32,
}

impl Pen {
    /// An empty copy on a device of a social worker's.
    pub(crate) fn new(professional: ProfessionalId, device: DeviceId) -> Self {
        let writer = Writer {
            professional,
            discipline: Discipline::ChildrensSocialWorker,
            device,
        };
        Self {
            copy: Document::genesis(),
            writer,
            actor: device.as_uuid().into_bytes(),
            count: 0,
        }
    }

    /// Writes records as one change.
    pub(crate) fn write(&mut self, records: &[Record]) -> Change {
        let at = Timestamp::from_second(1_772_000_000).unwrap();
        record::propose(&mut self.copy, records, &self.writer, &self.actor, at).unwrap()
    }

    /// Adds a child.
    pub(crate) fn add_child(&mut self) -> (PersonId, Change) {
        let id = PersonId::from(self.fresh());
        let person = Person {
            role: PersonRole::Child,
            by: self.writer.professional,
            at: at(),
        };
        (id, self.write(&[Record::new(id, person)]))
    }

    /// Says what somebody is called.
    pub(crate) fn name(&mut self, person: PersonId, name: &str) -> Change {
        let id = RecordId::from(self.fresh());
        let fact = Fact {
            person,
            field: FactField::Name,
            value: name.into(),
            supersedes: Vec::new(),
            entry: None,
            by: self.writer.professional,
            at: at(),
        };
        self.write(&[Record::new(id, fact)])
    }

    /// Completes a visit at which a child was seen alone.
    pub(crate) fn visit(&mut self, child: PersonId) -> (EntryId, Change) {
        let (id, record) = self.visit_record(child);
        (id, self.write(&[record]))
    }

    /// The record of such a visit, not yet written.
    pub(crate) fn visit_record(&mut self, child: PersonId) -> (EntryId, Record) {
        let id = EntryId::from(self.fresh());
        let entry: Entry = serde_json::from_value(json!({
            "kind": "home-visit",
            "outcome": "took-place",
            "occurred": {"start": "2026-02-20T10:00:00"},
            "at": at(),
            "by": self.writer.professional,
            "discipline": self.writer.discipline,
            "device": self.writer.device,
            "children": [{"child": child, "seen": "awake", "alone": "yes"}],
            "provenance": {"how": "typed"},
            "attestation": {"statement": ATTESTATION, "at": at()},
        }))
        .unwrap();
        (id, Record::new(id, entry))
    }

    /// A fresh id.
    pub(crate) fn fresh(&mut self) -> uuid::Uuid {
        self.count += 1;
        let mut random = [0; 10];
        random.copy_from_slice(&self.actor[6..]);
        random[6..].copy_from_slice(&self.count.to_be_bytes());
        mint(1_772_000_000_000, random)
    }
}

fn at() -> Timestamp {
    Timestamp::from_second(1_772_000_000).unwrap()
}

impl Scenario {
    /// Amira's first device with an empty copy.
    pub(crate) async fn worker_with_pen(&self) -> (Enrolled, Pen) {
        let device = self.worker_device().await;
        let pen = Pen::new(self.worker, device.id);
        (device, pen)
    }

    /// Pushes changes to the family's document and returns the answers as JSON.
    pub(crate) async fn push(&self, device: &Enrolled, changes: &[&Change]) -> serde_json::Value {
        let changes = changes
            .iter()
            .map(|change| change.bytes().to_vec())
            .collect();
        self.push_bytes(device, changes).await
    }

    /// As [`Scenario::push`], with any bytes for changes.
    pub(crate) async fn push_bytes(
        &self,
        device: &Enrolled,
        changes: Vec<Vec<u8>>,
    ) -> serde_json::Value {
        self.push_to(device, self.document, changes).await
    }

    /// As [`Scenario::push_bytes`], to any document.
    pub(crate) async fn push_to(
        &self,
        device: &Enrolled,
        document: DocumentId,
        changes: Vec<Vec<u8>>,
    ) -> serde_json::Value {
        let changes = changes.into_iter().map(Bytes).collect();
        let part = PushDocument {
            document,
            changes,
            known: None,
            proofs: vec![],
        };
        let body = serde_json::to_vec(&PushRequest {
            documents: vec![part],
        })
        .unwrap();
        let answer = self.post_signed(device, "/api/sync/push", &body).await;
        assert_eq!(answer.status, 200, "{}", answer.json());
        answer.json()["documents"][0]["answers"].clone()
    }

    /// Pulls.
    pub(crate) async fn pull(&self, device: &Enrolled, request: &PullRequest) -> PullResponse {
        let body = serde_json::to_vec(request).unwrap();
        let answer = self.post_signed(device, "/api/sync/pull", &body).await;
        assert_eq!(answer.status, 200, "{}", answer.json());
        serde_json::from_value(answer.json()).unwrap()
    }

    /// Pulls with no copies yet; the family's document.
    pub(crate) async fn pull_anew(&self, device: &Enrolled) -> PulledDocument {
        let mut response = self.pull(device, &PullRequest { documents: vec![] }).await;
        assert_eq!(response.documents.len(), 1);
        response.documents.remove(0)
    }
}
