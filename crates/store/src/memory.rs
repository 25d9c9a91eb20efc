//! The reference engine: both contracts in memory, for tests and demonstrations.
//!
//! It says what the contracts mean in plain Rust; an engine with SQL is right when it can't be told
//! apart from this one. A transaction works on a copy that replaces the state on commit, and holds
//! the state's lock until it ends, so writers queue in order. Nothing here is durable: a process
//! that ends forgets everything.

mod device;
mod server;

pub use device::MemoryDeviceStore;
pub use server::MemoryStore;
