//! A small page for those who read: sign in, my families, the summary, and each line's entry.
//!
//! Embedded in the binary, without inline scripts or anything from elsewhere, so that the strictest
//! content security policy holds. The mobile shell takes its place later.

use axum::{
    Router,
    http::{StatusCode, header},
    response::{Html, IntoResponse},
    routing::get,
};

use crate::AppState;

/// The page and its two files.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/", get(async || Html(include_str!("index.html"))))
        .route(
            "/app.js",
            get(async || typed("text/javascript", include_str!("app.js"))),
        )
        .route(
            "/app.css",
            get(async || typed("text/css", include_str!("app.css"))),
        )
        // Every browser asks for one; without an answer each visit would log an error.
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
}

fn typed(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind)], text)
}
