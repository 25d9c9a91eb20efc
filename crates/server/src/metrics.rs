//! What the server counts, for Prometheus. Routes by their pattern, never by their path; nobody's id,
//! name or address is a label.

use std::sync::Arc;

use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

/// Bounds of the time that requests take, in seconds.
const SECONDS: [f64; 9] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0];

const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Timed {
    route: String,
}

fn timed() -> Histogram {
    Histogram::new(SECONDS)
}

/// The counters, cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    answered: Family<Answered, Counter>,
    seconds: Family<Timed, Histogram>,
    running: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let answered = Family::default();
        let seconds = Family::new_with_constructor(timed as fn() -> Histogram);
        let running = Gauge::default();
        let mut registry = Registry::with_prefix("workbook");
        registry.register(
            "requests",
            "Requests answered, by route and status",
            answered.clone(),
        );
        registry.register(
            "request_seconds",
            "Time from a request's arrival to its answer's first byte",
            seconds.clone(),
        );
        registry.register(
            "requests_running",
            "Requests not answered yet",
            running.clone(),
        );
        Self {
            registry: Arc::new(registry),
            answered,
            seconds,
            running,
        }
    }
}

/// A request under way; it counts as running until this is dropped, answered or not.
pub(crate) struct Running(Gauge);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// Notes that a request has come.
    pub(crate) fn begin(&self) -> Running {
        self.running.inc();
        Running(self.running.clone())
    }

    /// Notes an answer. `route` is a pattern of ours or a word for anything else.
    pub(crate) fn answered(
        &self,
        method: &axum::http::Method,
        route: &str,
        status: u16,
        millis: i64,
    ) {
        // Anybody can make up a method; each would be a line here for ever.
        let method = match method.as_str() {
            "GET" => "GET",
            "HEAD" => "HEAD",
            "POST" => "POST",
            "DELETE" => "DELETE",
            _ => "other",
        };
        let route = route.to_owned();
        self.answered
            .get_or_create(&Answered {
                method,
                route: route.clone(),
                status,
            })
            .inc();
        let millis = u32::try_from(millis.max(0)).unwrap_or(u32::MAX);
        self.seconds
            .get_or_create(&Timed { route })
            .observe(f64::from(millis) / 1_000.0);
    }

    /// Everything as text.
    fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// `GET /metrics` alone, for an address of its own that is not public.
pub fn metrics_app(metrics: Metrics) -> Router {
    Router::new()
        .route("/metrics", get(read))
        .with_state(metrics)
}

async fn read(State(metrics): State<Metrics>) -> Result<impl IntoResponse, axum::http::StatusCode> {
    let text = metrics
        .text()
        .map_err(|_| axum::http::StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], text))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use crate::scenario::Scenario;

    #[tokio::test]
    async fn routes_are_counted_by_pattern_and_nobody_is_named() {
        let scenario = Scenario::new().await;
        let cookie = scenario.sign_in("amira").await;
        let path = format!("/api/families/{}/summary", scenario.family);
        for _ in 0..3 {
            scenario.send(Method::GET, &path, &cookie, b"").await;
        }
        scenario.get("/brennan").await;
        let odd = Method::from_bytes(b"BRENNAN").unwrap();
        scenario.send(odd, "/api/me", &[], b"").await;
        let text = scenario.metrics.text().unwrap();
        let counted = r#"workbook_requests_total{method="GET",route="/api/families/{family}/summary",status="200"} 3"#;
        assert!(text.contains(counted), "{text}");
        assert!(text.contains(r#"route="unmatched",status="404""#), "{text}");
        assert!(text.contains("workbook_requests_running 0"), "{text}");
        for private in ["rennan", "RENNAN", "amira", &scenario.family.to_string()] {
            assert!(!text.contains(private), "{private}");
        }
    }

    #[tokio::test]
    async fn metrics_are_not_public() {
        let answer = Scenario::new().await.get("/metrics").await;
        assert_eq!(answer.status, axum::http::StatusCode::NOT_FOUND);
    }
}
