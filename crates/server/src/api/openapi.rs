//! `GET /api/openapi.json`: the contract, as committed.

use axum::{Json, response::IntoResponse};

use crate::openapi;

/// Gives this description of the API.
#[utoipa::path(
    get, path = "/api/openapi.json", operation_id = "readOpenApi", tag = "operation",
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value))
)]
pub(crate) async fn read() -> impl IntoResponse {
    Json(openapi::document())
}
