//! The record's own shapes in the API's description. They are described as far as clients need to
//! follow them; `crates/record` is their one full description.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::ToSchema;

/// An entry and what its ids stand for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a shape, is never built")]
pub(crate) struct EntryRead {
    /// The entry's id.
    #[schema(format = Uuid)]
    id: String,
    /// Everything in it, in the record's own form: see `crates/record/src/model/entry.rs`.
    #[schema(value_type = Object)]
    entry: Value,
    /// The names of the people and professionals of the workbook, by id.
    names: BTreeMap<String, String>,
}
