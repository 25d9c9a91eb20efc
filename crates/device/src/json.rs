//! JSON in and out, in the record's one way: a second one would be a second copy of all readers and writers
//! in the phone's core, some hundreds of kilobytes.

use serde::de::DeserializeOwned;

pub(crate) use record::json::to_vec as write;

/// Reads a value. `None` when the bytes are no JSON, or not of that shape.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    record::json::from_slice(bytes).ok()
}
