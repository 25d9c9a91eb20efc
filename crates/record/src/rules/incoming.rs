//! From operations to records: the only operations a change may hold are those that create new
//! records in the known collections.

use std::collections::HashMap;

use automerge::{
    ObjType, ReadDoc,
    legacy::{ElementId, Key, ObjectId, Op, OpId, OpType},
};
use serde_json::{Map, Value};

use super::immutable;
use crate::{
    Change, Document, Refusal, Rule, document,
    model::{Collection, Content, Record},
};

/// The deepest that values may nest inside a record; the model needs four levels.
const MAX_DEPTH: usize = 8;
/// The most fields in one map; an entry has some thirty.
const MAX_FIELDS: usize = 100;
/// The most records in one change.
const MAX_RECORDS: usize = 1_000;

/// An object that the change itself creates.
struct Made {
    kind: ObjType,
    /// The record that it belongs to, as an index into [`Builder::tops`].
    top: usize,
    depth: usize,
    slots: Vec<(Slot, Filled)>,
}

enum Slot {
    Key(String),
    Element(OpId),
}

enum Filled {
    Scalar(Value),
    Object(OpId),
}

/// A record that the change creates.
struct Top {
    collection: Collection,
    id: String,
    object: OpId,
}

struct Builder<'a> {
    /// What the change is to join, if it is known.
    document: Option<&'a Document>,
    made: HashMap<OpId, Made>,
    tops: Vec<Top>,
}

/// The records that a change creates.
///
/// # Errors
/// What makes it anything but a well-placed addition of new records.
pub(super) fn records_of(document: &Document, change: &Change) -> Result<Vec<Record>, Refusal> {
    document.check_place(change)?;
    let mut newest = 0;
    for dep in change.deps() {
        let known = document
            .known(&dep)
            .ok_or_else(document::missing_dependencies)?;
        newest = newest.max(known.last_operation);
    }
    // Honest devices number on from what they had seen; anything else could collide with, or hide
    // behind, operations that are in the record already.
    if change.inner().start_op().get() != newest + 1 {
        return Err(malformed("this change is numbered wrongly"));
    }

    build(Some(document), change)
}

/// The records that a change creates, by its own operations alone.
///
/// # Errors
/// As [`records_of`], but for what only the document can tell.
pub(super) fn contents(change: &Change) -> Result<Vec<Record>, Refusal> {
    build(None, change)
}

fn build(document: Option<&Document>, change: &Change) -> Result<Vec<Record>, Refusal> {
    let inner = change.inner();
    if inner.is_empty() {
        return Err(malformed("this change holds nothing"));
    }
    let expanded = change.expand();
    let mut builder = Builder {
        document,
        made: HashMap::new(),
        tops: Vec::new(),
    };
    for (offset, op) in (0u64..).zip(&expanded.operations) {
        let id = OpId(inner.start_op().get() + offset, expanded.actor_id.clone());
        builder.take(id, op)?;
    }
    builder.finish()
}

impl Builder<'_> {
    fn take(&mut self, id: OpId, op: &Op) -> Result<(), Refusal> {
        let ObjectId::Id(parent) = &op.obj else {
            return Err(Refusal::new(
                Rule::UnknownField,
                "the workbook has no such collection",
            ));
        };
        if let Some(collection) = document::collection_of(parent.counter(), parent.actor()) {
            return self.take_record(id, op, collection);
        }
        let Some((depth, top)) = self.made.get(parent).map(|made| (made.depth, made.top)) else {
            return Err(self.touches(parent));
        };
        if !op.pred.is_empty() {
            return Err(self.refuse(top, Rule::AppendOnly, "a value is written twice"));
        }
        let filled = match &op.action {
            OpType::Put(value) => Filled::Scalar(document::scalar(value).ok_or_else(|| {
                self.refuse(top, Rule::WrongType, "a plain value belongs here")
                    .at(field_of(op))
            })?),
            OpType::Make(kind @ (ObjType::Map | ObjType::List)) => {
                if depth + 1 > MAX_DEPTH {
                    return Err(self.refuse(top, Rule::TooLarge, "values are nested too deeply"));
                }
                let made = Made {
                    kind: *kind,
                    top,
                    depth: depth + 1,
                    slots: Vec::new(),
                };
                self.made.insert(id.clone(), made);
                Filled::Object(id.clone())
            }
            OpType::Make(_) => {
                let message =
                    "a Text object stands where a plain value belongs: write a scalar string";
                return Err(self.refuse(top, Rule::WrongType, message).at(field_of(op)));
            }
            OpType::Increment(_) | OpType::MarkBegin(_) | OpType::MarkEnd(_) => {
                return Err(self.refuse(top, Rule::WrongType, "a plain value belongs here"));
            }
            OpType::Delete => {
                return Err(self.refuse(top, Rule::AppendOnly, "nothing is deleted"));
            }
        };
        self.fill(parent, id, op, filled)
    }

    /// Puts a value into an object that this change made.
    fn fill(&mut self, parent: &OpId, id: OpId, op: &Op, filled: Filled) -> Result<(), Refusal> {
        let Some(made) = self.made.get_mut(parent) else {
            return Err(malformed("this change is put together wrongly"));
        };
        let slot = match (&op.key, made.kind) {
            (Key::Map(key), ObjType::Map) if !op.insert => {
                if made.slots.len() == MAX_FIELDS {
                    return Err(Refusal::new(
                        Rule::TooLarge,
                        "this change holds too many fields",
                    ));
                }
                let taken = made
                    .slots
                    .iter()
                    .any(|(slot, _)| matches!(slot, Slot::Key(k) if k == key.as_str()));
                if taken {
                    return Err(malformed("a field is written twice"));
                }
                Slot::Key(key.to_string())
            }
            (Key::Seq(after), ObjType::List) if op.insert => {
                // Our devices write lists in order, each item behind the last.
                let last = made.slots.last().map(|(slot, _)| slot);
                let in_order = match (after, last) {
                    (ElementId::Head, None) => true,
                    (ElementId::Id(after), Some(Slot::Element(last))) => after == last,
                    _ => false,
                };
                if !in_order {
                    return Err(malformed("a list is not written in order"));
                }
                Slot::Element(id)
            }
            _ => return Err(malformed("this change is put together wrongly")),
        };
        made.slots.push((slot, filled));
        Ok(())
    }

    fn take_record(&mut self, id: OpId, op: &Op, collection: Collection) -> Result<(), Refusal> {
        let Key::Map(key) = &op.key else {
            return Err(malformed("a collection is a map"));
        };
        let path = format!("{}/{}", collection.name(), cut(key));
        let taken = |document: &Document| document.contains(collection, key);
        if !op.pred.is_empty() || self.document.is_some_and(taken) {
            return Err(immutable(collection).on(path));
        }
        match op.action {
            OpType::Make(ObjType::Map) if !op.insert => {}
            OpType::Delete => return Err(immutable(collection).on(path)),
            _ => {
                return Err(Refusal::new(Rule::WrongType, "a record is a map").on(path));
            }
        }
        if self.tops.len() == MAX_RECORDS {
            return Err(Refusal::new(
                Rule::TooLarge,
                "this change holds too many records",
            ));
        }
        let made = Made {
            kind: ObjType::Map,
            top: self.tops.len(),
            depth: 0,
            slots: Vec::new(),
        };
        self.made.insert(id.clone(), made);
        self.tops.push(Top {
            collection,
            id: key.to_string(),
            object: id,
        });
        Ok(())
    }

    /// The refusal for an operation on an object that this change did not make.
    fn touches(&self, object: &OpId) -> Refusal {
        let name = format!("{}@{}", object.counter(), object.actor().to_hex_string());
        let path: Option<Vec<String>> = self
            .document
            .map(Document::inner)
            .and_then(|document| document.parents(document.import_obj(&name).ok()?).ok())
            .map(|parents| {
                let mut steps: Vec<_> = parents.map(|step| step.prop.to_string()).collect();
                steps.reverse();
                steps
            });
        let known = path.as_deref().and_then(|steps| {
            let (collection, id) = (steps.first()?, steps.get(1)?);
            let refusal = immutable(Collection::from_name(collection)?)
                .on(format!("{collection}/{}", cut(id)));
            Some(match steps.get(2..) {
                Some(field) if !field.is_empty() => refusal.at(field.join("/")),
                _ => refusal,
            })
        });
        known.unwrap_or_else(|| malformed("this change writes into something unknown"))
    }

    fn refuse(&self, top: usize, rule: Rule, message: &str) -> Refusal {
        let refusal = Refusal::new(rule, message);
        match self.tops.get(top) {
            Some(top) => refusal.on(format!("{}/{}", top.collection.name(), cut(&top.id))),
            None => refusal,
        }
    }

    fn finish(self) -> Result<Vec<Record>, Refusal> {
        let mut records = Vec::with_capacity(self.tops.len());
        for top in &self.tops {
            let value = self
                .value(&top.object)
                .ok_or_else(|| malformed("an object is missing"))?;
            let content = Content::from_value(top.collection, value).map_err(|e| {
                super::form::unreadable(&e).on(format!(
                    "{}/{}",
                    top.collection.name(),
                    cut(&top.id)
                ))
            })?;
            records.push(Record {
                id: top.id.clone(),
                content,
            });
        }
        Ok(records)
    }

    fn value(&self, object: &OpId) -> Option<Value> {
        let made = self.made.get(object)?;
        let filled = |filled: &Filled| match filled {
            Filled::Scalar(value) => Some(value.clone()),
            Filled::Object(id) => self.value(id),
        };
        if made.kind == ObjType::List {
            return made.slots.iter().map(|(_, item)| filled(item)).collect();
        }
        let mut fields = Map::new();
        for (slot, item) in &made.slots {
            if let Slot::Key(key) = slot {
                fields.insert(key.clone(), filled(item)?);
            }
        }
        Some(Value::Object(fields))
    }
}

fn field_of(op: &Op) -> String {
    match &op.key {
        Key::Map(key) => cut(key),
        Key::Seq(_) => "item".to_owned(),
    }
}

/// A key as it may stand in a message: whoever wrote it may have put anything there.
fn cut(key: &str) -> String {
    key.chars().filter(|c| !c.is_control()).take(64).collect()
}

fn malformed(message: &str) -> Refusal {
    Refusal::new(
        Rule::MalformedChange,
        format!("{message}: write the entry again on this device"),
    )
}
