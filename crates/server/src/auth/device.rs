//! A device's signature over its request.

use axum::http::{HeaderMap, Method, StatusCode, Uri};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use record::ids::DeviceId;
use store::{StoreError, server::Device};
use sync::signing;

use crate::{AppState, problem::Problem};

/// Why a signed request is not believed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignatureError {
    /// A header is missing or can't be read.
    #[error("the header {0} is missing or malformed")]
    Header(&'static str),
    /// The device's clock is too far off, or the request is an old one sent again.
    #[error(
        "the device's clock is {minutes} minutes off: set it to the server's time, {server_time}"
    )]
    Skew {
        /// By how many minutes.
        minutes: i64,
        /// The server's time, for people.
        server_time: String,
        /// The server's time in milliseconds since 1970.
        now: i64,
    },
    /// No such device here, or the signature is not its own.
    #[error("this device is not enrolled here, or its key does not fit: enrol it again")]
    NotEnrolled,
    /// The device was revoked. Told only to the holder of its key.
    #[error("this device has been taken out of use: its copies must be deleted; ask your manager")]
    Revoked,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SignatureError> for Problem {
    fn from(error: SignatureError) -> Self {
        let text = error.to_string();
        match error {
            SignatureError::Header(_) => {
                Self::new(StatusCode::UNAUTHORIZED, "signature-header", text)
            }
            SignatureError::Skew { now, .. } => {
                Self::new(StatusCode::UNAUTHORIZED, "clock-skew", text).with_server_time(now)
            }
            SignatureError::NotEnrolled => {
                Self::new(StatusCode::UNAUTHORIZED, "device-not-enrolled", text)
            }
            SignatureError::Revoked => Self::new(StatusCode::FORBIDDEN, "device-revoked", text),
            SignatureError::Store(cause) => cause.into(),
        }
    }
}

/// The device that signed this request.
pub(super) async fn verify(
    state: &AppState,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Device, SignatureError> {
    let id: DeviceId = header(headers, signing::DEVICE)?;
    let time: i64 = header(headers, signing::TIME)?;
    let signature: String = header(headers, signing::SIGNATURE)?;
    let signature = STANDARD
        .decode(signature)
        .ok()
        .and_then(|bytes| Signature::from_slice(&bytes).ok())
        .ok_or(SignatureError::Header(signing::SIGNATURE))?;
    let now = state.ambient().now();
    let skew = now.saturating_sub(time);
    if skew.saturating_abs() > signing::MAX_SKEW_MILLIS {
        let server_time = jiff::Timestamp::from_millisecond(now)
            .unwrap_or_default()
            .to_string();
        return Err(SignatureError::Skew {
            minutes: skew.saturating_abs() / 60_000,
            server_time,
            now,
        });
    }
    let device = state
        .gate()
        .enter()
        .await?
        .device(id)
        .await?
        .ok_or(SignatureError::NotEnrolled)?;
    let path = uri
        .path_and_query()
        .map_or("/", axum::http::uri::PathAndQuery::as_str);
    let text = signing::text(method.as_str(), path, time, body);
    VerifyingKey::from_bytes(&device.public_key)
        .and_then(|key| key.verify_strict(text.as_bytes(), &signature))
        .map_err(|_| SignatureError::NotEnrolled)?;
    if device.revoked.is_some() {
        return Err(SignatureError::Revoked);
    }
    Ok(device)
}

fn header<T: std::str::FromStr>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<T, SignatureError> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .ok_or(SignatureError::Header(name))
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};

    use crate::scenario::Scenario;

    #[tokio::test]
    async fn a_signed_request_is_believed_once_everything_fits() {
        let scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        let answer = scenario.get_signed(&device, "/api/families").await;
        assert_eq!(answer.status, StatusCode::OK);
    }

    #[tokio::test]
    async fn missing_or_garbled_headers_are_named() {
        let scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        let good = device.headers(&scenario, "GET", "/api/families", b"");
        for (at, name) in ["x-device", "x-time", "x-signature"]
            .into_iter()
            .enumerate()
        {
            for bad in ["", "?", "AAAA", "\u{7f}"] {
                let mut headers = good.clone();
                headers[at].1 = bad.to_owned();
                let answer = scenario
                    .send(Method::GET, "/api/families", &headers, b"")
                    .await;
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}: {bad}");
            }
        }
    }

    #[tokio::test]
    async fn a_signature_fits_one_method_path_body_and_device() {
        let scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        let other = scenario.manager_device().await;
        for headers in [
            device.headers(&scenario, "POST", "/api/families", b""),
            device.headers(&scenario, "GET", "/api/families?all=1", b""),
            device.headers(&scenario, "GET", "/api/families", b"x"),
            {
                let mut headers = device.headers(&scenario, "GET", "/api/families", b"");
                headers[0].1 = other.id.to_string();
                headers
            },
        ] {
            let answer = scenario
                .send(Method::GET, "/api/families", &headers, b"")
                .await;
            assert_eq!(answer.problem(), "urn:workbook:problem:device-not-enrolled");
        }
    }

    #[tokio::test]
    async fn an_old_request_is_refused_with_the_servers_time() {
        let scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        let headers = device.headers(&scenario, "GET", "/api/families", b"");
        scenario.pass(minutes(5));
        let answer = scenario
            .send(Method::GET, "/api/families", &headers, b"")
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        scenario.pass(1);
        let answer = scenario
            .send(Method::GET, "/api/families", &headers, b"")
            .await;
        assert_eq!(answer.problem(), "urn:workbook:problem:clock-skew");
        assert_eq!(answer.json()["server_time"], scenario.now());
    }

    #[tokio::test]
    async fn a_revoked_device_reaches_nothing_and_is_told_so() {
        let scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        scenario.revoke(&device).await;
        let answer = scenario.get_signed(&device, "/api/families").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(answer.problem(), "urn:workbook:problem:device-revoked");
    }

    fn minutes(minutes: i64) -> i64 {
        minutes * 60_000
    }
}
