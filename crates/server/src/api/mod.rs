//! The endpoints, one file each: error enum, handler, tests.

#[cfg(test)]
mod audited;
pub(crate) mod board;
pub(crate) mod devices;
pub(crate) mod entries;
pub(crate) mod families;
pub(crate) mod health;
pub(crate) mod me;
pub(crate) mod models;
pub(crate) mod openapi;
pub(crate) mod pull;
pub(crate) mod push;
pub(crate) mod sessions;
pub(crate) mod summary;

use axum::{
    Router,
    routing::{get, post},
};

use crate::AppState;

/// Every endpoint under `/api`.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/api/devices", post(devices::enrol).get(devices::list))
        .route("/api/devices/{device}/revoke", post(devices::revoke))
        .route("/api/me", get(me::read))
        .route("/api/sessions", post(sessions::start).delete(sessions::end))
        .route("/api/sync/push", post(push::push))
        .route("/api/sync/pull", post(pull::pull))
        .route("/api/families", get(families::list))
        .route("/api/board", get(board::read))
        .route("/api/families/{family}/summary", get(summary::read))
        .route("/api/families/{family}/entries/{entry}", get(entries::read))
        .route("/api/models", get(models::list))
        .route("/api/models/{name}", get(models::read))
        .route("/api/health", get(health::read))
        .route("/api/openapi.json", get(openapi::read))
}
