//! A device's signature over its request.

use axum::http::{HeaderMap, Method, StatusCode, Uri};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use record::ids::DeviceId;
use sha2::{Digest as _, Sha256};
use store::{StoreError, audit::kind, server::Device};
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
    /// It was signed before this process began, which knows nothing of what was sent to one before it.
    #[error("this request was signed before the server was started: sign it anew")]
    BeforeTheStart {
        /// The server's time in milliseconds since 1970.
        now: i64,
    },
    /// The same request again: somebody on the way repeats it.
    #[error("this request was sent before: sign it anew")]
    Replayed,
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
            SignatureError::Skew { now, .. } | SignatureError::BeforeTheStart { now } => {
                Self::new(StatusCode::UNAUTHORIZED, "clock-skew", text).with_server_time(now)
            }
            SignatureError::Replayed => Self::new(StatusCode::UNAUTHORIZED, "replayed", text),
            SignatureError::NotEnrolled => {
                Self::new(StatusCode::UNAUTHORIZED, "device-not-enrolled", text)
            }
            SignatureError::Revoked => {
                Self::new(StatusCode::FORBIDDEN, "device-revoked", text).with_wipe()
            }
            SignatureError::Store(cause) => cause.into(),
        }
    }
}

/// How often it is noted that a device was seen, in milliseconds: often enough to tell a lost phone
/// from a used one, seldom enough that reading stays cheap.
const SEEN_EVERY_MILLIS: i64 = 5 * 60 * 1000;

/// The device that signed this request.
///
/// Who holds a revoked device's key is told so before anything else, whatever its clock says: a copy
/// must not outlive its permission because a battery ran down.
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
    let mut passage = state.gate().enter().await?;
    let device = passage
        .device(id)
        .await?
        .ok_or(SignatureError::NotEnrolled)?;
    let left = passage.is_closed(device.professional).await?;
    drop(passage);
    let path = uri
        .path_and_query()
        .map_or("/", axum::http::uri::PathAndQuery::as_str);
    let text = signing::text(method.as_str(), path, time, body);
    VerifyingKey::from_bytes(&device.public_key)
        .and_then(|key| key.verify_strict(text.as_bytes(), &signature))
        .map_err(|_| SignatureError::NotEnrolled)?;
    if device.revoked.is_some() || left {
        let mut passage = state.gate().enter().await?;
        let (who, id) = (device.professional, Some(device.id));
        passage
            .record_person(kind::REVOKED_DEVICE, who, id, None)
            .await?;
        passage.commit().await?;
        return Err(SignatureError::Revoked);
    }
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
    if time < state.began() {
        return Err(SignatureError::BeforeTheStart { now });
    }
    let mark = Sha256::digest(signature.to_bytes()).into();
    let until = time.saturating_add(signing::MAX_SKEW_MILLIS);
    if !state.gate().is_first(mark, until, now).await? {
        let mut passage = state.gate().enter().await?;
        let (who, id) = (device.professional, device.id);
        passage.record_replay(who, id).await?;
        passage.commit().await?;
        return Err(SignatureError::Replayed);
    }
    note_seen(state, &device, now).await?;
    Ok(device)
}

async fn note_seen(state: &AppState, device: &Device, now: i64) -> Result<(), StoreError> {
    let fresh = device
        .seen
        .is_some_and(|seen| now.saturating_sub(seen) < SEEN_EVERY_MILLIS);
    if !fresh {
        let mut passage = state.gate().enter().await?;
        passage.device_seen(device.id, now).await?;
        passage.commit().await?;
    }
    Ok(())
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

    use crate::{
        Settings,
        api::audited::{during, kinds},
        scenario::{Answer, Scenario},
    };

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
    async fn a_copy_of_a_request_is_refused_and_written_down() {
        let scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        let headers = device.headers(&scenario, "GET", "/api/families", b"");
        let ask = || scenario.send(Method::GET, "/api/families", &headers, b"");
        assert_eq!(ask().await.status, StatusCode::OK);
        for _ in 0..3 {
            let (answer, rows) = during(&scenario, ask()).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert_eq!(answer.problem(), "urn:workbook:problem:replayed");
            assert_eq!(kinds(&rows), ["denied"]);
            assert_eq!(rows[0].event.device, Some(device.id));
            let why = rows[0].event.why.as_ref().map(store::audit::Code::as_str);
            assert_eq!(why, Some("replayed"));
            scenario.pass(minutes(1));
        }
        // The device itself signs anew.
        let answer = scenario.get_signed(&device, "/api/families").await;
        assert_eq!(answer.status, StatusCode::OK);
        // A stranger with the device's id, who has no signature of its own, marks nothing.
        let next = device.headers(&scenario, "GET", "/api/families", b"");
        let mut forged = next.clone();
        forged[1].1 = headers[1].1.clone();
        for (headers, status) in [(&forged, StatusCode::UNAUTHORIZED), (&next, StatusCode::OK)] {
            let answer = scenario
                .send(Method::GET, "/api/families", headers, b"")
                .await;
            assert_eq!(answer.status, status);
        }
    }

    /// The process after it can't know whether the one before it had the request.
    #[tokio::test]
    async fn what_was_signed_before_the_start_is_to_be_signed_anew() {
        let mut scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        let old = device.headers(&scenario, "GET", "/api/families", b"");
        scenario.pass(1_000);
        scenario.restart();
        let answer = scenario.send(Method::GET, "/api/families", &old, b"").await;
        assert_eq!(answer.problem(), "urn:workbook:problem:clock-skew");
        assert_eq!(answer.json()["server_time"], scenario.now());
        let answer = scenario.get_signed(&device, "/api/families").await;
        assert_eq!(answer.status, StatusCode::OK);
    }

    #[tokio::test]
    async fn a_revoked_device_reaches_nothing_and_is_told_so() {
        let scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        scenario.revoke(&device).await;
        let old = device.headers(&scenario, "GET", "/api/families", b"");
        scenario.pass(minutes(60));
        let says_so = |answer: Answer| {
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            assert_eq!(answer.problem(), "urn:workbook:problem:device-revoked");
            assert_eq!(answer.json()["wipe"], true);
            assert_eq!(answer.header("x-lease-days"), None);
        };
        for path in [
            "/api/families",
            "/api/me",
            "/api/devices",
            "/api/families/x/summary",
        ] {
            says_so(scenario.get_signed(&device, path).await);
        }
        // Even with a clock that is an hour off, and with a body that makes no sense.
        says_so(scenario.send(Method::GET, "/api/families", &old, b"").await);
        for path in ["/api/sync/push", "/api/sync/pull"] {
            says_so(scenario.post_signed(&device, path, b"nonsense").await);
        }
        // A stranger who knows the device's id learns nothing.
        let mut stranger = device.headers(&scenario, "GET", "/api/families", b"");
        stranger[2].1 = old[2].1.clone();
        let answer = scenario
            .send(Method::GET, "/api/families", &stranger, b"")
            .await;
        assert_eq!(answer.problem(), "urn:workbook:problem:device-not-enrolled");
        assert!(answer.json().get("wipe").is_none());
    }

    #[tokio::test]
    async fn an_answer_to_a_signed_request_carries_the_lease() {
        let scenario = Scenario::with(Settings {
            lease_days: 3,
            ..Settings::default()
        })
        .await;
        let device = scenario.worker_device().await;
        let answer = scenario.get_signed(&device, "/api/families").await;
        assert_eq!(answer.header("x-lease-days").as_deref(), Some("3"));
        // A problem that comes after the signature was believed is contact too.
        let answer = scenario
            .get_signed(&device, "/api/families/x/summary")
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.header("x-lease-days").as_deref(), Some("3"));

        let mut forged = device.headers(&scenario, "GET", "/api/families", b"");
        forged[1].1 = (scenario.now() + 1).to_string();
        let answer = scenario
            .send(Method::GET, "/api/families", &forged, b"")
            .await;
        assert_eq!(answer.header("x-lease-days"), None);
        let cookie = scenario.sign_in("amira").await;
        for path in ["/api/families", "/api/health"] {
            let answer = scenario.send(Method::GET, path, &cookie, b"").await;
            assert_eq!(answer.header("x-lease-days"), None);
        }
        let headers = device.headers(&scenario, "GET", "/api/health", b"");
        let open = scenario
            .send(Method::GET, "/api/health", &headers, b"")
            .await;
        assert_eq!(open.header("x-lease-days"), None);
    }

    fn minutes(minutes: i64) -> i64 {
        minutes * 60_000
    }
}
