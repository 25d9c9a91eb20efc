//! `POST /api/notices/{notice}/seen`: a manager confirms to have seen an emergency reading.

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use record::ids::{BreakGlassId, FamilyId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    AppState,
    auth::Caller,
    gate::{Notice, Stopped},
    problem::Problem,
};

/// Why a notice can't be confirmed.
#[derive(Debug, thiserror::Error)]
enum NoticeError {
    #[error("the notice's id is not an id")]
    BadId,
    /// The same for another's and an unknown notice.
    #[error("there is no such notice among yours")]
    NotYours,
}

impl From<NoticeError> for Problem {
    fn from(error: NoticeError) -> Self {
        let (status, code) = match error {
            NoticeError::BadId => (StatusCode::BAD_REQUEST, "bad-id"),
            NoticeError::NotYours => (StatusCode::NOT_FOUND, "no-such-notice"),
        };
        Self::new(status, code, error.to_string())
    }
}

/// An emergency reading, as a manager is told of it. Times are in milliseconds since 1970.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoticeListed {
    /// The notice's id.
    #[schema(value_type = String, format = Uuid)]
    id: BreakGlassId,
    /// Always `break-glass`.
    kind: &'static str,
    /// The family that was opened.
    #[schema(value_type = String, format = Uuid)]
    family: FamilyId,
    /// Its name.
    family_name: String,
    /// Who opened it.
    by: String,
    /// Why, in their words.
    reason: String,
    /// Since when.
    from: i64,
    /// Until when.
    until: i64,
}

impl From<Notice> for NoticeListed {
    fn from(notice: Notice) -> Self {
        Self {
            id: notice.broken.id,
            kind: "break-glass",
            family: notice.broken.family,
            family_name: notice.family_name,
            by: notice.by,
            reason: notice.broken.reason,
            from: notice.broken.from,
            until: notice.broken.until,
        }
    }
}

/// Confirms that the caller has seen a notice of `GET /api/me`. Twice is no error.
#[utoipa::path(
    post, path = "/api/notices/{notice}/seen", operation_id = "seeNotice", tag = "families",
    params(("notice" = String, Path, format = Uuid, description = "The notice's id")),
    responses(
        (status = 204, description = "Seen"),
        (status = 400, description = "Not an id", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "This device was revoked: `wipe` is true", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such notice among the caller's", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []), ("session" = []))
)]
pub(crate) async fn seen(
    State(state): State<AppState>,
    Path(notice): Path<String>,
    caller: Caller,
) -> Result<StatusCode, Problem> {
    let notice: BreakGlassId = notice.parse().map_err(|_| NoticeError::BadId)?;
    let mut passage = state.gate().enter().await?;
    let granted = match passage.ask_notice(&caller.subject, notice).await {
        Ok(granted) => granted,
        Err(Stopped::Denied(_)) => return Err(NoticeError::NotYours.into()),
        Err(Stopped::Store(error)) => return Err(error.into()),
    };
    passage.see_notice(&granted).await?;
    passage.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
