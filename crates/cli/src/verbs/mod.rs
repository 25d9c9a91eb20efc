//! One file per verb: its arguments with their help, and `run`.

pub mod account;
pub mod audit;
pub mod backup;
pub mod config;
pub mod database;
pub mod demo;
pub mod device;
pub mod draft;
pub mod erase;
pub mod family;
pub mod hold;
pub mod model;
pub mod rebuild;
pub mod rescue;
pub mod restore;
pub mod retention;
pub mod serve;
pub mod team;
pub mod transcribe;
pub mod verify;
