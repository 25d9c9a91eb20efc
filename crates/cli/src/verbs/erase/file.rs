//! The certificate's file: appears whole, and is replaced whole each time more is done.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use server::admin::erase::Certificate;

/// A certificate that is being written.
#[derive(Debug)]
pub(super) struct CertificateFile {
    path: PathBuf,
    /// Whether it is there, and tells of something that may have been done.
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Empty,
    Tells,
}

impl CertificateFile {
    /// One that is not there yet.
    pub(super) fn new(path: &Path) -> Result<Self> {
        ensure!(
            !path.exists(),
            "{} is there already: name a new file, so that no certificate is lost",
            path.display()
        );
        Ok(Self {
            path: path.to_owned(),
            state: State::New,
        })
    }

    /// Writes what the certificate says now, durably.
    pub(super) fn keep(&mut self, certificate: &Certificate) -> io::Result<()> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut scratch = tempfile::NamedTempFile::new_in(folder)?;
        scratch.write_all(&certificate.to_bytes())?;
        scratch.as_file().sync_all()?;
        if self.state == State::New {
            scratch.persist_noclobber(&self.path)?;
        } else {
            scratch.persist(&self.path)?;
        }
        std::fs::File::open(folder)?.sync_all()?;
        self.state = if certificate.documents.is_empty() {
            State::Empty
        } else {
            State::Tells
        };
        Ok(())
    }

    /// Takes away a file that tells of nothing. Returns whether one is there that does.
    pub(super) fn after_failure(self) -> Result<bool> {
        if self.state == State::Empty {
            std::fs::remove_file(&self.path)
                .with_context(|| format!("can't remove {}", self.path.display()))?;
        }
        Ok(self.state == State::Tells)
    }
}
