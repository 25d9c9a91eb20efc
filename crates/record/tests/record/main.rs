//! The record's rules and reading, on a family with a team.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a set-up that fails is a failed test"
)]

mod adversarial;
mod edits;
mod facts;
mod family;
mod forge;
mod hostile;
mod mutate;
mod mutations;
mod page;
mod reading;
mod reopened;
