//! The protocol on a network that drops, repeats and reorders.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a set-up that fails is a failed test"
)]

mod convergence;
#[path = "../../../record/tests/record/family.rs"]
#[expect(
    dead_code,
    reason = "shared with the record's own tests, which use more of it"
)]
mod family;
mod network;
mod refusals;
mod restart;
