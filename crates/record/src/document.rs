//! One Automerge document: a family's team record, or one of its compartments.
//!
//! Every document begins with the same *genesis*: one change, byte for byte the same for everybody,
//! that creates the empty collections. So any device can start a document without asking, and two
//! that did so can still merge.

mod history;
mod tree;

use automerge::{
    ActorId, Automerge, ChangeHash, ROOT, ReadDoc, ScalarValue,
    transaction::{CommitOptions, Transactable},
};
use jiff::Timestamp;

use crate::{
    Change, Refusal, Rule,
    model::{Collection, Content, Record},
};

pub use history::UnknownPoint;
pub(crate) use tree::value_of;

/// A saved document that can't be opened.
#[derive(Debug, thiserror::Error)]
#[error("this is not a workbook document ({reason}): restore it from the server or a backup")]
pub struct LoadError {
    reason: String,
}

/// A document with its whole history.
#[derive(Debug, Clone)]
pub struct Document {
    /// Boxed: it is some 16 kB by itself, too much for stacks and futures to carry about.
    inner: Box<Automerge>,
}

impl Document {
    /// The empty document, the same for everyone.
    pub fn genesis() -> Self {
        let mut inner = Automerge::new().with_actor(ActorId::from([0u8; 16]));
        let mut transaction = inner.transaction();
        for collection in Collection::ALL {
            // A fresh root takes any key; the only error is a key that is empty.
            let created = transaction.put_object(ROOT, collection.name(), automerge::ObjType::Map);
            debug_assert!(created.is_ok(), "genesis");
        }
        transaction.commit_with(CommitOptions::default().with_time(0));
        Self {
            inner: Box::new(inner),
        }
    }

    /// Opens a saved document.
    ///
    /// # Errors
    /// When the bytes are not a document, are damaged, or do not begin with our genesis.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        let inner = Automerge::load(bytes).map_err(|e| LoadError {
            reason: e.to_string(),
        })?;
        let document = Self {
            inner: Box::new(inner),
        };
        let genesis = Self::genesis().heads();
        if genesis.iter().all(|hash| document.holds(hash)) {
            Ok(document)
        } else {
            Err(LoadError {
                reason: "it does not begin as a workbook".to_owned(),
            })
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
        self.inner
            .get_change_meta_by_hash(&ChangeHash(*hash))
            .is_some()
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
        self.collection(collection)
            .is_some_and(|map| matches!(self.inner.get(&map, id), Ok(Some(_))))
    }

    /// The record under this id, if there is exactly one and it can be read.
    pub fn get(&self, collection: Collection, id: &str) -> Option<Content> {
        let map = self.collection(collection)?;
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
        let maps: Vec<_> = records
            .iter()
            .map(|r| self.collection(r.content.collection()))
            .collect();
        let mut transaction = self.inner.transaction();
        for (record, map) in records.iter().zip(maps) {
            let written = map
                .ok_or_else(|| "a collection is missing".to_owned())
                .and_then(|map| tree::put_record(&mut transaction, &map, record));
            if let Err(reason) = written {
                transaction.rollback();
                return Err(Refusal::new(Rule::MalformedChange, reason).on(record.path()));
            }
        }
        transaction.commit_with(CommitOptions::default().with_time(at.as_second()));
        self.inner
            .get_last_local_change()
            .map(Change::from_automerge)
            .ok_or_else(|| Refusal::new(Rule::MalformedChange, "there was nothing to write"))
    }

    /// Applies an accepted change. Applying it again changes nothing.
    ///
    /// # Errors
    /// [`Rule::MissingDependencies`] and [`Rule::MalformedChange`]; the document is as it was.
    pub fn apply(&mut self, change: &Change) -> Result<(), Refusal> {
        if change.deps().iter().any(|dep| !self.holds(dep)) {
            return Err(missing_dependencies());
        }
        self.inner
            .apply_changes([change.inner().clone()])
            .map_err(|_| {
                Refusal::new(
                    Rule::MalformedChange,
                    "this change contradicts another of the same device: write the entry again",
                )
            })
    }

    pub(crate) fn inner(&self) -> &Automerge {
        &self.inner
    }

    /// The map object of a collection.
    pub(crate) fn collection(&self, collection: Collection) -> Option<automerge::ObjId> {
        match self.inner.get(ROOT, collection.name()) {
            Ok(Some((automerge::Value::Object(automerge::ObjType::Map), id))) => Some(id),
            _ => None,
        }
    }
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
