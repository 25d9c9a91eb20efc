//! The record's rules and reading, on a family with a team.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a set-up that fails is a failed test"
)]

mod adversarial;
mod calendar;
mod configuration;
mod drafts;
mod facts;
mod family;
mod looked_after;
mod quality;
mod reading;
mod timescales;
