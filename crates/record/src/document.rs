//! One Automerge document: a family's team record, or one of its compartments.
//!
//! Every document begins with the same *genesis*: one change, byte for byte the same for everybody,
//! that creates the empty collections. So any device can start a document without asking, and two
//! that did so can still merge.

mod guard;
mod history;
mod loading;
mod past;
mod tree;

use automerge::{
    ActorId, Automerge, ChangeHash, ObjId, ROOT, ReadDoc, ScalarValue,
    transaction::{CommitOptions, Transactable},
};
use jiff::Timestamp;

use crate::{
    Change, Refusal, Rule,
    model::{Collection, Content, Record},
};

use history::History;
pub(crate) use history::Known;
pub use loading::LoadError;
pub use past::UnknownPoint;
pub(crate) use tree::value_of;

/// Who wrote the genesis: nobody.
const GENESIS_ACTOR: [u8; 16] = [0; 16];

/// A document with its whole history.
#[derive(Debug, Clone)]
pub struct Document {
    /// Boxed: it is some 16 kB by itself, too much for stacks and futures to carry about.
    inner: Box<Automerge>,
    history: History,
}

impl Document {
    /// The empty document, the same for everyone.
    pub fn genesis() -> Self {
        let mut inner = Automerge::new().with_actor(ActorId::from(GENESIS_ACTOR));
        let mut transaction = inner.transaction();
        for collection in Collection::ALL {
            // A fresh root takes any key; the only error is a key that is empty.
            let created = transaction.put_object(ROOT, collection.name(), automerge::ObjType::Map);
            debug_assert!(created.is_ok(), "genesis");
        }
        transaction.commit_with(CommitOptions::default().with_time(0));
        Self::around(inner)
    }

    fn around(inner: Automerge) -> Self {
        Self {
            history: History::of(&inner),
            inner: Box::new(inner),
        }
    }

    /// The document as bytes, history and all.
    pub fn save(&self) -> Vec<u8> {
        self.inner.save()
    }

    /// The hashes of the newest changes, sorted. Two documents with the same heads are the same.
    pub fn heads(&self) -> Vec<[u8; 32]> {
        let mut heads: Vec<_> = self.inner.get_heads().iter().map(|hash| hash.0).collect();
        heads.sort_unstable();
        heads
    }

    /// Whether the document contains the change with this hash.
    pub fn holds(&self, hash: &[u8; 32]) -> bool {
        self.known(hash).is_some()
    }

    /// What others need to know of a change to build on it.
    pub(crate) fn known(&self, hash: &[u8; 32]) -> Option<Known> {
        self.history.change(&ChangeHash(*hash))
    }

    /// Every change but the genesis, each after those that it builds on.
    pub fn changes(&self) -> Vec<Change> {
        let genesis: Vec<_> = Self::genesis().inner.get_heads();
        self.inner
            .get_changes(&genesis)
            .into_iter()
            .map(Change::from_automerge)
            .collect()
    }

    /// Whether a record stands under this id.
    pub fn contains(&self, collection: Collection, id: &str) -> bool {
        matches!(self.inner.get(collection_id(collection), id), Ok(Some(_)))
    }

    /// How many records a collection has.
    pub fn count(&self, collection: Collection) -> usize {
        self.inner.length(collection_id(collection))
    }

    /// The record under this id, if there is exactly one and it can be read.
    pub fn get(&self, collection: Collection, id: &str) -> Option<Content> {
        let map = collection_id(collection);
        let standing = self.inner.get_all(&map, id).ok()?;
        let [(_, object)] = standing.as_slice() else {
            return None;
        };
        let value = value_of(&ReadDoc::hydrate(&*self.inner, object, None).ok()?).ok()?;
        Content::from_value(collection, value).ok()
    }

    /// Writes records as one change under an actor, without asking the rules:
    /// [`crate::propose`] is the way that asks.
    ///
    /// # Errors
    /// [`Rule::MalformedChange`] when Automerge refuses to write, which leaves the document as it was.
    pub(crate) fn write(
        &mut self,
        actor: &[u8],
        records: &[Record],
        at: Timestamp,
    ) -> Result<Change, Refusal> {
        self.inner.set_actor(ActorId::from(actor));
        let mut transaction = self.inner.transaction();
        for record in records {
            let map = collection_id(record.content.collection());
            if let Err(reason) = tree::put_record(&mut transaction, &map, record) {
                transaction.rollback();
                return Err(Refusal::new(Rule::MalformedChange, reason).on(record.path()));
            }
        }
        transaction.commit_with(CommitOptions::default().with_time(at.as_second()));
        let change = self
            .inner
            .get_last_local_change()
            .ok_or_else(|| Refusal::new(Rule::MalformedChange, "there was nothing to write"))?;
        self.history.add_change(&change);
        Ok(Change::from_automerge(change))
    }

    /// Applies an accepted change. Applying it again changes nothing.
    ///
    /// # Errors
    /// [`Rule::MissingDependencies`] and [`Rule::MalformedChange`]; the document is as it was.
    pub fn apply(&mut self, change: &Change) -> Result<(), Refusal> {
        self.apply_all(std::slice::from_ref(change))
    }

    /// Applies accepted changes at once, each behind those that it builds on: many times faster
    /// than one by one. Those that are here already change nothing.
    ///
    /// # Errors
    /// As [`Document::apply`], for the first that doesn't fit; none of them is applied then.
    pub fn apply_all(&mut self, changes: &[Change]) -> Result<(), Refusal> {
        let mut history = History::default();
        let mut fresh = Vec::with_capacity(changes.len());
        for change in changes {
            let hash = ChangeHash(change.hash());
            if self.holds(&hash.0) || history.change(&hash).is_some() {
                continue;
            }
            self.check_place_behind(change, &history)?;
            history.add_change(change.inner());
            fresh.push(change.inner().clone());
        }
        self.inner
            .apply_changes(fresh)
            .map_err(|_| out_of_place())?;
        self.history.extend(history);
        Ok(())
    }

    /// Whether a change fits behind what the document holds: everything that it builds on is here,
    /// and it is the next of its actor, behind that actor's last. Automerge takes a gap for its own
    /// mistake and panics.
    ///
    /// # Errors
    /// [`Rule::MissingDependencies`] and [`Rule::MalformedChange`].
    pub(crate) fn check_place(&self, change: &Change) -> Result<(), Refusal> {
        self.check_place_behind(change, &History::default())
    }

    fn check_place_behind(&self, change: &Change, ahead: &History) -> Result<(), Refusal> {
        let held = |dep: &ChangeHash| self.holds(&dep.0) || ahead.change(dep).is_some();
        if !change.inner().deps().iter().all(held) {
            return Err(missing_dependencies());
        }
        let actor = change.inner().actor_id();
        let written = self.history.written_by(actor).max(ahead.written_by(actor));
        if change.inner().seq() == written + 1 {
            Ok(())
        } else {
            Err(out_of_place())
        }
    }

    pub(crate) fn inner(&self) -> &Automerge {
        &self.inner
    }
}

/// The map object of a collection, the same in every document: the genesis makes them in order.
pub(crate) fn collection_id(collection: Collection) -> ObjId {
    ObjId::Id(
        collection as u64 + 1,
        ActorId::from(GENESIS_ACTOR),
        // Where Automerge looks for the actor first; it finds it elsewhere too.
        0,
    )
}

/// The collection whose map object this is.
pub(crate) fn collection_of(counter: u64, actor: &ActorId) -> Option<Collection> {
    let position = usize::try_from(counter.checked_sub(1)?).ok()?;
    Collection::ALL
        .get(position)
        .copied()
        .filter(|_| actor.to_bytes() == GENESIS_ACTOR)
}

impl Default for Document {
    fn default() -> Self {
        Self::genesis()
    }
}

pub(crate) fn missing_dependencies() -> Refusal {
    Refusal::new(
        Rule::MissingDependencies,
        "this change builds on changes that the workbook does not hold: sync again",
    )
}

fn out_of_place() -> Refusal {
    Refusal::new(
        Rule::MalformedChange,
        "this change contradicts another of the same device: write the entry again",
    )
}

/// A scalar as a value tree; `None` for kinds that the record never holds.
pub(crate) fn scalar(value: &ScalarValue) -> Option<serde_json::Value> {
    Some(match value {
        ScalarValue::Str(text) => text.as_str().into(),
        ScalarValue::Int(number) => (*number).into(),
        ScalarValue::Uint(number) => (*number).into(),
        ScalarValue::F64(number) => serde_json::Number::from_f64(*number)?.into(),
        ScalarValue::Boolean(truth) => (*truth).into(),
        ScalarValue::Bytes(_)
        | ScalarValue::Counter(_)
        | ScalarValue::Timestamp(_)
        | ScalarValue::Unknown { .. }
        | ScalarValue::Null => return None,
    })
}
