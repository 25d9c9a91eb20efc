//! What runs in the phone: the family's record, drafts and sync over rows that somebody else seals and
//! keeps.
//!
//! A [`Device`] is opened from small rows (cards, outbox, quarantine, drafts); pages and documents are
//! handed over when they are needed. What changes anything returns [`Effects`], which whoever keeps the
//! rows stores in one transaction *before* anything else happens; when that fails they drop the device
//! and open it again from the rows. So a phone that is killed between any two steps has lost nothing.
//!
//! ```
//! use device::{Device, Profile};
//! # let profile: Profile = serde_json::from_str(r#"{
//! #     "device": "0198f1a0-0000-7000-8000-000000000001",
//! #     "professional": "0198f1a0-0000-7000-8000-000000000002",
//! #     "name": "Amira Khan", "discipline": "childrens-social-worker"
//! # }"#)?;
//! let device = Device::open(profile, vec![])?;
//! let today = device.today("2026-10-12T09:00:00Z".parse()?);
//! assert!(today.families.is_empty(), "sync while there is signal");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Invariants: no I/O, no clock, no randomness; no rule of the record is written here again; nothing
//! that a user wrote leaves outbox, quarantine or drafts but by effects that put it elsewhere.

mod card;
pub mod compose;
mod device;
mod drafts;
mod entries;
mod entropy;
mod erased;
mod error;
mod family;
mod heard;
mod held;
mod json;
mod profile;
mod quarantine;
mod rescue;
mod rows;
pub mod shapes;
mod syncing;
mod today;
#[cfg(feature = "ts")]
pub mod typescript;
#[cfg(target_arch = "wasm32")]
mod wasm;
mod write;

pub use device::{Device, Need};
pub use entropy::{Ids, MIN_ENTROPY};
pub use error::{DeviceError, ErrorCode, ErrorShape};
pub use profile::Profile;
pub use rows::{Effects, Handed, Row};
