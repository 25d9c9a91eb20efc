//! The record's rules and reading, on a family with a team.

mod adversarial;
mod facts;
mod family;
mod reading;
