//! `POST /api/families/{family}/break-glass`: emergency reading of a family that is not one's own.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use record::ids::{BreakGlassId, FamilyId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AppState, auth::CallerWith, gate::Stopped, problem::Problem};

/// The longest reason, in characters.
const MAX_REASON: usize = 2_000;
/// On how many families one person may have broken the glass at a time.
const AT_ONCE: usize = 5;

/// Why the glass stays whole.
#[derive(Debug, thiserror::Error)]
enum BreakGlassError {
    #[error("the family's id is not an id")]
    BadId,
    #[error(
        "say in at least {0} and at most {MAX_REASON} characters why you must read this family now: its manager reads it"
    )]
    BadReason(u16),
    #[error("you work with this family: open it as always")]
    NotNeeded,
    #[error("you have broken the glass on {AT_ONCE} families already: ask your manager")]
    TooMany,
    /// The same for an unknown and a restricted family, so that nobody can find out which exist.
    #[error("there is no such family")]
    NoSuchFamily,
}

impl From<BreakGlassError> for Problem {
    fn from(error: BreakGlassError) -> Self {
        let (status, code) = match error {
            BreakGlassError::BadId => (StatusCode::BAD_REQUEST, "bad-id"),
            BreakGlassError::BadReason(_) => (StatusCode::UNPROCESSABLE_ENTITY, "bad-reason"),
            BreakGlassError::NotNeeded => (StatusCode::CONFLICT, "not-needed"),
            BreakGlassError::TooMany => (StatusCode::TOO_MANY_REQUESTS, "too-many-at-once"),
            BreakGlassError::NoSuchFamily => (StatusCode::NOT_FOUND, "no-such-family"),
        };
        Self::new(status, code, error.to_string())
    }
}

/// Why the caller must read the family.
#[derive(Deserialize, ToSchema)]
pub(crate) struct BreakGlassRequest {
    /// In the caller's words: at least 20 characters unless the server asks for more or fewer.
    reason: String,
}

/// A family that may be read for a while.
#[derive(Serialize, ToSchema)]
pub(crate) struct GlassBroken {
    /// The family's id.
    #[schema(value_type = String, format = Uuid)]
    family: FamilyId,
    /// Its name.
    name: String,
    /// Until when its summary and entries may be read, in milliseconds since 1970.
    until: i64,
}

/// Opens a family's summary and entries to the caller for a limited time: to read, online, without a
/// copy and without any compartment. The family's manager is told who and why.
#[utoipa::path(
    post, path = "/api/families/{family}/break-glass", operation_id = "breakGlass", tag = "families",
    params(("family" = String, Path, format = Uuid, description = "The family's id")),
    request_body = BreakGlassRequest,
    responses(
        (status = 201, description = "May be read now", body = GlassBroken),
        (status = 400, description = "Not an id or not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "This device was revoked: `wipe` is true", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such family, or a restricted one", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The caller works with this family", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too long", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No good reason", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many families at once", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []), ("session" = []))
)]
pub(crate) async fn open(
    State(state): State<AppState>,
    Path(family): Path<String>,
    CallerWith { caller, body }: CallerWith<BreakGlassRequest>,
) -> Result<(StatusCode, Json<GlassBroken>), Problem> {
    let family: FamilyId = family.parse().map_err(|_| BreakGlassError::BadId)?;
    let settings = state.settings().break_glass;
    let reason = body.reason.trim();
    let length = reason.chars().count();
    if length < usize::from(settings.reason_chars) || length > MAX_REASON || reason.contains('\0') {
        return Err(BreakGlassError::BadReason(settings.reason_chars).into());
    }
    let id = BreakGlassId::from_uuid(state.ambient().mint()?);
    let until = state
        .ambient()
        .now()
        .saturating_add(i64::from(settings.minutes) * 60_000);
    let mut passage = state.gate().enter().await?;
    let granted = match passage.ask_break_glass(&caller.subject, family).await {
        Ok(granted) => granted,
        Err(Stopped::Denied(access::Denied::NotNeeded)) => {
            return Err(BreakGlassError::NotNeeded.into());
        }
        Err(Stopped::Denied(_)) => return Err(BreakGlassError::NoSuchFamily.into()),
        Err(Stopped::Store(error)) => return Err(error.into()),
    };
    if passage.broken_now(&granted).await? >= AT_ONCE {
        return Err(BreakGlassError::TooMany.into());
    }
    let opened = passage
        .break_glass(&granted, id, reason.to_owned(), until)
        .await?;
    passage.commit().await?;
    let opened = GlassBroken {
        family: opened.id,
        name: opened.name,
        until,
    };
    Ok((StatusCode::CREATED, Json(opened)))
}

#[cfg(test)]
mod tests;
