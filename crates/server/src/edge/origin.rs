//! Whether a request that changes something comes from our own pages: what browsers say themselves.
//!
//! Cookies are `SameSite=Strict` already; this is the second lock, for browsers and add-ons that send
//! them all the same. A program that is no browser sends neither header, and holds nobody's cookies.

use axum::http::{HeaderMap, Method, Uri, header};

const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// Whether the request may go on.
pub(super) fn is_ours(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    if method.is_safe() {
        return true;
    }
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        // `none` is the person themselves: typed, or from a bookmark.
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let asked = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .or_else(|| uri.authority().map(axum::http::uri::Authority::as_str));
    let origin = origin.to_str().ok().and_then(|it| it.split_once("://"));
    match (origin, asked) {
        (Some(("https" | "http", host)), Some(asked)) => host.eq_ignore_ascii_case(asked),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn only_our_own_pages_change_anything() {
        let says = |method: Method, pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                let name = HeaderName::from_static(name);
                headers.insert(name, HeaderValue::from_static(value));
            }
            is_ours(&method, &Uri::from_static("/api/sessions"), &headers)
        };
        let host = ("host", "workbook.example");
        for (pairs, ours) in [
            (vec![host], true),
            (vec![host, ("origin", "https://workbook.example")], true),
            (vec![host, ("origin", "https://WORKBOOK.example")], true),
            (
                vec![host, ("origin", "https://workbook.example.evil")],
                false,
            ),
            (
                vec![host, ("origin", "https://workbook.example:8443")],
                false,
            ),
            (vec![host, ("origin", "null")], false),
            (vec![host, ("origin", "")], false),
            (vec![("origin", "https://workbook.example")], false),
            (vec![host, ("sec-fetch-site", "same-origin")], true),
            (vec![host, ("sec-fetch-site", "none")], true),
            (vec![host, ("sec-fetch-site", "same-site")], false),
            (vec![host, ("sec-fetch-site", "cross-site")], false),
            (
                vec![
                    host,
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://workbook.example"),
                ],
                false,
            ),
        ] {
            for method in [Method::POST, Method::DELETE, Method::PUT, Method::PATCH] {
                assert_eq!(says(method, &pairs), ours, "{pairs:?}");
            }
            assert!(says(Method::GET, &pairs));
        }
    }
}
