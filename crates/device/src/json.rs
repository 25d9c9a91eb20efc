//! JSON in and out, always through the neutral value tree: then each type is read and written in one way
//! only, the one that the record uses too. Reading and writing text directly would put a second copy of
//! both into the phone's core, some hundreds of kilobytes.

use serde::{Serialize, de::DeserializeOwned};

/// Reads a value. `None` when the bytes are no JSON, or not of that shape.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    record::json::from_slice(bytes).ok()
}

/// Writes a value. Nothing that is written here is anything that JSON can't hold.
pub(crate) fn write<T: Serialize>(value: &T) -> Vec<u8> {
    let value = serde_json::to_value(value).unwrap_or_default();
    serde_json::to_vec(&value).unwrap_or_default()
}
