//! `GET /api/me`: who the server takes the caller for.

use axum::{Json, extract::State};
use record::ids::ProfessionalId;
use serde::Serialize;
use utoipa::ToSchema;

use super::{devices::DeviceListed, notices::NoticeListed};
use crate::{AppState, auth::Caller, problem::Problem};

/// The caller.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    /// Their id, the author of what they write.
    #[schema(value_type = String, format = Uuid)]
    professional: ProfessionalId,
    /// Their name as colleagues read it.
    name: String,
    /// Their discipline's code.
    discipline: String,
    /// The device that signed the request; none for a browser.
    device: Option<DeviceListed>,
    /// The server's time in milliseconds since 1970.
    server_time: i64,
    /// Emergency readings that the caller is to look at, oldest first, until they or another manager
    /// have confirmed to have seen them.
    notices: Vec<NoticeListed>,
}

/// Says who the caller is and on which device.
#[utoipa::path(
    get, path = "/api/me", operation_id = "readMe", tag = "sign-in",
    responses(
        (status = 200, description = "The caller", body = Me),
        (status = 401, description = "Not signed in, or the signature does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "This device was revoked: `wipe` is true", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []), ("session" = []))
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Json<Me>, Problem> {
    let mut passage = state.gate().enter().await?;
    let notices = passage.notices(&caller.subject).await?;
    passage.commit().await?;
    let device = caller.device.clone();
    Ok(Json(Me {
        professional: caller.account.id,
        name: caller.account.name.clone(),
        discipline: caller.account.discipline.clone(),
        device: device.map(|device| DeviceListed::of(device, &caller)),
        server_time: state.ambient().now(),
        notices: notices.into_iter().map(NoticeListed::from).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};

    use crate::scenario::Scenario;

    #[tokio::test]
    async fn i_am_told_who_i_am_and_on_which_device() {
        let scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        let me = scenario.get_signed(&device, "/api/me").await.json();
        assert_eq!(me["professional"], scenario.worker.to_string());
        assert_eq!(me["name"], "Amira Okafor");
        assert_eq!(me["discipline"], "childrens-social-worker");
        assert_eq!(me["device"]["id"], device.id.to_string());
        assert_eq!(me["server_time"], scenario.now());

        let cookie = scenario.sign_in("marcus").await;
        let me = scenario
            .send(Method::GET, "/api/me", &cookie, b"")
            .await
            .json();
        assert_eq!(me["discipline"], "team-manager");
        assert!(me["device"].is_null());
        assert_eq!(
            scenario.get("/api/me").await.status,
            StatusCode::UNAUTHORIZED
        );
    }
}
