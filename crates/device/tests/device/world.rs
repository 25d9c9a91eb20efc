//! A server in memory and phones whose rows are a map.

use std::collections::BTreeMap;

use device::{Device, DeviceError, Effects, Handed, Need, Profile, Row, shapes::Syncing};
use jiff::Timestamp;
use record::{
    Change, Context, Document, Workbook, Writer,
    ids::{DeviceId, DocumentId, FamilyId, ProfessionalId, mint},
    model::{Cover, Fact, FactField, Person, PlanStatusChange, Professional, Record},
    terms::{Compartment, Discipline, PersonRole, PlanStatus},
};
use sync::{
    receive::{Receiver, Verdict},
    wire::{
        Answer, Bytes, Numbered, PullRequest, PullResponse, PulledDocument, PushRequest,
        PushResponse, PushedDocument,
    },
};

/// A fixed id.
pub(crate) fn id<T: From<uuid::Uuid>>(n: u8) -> T {
    mint(1_000, [n; 10]).into()
}

pub(crate) fn now() -> Timestamp {
    "2026-10-12T15:30:00Z".parse().unwrap()
}

pub(crate) const FAMILY: u8 = 200;
pub(crate) const TEAM: u8 = 201;
pub(crate) const SAFE: u8 = 202;

pub(crate) fn family() -> FamilyId {
    id(FAMILY)
}

pub(crate) fn profile(n: u8, name: &str, discipline: Discipline) -> Profile {
    Profile {
        device: DeviceId::from(mint(1_000, [n + 100; 10])),
        professional: ProfessionalId::from(mint(1_000, [n; 10])),
        name: name.to_owned(),
        discipline,
    }
}

pub(crate) fn manager() -> Profile {
    profile(1, "Morgan Hale", Discipline::TeamManager)
}

pub(crate) fn social_worker() -> Profile {
    profile(2, "Amira Khan", Discipline::ChildrensSocialWorker)
}

pub(crate) fn victim_worker() -> Profile {
    profile(3, "Ruth Adeyemi", Discipline::DomesticAbuseVictimWorker)
}

/// One document of the server's.
#[derive(Clone)]
pub(crate) struct Log {
    pub(crate) compartment: Compartment,
    pub(crate) document: Document,
    pub(crate) changes: Vec<Change>,
    /// Who may reach it.
    pub(crate) members: Vec<ProfessionalId>,
}

/// A server.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) epoch: u64,
    pub(crate) logs: BTreeMap<DocumentId, Log>,
    /// How many changes one pull carries.
    pub(crate) page: usize,
    /// Outlives a restore and ends with an erasure.
    pub(crate) lineage: u64,
    pub(crate) forgotten: Vec<uuid::Uuid>,
    /// Documents that were erased with their family.
    pub(crate) erased: Vec<DocumentId>,
}

fn write(log: &mut Log, team: Option<&Document>, records: &[Record], writer: &Writer) {
    let context = match team {
        Some(team) => Context::compartment(log.compartment.clone(), team),
        None => Context::team(),
    };
    let actor = [u8::try_from(log.changes.len()).unwrap() + 1; 16];
    let change =
        record::propose_in(&context, &mut log.document, records, writer, &actor, now()).unwrap();
    log.changes.push(change);
}

impl Server {
    /// With one family: Donna, Tyler (8, on a child protection plan), and the team.
    pub(crate) fn new() -> Self {
        let everybody = [manager(), social_worker(), victim_worker()];
        let by = manager().professional;
        let mut team = Log {
            compartment: Compartment::Team,
            document: Document::genesis(),
            changes: vec![],
            members: everybody.iter().map(|it| it.professional).collect(),
        };
        let cover = |compartment| {
            let cover = Cover {
                family: family(),
                compartment,
                schema: 1,
                by,
                at: now(),
            };
            Record::new("cover", cover)
        };
        let mut records = vec![cover(Compartment::Team)];
        for (n, name, role) in [
            (10, "Donna Brennan", PersonRole::Mother),
            (11, "Tyler Brennan", PersonRole::Child),
        ] {
            let person = Person {
                role,
                by,
                at: now(),
            };
            records.push(Record::new(id::<uuid::Uuid>(n), person));
            let fact = Fact {
                person: id(n),
                field: FactField::Name,
                value: name.to_owned(),
                supersedes: vec![],
                entry: None,
                by,
                at: now(),
            };
            records.push(Record::new(id::<uuid::Uuid>(n + 10), fact));
        }
        for member in &everybody {
            let professional = Professional {
                name: member.name.clone(),
                discipline: member.discipline.clone(),
                from: "2026-01-05".parse().unwrap(),
                by,
                at: now(),
            };
            records.push(Record::new(member.professional, professional));
        }
        let plan = PlanStatusChange {
            child: id(11),
            status: PlanStatus::ChildProtectionPlan,
            category: None,
            supersedes: vec![],
            from: "2026-08-03".parse().unwrap(),
            by,
            at: now(),
        };
        records.push(Record::new(id::<uuid::Uuid>(30), plan));
        write(&mut team, None, &records, &manager().writer());

        let mut safe = Log {
            compartment: Compartment::VictimSafe,
            document: Document::genesis(),
            changes: vec![],
            members: vec![manager().professional, victim_worker().professional],
        };
        let covers = [cover(Compartment::VictimSafe)];
        write(
            &mut safe,
            Some(&team.document),
            &covers,
            &manager().writer(),
        );
        Self {
            epoch: 7,
            logs: BTreeMap::from([(id(TEAM), team), (id(SAFE), safe)]),
            page: usize::MAX,
            lineage: 7,
            forgotten: vec![],
            erased: vec![],
        }
    }

    pub(crate) fn workbook(&self, document: u8) -> Workbook {
        self.logs[&id::<DocumentId>(document)].document.read()
    }

    /// A manager writes into the team's document.
    pub(crate) fn manager_writes(&mut self, records: &[Record]) {
        let log = self.logs.get_mut(&id::<DocumentId>(TEAM)).unwrap();
        write(log, None, records, &manager().writer());
    }

    /// Writes the team's document anew without an entry.
    pub(crate) fn erase_entry(&mut self, entry: record::ids::EntryId) {
        self.epoch += 1;
        self.lineage = self.epoch;
        let epoch = u8::try_from(self.epoch).unwrap();
        let log = self.logs.get_mut(&id::<DocumentId>(TEAM)).unwrap();
        let fresh = |old: &[u8]| [old, &[epoch]].concat();
        let rewritten =
            record::rewrite(&log.document, record::Remove::Entry(entry), fresh).unwrap();
        let paths = rewritten.dropped.iter().chain(&rewritten.altered);
        let ids = paths.filter_map(|it| it.split_once('/')?.1.parse::<uuid::Uuid>().ok());
        self.forgotten.extend(ids);
        log.changes = rewritten.document.changes();
        log.document = rewritten.document;
    }

    /// Erases the family.
    pub(crate) fn erase_family(&mut self) {
        let logs = std::mem::take(&mut self.logs);
        self.erased.extend(logs.into_keys());
    }

    pub(crate) fn push(&mut self, who: &Profile, body: &str) -> Vec<u8> {
        let request: PushRequest = serde_json::from_str(body).unwrap();
        let mut documents = Vec::new();
        for part in request.documents {
            let team = self.logs[&id::<DocumentId>(TEAM)].document.clone();
            let epoch = self.epoch;
            let log = self.logs.get_mut(&part.document).unwrap();
            let head = log.changes.len() as u64;
            if part.known.is_some_and(|known| !known.is_of(epoch, head)) {
                documents.push(PushedDocument {
                    document: part.document,
                    answers: vec![Answer::Blocked; part.changes.len()],
                });
                continue;
            }
            let context = match &log.compartment {
                Compartment::Team => Context::team(),
                other => Context::compartment(other.clone(), &team),
            };
            let writer = who.writer();
            let mut receiver = Receiver::new(&mut log.document, &writer, context);
            let mut answers = Vec::new();
            for bytes in &part.changes {
                let change = Change::decode(&bytes.0).unwrap();
                let known = log.changes.iter().position(|it| it.hash() == change.hash());
                answers.push(match known {
                    Some(at) => Answer::Accepted { seq: at as u64 + 1 },
                    None => match receiver.offer(&change) {
                        Verdict::New => {
                            log.changes.push(change);
                            let seq = log.changes.len() as u64;
                            Answer::Accepted { seq }
                        }
                        Verdict::Refused(refusal) => Answer::Refused { refusal },
                        Verdict::Blocked => Answer::Blocked,
                    },
                });
            }
            documents.push(PushedDocument {
                document: part.document,
                answers,
            });
        }
        serde_json::to_vec(&PushResponse { documents }).unwrap()
    }

    pub(crate) fn pull(&self, who: &Profile, body: &str) -> Vec<u8> {
        let request: PullRequest = serde_json::from_str(body).unwrap();
        let mut answer = PullResponse {
            documents: vec![],
            gone: vec![],
            erased: request
                .documents
                .iter()
                .map(|it| it.document)
                .filter(|it| self.erased.contains(it))
                .collect(),
        };
        for (document, log) in &self.logs {
            let cursor = request.documents.iter().find(|it| it.document == *document);
            if !log.members.contains(&who.professional) {
                answer.gone.extend(cursor.map(|it| it.document));
                continue;
            }
            let head = log.changes.len() as u64;
            let fits = cursor.filter(|it| it.epoch == self.epoch && it.seq <= head);
            let after = usize::try_from(fits.map_or(0, |it| it.seq)).unwrap();
            let changes: Vec<_> = log.changes[after..]
                .iter()
                .take(self.page)
                .zip(after as u64 + 1..)
                .map(|(change, seq)| Numbered {
                    seq,
                    bytes: Bytes(change.bytes().to_vec()),
                })
                .collect();
            let nothing_new = fits.is_some() && changes.is_empty();
            if nothing_new {
                continue;
            }
            answer.documents.push(PulledDocument {
                document: *document,
                family: family(),
                family_name: "Brennan".into(),
                compartment: log.compartment.code().into(),
                epoch: self.epoch,
                lineage: (after == 0).then_some(self.lineage),
                forgotten: if after == 0 {
                    self.forgotten.clone()
                } else {
                    vec![]
                },
                head,
                snapshot: None,
                more: after + changes.len() < log.changes.len(),
                proof: None,
                changes,
            });
        }
        serde_json::to_vec(&answer).unwrap()
    }
}

/// A phone: its rows, and the device that was opened from them.
pub(crate) struct Phone {
    pub(crate) profile: Profile,
    pub(crate) rows: BTreeMap<String, Vec<u8>>,
    pub(crate) device: Device,
    given: u8,
}

/// Opens a device from rows, as a keeper does: small rows only.
pub(crate) fn open(profile: &Profile, rows: &BTreeMap<String, Vec<u8>>) -> Device {
    let small = |key: &str| !key.contains("/page/") && !key.contains("/document/");
    let rows = rows.iter().filter(|(key, _)| small(key));
    let rows = rows.map(|(key, bytes)| Row {
        key: key.clone(),
        bytes: bytes.clone(),
    });
    Device::open(profile.clone(), rows.collect()).unwrap()
}

impl Phone {
    pub(crate) fn new(profile: Profile) -> Self {
        let rows = BTreeMap::new();
        Self {
            device: open(&profile, &rows),
            profile,
            rows,
            given: 0,
        }
    }

    /// Enrolled, and synced once.
    pub(crate) fn synced(profile: Profile, server: &mut Server) -> Self {
        let mut phone = Self::new(profile);
        phone.sync(server);
        phone
    }

    /// Fresh random bytes, different for each call and phone.
    pub(crate) fn entropy(&mut self) -> [u8; 32] {
        self.given += 1;
        let mut bytes = [self.given; 32];
        bytes[..16].copy_from_slice(self.profile.device.as_uuid().as_bytes());
        bytes
    }

    /// Stores effects, in one transaction.
    pub(crate) fn store(&mut self, effects: &Effects) {
        effects.apply(&mut self.rows);
    }

    /// Killed and opened again.
    pub(crate) fn reopen(&mut self) {
        self.device = open(&self.profile, &self.rows);
    }

    fn handed(&self, keys: Vec<String>) -> Vec<Handed> {
        let rows = keys.into_iter().map(|key| Handed {
            bytes: self.rows.get(&key).cloned(),
            key,
        });
        rows.collect()
    }

    fn hand(&mut self, keys: Vec<String>) {
        let rows = self.handed(keys);
        let effects = self.device.hold(&rows, now());
        self.store(&effects);
    }

    /// Hands over what a family needs.
    pub(crate) fn ready(&mut self, what: Need) {
        for _ in 0..4 {
            let keys = self.device.needs(family(), what, now()).unwrap();
            if keys.is_empty() {
                return;
            }
            self.hand(keys);
        }
        panic!("the device asks for rows without end");
    }

    pub(crate) fn push(&mut self, server: &mut Server) -> Option<Syncing> {
        let request = self.device.push_request()?;
        let answer = server.push(&self.profile, &serde_json::to_string(&request).unwrap());
        let needs = self.device.pushed_needs(&answer).unwrap();
        self.hand(needs);
        let entropy = self.entropy();
        let (effects, syncing) = self.device.pushed(&answer, now(), &entropy).unwrap();
        self.store(&effects);
        Some(syncing)
    }

    pub(crate) fn pull(&mut self, server: &Server) -> Syncing {
        let request = self.device.pull_request();
        let answer = server.pull(&self.profile, &serde_json::to_string(&request).unwrap());
        self.take(&answer).unwrap()
    }

    pub(crate) fn take(&mut self, answer: &[u8]) -> Result<Syncing, DeviceError> {
        let needs = self.device.pulled_needs(answer)?;
        self.hand(needs);
        let entropy = self.entropy();
        let (effects, syncing) = self.device.pulled(answer, now(), &entropy)?;
        self.store(&effects);
        Ok(syncing)
    }

    /// Syncs until nothing waits and nothing is new. Returns what was refused on the way.
    pub(crate) fn sync(&mut self, server: &mut Server) -> usize {
        let mut refused = 0;
        for _ in 0..50 {
            let pushed = self.push(server);
            let pulled = self.pull(server);
            refused += pulled.refused.len() + pushed.as_ref().map_or(0, |it| it.refused.len());
            assert_eq!(pulled.problems, Vec::<String>::new());
            let more = pulled.more || pushed.is_some_and(|it| it.more);
            if !more {
                return refused;
            }
        }
        panic!("the phone never settles");
    }

    /// What is read out of a request's text.
    pub(crate) fn read(&self, request: &device::shapes::WriteRequest) -> dictation::draft::Draft {
        let transcript = request.transcript.as_ref().map(|it| it.text.as_str());
        let text = transcript.or(request.text.as_deref()).unwrap_or_default();
        let people = self.device.people(family(), now()).unwrap();
        dictation::draft::draft(text, &people, request.recorded_on)
    }

    /// Composes a typed note and keeps it.
    pub(crate) fn note(&mut self, text: &str) -> device::shapes::Kept {
        self.note_of(text, None)
    }

    /// As [`Phone::note`], of a recording.
    pub(crate) fn note_of(&mut self, text: &str, recording: Option<&str>) -> device::shapes::Kept {
        self.ready(Need::Page);
        let request = device::shapes::WriteRequest {
            transcript: None,
            text: Some(text.to_owned()),
            recorded_on: "2026-10-12".parse().unwrap(),
            provenance: record::model::Provenance::Typed,
            recording: recording.map(str::to_owned),
        };
        let (spoken, entropy) = (self.read(&request), self.entropy());
        let composed = self
            .device
            .compose(family(), request, spoken, now(), &entropy)
            .unwrap();
        let effects = self.device.keep(composed.kept.clone()).unwrap();
        self.store(&effects);
        composed.kept
    }

    /// Completes a kept draft.
    pub(crate) fn complete(&mut self, kept: &device::shapes::Kept) -> Result<(), DeviceError> {
        self.ready(Need::Record);
        let entropy = self.entropy();
        let effects = self.device.complete(kept.id, now(), &entropy)?;
        self.store(&effects);
        Ok(())
    }
}

/// A note in which everything is said that must be.
pub(crate) const VISIT: &str = "Home visit to Donna Brennan on Monday the 12th of October at two \
    p.m. Present were mum, Donna Brennan, and Tyler. I saw Tyler alone in his room. Tyler said, I \
    count to a hundred when they shout. Strengths. The house was calm. Actions. I will ring the \
    school by Friday.";
