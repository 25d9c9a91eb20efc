//! The device's contract, a file per subject.

pub mod drafts;
pub mod outbox;
pub mod quarantine;
pub mod replicas;
pub mod transactions;

use super::samples;
use crate::StoreError;

/// What each test returns: an error of the engine fails it.
pub type Outcome = Result<(), StoreError>;
