//! `GET /api/sign-in`: how somebody signs in here, before they have.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{AppState, auth, problem::Problem};

/// How people sign in here. A name and a password always do, for those who have one.
#[derive(Serialize, ToSchema)]
pub(crate) struct SigningIn {
    /// Whether the council's own sign-in is set up: send the browser to `GET /api/oidc/start`.
    provider: bool,
    /// Who has signed in in this browser within the last ten minutes, and so may enrol a device
    /// without a password; nobody otherwise.
    just_signed_in: Option<JustSignedIn>,
}

/// Whom this browser is signed in as.
#[derive(Serialize, ToSchema)]
pub(crate) struct JustSignedIn {
    /// Their name as colleagues read it.
    name: String,
}

/// Says how somebody signs in here, and who has just done so in this browser.
#[utoipa::path(
    get, path = "/api/sign-in", operation_id = "readSigningIn", tag = "sign-in",
    responses((status = 200, description = "How to sign in", body = SigningIn)),
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Json<SigningIn>, Problem> {
    let just_signed_in = match auth::just_signed_in(&state, &headers).await {
        Ok(account) => Some(JustSignedIn { name: account.name }),
        // No session, or an old one: sign in.
        Err(problem) if problem.status() == StatusCode::UNAUTHORIZED => None,
        Err(problem) => return Err(problem),
    };
    Ok(Json(SigningIn {
        provider: state.provider().is_some(),
        just_signed_in,
    }))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use serde_json::json;

    use crate::scenario::Scenario;

    #[tokio::test]
    async fn a_browser_learns_how_to_sign_in_and_whether_it_just_did() {
        let scenario = Scenario::new().await;
        let nobody = scenario.get("/api/sign-in").await.json();
        assert_eq!(nobody, json!({"provider": false, "just_signed_in": null}));
        let cookie = scenario.sign_in("amira").await;
        let ask = || scenario.send(Method::GET, "/api/sign-in", &cookie, b"");
        assert_eq!(ask().await.json()["just_signed_in"]["name"], "Amira Okafor");
        scenario.pass(10 * 60 * 1000);
        assert!(ask().await.json()["just_signed_in"].is_null());
    }
}
