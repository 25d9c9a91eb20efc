//! What the one who starts the server decides.

use std::path::PathBuf;

/// How the server is set up, beside its store, clock and randomness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The folder of the built app, with its `index.html`; without it the small page is served.
    pub app: Option<PathBuf>,
    /// Speech models that devices may fetch. Whoever passes them has checked their hashes.
    pub models: Vec<Model>,
    /// How many days a device may open its copies without having reached the server.
    pub lease_days: u16,
}

/// A speech model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Its name, such as `tiny.en-q5_1`.
    pub name: String,
    /// The name of its file, such as `ggml-tiny.en-q5_1.bin`.
    pub file: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Length of the file.
    pub bytes: u64,
    /// Where it lies.
    pub path: PathBuf,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            app: None,
            models: Vec::new(),
            lease_days: 14,
        }
    }
}
