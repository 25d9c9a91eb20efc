//! The phone's core as its keeper drives it: rows in a map, a server in memory, kills in between.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

mod compartments;
mod drafting;
mod durability;
mod fixture;
mod forgetting;
mod hostile;
mod reading;
mod refusals;
#[cfg(feature = "ts")]
mod types;
mod world;
