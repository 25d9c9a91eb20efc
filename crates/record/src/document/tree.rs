//! Between value trees and Automerge objects.

use automerge::{
    ObjId, ObjType, ScalarValue,
    hydrate::{List, Map, Value as Hydrated},
    transaction::{Transactable, Transaction},
};
use serde_json::Value;

use super::{loading::words, scalar};
use crate::model::Record;

/// Writes one record as a new map under its id.
pub(super) fn put_record(
    transaction: &mut Transaction<'_>,
    collection: &ObjId,
    record: &Record,
) -> Result<(), String> {
    let value = serde_json::to_value(&record.content)
        .map_err(|_| "it holds a value that can't be kept".to_owned())?;
    let Value::Object(fields) = value else {
        return Err("a record is a map".to_owned());
    };
    let map = transaction
        .put_object(collection, record.id.as_str(), ObjType::Map)
        .map_err(|e| words(&e))?;
    fields
        .iter()
        .try_for_each(|(key, value)| put(transaction, &map, Place::Key(key), value))
}

#[derive(Clone, Copy)]
enum Place<'a> {
    Key(&'a str),
    Index(usize),
}

fn put(
    transaction: &mut Transaction<'_>,
    parent: &ObjId,
    place: Place<'_>,
    value: &Value,
) -> Result<(), String> {
    let object = match value {
        Value::Object(_) => ObjType::Map,
        Value::Array(_) => ObjType::List,
        _ => {
            let value = scalar_of(value)?;
            return match place {
                Place::Key(key) => transaction.put(parent, key, value),
                Place::Index(index) => transaction.insert(parent, index, value),
            }
            .map_err(|e| words(&e));
        }
    };
    let id = match place {
        Place::Key(key) => transaction.put_object(parent, key, object),
        Place::Index(index) => transaction.insert_object(parent, index, object),
    }
    .map_err(|e| words(&e))?;
    match value {
        Value::Object(fields) => fields
            .iter()
            .try_for_each(|(key, value)| put(transaction, &id, Place::Key(key), value)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(index, value)| put(transaction, &id, Place::Index(index), value)),
        _ => Ok(()),
    }
}

fn scalar_of(value: &Value) -> Result<ScalarValue, String> {
    match value {
        Value::Bool(truth) => Ok((*truth).into()),
        Value::String(text) => Ok(text.as_str().into()),
        Value::Number(number) => number
            .as_i64()
            .map(ScalarValue::Int)
            .or_else(|| number.as_f64().map(ScalarValue::F64))
            .ok_or_else(|| "a number out of range".to_owned()),
        _ => Err("an empty value".to_owned()),
    }
}

/// The value tree of a hydrated object.
///
/// # Errors
/// The path of the first value that the record never holds: a Text where a scalar belongs, a
/// counter, a null, or a key with two concurrent values.
pub(crate) fn value_of(hydrated: &Hydrated) -> Result<Value, String> {
    match hydrated {
        Hydrated::Scalar(value) => {
            scalar(value).ok_or_else(|| "a kind of value that the record never holds".to_owned())
        }
        Hydrated::Map(map) => map_of(map).map(Value::Object),
        Hydrated::List(list) => list_of(list).map(Value::Array),
        Hydrated::Text(_) => Err("a Text object where a plain value belongs".to_owned()),
    }
}

fn map_of(map: &Map) -> Result<serde_json::Map<String, Value>, String> {
    map.iter()
        .map(|(key, item)| {
            if item.conflict {
                return Err(format!("{key}: two concurrent values"));
            }
            value_of(&item.value)
                .map(|value| (key.clone(), value))
                .map_err(|reason| format!("{key}: {reason}"))
        })
        .collect()
}

fn list_of(list: &List) -> Result<Vec<Value>, String> {
    list.iter()
        .enumerate()
        .map(|(index, item)| {
            if item.conflict {
                return Err(format!("{index}: two concurrent values"));
            }
            value_of(&item.value).map_err(|reason| format!("{index}: {reason}"))
        })
        .collect()
}
