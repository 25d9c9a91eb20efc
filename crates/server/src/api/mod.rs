//! The endpoints, one file each: error enum, handler, tests.

#[cfg(test)]
pub(crate) mod audited;
pub(crate) mod board;
pub(crate) mod break_glass;
pub(crate) mod devices;
pub(crate) mod entries;
pub(crate) mod events;
pub(crate) mod families;
pub(crate) mod health;
#[cfg(test)]
mod hostile;
pub(crate) mod me;
pub(crate) mod models;
pub(crate) mod notices;
pub(crate) mod oidc;
pub(crate) mod openapi;
pub(crate) mod pull;
pub(crate) mod push;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod summary;

use axum::{
    Router,
    routing::{get, post},
};

use tower_http::{CompressionLevel, compression::CompressionLayer};

use crate::AppState;

/// Every endpoint under `/api`, and the two that orchestrators ask.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/api/devices", post(devices::enrol).get(devices::list))
        .route("/api/devices/{device}/revoke", post(devices::revoke))
        .route("/api/me", get(me::read))
        .route("/api/sessions", post(sessions::start).delete(sessions::end))
        .route("/api/sign-in", get(sign_in::read))
        .route("/api/oidc/start", get(oidc::start))
        .route("/api/oidc/callback", get(oidc::callback))
        .merge(sync_frames())
        .route("/api/sync/events", get(events::listen))
        .route("/api/families", get(families::list))
        .route("/api/families/search", post(search::find))
        .route(
            "/api/families/{family}/break-glass",
            post(break_glass::open),
        )
        .route("/api/notices/{notice}/seen", post(notices::seen))
        .route("/api/board", get(board::read))
        .route("/api/families/{family}/summary", get(summary::read))
        .route("/api/families/{family}/entries/{entry}", get(entries::read))
        .route("/api/models", get(models::list))
        .route("/api/models/{name}", get(models::read))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/api/health", get(health::read))
        .route("/api/openapi.json", get(openapi::read))
}

/// Frames are packed for the wire where the device takes that. Only these: they answer a device's
/// signature and no cookie, so that no other page can measure what they hold by their length.
fn sync_frames() -> Router<AppState> {
    Router::new()
        .route("/api/sync/push", post(push::push))
        .route("/api/sync/pull", post(pull::pull))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}
