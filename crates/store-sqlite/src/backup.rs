//! A copy of the server's database, made while it is in use.

use std::path::Path;

use sqlx::{ConnectOptions as _, SqlitePool};
use store::StoreError;

use crate::{inspect::unusable, values::driver};

/// Writes one sound file as of one moment. Readers and writers go on meanwhile.
pub(crate) async fn into(pool: &SqlitePool, path: &Path) -> Result<(), StoreError> {
    let path = std::path::absolute(path)
        .map_err(|error| unusable(path, &format!("can't be used ({error})"), "check the path"))?;
    // SQLite takes an empty file for a new one: ours is made first, so that nobody else may read it.
    crate::open::create(&path).map_err(|error| {
        let what = format!("can't be made ({error})");
        unusable(
            &path,
            &what,
            "name a file that is not there yet, in a folder that may be written",
        )
    })?;
    let Some(name) = path.to_str() else {
        return Err(unusable(
            &path,
            "has a name that is no text",
            "choose another",
        ));
    };
    // A connection of its own: the pool's one goes on serving.
    let mut connection = pool
        .connect_options()
        .as_ref()
        .clone()
        .connect()
        .await
        .map_err(driver("backing up"))?;
    sqlx::query("VACUUM INTO $1")
        .bind(name)
        .execute(&mut connection)
        .await
        .map_err(driver("backing up"))?;
    std::fs::File::open(&path)
        .and_then(|file| file.sync_all())
        .map_err(|error| StoreError::Driver {
            doing: "backing up",
            source: Box::new(error),
        })
}
