//! Opening a saved document, whose bytes may come from anywhere.

use automerge::{Automerge, AutomergeError};

use super::{Document, guard};
use crate::encoded::Fault;

/// A saved document that can't be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// It holds more than the record takes, or claims more than its bytes can hold.
    #[error(
        "this document holds or claims more than a workbook takes: restore it from the server or a \
         backup"
    )]
    TooLarge,
    /// It is damaged, or no document at all.
    #[error("this is not a workbook document ({reason}): restore it from the server or a backup")]
    Damaged {
        /// What is wrong with it, without its content.
        reason: String,
    },
    /// It is a document of something else.
    #[error("this document does not begin as a workbook: open it with the program that made it")]
    NotAWorkbook,
}

impl LoadError {
    fn damaged(reason: impl Into<String>) -> Self {
        Self::Damaged {
            reason: reason.into(),
        }
    }
}

impl From<Fault> for LoadError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::TooLarge => Self::TooLarge,
            Fault::Malformed => Self::damaged("it is not written as documents are"),
        }
    }
}

/// Automerge's words, for whoever restores a server; the phone's core does without them.
pub(super) fn words(error: &AutomergeError) -> String {
    if cfg!(target_arch = "wasm32") {
        "its bytes are damaged".to_owned()
    } else {
        error.to_string()
    }
}

impl Document {
    /// Opens a saved document, whose bytes may come from anywhere: a server, a backup, a disk.
    ///
    /// They are measured before Automerge reads them (`document/guard.rs`). Where it still meets
    /// something that it takes for its own mistake and panics, that is an error here; in WebAssembly,
    /// which can't unwind, it ends the program as any other panic does.
    ///
    /// # Errors
    /// When the bytes are not a document, are damaged, claim too much, or do not begin with our
    /// genesis.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        guard::inspect(bytes)?;
        let document = std::panic::catch_unwind(|| Automerge::load(bytes).map(Self::around))
            .map_err(|_| LoadError::damaged("its operations contradict each other"))?
            .map_err(|e| LoadError::damaged(words(&e)))?;
        let genesis = Self::genesis().heads();
        if genesis.iter().all(|hash| document.holds(hash)) {
            Ok(document)
        } else {
            Err(LoadError::NotAWorkbook)
        }
    }
}
