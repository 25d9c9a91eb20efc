//! `GET /healthz`: whether the process answers; `GET /readyz` and `GET /api/health`: whether the server
//! can do its work.

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{AppState, problem::Problem};

/// A healthy server.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`; a server that can't reach its database answers with a problem.
    status: &'static str,
    /// The server's version.
    version: &'static str,
}

/// Says that the server runs and reaches its database.
#[utoipa::path(
    get, path = "/api/health", operation_id = "readHealth", tag = "operation",
    responses(
        (status = 200, description = "It works", body = Health),
        (status = 500, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(State(state): State<AppState>) -> Result<Json<Health>, Problem> {
    state.gate().enter().await?;
    Ok(Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
    }))
}

/// Says that the process answers, whatever its database does: what restarts it asks here.
#[utoipa::path(
    get, path = "/healthz", operation_id = "readLiveness", tag = "operation",
    responses((status = 200, description = "It answers", body = String))
)]
pub(crate) async fn live() -> &'static str {
    "ok"
}

/// Says that the server reaches its database: what sends it requests asks here.
#[utoipa::path(
    get, path = "/readyz", operation_id = "readReadiness", tag = "operation",
    responses(
        (status = 200, description = "It works", body = String),
        (status = 500, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn ready(State(state): State<AppState>) -> Result<&'static str, Problem> {
    state.gate().enter().await?;
    Ok("ok")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::scenario::Scenario;

    #[tokio::test]
    async fn a_working_server_says_so() {
        let answer = Scenario::new().await.get("/api/health").await;
        assert_eq!(
            answer.json(),
            json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")})
        );
        for path in ["/healthz", "/readyz"] {
            let answer = Scenario::new().await.get(path).await;
            assert_eq!(answer.text(), "ok");
        }
    }
}
