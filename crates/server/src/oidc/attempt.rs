//! One sign-in under way, between leaving for the provider and coming back.
//!
//! Everything is drawn from one random secret, which only the browser keeps (in a cookie that no
//! script reads): `state` ties the answer to this browser, `nonce` the token to this attempt, and the
//! PKCE verifier the code to it. Each is a hash with a word of its own, so that what stands in an
//! address tells nothing of the others.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

use crate::ambient::{Ambient, NoRandomness};

/// How long someone may take at the provider, in milliseconds.
const LIFETIME_MILLIS: i64 = 10 * 60 * 1000;

const COOKIE: &str = "__Host-workbook_oidc";

/// One attempt.
pub(crate) struct Attempt {
    /// When it began, then random bytes; as the cookie holds it.
    secret: String,
}

impl Attempt {
    /// A new attempt.
    pub(crate) fn begin(ambient: &Ambient) -> Result<Self, NoRandomness> {
        let random: [u8; 32] = ambient.random()?;
        Ok(Self {
            secret: format!("{}.{}", ambient.now(), URL_SAFE_NO_PAD.encode(random)),
        })
    }

    /// The attempt of this browser, unless it began too long before `now` (milliseconds since 1970).
    pub(crate) fn of(headers: &HeaderMap, now: i64) -> Option<Self> {
        let secret = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(name, value)| (name == COOKIE).then_some(value))?;
        let (began, random) = secret.split_once('.')?;
        let age = now.saturating_sub(began.parse().ok()?);
        let whole = URL_SAFE_NO_PAD
            .decode(random)
            .is_ok_and(|it| it.len() == 32);
        (whole && (0..LIFETIME_MILLIS).contains(&age)).then(|| Self {
            secret: secret.to_owned(),
        })
    }

    fn drawn(&self, word: &str) -> String {
        let hash = Sha256::digest(format!("{word}\n{}", self.secret));
        URL_SAFE_NO_PAD.encode(hash)
    }

    /// What the provider sends back unchanged.
    pub(crate) fn state(&self) -> String {
        self.drawn("state")
    }

    /// What the token must hold.
    pub(crate) fn nonce(&self) -> String {
        self.drawn("nonce")
    }

    /// What only this server can show for the code: 43 characters, as PKCE asks at least.
    pub(crate) fn verifier(&self) -> String {
        self.drawn("verifier")
    }

    /// The cookie that keeps it. `Lax`: the way back comes from the provider's site.
    pub(crate) fn cookie(&self) -> HeaderValue {
        let cookie = format!(
            "{COOKIE}={}; Path=/; Max-Age={}; HttpOnly; Secure; SameSite=Lax",
            self.secret,
            LIFETIME_MILLIS / 1_000
        );
        HeaderValue::try_from(cookie).unwrap_or_else(|_| Self::clearing())
    }

    /// The cookie that makes a browser forget it.
    pub(crate) fn clearing() -> HeaderValue {
        HeaderValue::from_static(
            "__Host-workbook_oidc=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax",
        )
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn an_attempt_comes_back_for_ten_minutes_and_only_whole() {
        let ambient = Ambient {
            clock: Arc::new(|| 1_000),
            randomness: Arc::new(|bytes: &mut [u8]| {
                bytes.fill(7);
                Ok::<(), NoRandomness>(())
            }),
        };
        let attempt = Attempt::begin(&ambient).unwrap();
        let cookie = attempt.cookie().to_str().unwrap().to_owned();
        let sent = cookie.split(';').next().unwrap().to_owned();
        let headers = |text: &str| {
            HeaderMap::from_iter([(header::COOKIE, HeaderValue::try_from(text).unwrap())])
        };
        let back = |text: &str, now| Attempt::of(&headers(text), now);
        let same = back(&format!("a=b; {sent}"), 1_000).unwrap();
        assert_eq!(same.state(), attempt.state());
        assert_eq!(same.verifier().len(), 43);
        let drawn = [same.state(), same.nonce(), same.verifier()];
        assert!(drawn[0] != drawn[1] && drawn[1] != drawn[2] && drawn[0] != drawn[2]);
        assert!(back(&sent, 1_000 + LIFETIME_MILLIS - 1).is_some());
        assert!(back(&sent, 1_000 + LIFETIME_MILLIS).is_none());
        // From the future, cut short, made up.
        assert!(back(&sent, 999).is_none());
        assert!(back(&sent[..sent.len() - 1], 1_000).is_none());
        assert!(back("__Host-workbook_oidc=1000.", 1_000).is_none());
        assert!(back("__Host-workbook_oidc=x", 1_000).is_none());
        // Moved forward in time, it is another attempt.
        let moved = back(&sent.replace("1000.", "2000."), 2_000).unwrap();
        assert_ne!(moved.state(), attempt.state());
    }
}
