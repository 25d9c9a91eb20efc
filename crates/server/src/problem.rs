//! Errors as a client sees them: `application/problem+json` (RFC 9457), made only at the edge.
//!
//! A problem's text is for the person at the device. It never holds what the record says, nor
//! anything that tells a stranger whether a family exists.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use store::StoreError;
use utoipa::ToSchema;

use crate::ambient::NoRandomness;

/// The media type of a problem.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// A problem as it goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What kind of problem it is, for programs: `urn:workbook:problem:` and a stable code.
    #[serde(rename = "type")]
    kind: String,
    /// What kind of problem it is, for people.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened here and what to do.
    detail: String,
    /// The server's time in milliseconds since 1970, where the device's clock was the problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    server_time: Option<i64>,
    /// Always true where it stands: the device was taken out of use and deletes every copy it keeps.
    #[serde(skip_serializing_if = "Option::is_none")]
    wipe: Option<bool>,
    /// Seconds after which to try again.
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem with a stable code.
    pub(crate) fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:workbook:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            server_time: None,
            wipe: None,
            retry_after: None,
        }
    }

    /// Its HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The last part of its kind.
    pub(crate) fn code(&self) -> &str {
        self.kind.rsplit(':').next().unwrap_or_default()
    }

    /// Tells the server's time.
    #[must_use]
    pub(crate) fn with_server_time(mut self, unix_millis: i64) -> Self {
        self.server_time = Some(unix_millis);
        self
    }

    /// Tells the device to delete its copies.
    #[must_use]
    pub(crate) fn with_wipe(mut self) -> Self {
        self.wipe = Some(true);
        self
    }

    /// Says when to try again.
    #[must_use]
    pub(crate) fn with_retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// A fault of the server, which its caller can't mend. The cause goes to the log only.
    pub(crate) fn internal(cause: &dyn std::error::Error) -> Self {
        tracing::error!(%cause, "request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the server could not do this, and nothing was lost on your device: try again in a few minutes",
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), axum::Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::internal(&error)
    }
}

impl From<NoRandomness> for Problem {
    fn from(error: NoRandomness) -> Self {
        Self::internal(&error)
    }
}

/// A task on the blocking pool ended without an answer (it panicked, or the server is stopping).
impl From<tokio::task::JoinError> for Problem {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::internal(&error)
    }
}
