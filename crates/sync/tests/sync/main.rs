//! The protocol on a network that drops, repeats and reorders.

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
