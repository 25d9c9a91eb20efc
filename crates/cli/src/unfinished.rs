//! What was recognised of a recording so far, on disk, so that a crash costs one window and not the hour.
//!
//! One file for each recording and model, bound to both by their hashes, in the user's cache folder
//! (`family-workbook/unfinished`, or the folder that `WORKBOOK_UNFINISHED_DIR` names): a line that says
//! what it belongs to, then a line for each finished window, each flushed to disk before the next begins.
//! It holds what was said, unsealed, since a command line has no key to seal it with: only its owner may
//! read it, it is deleted as soon as the transcript has been written, and what is left of a transcription that was never
//! taken up again is deleted after a week.
//!
//! Invariants: a line that a crash cut in two is cut off; a file of other versions, recordings or models is
//! never used.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use dictation::listen::Finished;
use dictation::model::sha256_hex;
use dictation::silence::Region;
use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

/// Names the folder.
const FOLDER_VARIABLE: &str = "WORKBOOK_UNFINISHED_DIR";

/// What is kept longest after it was last written to.
const A_WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Changes whenever windows would be heard differently.
const VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    version: u32,
    recording: String,
    model: String,
}

/// The kept part of one transcription.
pub(crate) struct Unfinished {
    path: PathBuf,
    file: File,
    windows: Vec<Finished>,
}

impl Unfinished {
    /// Opens what was kept of this recording with this model (SHA-256 of both), or begins to keep.
    pub(crate) fn open(folder: &Path, recording: &str, model: &str) -> Result<Self> {
        let head = Head {
            version: VERSION,
            recording: recording.to_owned(),
            model: model.to_owned(),
        };
        let name = sha256_hex(format!("{recording} {model}").as_bytes());
        let path = folder.join(format!("{name}.jsonl"));
        let failed = || format!("{} can't be written", path.display());
        fs::create_dir_all(folder).with_context(failed)?;
        let text = fs::read(&path).unwrap_or_default();
        let (windows, whole) = read(&text, &head);
        let mut file = private().open(&path).with_context(failed)?;
        file.set_len(whole as u64).with_context(failed)?;
        if whole == 0 {
            write_line(&mut file, &head).with_context(failed)?;
        }
        Ok(Self {
            path,
            file,
            windows,
        })
    }

    /// The folder of this user.
    pub(crate) fn folder() -> Result<PathBuf> {
        if let Some(folder) = std::env::var_os(FOLDER_VARIABLE).filter(|it| !it.is_empty()) {
            return Ok(folder.into());
        }
        let user = etcetera::choose_base_strategy().context("there is no home folder")?;
        Ok(user.cache_dir().join("family-workbook").join("unfinished"))
    }

    /// What was kept of a window.
    pub(crate) fn recall(&self, window: Region) -> Option<Finished> {
        self.windows.iter().find(|kept| kept.window == window).cloned()
    }

    /// Whether anything was kept before this run.
    pub(crate) fn goes_on(&self) -> bool {
        !self.windows.is_empty()
    }

    /// Keeps a window; when this returns, it is on disk.
    pub(crate) fn keep(&mut self, finished: &Finished) -> io::Result<()> {
        write_line(&mut self.file, finished)
    }

    /// The transcript has been written: nothing need be kept.
    pub(crate) fn delete(self) -> Result<()> {
        drop(self.file);
        fs::remove_file(&self.path)
            .with_context(|| format!("{} can't be deleted", self.path.display()))
    }
}

/// Deletes what was last written to more than a week before `now`.
pub(crate) fn forget_old(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let written = entry.metadata().and_then(|file| file.modified());
        let age = written.ok().and_then(|at| now.duration_since(at).ok());
        if age.is_some_and(|age| age > A_WEEK) {
            // If it can't be deleted now, the next run tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The windows in `text`, and how many of its bytes are whole lines that belong to `head`.
fn read(text: &[u8], head: &Head) -> (Vec<Finished>, usize) {
    let mut lines = text.split_inclusive(|&byte| byte == b'\n').filter(|line| line.ends_with(b"\n"));
    let Some(first) = lines.next().filter(|line| serde_json::from_slice(line).ok().as_ref() == Some(head)) else {
        return (Vec::new(), 0);
    };
    let mut whole = first.len();
    let mut windows = Vec::new();
    for line in lines {
        let Ok(window) = serde_json::from_slice(line) else {
            break;
        };
        windows.push(window);
        whole += line.len();
    }
    (windows, whole)
}

fn write_line<T: Serialize>(file: &mut File, value: &T) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    file.write_all(&line)?;
    file.sync_data()
}

/// Appends to a file that only its owner may read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(start: usize) -> Finished {
        Finished {
            window: Region { start, end: start + 10 },
            heard: Vec::new(),
            engine_ms: 7,
        }
    }

    fn only_file(folder: &Path) -> PathBuf {
        let mut files = fs::read_dir(folder).unwrap().flatten();
        let file = files.next().unwrap().path();
        assert!(files.next().is_none());
        file
    }

    #[test]
    fn kept_windows_come_back_for_the_same_recording_and_model_only() {
        let folder = tempfile::tempdir().unwrap();
        let open = |recording, model| Unfinished::open(folder.path(), recording, model).unwrap();
        let mut kept = open("a", "m");
        kept.keep(&finished(0)).unwrap();
        kept.keep(&finished(20)).unwrap();
        drop(kept);
        let again = open("a", "m");
        assert!(again.goes_on());
        assert_eq!(again.recall(finished(20).window), Some(finished(20)));
        assert_eq!(again.recall(finished(21).window), None);
        assert!(!open("b", "m").goes_on());
        assert!(!open("a", "n").goes_on());
        again.delete().unwrap();
        assert!(!open("a", "m").goes_on());
    }

    #[test]
    fn a_line_that_was_cut_is_cut_off_wherever() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Unfinished::open(folder.path(), "a", "m").unwrap();
        let mut kept = open();
        kept.keep(&finished(0)).unwrap();
        kept.keep(&finished(20)).unwrap();
        let path = only_file(folder.path());
        let whole = fs::read(&path).unwrap();
        for length in 0..=whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            let mut again = open();
            let before = again.windows.len();
            again.keep(&finished(40)).unwrap();
            let after = open();
            assert_eq!(after.windows.len(), before + 1, "{length}");
            assert_eq!(after.recall(finished(40).window), Some(finished(40)));
        }
        fs::write(&path, [&whole[..], b"garbage\n"].concat()).unwrap();
        assert_eq!(open().windows.len(), 2);
        fs::write(&path, b"{\"version\":0}\n").unwrap();
        assert_eq!(open().windows.len(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_it_and_it_is_forgotten_after_a_week() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        drop(Unfinished::open(folder.path(), "a", "m").unwrap());
        let file = fs::metadata(only_file(folder.path())).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
        let written = file.modified().unwrap();
        forget_old(folder.path(), written + A_WEEK);
        assert!(only_file(folder.path()).exists());
        forget_old(folder.path(), written + A_WEEK + Duration::from_secs(1));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
