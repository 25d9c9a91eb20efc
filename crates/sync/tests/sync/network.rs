//! A server in memory and devices that reach it over a network that loses what it likes.

use std::collections::HashSet;

use record::{Change, Context, Document, Remove, Writer, ids::DocumentId, model::Record, rewrite};
use sync::{
    proof::{Proof, covered},
    receive::{Receiver, Verdict},
    replica::{Moved, Replica},
    wire::{
        Answer, Bytes, Cursor, Known, Numbered, PulledDocument, PushDocument, PushedDocument,
        Snapshot,
    },
};
use uuid::Uuid;

use crate::family::{at, id, set_up};

/// The server's key, which outlives a restore.
const KEY: [u8; 32] = [77; 32];

pub(crate) fn document_id() -> DocumentId {
    id(201)
}

/// The server's log and the state that it makes.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) epoch: u64,
    /// Outlives a restore and ends with an erasure.
    lineage: u64,
    forgotten: Vec<Uuid>,
    retired: HashSet<[u8; 32]>,
    pub(crate) document: Document,
    pub(crate) log: Vec<Change>,
    pub(crate) page: usize,
}

impl Server {
    pub(crate) fn new() -> Self {
        let document = set_up();
        Self {
            epoch: 1,
            lineage: 1,
            forgotten: vec![],
            retired: HashSet::new(),
            log: document.changes(),
            document,
            page: usize::MAX,
        }
    }

    pub(crate) fn push(&mut self, writer: &Writer, part: &PushDocument) -> PushedDocument {
        let restored = |it: Known| !it.is_of(self.epoch, self.log.len() as u64);
        if part.known.is_some_and(restored) {
            return PushedDocument {
                document: part.document,
                answers: part.changes.iter().map(|it| self.unlooked_at(it)).collect(),
            };
        }
        let decoded: Vec<_> = part
            .changes
            .iter()
            .filter_map(|bytes| Change::decode(&bytes.0).ok())
            .collect();
        let proven: HashSet<_> = part
            .proofs
            .iter()
            .filter(|it| it.is_genuine(&KEY, part.document, self.lineage))
            .flat_map(|it| covered(it.heads(), &decoded, &self.document))
            .collect();
        let mut receiver = Receiver::new(&mut self.document, writer, Context::team());
        let mut answers = Vec::new();
        for bytes in &part.changes {
            let change = match Change::decode(&bytes.0) {
                Ok(change) => change,
                Err(refusal) => {
                    answers.push(Answer::Refused { refusal });
                    continue;
                }
            };
            let known = self.log.iter().position(|it| it.hash() == change.hash());
            answers.push(match known {
                Some(at) => Answer::Accepted { seq: at as u64 + 1 },
                None if self.retired.contains(&change.hash()) => {
                    receiver.refused_before(&change);
                    Answer::Forgotten
                }
                None => match if proven.contains(&change.hash()) {
                    receiver.offer_again(&change)
                } else {
                    receiver.offer(&change)
                } {
                    Verdict::New => {
                        self.log.push(change);
                        Answer::Accepted {
                            seq: self.log.len() as u64,
                        }
                    }
                    Verdict::Refused(refusal) => Answer::Refused { refusal },
                    Verdict::Blocked => Answer::Blocked,
                },
            });
        }
        PushedDocument {
            document: part.document,
            answers,
        }
    }

    fn unlooked_at(&self, bytes: &Bytes) -> Answer {
        match Change::decode(&bytes.0) {
            Ok(change) if self.retired.contains(&change.hash()) => Answer::Forgotten,
            _ => Answer::Blocked,
        }
    }

    /// Restores what was saved earlier.
    pub(crate) fn restore(&mut self, backup: &Self) {
        *self = Self {
            epoch: self.epoch + 1,
            ..backup.clone()
        };
    }

    /// Writes the document anew without something.
    pub(crate) fn erase(&mut self, remove: Remove) {
        let epoch = self.epoch + 1;
        let fresh = |old: &[u8]| {
            let mut new = old.to_vec();
            new[1] = new[1].wrapping_add(u8::try_from(epoch).unwrap() * 16);
            new
        };
        let rewritten = rewrite(&self.document, remove, fresh).unwrap();
        self.retired.extend(self.log.iter().map(Change::hash));
        let paths = rewritten.dropped.iter().chain(&rewritten.altered);
        let ids = paths.filter_map(|it| it.split_once('/')?.1.parse::<Uuid>().ok());
        self.forgotten.extend(ids);
        (self.epoch, self.lineage) = (epoch, epoch);
        self.log = rewritten.document.changes();
        self.document = rewritten.document;
    }

    /// Its word on all that it holds.
    fn proof(&self, of: Cursor) -> Option<Proof> {
        Proof::of(&KEY, of.document, self.lineage, &self.document.heads())
    }

    pub(crate) fn pull(&self, cursor: Cursor) -> PulledDocument {
        let head = self.log.len() as u64;
        let fits = cursor.epoch == self.epoch && cursor.seq <= head;
        let after = if fits { cursor.seq } else { 0 };
        let after = usize::try_from(after).unwrap();
        let changes: Vec<_> = self.log[after..]
            .iter()
            .take(self.page)
            .zip(after as u64 + 1..)
            .map(|(change, seq)| Numbered {
                seq,
                bytes: Bytes(change.bytes().to_vec()),
            })
            .collect();
        PulledDocument {
            document: cursor.document,
            family: id(200),
            family_name: "Brennan".into(),
            compartment: "team".into(),
            epoch: self.epoch,
            lineage: (after == 0).then_some(self.lineage),
            forgotten: if after == 0 {
                self.forgotten.clone()
            } else {
                vec![]
            },
            head,
            snapshot: None,
            proof: (after + changes.len() == self.log.len())
                .then(|| self.proof(cursor))
                .flatten(),
            more: after + changes.len() < self.log.len(),
            changes,
        }
    }

    pub(crate) fn pull_snapshot(&self, cursor: Cursor) -> PulledDocument {
        let head = self.log.len() as u64;
        PulledDocument {
            snapshot: Some(Snapshot {
                seq: head,
                bytes: Bytes(self.document.save()),
            }),
            changes: vec![],
            more: false,
            proof: self.proof(cursor),
            ..self.pull(cursor)
        }
    }
}

/// A device with its replica and what it keeps of refusals.
pub(crate) struct Device {
    pub(crate) writer: Writer,
    pub(crate) replica: Replica,
    pub(crate) quarantine: Vec<sync::replica::Quarantined>,
    actors: u8,
}

impl Device {
    pub(crate) fn new(writer: Writer) -> Self {
        let cursor = Cursor {
            document: document_id(),
            epoch: 1,
            seq: 0,
        };
        let replica = Replica::open(cursor, &Document::genesis().save(), &[]).unwrap();
        Self {
            writer,
            replica,
            quarantine: vec![],
            actors: 0,
        }
    }

    /// A fresh actor: the device's own bytes and a counter.
    pub(crate) fn actor(&mut self) -> [u8; 16] {
        self.actors += 1;
        let mut actor = *self.writer.device.as_uuid().as_bytes();
        actor[0] = self.actors;
        actor
    }

    pub(crate) fn write(&mut self, records: &[Record]) -> Result<Change, record::Refusal> {
        let actor = self.actor();
        self.replica.write(
            records,
            &self.writer.clone(),
            &actor,
            at(),
            &Context::team(),
        )
    }

    pub(crate) fn took(&mut self, moved: Moved) {
        if let Some(erasure) = &moved.erasure {
            self.quarantine
                .retain(|it| !erasure.takes(&it.change, &it.refusal));
        }
        self.quarantine.extend(moved.quarantined);
        self.reopen();
    }

    /// What a device does that was killed: opens again what it had stored.
    pub(crate) fn reopen(&mut self) {
        let outbox: Vec<_> = self
            .replica
            .outbox()
            .iter()
            .map(|it| Bytes(it.bytes().to_vec()))
            .collect();
        if self.replica.pull() == self.replica.cursor() {
            self.replica = Replica::open(
                self.replica.cursor(),
                &self.replica.accepted().save(),
                &outbox,
            )
            .unwrap()
            .with_standing(self.replica.standing().clone());
        }
    }

    pub(crate) fn push(&mut self, server: &mut Server, answer_lost: bool) {
        let Some(part) = self.replica.push(3) else {
            return;
        };
        let answers = server.push(&self.writer, &part);
        if !answer_lost {
            let actor = self.actor();
            let moved = self
                .replica
                .pushed(&answers, &self.writer.clone(), &actor, &Context::team())
                .unwrap();
            self.took(moved);
        }
    }

    pub(crate) fn pull(&mut self, news: &PulledDocument) {
        let actor = self.actor();
        let moved = self
            .replica
            .pulled(news, &self.writer.clone(), &actor, &Context::team())
            .unwrap();
        self.took(moved);
    }

    /// News that come a second time, or late: taken without effect or turned away as a whole.
    pub(crate) fn pull_again(&mut self, news: &PulledDocument) {
        let actor = self.actor();
        let before = self.replica.clone();
        if let Ok(moved) = self
            .replica
            .pulled(news, &self.writer.clone(), &actor, &Context::team())
        {
            self.took(moved);
            return;
        }
        assert_eq!(self.replica.working().heads(), before.working().heads());
        assert_eq!(self.replica.outbox(), before.outbox());
        assert_eq!(self.replica.cursor(), before.cursor());
    }

    /// Syncs until nothing waits and nothing is new.
    pub(crate) fn sync(&mut self, server: &mut Server) {
        for _ in 0..200 {
            self.push(server, false);
            let news = server.pull(self.replica.pull());
            self.pull(&news);
            if self.replica.outbox().is_empty() && !news.more {
                return;
            }
        }
        panic!("the device never settled");
    }
}
