//! What the one who starts the server decides.

use std::path::PathBuf;

use crate::oidc::OidcSettings;

/// How the server is set up, beside its store, clock and randomness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The folder of the built app, with its `index.html`; without it the small page is served.
    pub app: Option<PathBuf>,
    /// Speech models that devices may fetch. Whoever passes them has checked their hashes.
    pub models: Vec<Model>,
    /// How many days a device may open its copies without having reached the server.
    pub lease_days: u16,
    /// Emergency reading of other people's families.
    pub break_glass: BreakGlassSettings,
    /// The council's identity provider, beside local accounts. Checked by [`OidcSettings::check`].
    pub oidc: Option<OidcSettings>,
    /// After how many minutes without a request a browser's session ends.
    pub idle_minutes: u16,
    /// Whether a proxy stands in front that tells in `x-forwarded-for` for whom it asks. Without one,
    /// anybody could write that header.
    pub behind_proxy: bool,
}

/// How the glass is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakGlassSettings {
    /// How many characters a reason must have.
    pub reason_chars: u16,
    /// For how many minutes it opens a family.
    pub minutes: u16,
}

impl Default for BreakGlassSettings {
    fn default() -> Self {
        Self {
            reason_chars: 20,
            minutes: 240,
        }
    }
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
            break_glass: BreakGlassSettings::default(),
            oidc: None,
            idle_minutes: 60,
            behind_proxy: false,
        }
    }
}
