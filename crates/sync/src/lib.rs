//! Both halves of the sync protocol, without I/O.
//!
//! The server keeps each document's accepted changes in order. A device **pushes** what the server
//! has not acknowledged; each change is answered, after it is durable, *accepted*, *refused* with a
//! reason, or *blocked* behind a refused one. It **pulls** everything after its cursor. Pushing twice
//! changes nothing, so a lost answer is mended by asking again.
//!
//! [`replica`] is the device's half, [`receive`] the server's; [`wire`] holds the frames between
//! them, [`signing`] what a device signs, [`proof`] what a device keeps for the day on which the server
//! is restored from a backup, [`erasure`] what it must not keep once something was erased. None of them knows a clock, a socket or a database. The whole protocol,
//! with HTTP, is written down in `docs/sync-protocol.md`.
//!
//! ```
//! use record::Document;
//! use sync::{replica::Replica, wire::Cursor};
//!
//! let document = "0198f1a0-0000-7000-8000-000000000001".parse()?;
//! let cursor = Cursor { document, epoch: 1, seq: 0 };
//! let replica = Replica::open(cursor, &Document::genesis().save(), &[])?;
//! assert!(replica.push(500).is_none(), "nothing waits");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod erasure;
pub mod proof;
pub mod receive;
pub mod replica;
pub mod signing;
pub mod wire;
