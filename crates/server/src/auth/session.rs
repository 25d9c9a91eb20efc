//! A browser's session: a random token in a cookie, of which only the SHA-256 is stored.

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest as _, Sha256};

use crate::ambient::{Ambient, NoRandomness};

/// How long a session lasts, in milliseconds: 12 hours, one working day.
pub(crate) const LIFETIME_MILLIS: i64 = 12 * 60 * 60 * 1000;

/// `__Host-`: the browser takes it from this host alone, over TLS alone, for the whole of it.
const COOKIE: &str = "__Host-workbook_session";

/// A session that is about to be stored and told to the browser.
pub(crate) struct NewSession {
    /// What is stored.
    pub(crate) token_sha256: [u8; 32],
    /// When it ends, in milliseconds since 1970.
    pub(crate) expires: i64,
    /// What the browser gets.
    pub(crate) cookie: HeaderValue,
}

impl NewSession {
    /// A session from now on.
    pub(crate) fn start(ambient: &Ambient) -> Result<Self, NoRandomness> {
        let token: [u8; 32] = ambient.random()?;
        // Browsers keep a Secure cookie from http://localhost and http://127.0.0.1 too, so that
        // there is no switch to forget when a proxy with TLS stands in front.
        let cookie = format!(
            "{COOKIE}={}; Path=/; Max-Age={}; HttpOnly; Secure; SameSite=Strict",
            hex::encode(token),
            LIFETIME_MILLIS / 1_000,
        );
        Ok(Self {
            token_sha256: Sha256::digest(token).into(),
            expires: ambient.now().saturating_add(LIFETIME_MILLIS),
            cookie: HeaderValue::try_from(cookie).unwrap_or_else(|_| HeaderValue::from_static("")),
        })
    }
}

/// The cookie that makes a browser forget its session.
pub(crate) fn cookie_clearing() -> HeaderValue {
    HeaderValue::from_static(
        "__Host-workbook_session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict",
    )
}

/// The SHA-256 of the token that the request's cookie holds, if it holds one.
pub(crate) fn token_hash_of(headers: &HeaderMap) -> Option<[u8; 32]> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .find_map(|(_, token)| {
            let mut bytes = [0; 32];
            hex::decode_to_slice(token, &mut bytes).ok()?;
            Some(Sha256::digest(bytes).into())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(text))])
    }

    #[test]
    fn the_token_is_found_among_other_cookies_and_only_when_whole() {
        let token = "00000000000000000000000000000000000000000000000000000000000000ff";
        let text = format!("a=b; {COOKIE}={token}; c");
        let headers = HeaderMap::from_iter([(header::COOKIE, text.parse().unwrap())]);
        assert!(token_hash_of(&headers).is_some());
        for bad in [
            "",
            "__Host-workbook_session",
            "__Host-workbook_session=",
            "__Host-workbook_session=00ff",
            "x=1;;;=",
        ] {
            assert_eq!(token_hash_of(&cookies(bad)), None, "{bad}");
        }
    }
}
