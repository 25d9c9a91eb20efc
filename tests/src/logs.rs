//! What the servers of a story wrote to their logs names nobody: looked for when the story is over, in
//! every story.

use std::{
    fs::{self, File},
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use anyhow::Result;

/// Everybody's and everything's name in the sample families, and what was written about them.
pub const PRIVATE: [&str; 12] = [
    "Brennan", "Kayleigh", "Donna", "Amira", "Okafor", "Leila", "Morgan", "amira", "leila",
    "morgan", "brennan", "kayleigh",
];

/// The logs of a story's servers, one after the other. Dropped, it fails a story in which one of them names
/// somebody.
pub struct Logs {
    folder: PathBuf,
    count: AtomicUsize,
}

impl Logs {
    pub(crate) fn beside(folder: &std::path::Path) -> Result<Self> {
        let folder = folder.join("logs");
        fs::create_dir(&folder)?;
        Ok(Self {
            folder,
            count: AtomicUsize::new(0),
        })
    }

    /// A new server's.
    pub(crate) fn next(&self) -> Result<File> {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        Ok(File::create(self.folder.join(format!("{number}.log")))?)
    }
}

impl Drop for Logs {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let count = self.count.load(Ordering::Relaxed);
        let mut lines = 0;
        for number in 0..count {
            let log = fs::read_to_string(self.folder.join(format!("{number}.log")));
            let log = log.unwrap_or_default();
            lines += log.lines().count();
            for private in PRIVATE {
                let line = log.lines().find(|it| it.contains(private));
                assert!(line.is_none(), "a log names {private}: {line:?}");
            }
        }
        assert!(count == 0 || lines > 0, "{count} servers wrote nothing");
    }
}
