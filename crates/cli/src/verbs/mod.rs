//! One file per verb: its arguments with their help, and `run`.

pub mod account;
pub mod backup;
mod database;
pub mod demo;
pub mod device;
pub mod draft;
pub mod family;
pub mod model;
pub mod restore;
pub mod serve;
pub mod transcribe;
