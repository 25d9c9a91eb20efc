//! The record's rules and reading, on a family with a team.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a set-up that fails is a failed test"
)]

mod adversarial;
mod calendar;
mod compartments;
mod configuration;
mod drafts;
mod edits;
mod facts;
mod family;
mod fixtures;
mod forge;
mod forge_document;
mod format;
mod full;
mod golden;
mod golden_reading;
mod hostile;
mod hostile_document;
mod looked_after;
mod mutate;
mod mutations;
mod npm;
mod page;
mod quality;
mod reading;
mod reopened;
mod retention;
mod rewrite;
mod seeds;
mod supersede;
mod timescales;
mod tools;
mod whose;
