//! Sync when things go wrong: a bad network, a killed server, a restored backup.

mod crash;
mod network;
mod restore;
mod team;
