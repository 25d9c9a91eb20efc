//! Stories of `workbook transcribe`, `draft` and `model`, run as a user runs them.
//!
//! Tests that need a speech model skip where none is installed, with a line that says so, and fail
//! in CI: a missing model must never pass for a working one.

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod drafting;
#[cfg(test)]
mod model_files;
#[cfg(test)]
mod recognition;
#[cfg(test)]
mod required_model;
#[cfg(test)]
mod workbook;
