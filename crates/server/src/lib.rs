//! The council's server: authentication, access, the record's rules and storage, behind HTTP.
//!
//! A request passes `edge` (limits, headers, log), then `auth` (which device or browser is this?),
//! then its endpoint in `api`, and reaches a family only through `gate`, which asks `access`.
//! Changes from devices go through `documents`, where the record's rules are asked. [`admin`] is the
//! operator's way in, from the command line only.
//!
//! **Invariants.** Nothing here reads a clock or randomness by itself: both come in with
//! [`AppState::new`]. Nothing is acknowledged before it is committed. No log line, address or
//! error holds what the record says.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use std::sync::Arc;
//! use server::{Ambient, AppState, NoRandomness};
//!
//! // The command line passes the real clock and the operating system's randomness.
//! let ambient = Ambient {
//!     clock: Arc::new(|| 1_772_000_000_000_i64),
//!     randomness: Arc::new(|_: &mut [u8]| Err(NoRandomness)),
//! };
//! let state = AppState::new(Arc::new(store::memory::MemoryStore::default()), ambient);
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! server::serve(listener, state, None, std::future::ready(())).await?;
//! # Ok(())
//! # }
//! ```

pub mod admin;
mod ambient;
mod api;
mod auth;
mod body;
mod documents;
mod edge;
mod events;
mod gate;
mod listen;
mod metrics;
mod oidc;
mod openapi;
mod page;
mod problem;
mod reading;
#[cfg(test)]
mod scenario;
mod settings;
mod state;
mod today;

use axum::{Router, extract::DefaultBodyLimit, middleware};

pub use ambient::{Ambient, Clock, NoRandomness, Randomness};
pub use listen::{Certificate, CertificateError, serve, serve_metrics};
pub use metrics::{Metrics, metrics_app};
pub use oidc::{OidcSettings, OidcSettingsError};
pub use settings::{BreakGlassSettings, Model, Settings};
pub use state::AppState;

/// Every route of the server, with what surrounds them.
pub fn app(state: AppState) -> Router {
    Router::new()
        .merge(api::router())
        .merge(page::router(state.settings()))
        .layer(DefaultBodyLimit::max(sync::wire::MAX_FRAME_BYTES))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            edge::surround,
        ))
        .with_state(state)
}
