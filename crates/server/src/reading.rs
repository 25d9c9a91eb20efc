//! How a family's team document comes to those who read its summary or an entry.

use std::sync::Arc;

use access::Subject;
use axum::http::StatusCode;
use record::{Document, ids::FamilyId};

use crate::{
    AppState, documents,
    gate::{Reading, Stopped},
    problem::Problem,
};

/// Why a family can't be read.
#[derive(Debug, thiserror::Error)]
enum ReadingError {
    #[error("the family's id is not an id")]
    BadId,
    /// The same for a foreign and an unknown family, so that nobody can find out which exist.
    #[error("there is no such family among yours")]
    NotYours,
}

impl From<ReadingError> for Problem {
    fn from(error: ReadingError) -> Self {
        let (status, code) = match error {
            ReadingError::BadId => (StatusCode::BAD_REQUEST, "bad-id"),
            ReadingError::NotYours => (StatusCode::NOT_FOUND, "no-such-family"),
        };
        Self::new(status, code, error.to_string())
    }
}

/// The family's team document as of now, for one reading, which stands in the audit log when this
/// returns; the genesis while nothing was written.
pub(crate) async fn team_document(
    state: &AppState,
    subject: &Subject,
    family: &str,
    reading: Reading,
) -> Result<Arc<Document>, Problem> {
    let family: FamilyId = family.parse().map_err(|_| ReadingError::BadId)?;
    let mut passage = state.gate().enter().await?;
    let granted = match passage.ask_family(subject, family).await {
        Ok(granted) => granted,
        Err(Stopped::Denied(_)) => return Err(ReadingError::NotYours.into()),
        Err(Stopped::Store(error)) => return Err(error.into()),
    };
    let document = match passage.open_team(&granted, reading).await? {
        Some(opened) => documents::load(state, &mut passage, &opened).await?,
        None => Arc::new(Document::genesis()),
    };
    passage.commit().await?;
    Ok(document)
}
