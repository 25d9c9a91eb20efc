//! `/api/devices`: enrols a device, lists one's own, takes one out of use.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::VerifyingKey;
use record::ids::{DeviceId, ProfessionalId};
use serde::{Deserialize, Serialize};
use store::{audit::kind, server::Device};
use utoipa::ToSchema;

use crate::{
    AppState,
    auth::{self, Caller, Credentials, Peer},
    body::JsonBody,
    gate::Stopped,
    problem::Problem,
};

/// The longest label, in characters.
const MAX_LABEL: usize = 60;

/// Why a device can't be enrolled.
#[derive(Debug, thiserror::Error)]
enum EnrolError {
    #[error("public_key must be the base64 of a 32-byte Ed25519 public key")]
    BadKey,
    #[error("label must be a short line of at most {MAX_LABEL} characters, such as work phone")]
    BadLabel,
}

impl From<EnrolError> for Problem {
    fn from(error: EnrolError) -> Self {
        let code = match error {
            EnrolError::BadKey => "bad-public-key",
            EnrolError::BadLabel => "bad-label",
        };
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, error.to_string())
    }
}

/// Why a device can't be taken out of use.
#[derive(Debug, thiserror::Error)]
enum RevokeError {
    #[error("the device's id is not an id")]
    BadId,
    /// The same for another's and an unknown device, so that nobody can find out which exist.
    #[error("there is no such device among yours")]
    NotYours,
}

impl From<RevokeError> for Problem {
    fn from(error: RevokeError) -> Self {
        let (status, code) = match error {
            RevokeError::BadId => (StatusCode::BAD_REQUEST, "bad-id"),
            RevokeError::NotYours => (StatusCode::NOT_FOUND, "no-such-device"),
        };
        Self::new(status, code, error.to_string())
    }
}

/// What a device sends to be enrolled.
#[derive(Deserialize, ToSchema)]
pub(crate) struct EnrolRequest {
    /// Sign-in name and password; left out, the browser's session counts where it is fresh.
    #[serde(flatten)]
    credentials: Option<Credentials>,
    /// The device's Ed25519 public key, 32 bytes as base64. Its private half never leaves it.
    #[schema(format = Byte)]
    public_key: String,
    /// What its owner calls it, such as "work phone": at most 60 characters, none by default.
    #[serde(default)]
    label: String,
}

/// An enrolled device and whose it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Enrolled {
    /// The device's id, for the header `x-device`.
    #[schema(value_type = String, format = Uuid)]
    device: DeviceId,
    /// The professional's id, the author of what is written here.
    #[schema(value_type = String, format = Uuid)]
    professional: ProfessionalId,
    /// Their name.
    name: String,
    /// Their discipline's code.
    discipline: String,
}

/// Enrols a device: from now on its key signs its requests. With sign-in name and password, or from a
/// browser that signed in within the last ten minutes (as after `GET /api/oidc/callback`).
#[utoipa::path(
    post, path = "/api/devices", operation_id = "enrolDevice", tag = "sign-in",
    request_body = EnrolRequest,
    responses(
        (status = 201, description = "Enrolled", body = Enrolled),
        (status = 401, description = "Wrong name or password", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Not a public key, or too long a label", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn enrol(
    State(state): State<AppState>,
    peer: Peer,
    headers: HeaderMap,
    JsonBody(request): JsonBody<EnrolRequest>,
) -> Result<(StatusCode, Json<Enrolled>), Problem> {
    let public_key = public_key(&request.public_key)?;
    let label = label(&request.label)?;
    let account = match request.credentials {
        Some(credentials) => auth::sign_in(&state, credentials, peer).await?,
        None => auth::just_signed_in(&state, &headers).await?,
    };
    let device = Device {
        id: DeviceId::from_uuid(state.ambient().mint()?),
        professional: account.id,
        public_key,
        label,
        enrolled: state.ambient().now(),
        seen: None,
        revoked: None,
    };
    let mut passage = state.gate().enter().await?;
    passage.enrol_device(&device).await?;
    let (who, id) = (account.id, Some(device.id));
    passage
        .record_person(kind::DEVICE_ENROLLED, who, id, None)
        .await?;
    passage.commit().await?;
    Ok((
        StatusCode::CREATED,
        Json(Enrolled {
            device: device.id,
            professional: account.id,
            name: account.name,
            discipline: account.discipline,
        }),
    ))
}

/// A device as its owner sees it. Times are in milliseconds since 1970.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DeviceListed {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: DeviceId,
    /// What its owner calls it; empty when they gave it no name.
    label: String,
    /// When it was enrolled.
    enrolled: i64,
    /// When it last reached the server, to five minutes; none before the first time.
    last_seen: Option<i64>,
    /// When it was taken out of use, if it was.
    revoked: Option<i64>,
    /// Whether this request comes from it.
    this: bool,
}

impl DeviceListed {
    /// A row as `caller` sees it.
    pub(crate) fn of(device: Device, caller: &Caller) -> Self {
        let this = caller.device.as_ref().is_some_and(|it| it.id == device.id);
        Self {
            id: device.id,
            label: device.label,
            enrolled: device.enrolled,
            last_seen: device.seen,
            revoked: device.revoked,
            this,
        }
    }
}

/// The caller's devices.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyDevices {
    /// In the order of enrolment, revoked ones too.
    devices: Vec<DeviceListed>,
}

/// Lists the caller's own devices.
#[utoipa::path(
    get, path = "/api/devices", operation_id = "listDevices", tag = "devices",
    responses(
        (status = 200, description = "The caller's devices", body = MyDevices),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "This device was revoked: `wipe` is true", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []), ("session" = []))
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Json<MyDevices>, Problem> {
    let mut passage = state.gate().enter().await?;
    let granted = passage.ask_devices(&caller.subject).await?;
    let devices = passage.devices(&granted).await?;
    let devices = devices
        .into_iter()
        .map(|device| DeviceListed::of(device, &caller))
        .collect();
    Ok(Json(MyDevices { devices }))
}

/// Takes a device out of use: its next request is answered with `device-revoked` and `wipe`. One's
/// own, or anybody's for a service manager. Twice is no error.
#[utoipa::path(
    post, path = "/api/devices/{device}/revoke", operation_id = "revokeDevice", tag = "devices",
    params(("device" = String, Path, format = Uuid, description = "The device's id")),
    responses(
        (status = 204, description = "Out of use"),
        (status = 400, description = "Not an id", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "This device was revoked: `wipe` is true", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such device among the caller's", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []), ("session" = []))
)]
pub(crate) async fn revoke(
    State(state): State<AppState>,
    Path(device): Path<String>,
    caller: Caller,
) -> Result<StatusCode, Problem> {
    let device: DeviceId = device.parse().map_err(|_| RevokeError::BadId)?;
    let mut passage = state.gate().enter().await?;
    let granted = match passage.ask_revoke(&caller.subject, device).await {
        Ok(granted) => granted,
        Err(Stopped::Denied(_)) => return Err(RevokeError::NotYours.into()),
        Err(Stopped::Store(error)) => return Err(error.into()),
    };
    passage.revoke(&granted, state.ambient().now()).await?;
    passage.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn label(text: &str) -> Result<String, EnrolError> {
    let text = text.trim();
    if text.chars().count() > MAX_LABEL || text.chars().any(char::is_control) {
        return Err(EnrolError::BadLabel);
    }
    Ok(text.to_owned())
}

fn public_key(text: &str) -> Result<[u8; 32], EnrolError> {
    let bytes = STANDARD.decode(text).map_err(|_| EnrolError::BadKey)?;
    let bytes: [u8; 32] = bytes.try_into().map_err(|_| EnrolError::BadKey)?;
    match VerifyingKey::from_bytes(&bytes) {
        // A weak key verifies signatures that its holder never made.
        Ok(key) if !key.is_weak() => Ok(bytes),
        _ => Err(EnrolError::BadKey),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};
    use serde_json::json;

    use crate::scenario::{Answer, Enrolled, PASSWORD, Scenario, public_key_text};

    #[tokio::test]
    async fn an_enrolled_device_is_told_whose_it_is() {
        let scenario = Scenario::new().await;
        let answer = scenario
            .post("/api/devices", &json!({"sign_in": " Amira ", "password": PASSWORD, "public_key": public_key_text(1)}))
            .await;
        assert_eq!(answer.status, StatusCode::CREATED);
        let enrolled = answer.json();
        assert_eq!(enrolled["name"], "Amira Okafor");
        assert_eq!(enrolled["discipline"], "childrens-social-worker");
        assert_eq!(enrolled["professional"], scenario.worker.to_string());
    }

    #[tokio::test]
    async fn a_wrong_name_and_a_wrong_password_get_the_same_answer() {
        let scenario = Scenario::new().await;
        let key = public_key_text(1);
        let wrong = scenario
            .post(
                "/api/devices",
                &json!({"sign_in": "amira", "password": "guess", "public_key": key}),
            )
            .await;
        let unknown = scenario
            .post(
                "/api/devices",
                &json!({"sign_in": "nobody", "password": "guess", "public_key": key}),
            )
            .await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
        assert_eq!(wrong.json(), unknown.json());
    }

    #[tokio::test]
    async fn guessing_is_slowed_down_even_for_the_right_password() {
        let scenario = Scenario::new().await;
        let try_with = async |password: &str| {
            let body =
                json!({"sign_in": "amira", "password": password, "public_key": public_key_text(1)});
            scenario.post("/api/devices", &body).await
        };
        for _ in 0..5 {
            assert_eq!(try_with("guess").await.status, StatusCode::UNAUTHORIZED);
        }
        let waiting = try_with(PASSWORD).await;
        assert_eq!(waiting.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(waiting.header("retry-after").as_deref(), Some("30"));
        scenario.pass(30_000);
        assert_eq!(try_with(PASSWORD).await.status, StatusCode::CREATED);
    }

    async fn revoke(scenario: &Scenario, by: &Enrolled, device: &str) -> Answer {
        let path = format!("/api/devices/{device}/revoke");
        scenario.post_signed(by, &path, b"").await
    }

    #[tokio::test]
    async fn my_devices_are_listed_with_when_they_were_seen() {
        let scenario = Scenario::new().await;
        let enrolled = scenario.now();
        let body = json!({"sign_in": "amira", "password": PASSWORD, "public_key": public_key_text(1),
            "label": " Work phone "});
        let answer = scenario.post("/api/devices", &body).await;
        let phone = answer.json()["device"].clone();
        scenario.pass(1_000);
        let laptop = scenario.enrol("amira", 2).await;
        scenario.manager_device().await;
        scenario.pass(1_000);
        let listed = scenario.get_signed(&laptop, "/api/devices").await.json();
        let expected = json!({"devices": [
            {"id": phone, "label": "Work phone", "enrolled": enrolled, "last_seen": null,
             "revoked": null, "this": false},
            {"id": laptop.id, "label": "", "enrolled": enrolled + 1_000,
             "last_seen": enrolled + 2_000, "revoked": null, "this": true},
        ]});
        assert_eq!(listed, expected);
        // Seen again within five minutes: not worth a write. After them: noted.
        let seen = async || {
            let listed = scenario.get_signed(&laptop, "/api/devices").await.json();
            listed["devices"][1]["last_seen"].as_i64().unwrap() - enrolled
        };
        scenario.pass(299_999);
        assert_eq!(seen().await, 2_000);
        scenario.pass(1);
        assert_eq!(seen().await, 302_000);
        let cookie = scenario.sign_in("amira").await;
        let listed = scenario
            .send(Method::GET, "/api/devices", &cookie, b"")
            .await;
        assert_eq!(listed.json()["devices"][1]["this"], false);
        let nobody = scenario.get("/api/devices").await;
        assert_eq!(nobody.problem(), "urn:workbook:problem:not-signed-in");
    }

    #[tokio::test]
    async fn i_take_my_own_device_out_of_use_from_another_or_a_browser() {
        let scenario = Scenario::new().await;
        let lost = scenario.enrol("amira", 1).await;
        let other = scenario.enrol("amira", 3).await;
        let done = revoke(&scenario, &other, &lost.id.to_string()).await;
        assert_eq!(done.status, StatusCode::NO_CONTENT);
        let revoked = scenario.now();
        scenario.pass(10);
        let again = revoke(&scenario, &other, &lost.id.to_string()).await;
        assert_eq!(again.status, StatusCode::NO_CONTENT);
        let listed = scenario.get_signed(&other, "/api/devices").await.json();
        assert_eq!(listed["devices"][0]["revoked"], revoked);
        let refused = scenario.get_signed(&lost, "/api/devices").await;
        assert_eq!(refused.problem(), "urn:workbook:problem:device-revoked");

        let cookie = scenario.sign_in("amira").await;
        let path = format!("/api/devices/{}/revoke", other.id);
        let done = scenario.send(Method::POST, &path, &cookie, b"").await;
        assert_eq!(done.status, StatusCode::NO_CONTENT);
        let refused = scenario.get_signed(&other, "/api/devices").await;
        assert_eq!(refused.problem(), "urn:workbook:problem:device-revoked");
    }

    #[tokio::test]
    async fn anothers_device_is_not_there_for_me_unless_i_manage_the_service() {
        let scenario = Scenario::new().await;
        let mine = scenario.worker_device().await;
        let managers = scenario.manager_device().await;
        let unknown = "00000000-0000-7000-8000-000000000009";
        let foreign = revoke(&scenario, &managers, &mine.id.to_string()).await;
        let none = revoke(&scenario, &managers, unknown).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        assert_eq!(foreign.json(), none.json());
        for bad in ["x", "%FF", "..", "00000000-0000-7000-8000-00000000000g"] {
            let answer = revoke(&scenario, &managers, bad).await;
            assert!(answer.status.is_client_error(), "{bad}");
        }
        let unsigned = scenario
            .post(&format!("/api/devices/{}/revoke", mine.id), &json!({}))
            .await;
        assert_eq!(unsigned.status, StatusCode::UNAUTHORIZED);
        let families = scenario.get_signed(&mine, "/api/families").await;
        assert_eq!(families.status, StatusCode::OK);

        scenario.add_service_manager().await;
        let service = scenario.enrol("sofia", 5).await;
        let done = revoke(&scenario, &service, &mine.id.to_string()).await;
        assert_eq!(done.status, StatusCode::NO_CONTENT);
        let none = revoke(&scenario, &service, unknown).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn a_label_is_one_short_line() {
        let scenario = Scenario::new().await;
        for label in [
            "x".repeat(61),
            "two\nlines".into(),
            "\u{7}".into(),
            "a\0b".into(),
        ] {
            let body = json!({"sign_in": "amira", "password": PASSWORD, "public_key": public_key_text(1),
                "label": label});
            let answer = scenario.post("/api/devices", &body).await;
            assert_eq!(answer.problem(), "urn:workbook:problem:bad-label");
        }
        let body = json!({"sign_in": "amira", "password": PASSWORD, "public_key": public_key_text(1),
            "label": "é".repeat(60)});
        let answer = scenario.post("/api/devices", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED);
    }

    #[tokio::test]
    async fn bad_keys_are_turned_away() {
        let scenario = Scenario::new().await;
        let zero = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        for key in ["", "AAAA", "not base64", zero] {
            let body = json!({"sign_in": "amira", "password": PASSWORD, "public_key": key});
            let answer = scenario.post("/api/devices", &body).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        }
    }
}
