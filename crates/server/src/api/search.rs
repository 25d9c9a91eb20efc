//! `POST /api/families/search`: which families have a name, for who has to break the glass. A POST,
//! so that no name stands in an address.

use axum::{Json, extract::State, http::StatusCode};
use record::ids::FamilyId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AppState, auth::CallerWith, problem::Problem};

/// The shortest part of a name, in characters: shorter ones would list the whole council.
const MIN_CHARS: usize = 3;
/// The longest, in characters.
const MAX_CHARS: usize = 100;
/// How many families are given at most.
const LIMIT: usize = 20;

/// Why nothing is looked for.
#[derive(Debug, thiserror::Error)]
enum SearchError {
    #[error("give {MIN_CHARS} to {MAX_CHARS} characters of the family's name")]
    BadName,
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad-name",
            error.to_string(),
        )
    }
}

/// What is looked for.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SearchRequest {
    /// A part of the family's name, 3 to 100 characters; capitals don't matter.
    name: String,
}

/// Families of that name.
#[derive(Serialize, ToSchema)]
pub(crate) struct Found {
    /// By name, 20 at most. Restricted families of other teams are not among them.
    families: Vec<FoundFamily>,
}

/// A family as anybody may know of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundFamily {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: FamilyId,
    /// Its name.
    name: String,
}

/// Finds families by a part of their name. Whoever is not allocated learns nothing else of them.
#[utoipa::path(
    post, path = "/api/families/search", operation_id = "findFamilies", tag = "families",
    request_body = SearchRequest,
    responses(
        (status = 200, description = "Families of that name", body = Found),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "This device was revoked: `wipe` is true", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too long", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Too short or too long a name", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []), ("session" = []))
)]
pub(crate) async fn find(
    State(state): State<AppState>,
    CallerWith { caller, body }: CallerWith<SearchRequest>,
) -> Result<Json<Found>, Problem> {
    let name = body.name.trim();
    if !(MIN_CHARS..=MAX_CHARS).contains(&name.chars().count()) {
        return Err(SearchError::BadName.into());
    }
    let mut passage = state.gate().enter().await?;
    let found = passage.find_families(&caller.subject, name, LIMIT).await?;
    passage.commit().await?;
    let families = found
        .into_iter()
        .map(|family| FoundFamily {
            id: family.id,
            name: family.name,
        })
        .collect();
    Ok(Json(Found { families }))
}
