//! What is deleted when a log is written anew or a family erased: table by table, so that a table
//! that is added later is missed by nobody who reads this. (The suite and `verify` miss it as well.)

use record::ids::{DocumentId, FamilyId};
use sqlx::SqliteConnection;
use store::{StoreError, server::ErasedFamily};

use crate::values::driver;

/// Deletes what a document's log is made of, and what was made from it. Returns how many changes went.
pub(super) async fn log(
    db: &mut SqliteConnection,
    document: DocumentId,
) -> Result<u64, StoreError> {
    let mut erased = ErasedFamily::default();
    log_of(db, document, &mut erased).await?;
    Ok(erased.rows.get("changes").copied().unwrap_or_default())
}

async fn log_of(
    db: &mut SqliteConnection,
    document: DocumentId,
    erased: &mut ErasedFamily,
) -> Result<(), StoreError> {
    let key = document.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!("DELETE FROM changes WHERE document = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a log"))?;
    erased.count("changes", done.rows_affected());
    let done = sqlx::query!("DELETE FROM snapshots WHERE document = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a log"))?;
    erased.count("snapshots", done.rows_affected());
    let done = sqlx::query!("DELETE FROM actors WHERE document = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a log"))?;
    erased.count("actors", done.rows_affected());
    let done = sqlx::query!("DELETE FROM boards WHERE document = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a log"))?;
    erased.count("boards", done.rows_affected());
    let done = sqlx::query!("DELETE FROM heads WHERE document = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a log"))?;
    erased.count("heads", done.rows_affected());
    let done = sqlx::query!("DELETE FROM lineages WHERE document = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a log"))?;
    erased.count("lineages", done.rows_affected());
    let done = sqlx::query!("DELETE FROM returned WHERE document = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a log"))?;
    erased.count("returned", done.rows_affected());
    Ok(())
}

/// Deletes a document with all that is keyed by it, and notes that it was erased.
pub(super) async fn document(
    db: &mut SqliteConnection,
    document: DocumentId,
    at: i64,
    erased: &mut ErasedFamily,
) -> Result<(), StoreError> {
    log_of(db, document, erased).await?;
    let key = document.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!("DELETE FROM members WHERE document = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a document"))?;
    erased.count("members", done.rows_affected());
    let done = sqlx::query!("DELETE FROM retired WHERE document = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a document"))?;
    erased.count("retired", done.rows_affected());
    let done = sqlx::query!("DELETE FROM forgotten WHERE document = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a document"))?;
    erased.count("forgotten", done.rows_affected());
    let done = sqlx::query!("DELETE FROM documents WHERE id = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a document"))?;
    erased.count("documents", done.rows_affected());
    sqlx::query!(
        "INSERT INTO erased_documents (document, at) VALUES ($1, $2)
         ON CONFLICT (document) DO UPDATE SET at = excluded.at",
        key,
        at,
    )
    .execute(db)
    .await
    .map_err(driver("noting that a document was erased"))?;
    Ok(())
}

/// Deletes a family and what refers to it, once its documents are gone.
pub(super) async fn family(
    db: &mut SqliteConnection,
    family: FamilyId,
    erased: &mut ErasedFamily,
) -> Result<(), StoreError> {
    let key = family.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!("DELETE FROM allocations WHERE family = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a family"))?;
    erased.count("allocations", done.rows_affected());
    let done = sqlx::query!("DELETE FROM team_families WHERE family = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a family"))?;
    erased.count("team_families", done.rows_affected());
    let done = sqlx::query!("DELETE FROM restrictions WHERE family = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a family"))?;
    erased.count("restrictions", done.rows_affected());
    let done = sqlx::query!("DELETE FROM broken_glass WHERE family = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a family"))?;
    erased.count("broken_glass", done.rows_affected());
    let done = sqlx::query!("DELETE FROM holds WHERE family = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a family"))?;
    erased.count("holds", done.rows_affected());
    let done = sqlx::query!("DELETE FROM families WHERE id = $1", key)
        .execute(&mut *db)
        .await
        .map_err(driver("erasing a family"))?;
    erased.count("families", done.rows_affected());
    Ok(())
}
