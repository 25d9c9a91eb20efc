//! What surrounds every request: time limit, bare errors turned into problems, security headers,
//! a device's lease, and one log line without personal data.

mod origin;

use std::time::Duration;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use crate::{
    AppState,
    auth::Believed,
    gate::watched,
    problem::{self, Problem},
};

/// How long one request may take before it is given up and its transaction rolled back.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// How many days a device may open its copies from the time of this answer on without another.
const LEASE_DAYS: HeaderName = HeaderName::from_static("x-lease-days");

/// What any other page may ask the device for: nothing.
const NO_PERMISSIONS: &str = "microphone=(), camera=(), geolocation=(), screen-wake-lock=(), \
     publickey-credentials-get=(), publickey-credentials-create=()";

/// For answers and the small page.
const STRICT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// For the app: its core and the speech engine are WebAssembly in workers, and what it records is
/// played from memory.
const APP_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; \
     connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// What the app may ask the device for.
const APP_PERMISSIONS: &str = "microphone=(self), screen-wake-lock=(self), \
     publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), \
     geolocation=()";

/// What a response is, where it is no answer about anybody. Travels in the response's extensions.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Surface {
    /// A file of the app, and how it may be kept.
    App {
        /// For the header `cache-control`.
        cache: &'static str,
    },
    /// Anything else without personal data, and how it may be kept.
    Public {
        /// For the header `cache-control`.
        cache: &'static str,
    },
}

/// A handler was about to answer with what the audit log does not hold.
#[derive(Debug, thiserror::Error)]
#[error("an answer was held back: what it says was read or written without a row in the audit log")]
struct Unrecorded;

/// Wraps one request.
pub(crate) async fn surround(
    State(state): State<AppState>,
    matched: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = state.ambient().now();
    let method = request.method().clone();
    let believed = Believed::default();
    request.extensions_mut().insert(believed.clone());
    let running = state.metrics().begin();
    let ours = origin::is_ours(&method, request.uri(), request.headers());
    let answer = watched(async {
        if ours {
            next.run(request).await
        } else {
            let text = "another site sent this request: open the app itself";
            Problem::new(StatusCode::FORBIDDEN, "cross-site", text).into_response()
        }
    });
    let mut response = match tokio::time::timeout(TIME_LIMIT, answer).await {
        // Nothing of a family leaves before the audit log has it, durably. Only a mistake in a
        // handler comes here; a problem holds nothing of a family.
        Ok((response, false)) if response.status().is_success() => {
            Problem::internal(&Unrecorded).into_response()
        }
        Ok((response, _)) => with_a_problem_body(response),
        Err(_) => Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too-slow",
            "this took too long and was given up: try again, with fewer changes at once",
        )
        .into_response(),
    };
    secure(&mut response);
    if believed.is_set() {
        let days = HeaderValue::from(state.settings().lease_days);
        response.headers_mut().insert(LEASE_DAYS, days);
    }
    // The route's pattern and not the path: ids stay out of the log.
    let route = match response.extensions().get::<Surface>() {
        Some(Surface::App { .. }) => "app",
        _ => matched.as_ref().map_or("unmatched", MatchedPath::as_str),
    };
    let (status, ms) = (response.status().as_u16(), state.ambient().now() - started);
    drop(running);
    state.metrics().answered(&method, route, status, ms);
    tracing::info!(%method, route, status, ms);
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
        StatusCode::RANGE_NOT_SATISFIABLE => ("bad-range", "there is no such part of this file"),
        StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "send less at once"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("media-type", "send application/json"),
        _ if status.is_client_error() => ("bad-request", "the request could not be understood"),
        _ => (
            "internal",
            "the server could not do this: try again in a few minutes",
        ),
    };
    let mut replaced = Problem::new(status, code, detail).into_response();
    for kept in [header::ALLOW, header::CONTENT_RANGE] {
        if let Some(value) = response.headers().get(&kept) {
            replaced.headers_mut().insert(kept, value.clone());
        }
    }
    replaced
}

fn secure(response: &mut Response) {
    let surface = response.extensions().get::<Surface>().copied();
    let headers = response.headers_mut();
    let (policy, permissions, cache) = match surface {
        Some(Surface::App { cache }) => (APP_POLICY, APP_PERMISSIONS, cache),
        Some(Surface::Public { cache }) => (STRICT_POLICY, NO_PERMISSIONS, cache),
        // What the record says must not stay in a browser's cache after signing out.
        None => (STRICT_POLICY, NO_PERMISSIONS, "no-store"),
    };
    let fixed: [(HeaderName, &'static str); 10] = [
        (HeaderName::from_static("permissions-policy"), permissions),
        // Browsers heed it over TLS only, so that it is right with a proxy in front as well.
        (
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        ),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        // With the one before: no other page shares a process, so that the app may use threads.
        (
            HeaderName::from_static("cross-origin-embedder-policy"),
            "require-corp",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (header::CACHE_CONTROL, cache),
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

    /// Every route of the API with each of its methods and two that it has not, as a stranger.
    #[tokio::test]
    async fn every_route_carries_every_header_and_no_cors() {
        let scenario = Scenario::new().await;
        let described = crate::openapi::document();
        let mut asked = 0;
        for (path, operations) in described["paths"].as_object().unwrap() {
            let path = path.replace(['{', '}'], "");
            let described = operations.as_object().unwrap().keys();
            let methods = described.map(|it| it.to_uppercase());
            for method in methods.chain(["OPTIONS".into(), "TRACE".into()]) {
                let method = Method::from_bytes(method.as_bytes()).unwrap();
                let origin = [
                    ("origin", "https://evil.example".to_owned()),
                    ("access-control-request-method", "POST".to_owned()),
                ];
                let answer = scenario.send(method.clone(), &path, &origin, b"").await;
                let case = format!("{method} {path}");
                for (name, value) in [
                    ("cross-origin-opener-policy", "same-origin"),
                    ("cross-origin-embedder-policy", "require-corp"),
                    ("cross-origin-resource-policy", "same-origin"),
                    ("x-content-type-options", "nosniff"),
                    ("x-frame-options", "DENY"),
                    ("referrer-policy", "no-referrer"),
                    (
                        "strict-transport-security",
                        "max-age=31536000; includeSubDomains",
                    ),
                ] {
                    assert_eq!(
                        answer.header(name).as_deref(),
                        Some(value),
                        "{case}: {name}"
                    );
                }
                // Models are the same for everybody; all else is somebody's.
                let cache = answer.header("cache-control").unwrap();
                assert!(
                    cache == "no-store" || path.starts_with("/api/models"),
                    "{case}"
                );
                let permissions = answer.header("permissions-policy").unwrap();
                assert!(permissions.contains("microphone=()"), "{case}");
                let policy = answer.header("content-security-policy").unwrap();
                assert!(policy.starts_with("default-src 'none'"), "{case}");
                for name in [
                    "access-control-allow-origin",
                    "access-control-allow-credentials",
                    "access-control-allow-methods",
                ] {
                    assert_eq!(answer.header(name), None, "{case}");
                }
                if !method.is_safe() {
                    assert_eq!(
                        answer.problem(),
                        "urn:workbook:problem:cross-site",
                        "{case}"
                    );
                }
                asked += 1;
            }
        }
        assert!(asked > 40, "{asked}");
    }

    #[tokio::test]
    async fn pages_and_errors_carry_the_security_headers() {
        let scenario = Scenario::new().await;
        for path in ["/", "/read/app.js", "/api/health", "/nowhere"] {
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
