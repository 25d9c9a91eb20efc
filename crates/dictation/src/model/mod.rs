//! Speech models as files: which are known, where they lie, how they get there, and the proof that
//! a file is what it claims before the engine may see it.
//!
//! Invariants: whisper.cpp aborts the process on some corrupt files, so nothing reaches it that
//! hasn't passed three checks: the SHA-256 is in the catalogue or was recorded at import, the
//! header is plausible, and every tensor is there, whole and of its shape. A model file appears in
//! the folder complete or not at all.
//!
//! Not here: fetching anything over a network (the command line does), and the engine itself.
//!
//! Map: [`catalogue`] what is known · [`cache`] the folder · [`import`] into the folder · `check`
//! a ggml file · [`convert`] CTranslate2 to ggml, out of `ct2`, `wheel`, `vocabulary`, `mel`,
//! `quantise`, `layout`, `ggml`.

pub mod cache;
pub mod catalogue;
mod check;
pub mod convert;
pub mod ct2;
mod error;
pub mod ggml;
pub mod import;
pub mod layout;
pub mod mel;
pub mod quantise;
pub mod vocabulary;
pub mod wheel;

pub use check::check;
pub use error::ModelError;

use sha2::{Digest, Sha256};

use crate::transcript::ModelStamp;

/// A model whose bytes have passed every check; the only thing that an engine loads.
#[derive(Debug, Clone)]
pub struct VerifiedModel {
    pub(crate) stamp: ModelStamp,
    #[cfg_attr(
        not(feature = "whisper"),
        expect(dead_code, reason = "read by the engine only")
    )]
    pub(crate) bytes: Vec<u8>,
}

impl VerifiedModel {
    /// Name and hash.
    pub fn stamp(&self) -> &ModelStamp {
        &self.stamp
    }
}

/// SHA-256 of `bytes` in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
