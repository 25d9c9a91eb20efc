//! The device's half of sync: what to send, and what the server's answers do to the rows.
//!
//! Every answer is decided on a copy of the replica first; rows, cards and pages follow it in the same
//! effects. One document's nonsense never keeps another from syncing. The team's document goes before
//! the compartments beside it, to whose people it lends its own.

use std::collections::BTreeMap;

use jiff::Timestamp;
use record::{
    Change, Refusal, Rule, contents,
    ids::{DocumentId, FamilyId, RecordId},
    model::Record,
};
use sync::{
    proof::MAX_RETURNED_CHANGES,
    replica::{Moved, Replica},
    wire::{
        Cursor, Known, MAX_PUSHED_BYTES, MAX_PUSHED_CHANGES, PullRequest, PullResponse,
        PulledDocument, PushDocument, PushRequest, PushResponse, PushedDocument,
    },
};

use crate::{
    Device, DeviceError, Ids,
    held::{Held, Waiting, bytes_of},
    json,
    quarantine::Quarantined,
    rows::{Effects, Key},
    shapes::Syncing,
    write::context,
};

impl Device {
    /// The documents in the order in which they are synced: each family's team first.
    fn in_order(&self) -> Vec<DocumentId> {
        let mut all: Vec<_> = self
            .documents
            .values()
            .map(|it| (!it.card.is_team(), it.card.document))
            .collect();
        all.sort_unstable();
        all.into_iter().map(|(_, document)| document).collect()
    }

    /// What to ask for: everything after the cursors, and whether what is kept beside still may be.
    pub fn pull_request(&self) -> PullRequest {
        let kept_for = self.kept_for().into_iter();
        // No log has this epoch: should it be reachable again, all of it comes.
        let nothing = kept_for.map(|document| Cursor {
            document,
            epoch: 0,
            seq: 0,
        });
        PullRequest {
            documents: self
                .documents
                .values()
                .map(Held::cursor)
                .chain(nothing)
                .collect(),
        }
    }

    /// What waits, as much of it as one push carries; `None` when nothing does.
    pub fn push_request(&mut self) -> Option<PushRequest> {
        let mut documents = Vec::new();
        let mut room = MAX_PUSHED_CHANGES;
        let mut bytes = MAX_PUSHED_BYTES;
        self.pushing.clear();
        for document in self.in_order() {
            let Some(held) = self.documents.get(&document) else {
                continue;
            };
            let mut part = PushDocument {
                document,
                changes: vec![],
                known: Some(Known {
                    epoch: held.card.cursor.epoch,
                    seq: held.card.cursor.seq,
                }),
                proofs: held.card.standing.returning.clone(),
            };
            // What a restored server gets back can't be split: it goes before or after all else.
            if !part.proofs.is_empty() {
                if !documents.is_empty() {
                    continue;
                }
                room = MAX_RETURNED_CHANGES;
            }
            let mut hashes = Vec::new();
            for waiting in &held.outbox {
                let size = waiting.change.bytes().len();
                // One change alone always goes: it was checked against the record's own limit.
                if room == 0 || (size > bytes && bytes < MAX_PUSHED_BYTES) {
                    break;
                }
                room -= 1;
                bytes = bytes.saturating_sub(size);
                hashes.push(waiting.change.hash());
                part.changes.push(bytes_of(&waiting.change));
            }
            if !part.changes.is_empty() {
                self.pushing.insert(document, hashes);
                let whole = !part.proofs.is_empty();
                documents.push(part);
                if whole {
                    break;
                }
            }
        }
        (!documents.is_empty()).then_some(PushRequest { documents })
    }

    /// The keys of the rows to hand over before these documents can take news.
    fn needs_of(&self, documents: impl Iterator<Item = DocumentId>) -> Vec<String> {
        let mut keys = Vec::new();
        for document in documents {
            let Some(held) = self.documents.get(&document) else {
                continue;
            };
            let team = self.team_of(held.card.family).ok();
            let team = team.and_then(|team| self.documents.get(&team));
            for held in team.into_iter().chain([held]) {
                keys.extend(held.needs_record().map(|key| key.to_string()));
            }
            // Whose visits count is the team's to say: the cards of the compartments follow it.
            let beside = self.documents.values().filter(|it| {
                let team = held.card.is_team();
                team && it.card.family == held.card.family && !it.card.is_team()
            });
            let pages = beside.filter(|it| it.may_have_page());
            keys.extend(pages.map(|it| it.page_key().to_string()));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The keys of the rows to hand over before [`Device::pulled`] of this answer.
    ///
    /// # Errors
    /// [`DeviceError::BadFrame`].
    pub fn pulled_needs(&self, body: &[u8]) -> Result<Vec<String>, DeviceError> {
        let answer: PullResponse = read(body)?;
        let known = answer.documents.iter().map(|it| it.document);
        // A compartment that is new here needs its family's team.
        let teams = answer.documents.iter();
        let teams = teams.filter_map(|it| self.team_of(it.family).ok());
        Ok(self.needs_of(known.chain(teams)))
    }

    /// The keys of the rows to hand over before [`Device::pushed`] of this answer.
    ///
    /// # Errors
    /// [`DeviceError::BadFrame`].
    pub fn pushed_needs(&self, body: &[u8]) -> Result<Vec<String>, DeviceError> {
        let answer: PushResponse = read(body)?;
        Ok(self.needs_of(answer.documents.iter().map(|it| it.document)))
    }

    /// Takes the answer to a push. Everything that the server has taken leaves the outbox; what it
    /// refused goes to the quarantine, with the reason.
    ///
    /// # Errors
    /// When the answer makes no sense, or rows must be handed over first. Nothing has changed then.
    pub fn pushed(
        &mut self,
        body: &[u8],
        now: Timestamp,
        entropy: &[u8],
    ) -> Result<(Effects, Syncing), DeviceError> {
        let needs = self.pushed_needs(body)?;
        if !needs.is_empty() {
            return Err(DeviceError::NeedsRows(needs));
        }
        let answer: PushResponse = read(body)?;
        let mut round = Round::new(entropy, now)?;
        for part in &answer.documents {
            if let Err(error) = self.pushed_one(part, &mut round) {
                round.syncing.problems.push(error.to_string());
            }
        }
        self.pushing.clear();
        let waits = self.documents.values().any(|it| !it.outbox.is_empty());
        round.syncing.more = round.syncing.problems.is_empty() && waits;
        Ok((round.effects, round.syncing))
    }

    fn pushed_one(&mut self, part: &PushedDocument, round: &mut Round) -> Result<(), DeviceError> {
        let writer = self.writer();
        let held = self
            .documents
            .get(&part.document)
            .ok_or(DeviceError::UnknownDocument)?;
        let sent = self
            .pushing
            .get(&part.document)
            .map_or(&[][..], Vec::as_slice);
        let waiting = held.outbox.iter().map(|it| it.change.hash());
        // Answers are by place: they must be answers to what stands in these places still.
        let same =
            sent.len() >= part.answers.len() && sent.iter().copied().eq(waiting.take(sent.len()));
        if !same {
            return Err(DeviceError::BadFrame(
                "the server's answer does not match the request: sync again".into(),
            ));
        }
        let team = self.team_beside(held);
        let mut replica = held.replica.clone().ok_or(DeviceError::UnknownDocument)?;
        let context = context(held, team.as_ref(), writer.professional);
        let moved = replica.pushed(part, &writer, &round.ids.actor(), &context)?;
        round.syncing.accepted += u32::try_from(moved.acknowledged.len()).unwrap_or(u32::MAX);
        self.moved(part.document, replica, &moved, Some(vec![]), round);
        Ok(())
    }

    /// The team's working document, beside a compartment.
    fn team_beside(&self, held: &Held) -> Option<record::Document> {
        if held.card.is_team() {
            None
        } else {
            self.team_document(held.card.family)
        }
    }

    /// Takes the answer to a pull.
    ///
    /// # Errors
    /// When it is no answer at all, or rows must be handed over first. Nothing has changed then.
    pub fn pulled(
        &mut self,
        body: &[u8],
        now: Timestamp,
        entropy: &[u8],
    ) -> Result<(Effects, Syncing), DeviceError> {
        let needs = self.pulled_needs(body)?;
        if !needs.is_empty() {
            return Err(DeviceError::NeedsRows(needs));
        }
        let mut answer: PullResponse = read(body)?;
        answer
            .documents
            .sort_by_key(|it| (it.compartment != "team", it.document));
        let mut round = Round::new(entropy, now)?;
        if !answer.erased.is_empty() {
            let families = self.drop_erased(&answer.erased, &mut round.effects);
            round.syncing.erased = families;
        }
        for news in &answer.documents {
            match self.pulled_one(news, &mut round) {
                Ok(()) => {
                    round.syncing.more |= news.more;
                    round.syncing.families.push(news.family);
                }
                Err(error) => round.syncing.problems.push(error.to_string()),
            }
        }
        for document in answer.gone {
            self.gone(document, &mut round);
        }
        for document in self.in_order() {
            self.write_stranded_anew(document, &mut round);
        }
        round.syncing.families.sort_unstable();
        round.syncing.families.dedup();
        Ok((round.effects, round.syncing))
    }

    fn pulled_one(&mut self, news: &PulledDocument, round: &mut Round) -> Result<(), DeviceError> {
        let writer = self.writer();
        let mut held = if let Some(held) = self.documents.get(&news.document) {
            held.clone()
        } else {
            let mut held = Held::begun(news)?;
            let orphans = self.orphans.get(&news.document);
            held.stranded = orphans.cloned().unwrap_or_default();
            held.last_n = self.last_row(news.document);
            held
        };
        held.card.family_name.clone_from(&news.family_name);
        held.card.compartment.clone_from(&news.compartment);
        let team = self.team_beside(&held);
        let mut replica = held.replica.clone().ok_or(DeviceError::UnknownDocument)?;
        let before = replica.working().clone();
        let context = context(&held, team.as_ref(), writer.professional);
        let moved = replica.pulled(news, &writer, &round.ids.actor(), &context)?;
        let carried = if news.snapshot.is_none() {
            gained(&before, news)
        } else {
            None
        };
        held.from_scratch &= news.more;
        let card = held.card_key().to_string();
        self.damaged.remove(&card);
        self.orphans.remove(&news.document);
        self.documents.insert(news.document, held);
        if replica.pull() == replica.cursor() {
            self.moved(news.document, replica, &moved, carried, round);
        } else if let Some(held) = self.documents.get_mut(&news.document) {
            // A restart over several pages: until it ends, the old state stands.
            held.replica = Some(replica);
        }
        Ok(())
    }

    /// The highest number among a document's outbox rows, the unreadable ones included.
    fn last_row(&self, document: DocumentId) -> u64 {
        let orphans = self.orphans.get(&document).into_iter().flatten();
        let damaged = self.damaged.keys().filter_map(|key| match key.parse() {
            Ok(Key::Outbox(of, n)) if of == document => Some(n),
            _ => None,
        });
        orphans.map(|it| it.n).chain(damaged).max().unwrap_or(0)
    }

    /// Takes over what a frame did to a replica: outbox and quarantine rows, the document's row, page
    /// and card.
    fn moved(
        &mut self,
        document: DocumentId,
        replica: Replica,
        moved: &Moved,
        carried: Option<Vec<(Change, Vec<Record>)>>,
        round: &mut Round,
    ) {
        let Some(held) = self.documents.get_mut(&document) else {
            return;
        };
        if let Some(erasure) = &moved.erasure {
            let writer = self.profile.writer();
            self.quarantine.retain(|id, it| {
                let goes = it.document == document
                    && it
                        .change()
                        .is_some_and(|change| erasure.takes(&change, &it.refusal));
                if goes {
                    round.effects.delete(&Key::Quarantine(*id));
                }
                !goes
            });
            // What was set aside because the stored copy was damaged is sorted as the outbox is.
            held.stranded.retain(|waiting| {
                let stays = erasure.lets_wait(&waiting.change, replica.accepted(), &writer);
                if !stays {
                    round.effects.delete(&Key::Outbox(document, waiting.n));
                }
                stays
            });
        }
        for refused in &moved.quarantined {
            round.quarantine(held, refused, &mut self.quarantine);
        }
        lay_outbox(held, &replica, &mut round.effects);
        round
            .effects
            .put(&held.document_key(), replica.accepted().save());
        // What was written anew, or was lost by the server, waits to be pushed at once.
        round.syncing.more |= !moved.rewritten.is_empty() || !moved.returned.is_empty();
        let only_gained = moved.quarantined.is_empty()
            && moved.rewritten.is_empty()
            && moved.returned.is_empty()
            && moved.forgotten.is_empty()
            && moved.erasure.is_none();
        held.replica = Some(replica);
        let carried = carried.filter(|_| only_gained);
        self.follow(document, carried, round.now, &mut round.effects);
        if !only_gained {
            self.actor = None;
        }
    }

    /// Changes that did not fit the stored document, written anew on top of what there is now. One
    /// that the rules refuse goes to the quarantine.
    fn write_stranded_anew(&mut self, document: DocumentId, round: &mut Round) {
        let writer = self.writer();
        let Some(held) = self.documents.get(&document) else {
            return;
        };
        let team = self.team_beside(held);
        let ready = !held.stranded.is_empty() && !held.from_scratch;
        let Some(mut replica) = held.replica.clone().filter(|_| ready) else {
            return;
        };
        let context = context(held, team.as_ref(), writer.professional);
        let mut moved = Moved::default();
        for waiting in &held.stranded {
            let change = waiting.change.clone();
            if replica.working().holds(&change.hash()) {
                moved.acknowledged.push(change.hash());
                continue;
            }
            let anew = contents(&change).and_then(|records| {
                let at = change.written();
                replica.write(&records, &writer, &round.ids.actor(), at, &context)
            });
            match anew {
                Ok(written) => moved.rewritten.push((change.hash(), written)),
                Err(refusal) => moved
                    .quarantined
                    .push(sync::replica::Quarantined { change, refusal }),
            }
        }
        if let Some(held) = self.documents.get_mut(&document) {
            for waiting in std::mem::take(&mut held.stranded) {
                round.effects.delete(&Key::Outbox(document, waiting.n));
            }
        }
        self.moved(document, replica, &moved, None, round);
    }

    /// A document that is no longer the reader's: the copy goes; what was written here and nobody has
    /// taken stays, in quarantine. Drafts stay too.
    fn gone(&mut self, document: DocumentId, round: &mut Round) {
        let Some(mut held) = self.documents.remove(&document) else {
            return;
        };
        let waiting = std::mem::take(&mut held.outbox);
        for waiting in waiting
            .into_iter()
            .chain(std::mem::take(&mut held.stranded))
        {
            round.effects.delete(&Key::Outbox(document, waiting.n));
            let refused = sync::replica::Quarantined {
                change: waiting.change,
                refusal: Refusal::new(
                    Rule::NotAllocated,
                    "you are no longer allocated to this family: ask its team manager",
                ),
            };
            round.quarantine(&held, &refused, &mut self.quarantine);
        }
        for key in [held.card_key(), held.page_key(), held.document_key()] {
            round.effects.delete(&key);
        }
        let family: FamilyId = held.card.family;
        if self.of_family(family).is_empty() {
            round.syncing.gone.push(family);
        } else {
            round.syncing.families.push(family);
        }
    }
}

/// One answer of the server on its way into the rows.
struct Round {
    ids: Ids,
    now: Timestamp,
    effects: Effects,
    syncing: Syncing,
}

impl Round {
    fn new(entropy: &[u8], now: Timestamp) -> Result<Self, DeviceError> {
        Ok(Self {
            ids: Ids::new(entropy, now)?,
            now,
            effects: Effects::default(),
            syncing: Syncing::default(),
        })
    }

    fn quarantine(
        &mut self,
        held: &Held,
        refused: &sync::replica::Quarantined,
        quarantine: &mut BTreeMap<RecordId, Quarantined>,
    ) {
        let id = RecordId::from_uuid(self.ids.id());
        let row = Quarantined::new(held, refused, id, self.now);
        self.effects.put(&Key::Quarantine(id), row.to_bytes());
        self.syncing.refused.push(id);
        quarantine.insert(id, row);
    }
}

/// Makes the outbox's rows those of the replica. Rows that stay keep their numbers; when something was
/// written anew in its middle, all are laid anew, in order.
fn lay_outbox(held: &mut Held, replica: &Replica, effects: &mut Effects) {
    let document = held.card.document;
    let old = std::mem::take(&mut held.outbox);
    let mut rest = old.iter();
    let stays = replica
        .outbox()
        .iter()
        .all(|change| rest.any(|waiting| waiting.change.hash() == change.hash()));
    for waiting in old {
        let here = replica
            .outbox()
            .iter()
            .any(|it| it.hash() == waiting.change.hash());
        if stays && here {
            held.outbox.push(waiting);
        } else {
            effects.delete(&Key::Outbox(document, waiting.n));
        }
    }
    if stays {
        return;
    }
    for change in replica.outbox() {
        held.last_n += 1;
        let n = held.last_n;
        effects.put(&Key::Outbox(document, n), change.bytes().to_vec());
        held.outbox.push(Waiting {
            n,
            change: change.clone(),
        });
    }
}

/// The changes of a frame that the working state did not have, with what they say.
fn gained(before: &record::Document, news: &PulledDocument) -> Option<Vec<(Change, Vec<Record>)>> {
    let mut gained = Vec::new();
    for numbered in &news.changes {
        let change = Change::decode(&numbered.bytes.0).ok()?;
        if !before.holds(&change.hash()) {
            let records = contents(&change).ok()?;
            gained.push((change, records));
        }
    }
    Some(gained)
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, DeviceError> {
    json::read(body).ok_or_else(|| {
        DeviceError::BadFrame("the server's answer can't be read: sync again later".into())
    })
}
