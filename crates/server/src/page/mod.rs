//! What a browser sees: the app, where the server was given one, and a small page for those who only
//! read: sign in, my families, the summary, and each line's entry.
//!
//! The small page is embedded in the binary, without inline scripts or anything from elsewhere, so
//! that the strictest content security policy holds. It stands under `/read`, and under `/` while
//! there is no app.

pub(crate) mod app;

use axum::{
    Router,
    http::{StatusCode, header},
    response::{Html, IntoResponse},
    routing::get,
};

use crate::{AppState, Settings};

/// The page and its two files, and the app behind everything that is no other route.
pub(crate) fn router(settings: &Settings) -> Router<AppState> {
    let page = Router::new()
        .route("/read", get(small_page))
        .route(
            "/read/app.js",
            get(async || typed("text/javascript", include_str!("app.js"))),
        )
        .route(
            "/read/app.css",
            get(async || typed("text/css", include_str!("app.css"))),
        );
    match &settings.app {
        Some(folder) => page.fallback(app::files(folder)),
        None => page
            .route("/", get(small_page))
            // Every browser asks for one; without an answer each visit would log an error.
            .route("/favicon.ico", get(async || StatusCode::NO_CONTENT)),
    }
}

async fn small_page() -> impl IntoResponse {
    Html(include_str!("index.html"))
}

fn typed(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind)], text)
}
