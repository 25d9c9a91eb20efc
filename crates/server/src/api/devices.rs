//! `POST /api/devices`: enrols a device.

use axum::{Json, extract::State, http::StatusCode};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::VerifyingKey;
use record::ids::{DeviceId, ProfessionalId};
use serde::{Deserialize, Serialize};
use store::server::Device;
use utoipa::ToSchema;

use crate::{
    AppState,
    auth::{self, Credentials},
    body::JsonBody,
    problem::Problem,
};

/// Why a device can't be enrolled.
#[derive(Debug, thiserror::Error)]
enum EnrolError {
    #[error("public_key must be the base64 of a 32-byte Ed25519 public key")]
    BadKey,
}

impl From<EnrolError> for Problem {
    fn from(error: EnrolError) -> Self {
        match error {
            EnrolError::BadKey => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad-public-key",
                error.to_string(),
            ),
        }
    }
}

/// What a device sends to be enrolled.
#[derive(Deserialize, ToSchema)]
pub(crate) struct EnrolRequest {
    #[serde(flatten)]
    credentials: Credentials,
    /// The device's Ed25519 public key, 32 bytes as base64. Its private half never leaves it.
    #[schema(format = Byte)]
    public_key: String,
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

/// Enrols a device: from now on its key signs its requests.
#[utoipa::path(
    post, path = "/api/devices", operation_id = "enrolDevice", tag = "sign-in",
    request_body = EnrolRequest,
    responses(
        (status = 201, description = "Enrolled", body = Enrolled),
        (status = 401, description = "Wrong name or password", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Not a public key", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn enrol(
    State(state): State<AppState>,
    JsonBody(request): JsonBody<EnrolRequest>,
) -> Result<(StatusCode, Json<Enrolled>), Problem> {
    let public_key = public_key(&request.public_key)?;
    let account = auth::sign_in(&state, request.credentials).await?;
    let device = Device {
        id: DeviceId::from_uuid(state.ambient().mint()?),
        professional: account.id,
        public_key,
        enrolled: state.ambient().now(),
        revoked: None,
    };
    let mut passage = state.gate().enter().await?;
    passage.enrol_device(&device).await?;
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
    use axum::http::StatusCode;
    use serde_json::json;

    use crate::scenario::{PASSWORD, Scenario, public_key_text};

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
