//! The text that a device signs under each of its requests, built in one place for both sides.
//!
//! A device sends three headers: [`DEVICE`], [`TIME`] and [`SIGNATURE`], the last being the base64
//! of an Ed25519 signature over [`text`]. This module holds no key and signs nothing.

use sha2::{Digest as _, Sha256};

/// Header with the device's id.
pub const DEVICE: &str = "x-device";
/// Header with the time of signing, in milliseconds since 1970.
pub const TIME: &str = "x-time";
/// Header with the base64 signature.
pub const SIGNATURE: &str = "x-signature";
/// How far a device's clock may differ from the server's, in milliseconds: 5 minutes.
pub const MAX_SKEW_MILLIS: i64 = 5 * 60 * 1000;

/// What is signed: the method in capitals, the path (with `?query` where there is one), the time in
/// milliseconds since 1970 and the body's SHA-256 in lower-case hex, a line each, no final newline.
///
/// ```
/// assert_eq!(
///     sync::signing::text("GET", "/api/families", 1_700_000_000_000, b""),
///     "GET\n/api/families\n1700000000000\n\
///      e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
/// );
/// ```
pub fn text(method: &str, path_and_query: &str, unix_millis: i64, body: &[u8]) -> String {
    format!(
        "{method}\n{path_and_query}\n{unix_millis}\n{}",
        hex::encode(Sha256::digest(body))
    )
}
