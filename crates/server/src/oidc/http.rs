//! HTTP to the provider: nothing followed, nothing endless.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use ureq::Agent;

/// How long one request to the provider may take.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// The most bytes of an answer.
const MAX_ANSWER: u64 = 1024 * 1024;

/// Sends one request. Redirects are not followed: the provider's addresses come from its own
/// description, and one that points elsewhere may point inside.
pub(super) fn send(request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(TIME_LIMIT))
        .max_redirects(0)
        .http_status_as_error(false)
        .build()
        .into();
    let (parts, body) = request.into_parts();
    let answer = if body.is_empty() {
        agent.run(axum::http::Request::from_parts(parts, ()))?
    } else {
        agent.run(axum::http::Request::from_parts(parts, body))?
    };
    let (parts, body) = answer.into_parts();
    let body = body.into_with_config().limit(MAX_ANSWER).read_to_vec()?;
    Ok(axum::http::Response::from_parts(parts, body))
}
