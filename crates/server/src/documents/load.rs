//! Builds a document from cache, snapshot and log.

use std::sync::Arc;

use record::{Change, Document, LoadError, Refusal};
use store::StoreError;

use crate::{
    AppState,
    gate::{Opened, Passage},
    problem::Problem,
};

/// How many changes are read from the log at once.
const PAGE: u32 = 200;

/// Why a document can't be built.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadFailure {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The snapshot is not a document.
    #[error("a stored snapshot can't be loaded: restore from a backup and run `workbook verify`")]
    Snapshot(#[source] LoadError),
    /// An accepted change does not apply.
    #[error(
        "stored change {seq} can't be applied: restore from a backup and run `workbook verify`"
    )]
    Log {
        /// Its sequence number.
        seq: u64,
        /// What the record says.
        source: Refusal,
    },
    /// The log is shorter than the document's head says.
    #[error(
        "the log ends at {found} before its head {head}: restore from a backup and run `workbook verify`"
    )]
    Short {
        /// The last change found.
        found: u64,
        /// The head.
        head: u64,
    },
    /// The building task failed.
    #[error(transparent)]
    Task(#[from] tokio::task::JoinError),
}

impl From<LoadFailure> for Problem {
    fn from(failure: LoadFailure) -> Self {
        Self::internal(&failure)
    }
}

/// The document as of `opened`'s head.
pub(crate) async fn load(
    state: &AppState,
    passage: &mut Passage,
    opened: &Opened,
) -> Result<Arc<Document>, LoadFailure> {
    let head = opened.head();
    let (mut seq, mut document) = match state.cache().newest(opened) {
        Some(kept) => kept,
        None => from_snapshot(passage, opened).await?,
    };
    if seq == head {
        return Ok(document);
    }
    while seq < head {
        let page = passage.changes_after(opened, seq, PAGE).await?;
        let Some(last) = page.last().map(|stored| stored.seq) else {
            return Err(LoadFailure::Short { found: seq, head });
        };
        document = tokio::task::spawn_blocking(move || {
            let mut document = Arc::unwrap_or_clone(document);
            for stored in page {
                let applied =
                    Change::decode(&stored.change.bytes).and_then(|change| document.apply(&change));
                applied.map_err(|source| LoadFailure::Log {
                    seq: stored.seq,
                    source,
                })?;
            }
            Ok::<_, LoadFailure>(Arc::new(document))
        })
        .await??;
        seq = last;
    }
    state.cache().keep(opened, seq, Arc::clone(&document));
    Ok(document)
}

async fn from_snapshot(
    passage: &mut Passage,
    opened: &Opened,
) -> Result<(u64, Arc<Document>), LoadFailure> {
    let snapshot = passage.snapshot(opened).await?;
    tokio::task::spawn_blocking(move || match snapshot {
        None => Ok((0, Arc::new(Document::genesis()))),
        Some(snapshot) => Document::load(&snapshot.bytes)
            .map(|document| (snapshot.seq, Arc::new(document)))
            .map_err(LoadFailure::Snapshot),
    })
    .await?
}
