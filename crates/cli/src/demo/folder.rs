//! The demo's folder: never anybody else's.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

/// The file that says that a folder is a demo's, and may be replaced by the next one.
const MARK: &str = "this-is-a-workbook-demo";

/// Makes the folder, empty but for its mark. One of an earlier demo is replaced.
pub(super) fn fresh(folder: &Path) -> Result<PathBuf> {
    let shown = folder.display();
    let filled = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if filled {
        if !folder.join(MARK).exists() {
            bail!("{shown} has files that are not a demo's: choose another folder with --dir");
        }
        fs::remove_dir_all(folder).with_context(|| format!("{shown} can't be replaced"))?;
    }
    fs::create_dir_all(folder)
        .with_context(|| format!("{shown} can't be made: choose another folder with --dir"))?;
    fs::write(folder.join(MARK), b"")?;
    Ok(folder.to_path_buf())
}

/// Copies the databases of one folder into a new one, with what SQLite keeps beside them.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
