//! Honest changes altered operation by operation and byte by byte: what the rules accept leaves
//! every record as it was, in a document that still saves and loads.

#![no_main]
#![expect(dead_code, reason = "shared with the tests, which use all of it")]

#[path = "../../tests/record/family.rs"]
mod family;
#[path = "../../tests/record/forge.rs"]
mod forge;
#[path = "../../tests/record/mutate.rs"]
mod mutate;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use record::{Change, Document};

static SUBJECT: LazyLock<(Document, Change)> = LazyLock::new(mutate::subject);

fuzz_target!(|data: &[u8]| {
    let (document, honest) = &*SUBJECT;
    let mutations: Vec<[u8; 4]> = data.as_chunks().0.iter().take(8).copied().collect();
    mutate::must_hold(document, &mutate::mutated(honest, &mutations));
});
