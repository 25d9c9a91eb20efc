//! One file per verb: its arguments with their help, and `run`.

pub mod account;
mod database;
pub mod demo;
pub mod draft;
pub mod model;
pub mod serve;
pub mod transcribe;
