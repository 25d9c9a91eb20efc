//! A device's half: one document with what the server has accepted, what waits for its word, and
//! what it refused.
//!
//! The replica holds two states. The *accepted* one contains exactly what the server has
//! acknowledged or sent; the *working* one adds the outbox, and is what the user sees. A refused
//! change leaves the outbox for quarantine, the working state is made again without it, and later
//! changes that built on it are written anew. Nothing leaves the outbox in any other way, but for what
//! the server had accepted and has erased since ([`crate::erasure`]).
//!
//! A replica is of the team's document or of a compartment; the [`record::Context`] says of which, and
//! for a compartment carries the team's *working* document, to whose people it may refer. So push the
//! team's document before the compartments beside it.
//!
//! Persistence is the caller's: after each call it stores what the returned value names, and only
//! then speaks to the server again.

use std::collections::HashSet;

use jiff::Timestamp;
use record::{Change, Context, Document, LoadError, Refusal, Writer, model::Record};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    erasure::{Erasure, Fate, lost_by_server},
    proof::{self, MAX_RETURNED_CHANGES, Proof},
    wire::{
        Answer, Bytes, Cursor, Known, MAX_PUSHED_BYTES, PulledDocument, PushDocument,
        PushedDocument,
    },
};

/// How many proofs of earlier states are kept while something is given back: one for each time that
/// the server was restored before this device could reach it.
const MAX_RETURNING: usize = 4;

/// One document on one device.
#[derive(Debug, Clone)]
pub struct Replica {
    cursor: Cursor,
    accepted: Document,
    working: Document,
    outbox: Vec<Change>,
    standing: Standing,
    /// A restart under way over several pages. Not stored: if it is cut off it begins again, and
    /// until it ends the old state stands.
    restart: Option<Restart>,
}

/// A new state on its way.
#[derive(Debug, Clone)]
struct Restart {
    cursor: Cursor,
    document: Document,
    /// Of its first page.
    lineage: Option<u64>,
    /// Of its first page.
    forgotten: Vec<Uuid>,
}

/// What the server has given its word on, to be stored beside the accepted state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// For the newest accepted state that it has told of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<Proof>,
    /// For states before it was restored from a backup, while this device gives back what it lost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returning: Vec<Proof>,
    /// The lineage of the accepted state: while it is the server's, nothing of it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<u64>,
}

/// A change that can't join the workbook as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarantined {
    /// The change.
    pub change: Change,
    /// Why, and what to do.
    pub refusal: Refusal,
}

/// What a push or pull did to the outbox.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Moved {
    /// Hashes that the server holds for good: take them out of the outbox.
    pub acknowledged: Vec<[u8; 32]>,
    /// Changes to take out of the outbox and to keep in quarantine, with the reason.
    pub quarantined: Vec<Quarantined>,
    /// Changes to replace in the outbox: the old hash, and the same records written anew.
    pub rewritten: Vec<([u8; 32], Change)>,
    /// Changes to add to the outbox: the server had them once and lost them (restored backup).
    pub returned: Vec<Change>,
    /// Hashes to take out of the outbox, of which nothing is to be kept: the server had accepted these
    /// changes, and has since erased them or written them anew.
    pub forgotten: Vec<[u8; 32]>,
    /// Where something was erased: says which rows of this document's quarantine must go. Those of
    /// [`Moved::quarantined`] come after and stay.
    pub erasure: Option<Erasure>,
}

/// Frames from the server that make no sense.
#[derive(Debug, thiserror::Error)]
pub enum ProtocolError {
    /// A snapshot that can't be opened.
    #[error("the server sent a snapshot that can't be opened: {0}")]
    Snapshot(#[from] LoadError),
    /// A change that can't be applied.
    #[error("the server sent a change that can't be applied: {0}")]
    Change(#[from] Refusal),
    /// Sequence numbers with a gap, or answers that don't match what was pushed.
    #[error("the server's answer does not match the request: sync again")]
    Mismatch,
}

impl Replica {
    /// Opens what the device has stored: the accepted state and the outbox, oldest first.
    ///
    /// # Errors
    /// When the stored document can't be opened, or the outbox does not fit it.
    pub fn open(cursor: Cursor, accepted: &[u8], outbox: &[Bytes]) -> Result<Self, ProtocolError> {
        let accepted = Document::load(accepted)?;
        let outbox: Vec<_> = outbox
            .iter()
            .map(|bytes| Change::decode(&bytes.0))
            .collect::<Result<_, _>>()?;
        let mut working = accepted.clone();
        for change in &outbox {
            working.apply(change)?;
        }
        Ok(Self {
            cursor,
            accepted,
            working,
            outbox,
            standing: Standing::default(),
            restart: None,
        })
    }

    /// With what was stored beside it.
    #[must_use]
    pub fn with_standing(mut self, standing: Standing) -> Self {
        self.standing = standing;
        self
    }

    /// What to store beside the accepted state.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// What the user sees: accepted and own changes.
    pub fn working(&self) -> &Document {
        &self.working
    }

    /// What the server has accepted, as far as this device knows.
    pub fn accepted(&self) -> &Document {
        &self.accepted
    }

    /// How far the accepted state has got: what is stored beside it.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// From where to pull next.
    pub fn pull(&self) -> Cursor {
        self.restart
            .as_ref()
            .map_or(self.cursor, |restart| restart.cursor)
    }

    /// Changes that wait for the server's word, oldest first.
    pub fn outbox(&self) -> &[Change] {
        &self.outbox
    }

    /// Writes records as one change into the working state and the outbox.
    ///
    /// # Errors
    /// The first rule that they break; nothing has changed then.
    pub fn write(
        &mut self,
        records: &[Record],
        writer: &Writer,
        actor: &[u8],
        at: Timestamp,
        context: &Context<'_>,
    ) -> Result<Change, Refusal> {
        let change = record::propose_in(context, &mut self.working, records, writer, actor, at)?;
        self.outbox.push(change.clone());
        Ok(change)
    }

    /// How many changes a push may carry, where `limit` is asked for: what a restored server gets back
    /// can't be split.
    pub fn most_pushed(&self, limit: usize) -> usize {
        if self.standing.returning.is_empty() {
            limit
        } else {
            MAX_RETURNED_CHANGES
        }
    }

    /// The part of a push for this document; `None` when nothing waits. At most `limit` changes (or
    /// [`Replica::most_pushed`]) of [`MAX_PUSHED_BYTES`] together, but always one.
    pub fn push(&self, limit: usize) -> Option<PushDocument> {
        let mut bytes = 0;
        let changes: Vec<_> = self
            .outbox
            .iter()
            .take(self.most_pushed(limit))
            .take_while(|it| {
                let first = bytes == 0;
                bytes += it.bytes().len();
                first || bytes <= MAX_PUSHED_BYTES
            })
            .map(|it| Bytes(it.bytes().to_vec()))
            .collect();
        (!changes.is_empty()).then_some(PushDocument {
            document: self.cursor.document,
            changes,
            known: Some(Known {
                epoch: self.cursor.epoch,
                seq: self.cursor.seq,
            }),
            proofs: self.standing.returning.clone(),
        })
    }

    /// Takes the server's answers to the first changes of the outbox.
    ///
    /// `actor` is a fresh actor, under which changes are written anew that built on a refused one.
    ///
    /// # Errors
    /// [`ProtocolError::Mismatch`] when there are more answers than changes.
    pub fn pushed(
        &mut self,
        answers: &PushedDocument,
        writer: &Writer,
        actor: &[u8],
        context: &Context<'_>,
    ) -> Result<Moved, ProtocolError> {
        if answers.document != self.cursor.document || answers.answers.len() > self.outbox.len() {
            return Err(ProtocolError::Mismatch);
        }
        let mut moved = Moved::default();
        let mut accepted = self.accepted.clone();
        let mut waiting = Vec::new();
        for (index, change) in self.outbox.iter().enumerate() {
            match answers.answers.get(index) {
                Some(Answer::Accepted { .. }) => {
                    accepted.apply(change)?;
                    moved.acknowledged.push(change.hash());
                }
                Some(Answer::Refused { refusal }) => moved.quarantined.push(Quarantined {
                    change: change.clone(),
                    refusal: refusal.clone(),
                }),
                Some(Answer::Forgotten) => moved.forgotten.push(change.hash()),
                Some(Answer::Blocked) | None => waiting.push(change.clone()),
            }
        }
        self.accepted = accepted;
        self.rebuild(waiting, writer, actor, context, &mut moved);
        Ok(moved)
    }

    /// Takes news from the server.
    ///
    /// # Errors
    /// When the frame makes no sense; the replica is as it was.
    pub fn pulled(
        &mut self,
        news: &PulledDocument,
        writer: &Writer,
        actor: &[u8],
        context: &Context<'_>,
    ) -> Result<Moved, ProtocolError> {
        let (mut next, restarting) = self.starting_point(news);
        if let Some(snapshot) = &news.snapshot {
            next.cursor.seq = snapshot.seq;
            let mut loaded = Document::load(&snapshot.bytes.0)?;
            if !restarting {
                // It may be older than what was acknowledged to this device a moment ago.
                for change in next.document.changes() {
                    loaded.apply(&change)?;
                }
            }
            next.document = loaded;
        }
        for numbered in &news.changes {
            if numbered.seq != next.cursor.seq + 1 {
                return Err(ProtocolError::Mismatch);
            }
            next.document.apply(&Change::decode(&numbered.bytes.0)?)?;
            next.cursor.seq = numbered.seq;
        }
        if restarting && !news.more && next.cursor.seq != news.head {
            // Not from the beginning: no restored server, but an answer that came late.
            return Err(ProtocolError::Mismatch);
        }
        if restarting && news.more {
            self.restart = Some(next);
            return Ok(Moved::default());
        }
        let mut moved = Moved::default();
        let erased = restarting && self.ends_lineage(&next);
        moved.erasure = Erasure::new(next.forgotten.iter().copied(), erased);
        let waiting = match &moved.erasure {
            Some(erasure) if erasure.ends_lineage() => {
                let erasure = erasure.clone();
                self.after_erasure(&erasure, &next.document, writer, &mut moved)
            }
            _ if restarting => self.after_restore(&next.document, writer, &mut moved),
            _ => self.outbox.clone(),
        };
        if news.proof.is_some() && !news.more {
            self.standing.newest.clone_from(&news.proof);
        }
        self.standing.lineage = next.lineage.or(self.standing.lineage);
        self.restart = None;
        self.accepted = next.document;
        self.cursor = next.cursor;
        self.rebuild(waiting, writer, actor, context, &mut moved);
        Ok(moved)
    }

    /// What waits after the server was restored from a backup. Whoever can prove that it had accepted
    /// what it lost gives it back for everybody; without a proof their own author sends changes again,
    /// and what others wrote is kept for them, with the reason, until they have.
    fn after_restore(
        &mut self,
        document: &Document,
        writer: &Writer,
        moved: &mut Moved,
    ) -> Vec<Change> {
        let mut waiting = Vec::new();
        let changes = self.accepted.changes();
        let lost: Vec<_> = changes
            .into_iter()
            .filter(|change| !document.holds(&change.hash()))
            .collect();
        let proven = self.proven(&lost, document);
        for change in lost {
            if proven.contains(&change.hash()) || is_own(&change, writer) {
                moved.returned.push(change.clone());
                waiting.push(change);
            } else {
                moved.quarantined.push(Quarantined {
                    change,
                    refusal: lost_by_server(),
                });
            }
        }
        waiting.extend(self.outbox.iter().cloned());
        waiting
    }

    /// What waits after something was erased: what no server ever had. The old state goes whole, and
    /// the proofs of it, which prove nothing any more.
    fn after_erasure(
        &mut self,
        erasure: &Erasure,
        document: &Document,
        writer: &Writer,
        moved: &mut Moved,
    ) -> Vec<Change> {
        self.standing = Standing::default();
        let mut waiting = Vec::new();
        for change in self.accepted.changes() {
            if erasure.was_lost(&change, document, writer) {
                moved.returned.push(change.clone());
                waiting.push(change);
            }
        }
        for change in &self.outbox {
            match erasure.fate(change, document, writer) {
                Fate::Waits => waiting.push(change.clone()),
                Fate::Stands => moved.acknowledged.push(change.hash()),
                Fate::Forgotten => moved.forgotten.push(change.hash()),
            }
        }
        waiting
    }

    /// Whether what is kept is of a lineage that has ended.
    ///
    /// A copy of before lineages were told has none. Then the epoch tells: one that a restore began
    /// has the lineage of before, and the last thing that happened was no erasure; one that is its own
    /// lineage was begun by nothing else.
    fn ends_lineage(&self, next: &Restart) -> bool {
        match (self.standing.lineage, next.lineage) {
            (_, None) => false,
            (Some(kept), Some(told)) => kept != told,
            (None, Some(told)) => {
                let begun_anew = next.cursor.epoch != self.cursor.epoch;
                let holds_any = !self.accepted.changes().is_empty();
                begun_anew && holds_any && told == next.cursor.epoch
            }
        }
    }

    /// Which of the lost changes the newest proof covers. It is kept until they are back; when they are
    /// too many for one push, it proves nothing.
    fn proven(&mut self, lost: &[Change], document: &Document) -> HashSet<[u8; 32]> {
        let bytes: usize = lost.iter().map(|it| it.bytes().len()).sum();
        let Some(newest) = self.standing.newest.take() else {
            return HashSet::new();
        };
        if lost.len() > MAX_RETURNED_CHANGES || bytes > MAX_PUSHED_BYTES {
            return HashSet::new();
        }
        let proven = proof::covered(newest.heads(), lost, document);
        if !proven.is_empty() {
            self.standing.returning.push(newest);
            let over = self.standing.returning.len().saturating_sub(MAX_RETURNING);
            self.standing.returning.drain(..over);
        }
        proven
    }

    /// Where news apply, and whether that is a new state: to what this device has, to a restart under
    /// way, or to the beginning when the server was restored from a backup or something was erased.
    fn starting_point(&self, news: &PulledDocument) -> (Restart, bool) {
        let fits = |cursor: &Cursor| cursor.epoch == news.epoch && cursor.seq <= news.head;
        let begin = |cursor, document| Restart {
            cursor,
            document,
            lineage: news.lineage,
            forgotten: news.forgotten.clone(),
        };
        match &self.restart {
            Some(restart) if fits(&restart.cursor) => (restart.clone(), true),
            _ if fits(&self.cursor) => (begin(self.cursor, self.accepted.clone()), false),
            _ => {
                let cursor = Cursor {
                    epoch: news.epoch,
                    seq: 0,
                    ..self.cursor
                };
                (begin(cursor, Document::genesis()), true)
            }
        }
    }

    /// Makes the working state again from the accepted one and what still waits. A change whose
    /// foundations are gone is written anew; one that no longer keeps the rules is quarantined.
    fn rebuild(
        &mut self,
        waiting: Vec<Change>,
        writer: &Writer,
        actor: &[u8],
        context: &Context<'_>,
        moved: &mut Moved,
    ) {
        let mut working = self.accepted.clone();
        let mut outbox = Vec::new();
        for change in waiting {
            let hash = change.hash();
            if working.holds(&hash) {
                moved.acknowledged.push(hash);
                continue;
            }
            if working.apply(&change).is_ok() {
                outbox.push(change);
                continue;
            }
            let anew = record::contents(&change).and_then(|records| {
                let at = change.written();
                record::propose_in(context, &mut working, &records, writer, actor, at)
            });
            match anew {
                Ok(written) => {
                    moved.rewritten.push((hash, written.clone()));
                    outbox.push(written);
                }
                Err(refusal) => moved.quarantined.push(Quarantined { change, refusal }),
            }
        }
        if outbox.is_empty() {
            self.standing.returning.clear();
        }
        self.working = working;
        self.outbox = outbox;
    }
}

fn is_own(change: &Change, writer: &Writer) -> bool {
    record::contents(change).is_ok_and(|records| {
        records
            .iter()
            .all(|record| record.content.by() == writer.professional)
    })
}
