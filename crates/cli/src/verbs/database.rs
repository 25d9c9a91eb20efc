//! Which database the server's verbs work on, and how they get at it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use etcetera::BaseStrategy as _;
use store_sqlite::SqliteStore;

/// The path that was asked for, or `family-workbook/server.db` in the user's data folder, which is
/// made when it is not there.
pub(crate) fn path(asked: Option<&Path>) -> Result<PathBuf> {
    if let Some(path) = asked {
        return Ok(path.to_owned());
    }
    let strategy = etcetera::choose_base_strategy()
        .context("this user has no home folder: say where the database is with --db")?;
    let folder = strategy.data_dir().join("family-workbook");
    std::fs::create_dir_all(&folder).with_context(|| {
        format!(
            "can't make the folder {}: say where the database is with --db",
            folder.display()
        )
    })?;
    Ok(folder.join("server.db"))
}

/// Opens the database, does something with it and closes it, so that all of it stands in one file.
pub(crate) fn with<T>(
    asked: Option<&Path>,
    act: impl AsyncFnOnce(&SqliteStore) -> Result<T>,
) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("starting failed")?;
    runtime.block_on(async {
        let store = SqliteStore::open(path(asked)?).await?;
        let done = act(&store).await;
        store.close().await;
        done
    })
}
