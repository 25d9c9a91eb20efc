//! `GET /api/families/{family}/entries/{entry}`: one entry, as a summary line cites it.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use record::{Workbook, ids::EntryId, model::Entry};
use serde::Serialize;

use crate::{AppState, auth::Caller, gate::Reading, problem::Problem, reading};

/// Why an entry can't be shown.
#[derive(Debug, thiserror::Error)]
enum EntryError {
    #[error("the entry's id is not an id")]
    BadId,
    #[error("there is no such entry in this family's workbook")]
    Missing,
}

impl From<EntryError> for Problem {
    fn from(error: EntryError) -> Self {
        let (status, code) = match error {
            EntryError::BadId => (StatusCode::BAD_REQUEST, "bad-id"),
            EntryError::Missing => (StatusCode::NOT_FOUND, "no-such-entry"),
        };
        Self::new(status, code, error.to_string())
    }
}

/// An entry as the record holds it, and what its ids stand for.
#[derive(Debug, Serialize)]
pub(crate) struct EntryRead {
    /// Its id.
    id: EntryId,
    /// Everything in it, in the record's own form.
    entry: Entry,
    /// The names of the people and professionals of the workbook, by id.
    names: BTreeMap<String, String>,
}

/// Reads one entry.
#[utoipa::path(
    get, path = "/api/families/{family}/entries/{entry}", operation_id = "readEntry", tag = "families",
    params(
        ("family" = String, Path, format = Uuid, description = "The family's id"),
        ("entry" = String, Path, format = Uuid, description = "The entry's id"),
    ),
    responses(
        (status = 200, description = "The entry", body = crate::openapi::record::EntryRead),
        (status = 400, description = "Not an id", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such family among the caller's, or no such entry", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []), ("session" = []))
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    Path((family, entry)): Path<(String, String)>,
    caller: Caller,
) -> Result<Json<EntryRead>, Problem> {
    let id: EntryId = entry.parse().map_err(|_| EntryError::BadId)?;
    let document =
        reading::team_document(&state, &caller.subject, &family, Reading::Entry(id)).await?;
    let workbook = tokio::task::spawn_blocking(move || document.read()).await?;
    Ok(Json(entry_of(&workbook, id).ok_or(EntryError::Missing)?))
}

fn entry_of(workbook: &Workbook, id: EntryId) -> Option<EntryRead> {
    let entry = workbook.entries.get(&id)?.clone();
    let people = workbook
        .people
        .keys()
        .map(|id| (id.to_string(), workbook.person_name(*id)));
    let professionals = workbook
        .professionals
        .keys()
        .map(|id| (id.to_string(), workbook.professional_name(*id).to_owned()));
    Some(EntryRead {
        id,
        entry,
        names: people.chain(professionals).collect(),
    })
}
