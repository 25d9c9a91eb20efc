//! The protocol on a network that drops, repeats and reorders.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a set-up that fails is a failed test"
)]

mod compartments;
mod convergence;
#[path = "../../../record/tests/record/edits.rs"]
mod edits;
#[path = "../../../record/tests/record/family.rs"]
#[expect(
    dead_code,
    reason = "shared with the record's own tests, which use more of it"
)]
mod family;
#[path = "../../../record/tests/record/forge.rs"]
#[expect(
    dead_code,
    reason = "shared with the record's own tests, which use more of it"
)]
mod forge;
#[path = "../../../record/tests/record/forge_document.rs"]
mod forge_document;
mod forgetting;
mod frames;
mod ledger;
mod months;
mod network;
mod refusals;
mod restart;
mod world;
