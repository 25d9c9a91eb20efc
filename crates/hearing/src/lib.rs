//! The text half of dictation in the phone, as a WebAssembly module of its own: where somebody speaks in
//! a recording, what the engine heard in its place, and what a text says of a visit.
//!
//! It stands apart from the phone's core (`crates/device`) because it is not needed to open the app:
//! without its word lists the core is a tenth smaller. It is loaded when a recording is written down or
//! a draft is composed. What it reads out of a text goes to the core as `dictation::draft::Draft`, which
//! is the shape in which `workbook draft --format json` prints it too.
//!
//! Invariants: no I/O, no clock, no randomness, no record. Nothing is decided here: all of it is
//! `dictation`'s word.

#[cfg(target_arch = "wasm32")]
mod wasm;
