//! `GET /api/sync/events`: a stream of server-sent events, which says when to pull.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use store::StoreError;

use crate::{
    AppState,
    auth::Caller,
    events::{self, Stopping},
    gate::{Listening, Stopped},
    problem::Problem,
};

/// Why no stream is opened.
#[derive(Debug, thiserror::Error)]
enum EventsError {
    #[error("this stream is for enrolled devices: sign the request with the device's key")]
    NotSigned,
    #[error(transparent)]
    Stopping(#[from] Stopping),
    #[error(transparent)]
    Stopped(#[from] Stopped),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<EventsError> for Problem {
    fn from(error: EventsError) -> Self {
        let text = error.to_string();
        match error {
            EventsError::NotSigned => Self::new(StatusCode::UNAUTHORIZED, "not-signed", text),
            EventsError::Stopping(_) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", text)
            }
            EventsError::Stopped(stopped) => stopped.into(),
            EventsError::Store(cause) => cause.into(),
        }
    }
}

/// Opens a stream of news: `event: grown` with `{"document", "seq"}` whenever a document that the
/// caller may take a copy of has grown, `event: catch-up` at the beginning and whenever something may
/// have been missed. It says when to pull, never what was written. Comments are signs of life. It ends
/// after 20 minutes, when the device is taken out of use, and when the server
/// stops: open another one, and pull now and then without it. A caller has at most three; the oldest
/// ends.
// Opening one is no reading of a family, and what is told is not content: no row in the audit log.
#[utoipa::path(
    get, path = "/api/sync/events", operation_id = "listen", tag = "sync",
    responses(
        (status = 200, description = "Server-sent events", body = String, content_type = "text/event-stream"),
        (status = 401, description = "Nobody is signed in, the signature does not fit, or the clock is off", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The device was revoked: `wipe` is true", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The server is about to stop", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []))
)]
pub(crate) async fn listen(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Response, Problem> {
    let stream = open(&state, caller).await?;
    let mut response = stream.into_body().into_response();
    let kind = HeaderValue::from_static("text/event-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    // nginx would keep the events back to fill its buffer.
    let at_once = HeaderValue::from_static("no");
    response.headers_mut().insert("x-accel-buffering", at_once);
    Ok(response)
}

async fn open(state: &AppState, caller: Caller) -> Result<events::Stream, EventsError> {
    let device = caller.device.as_ref().ok_or(EventsError::NotSigned)?.id;
    // Before the reachable documents are listed, so that nothing falls in between.
    let place = events::start(state).await?;
    let mut passage = state.gate().enter().await?;
    let granted = passage.ask_families(&caller.subject).await?;
    let reachable = passage.reachable(&granted).await?;
    drop(passage);
    let documents = reachable.iter().map(|it| it.opened.id()).collect();
    Ok(state
        .events()
        .open(&place, Listening::new(caller.subject, device), documents)?)
}

#[cfg(test)]
mod tests;
