//! What surrounds every request: time limit, bare errors turned into problems, security headers,
//! and one log line without personal data.

use std::time::Duration;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use crate::problem::Problem;
use crate::{AppState, problem};

/// How long one request may take before it is given up and its transaction rolled back.
const TIME_LIMIT: Duration = Duration::from_secs(30);

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Wraps one request.
pub(crate) async fn surround(
    State(state): State<AppState>,
    matched: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let started = state.ambient().now();
    let method = request.method().clone();
    let mut response = match tokio::time::timeout(TIME_LIMIT, next.run(request)).await {
        Ok(response) => with_a_problem_body(response),
        Err(_) => Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too-slow",
            "this took too long and was given up: try again, with fewer changes at once",
        )
        .into_response(),
    };
    secure(&mut response);
    // The route's pattern and not the path: ids stay out of the log.
    let route = matched.as_ref().map_or("unmatched", MatchedPath::as_str);
    tracing::info!(
        %method,
        route,
        status = response.status().as_u16(),
        ms = state.ambient().now() - started,
    );
    response
}

/// The framework's own errors (404, 405, …) come without a body of ours.
fn with_a_problem_body(response: Response) -> Response {
    let status = response.status();
    let is_problem = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value == problem::MEDIA_TYPE);
    if is_problem || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (code, detail) = match status {
        StatusCode::NOT_FOUND => ("not-found", "there is nothing at this address"),
        StatusCode::METHOD_NOT_ALLOWED => (
            "method-not-allowed",
            "this address does not take that method",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "send less at once"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("media-type", "send application/json"),
        _ if status.is_client_error() => ("bad-request", "the request could not be understood"),
        _ => (
            "internal",
            "the server could not do this: try again in a few minutes",
        ),
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut replaced = Problem::new(status, code, detail).into_response();
    if let Some(allow) = allow {
        replaced.headers_mut().insert(header::ALLOW, allow);
    }
    replaced
}

fn secure(response: &mut Response) {
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 7] = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        // What the record says must not stay in a browser's cache after signing out.
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};

    use crate::scenario::Scenario;

    #[tokio::test]
    async fn every_error_of_the_framework_is_a_problem() {
        let scenario = Scenario::new().await;
        let missing = scenario.get("/nowhere").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        assert_eq!(missing.problem(), "urn:workbook:problem:not-found");

        let wrong = scenario.send(Method::PUT, "/api/health", &[], b"").await;
        assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(wrong.problem(), "urn:workbook:problem:method-not-allowed");
        assert!(wrong.header("allow").is_some());
    }

    #[tokio::test]
    async fn pages_and_errors_carry_the_security_headers() {
        let scenario = Scenario::new().await;
        for path in ["/", "/app.js", "/api/health", "/nowhere"] {
            let answer = scenario.get(path).await;
            let policy = answer.header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'"), "{path}");
            assert_eq!(
                answer.header("x-content-type-options").as_deref(),
                Some("nosniff")
            );
            assert_eq!(answer.header("cache-control").as_deref(), Some("no-store"));
        }
    }
}
