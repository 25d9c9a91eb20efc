//! The built app's files: everything under its folder, and nothing else.
//!
//! A file under `/assets/` has its content's hash in its name and may be kept for ever; every other
//! one (the page, the service worker) is asked for anew each time, so that an update arrives.

use std::path::Path;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use tower_http::services::ServeDir;

use crate::edge::Surface;

const HASHED: &str = "public, max-age=31536000, immutable";
const FRESH: &str = "no-cache";

/// Serves the files of `folder`, Brotli or gzip variants (`.br`, `.gz`) where they lie beside them.
pub(super) fn files(folder: &Path) -> axum::routing::MethodRouter<crate::AppState> {
    let files = ServeDir::new(folder)
        .redirect_to_trailing_slash(false)
        .precompressed_br()
        .precompressed_gzip();
    axum::routing::any(move |request: Request| serve(files.clone(), request))
}

async fn serve(mut files: ServeDir, mut request: Request) -> Response {
    let path = request.uri().path();
    let readable = [Method::GET, Method::HEAD].contains(request.method());
    let is_hidden = path
        .split('/')
        .any(|part| part.starts_with('.') || part.get(..3).is_some_and(is_escaped_dot));
    if !readable || path == "/api" || path.starts_with("/api/") || is_hidden {
        return StatusCode::NOT_FOUND.into_response();
    }
    let cache = if path.starts_with("/assets/") {
        HASHED
    } else {
        FRESH
    };
    if is_place_in_app(path, request.headers()) {
        *request.uri_mut() = Uri::from_static("/");
    }
    // The file system's own errors (a name that is too long) are no news to a stranger.
    let Ok(response) = files.try_call(request).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = response.map(Body::new);
    response.extensions_mut().insert(Surface::App { cache });
    response
}

fn is_escaped_dot(start: &str) -> bool {
    start.eq_ignore_ascii_case("%2e")
}

/// Whether somebody opens or reloads one of the app's own addresses, which the app reads for itself.
fn is_place_in_app(path: &str, headers: &HeaderMap) -> bool {
    let wants_page = headers
        .get_all(header::ACCEPT)
        .iter()
        .any(|value| value.to_str().is_ok_and(|text| text.contains("text/html")));
    let names_file = path.rsplit('/').next().is_some_and(|it| it.contains('.'));
    wants_page && !names_file && !path.starts_with("/assets/")
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use axum::http::{Method, StatusCode};

    use crate::{
        Settings,
        scenario::{Answer, Scenario},
    };

    fn build(folder: &Path) {
        fs::create_dir_all(folder.join("dist/assets")).unwrap();
        fs::create_dir_all(folder.join("dist/.vite")).unwrap();
        for (name, text) in [
            ("secret.txt", "outside"),
            ("dist/index.html", "<!doctype html>the app"),
            ("dist/sw.js", "self"),
            ("dist/manifest.webmanifest", "{}"),
            ("dist/.vite/manifest.json", "{}"),
            ("dist/assets/core-1a2b3c.wasm", "\0asm"),
            ("dist/assets/app-1a2b3c.js", "plain script"),
            ("dist/assets/app-1a2b3c.js.br", "brotli"),
            ("dist/assets/app-1a2b3c.js.gz", "gzip"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
    }

    async fn scenario(folder: &Path) -> Scenario {
        build(folder);
        let app = Some(folder.join("dist"));
        Scenario::with(Settings {
            app,
            ..Settings::default()
        })
        .await
    }

    async fn get(scenario: &Scenario, path: &str, headers: &[(&'static str, &str)]) -> Answer {
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        scenario.send(Method::GET, path, &headers, b"").await
    }

    #[tokio::test]
    async fn files_come_with_their_type_and_how_long_they_may_be_kept() {
        let folder = tempfile::tempdir().unwrap();
        let scenario = scenario(folder.path()).await;
        for (path, kind, cache) in [
            ("/", "text/html", "no-cache"),
            ("/index.html", "text/html", "no-cache"),
            ("/sw.js", "text/javascript", "no-cache"),
            (
                "/manifest.webmanifest",
                "application/manifest+json",
                "no-cache",
            ),
            (
                "/assets/core-1a2b3c.wasm",
                "application/wasm",
                super::HASHED,
            ),
            ("/assets/app-1a2b3c.js", "text/javascript", super::HASHED),
        ] {
            let answer = get(&scenario, path, &[]).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            let content_type = answer.header("content-type").unwrap();
            assert_eq!(content_type.split(';').next(), Some(kind), "{path}");
            assert_eq!(answer.header("cache-control").as_deref(), Some(cache));
        }
    }

    #[tokio::test]
    async fn the_app_is_isolated_and_may_run_webassembly_and_listen() {
        let folder = tempfile::tempdir().unwrap();
        let scenario = scenario(folder.path()).await;
        for path in ["/", "/assets/app-1a2b3c.js", "/sw.js"] {
            let answer = get(&scenario, path, &[]).await;
            let header = |name: &str| answer.header(name).unwrap();
            insta::allow_duplicates! {
                insta::assert_snapshot!(
                    header("content-security-policy"),
                    @"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                );
                insta::assert_snapshot!(
                    header("permissions-policy"),
                    @"microphone=(self), screen-wake-lock=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), geolocation=()"
                );
            }
            assert_eq!(header("cross-origin-opener-policy"), "same-origin");
            assert_eq!(header("cross-origin-embedder-policy"), "require-corp");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin");
            assert_eq!(header("x-content-type-options"), "nosniff");
        }
    }

    #[tokio::test]
    async fn a_compressed_variant_goes_to_who_takes_it() {
        let folder = tempfile::tempdir().unwrap();
        let scenario = scenario(folder.path()).await;
        let path = "/assets/app-1a2b3c.js";
        for (accepted, encoding, body) in [
            ("gzip, deflate, br", Some("br"), "brotli"),
            ("gzip", Some("gzip"), "gzip"),
            ("identity", None, "plain script"),
        ] {
            let answer = get(&scenario, path, &[("accept-encoding", accepted)]).await;
            assert_eq!(answer.header("content-encoding").as_deref(), encoding);
            assert_eq!(answer.text(), body);
            let vary = answer.header("vary").unwrap();
            assert!(vary.eq_ignore_ascii_case("accept-encoding"), "{vary}");
            assert!(
                answer
                    .header("content-type")
                    .unwrap()
                    .starts_with("text/javascript")
            );
        }
    }

    #[tokio::test]
    async fn a_file_that_has_not_changed_is_not_sent_again() {
        let folder = tempfile::tempdir().unwrap();
        let scenario = scenario(folder.path()).await;
        let first = get(&scenario, "/sw.js", &[]).await;
        let tag = first.header("etag").unwrap();
        let again = get(&scenario, "/sw.js", &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        assert_eq!(again.header("cache-control").as_deref(), Some("no-cache"));
    }

    #[tokio::test]
    async fn an_address_of_the_app_opens_the_app() {
        let folder = tempfile::tempdir().unwrap();
        let scenario = scenario(folder.path()).await;
        let page = [("accept", "text/html,application/xhtml+xml")];
        let answer = get(&scenario, "/today", &page).await;
        assert_eq!(answer.text(), "<!doctype html>the app");
        for path in [
            "/api/nowhere",
            "/api",
            "/assets/missing",
            "/missing.js",
            "/assets/",
        ] {
            let answer = get(&scenario, path, &page).await;
            assert_eq!(answer.problem(), "urn:workbook:problem:not-found", "{path}");
            assert_eq!(answer.header("cache-control").as_deref(), Some("no-store"));
        }
        assert_eq!(
            get(&scenario, "/today", &[]).await.status,
            StatusCode::NOT_FOUND
        );
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_reached() {
        let folder = tempfile::tempdir().unwrap();
        let scenario = scenario(folder.path()).await;
        let long = format!("/{}", "a".repeat(5_000));
        for path in [
            "/../secret.txt",
            "/assets/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/%2E./secret.txt",
            "/..%2fsecret.txt",
            "/..%5csecret.txt",
            "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
            "//secret.txt",
            "/%00",
            "/index.html%00",
            "/%ff",
            "/.vite/manifest.json",
            "/%2evite/manifest.json",
            "/C:/secret.txt",
            long.as_str(),
        ] {
            let answer = get(&scenario, path, &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!answer.text().contains("outside"), "{path}");
        }
        for method in [Method::POST, Method::DELETE, Method::TRACE] {
            let answer = scenario.send(method, "/index.html", &[], b"").await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
    }

    #[tokio::test]
    async fn the_small_page_stays_for_who_only_reads() {
        let folder = tempfile::tempdir().unwrap();
        let with_app = scenario(folder.path()).await;
        let without = Scenario::new().await;
        let page = with_app.get("/read").await;
        assert!(page.text().contains("/read/app.js"));
        assert_eq!(page.text(), without.get("/").await.text());
    }
}
