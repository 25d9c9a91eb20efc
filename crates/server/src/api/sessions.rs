//! `POST /api/sessions` and `DELETE /api/sessions`: a browser signs in and out.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
};
use record::ids::ProfessionalId;
use serde::Serialize;
use store::audit::kind;
use utoipa::ToSchema;

use crate::{
    AppState,
    auth::{self, Credentials, NewSession, Peer},
    body::JsonBody,
    problem::Problem,
};

/// Who has signed in, until when.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedIn {
    /// The professional's id.
    #[schema(value_type = String, format = Uuid)]
    professional: ProfessionalId,
    /// Their name.
    name: String,
    /// Their discipline's code.
    discipline: String,
    /// When the session ends by itself, in milliseconds since 1970.
    expires: i64,
}

/// Signs a browser in for 12 hours, with a cookie that no script can read.
#[utoipa::path(
    post, path = "/api/sessions", operation_id = "startSession", tag = "sign-in",
    request_body = Credentials,
    responses(
        (status = 200, description = "Signed in", body = SignedIn),
        (status = 401, description = "Wrong name or password", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn start(
    State(state): State<AppState>,
    peer: Peer,
    headers: HeaderMap,
    JsonBody(credentials): JsonBody<Credentials>,
) -> Result<([(HeaderName, HeaderValue); 1], Json<SignedIn>), Problem> {
    let account = auth::sign_in(&state, credentials, peer).await?;
    let new = NewSession::start(state.ambient())?;
    let mut passage = state.gate().enter().await?;
    passage
        .start_session(&new, account.id, auth::token_hash_of(&headers))
        .await?;
    passage
        .record_person(kind::SIGNED_IN, account.id, None, None)
        .await?;
    passage.commit().await?;
    Ok((
        [(header::SET_COOKIE, new.cookie)],
        Json(SignedIn {
            professional: account.id,
            name: account.name,
            discipline: account.discipline,
            expires: new.expires,
        }),
    ))
}

/// Signs the browser out. Signing out twice is no error.
#[utoipa::path(
    delete, path = "/api/sessions", operation_id = "endSession", tag = "sign-in",
    responses((status = 204, description = "Signed out"))
)]
pub(crate) async fn end(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<(StatusCode, [(HeaderName, HeaderValue); 1]), Problem> {
    if let Some(token) = auth::token_hash_of(&headers) {
        let mut passage = state.gate().enter().await?;
        let session = passage.session_of(token).await?;
        passage.end_session(token).await?;
        if let Some(session) = session {
            let who = session.professional;
            passage
                .record_person(kind::SIGNED_OUT, who, None, None)
                .await?;
        }
        passage.commit().await?;
    }
    Ok((
        StatusCode::NO_CONTENT,
        [(header::SET_COOKIE, auth::cookie_clearing())],
    ))
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};
    use serde_json::json;

    use crate::scenario::{PASSWORD, Scenario};

    #[tokio::test]
    async fn a_session_opens_families_until_signing_out() {
        let scenario = Scenario::new().await;
        let answer = scenario
            .post(
                "/api/sessions",
                &json!({"sign_in": "amira", "password": PASSWORD}),
            )
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        let cookie = answer.header("set-cookie").unwrap();
        for part in [
            "; HttpOnly",
            "; Secure",
            "; SameSite=Strict",
            "; Max-Age=43200",
            "; Path=/",
        ] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let cookie = [("cookie", cookie.split(';').next().unwrap().to_owned())];
        let families = async || {
            scenario
                .send(Method::GET, "/api/families", &cookie, b"")
                .await
        };
        assert_eq!(families().await.status, StatusCode::OK);

        let out = scenario
            .send(Method::DELETE, "/api/sessions", &cookie, b"")
            .await;
        assert_eq!(out.status, StatusCode::NO_CONTENT);
        assert_eq!(
            families().await.problem(),
            "urn:workbook:problem:not-signed-in"
        );
        let again = scenario
            .send(Method::DELETE, "/api/sessions", &cookie, b"")
            .await;
        assert_eq!(again.status, StatusCode::NO_CONTENT);
    }

    #[tokio::test]
    async fn a_session_ends_after_twelve_hours() {
        let scenario = Scenario::new().await;
        let cookie = scenario.sign_in("amira").await;
        // Used all day long.
        for minutes in [45; 16].map(|it| it * 60_000) {
            let answer = scenario
                .send(Method::GET, "/api/families", &cookie, b"")
                .await;
            assert_eq!(answer.status, StatusCode::OK);
            scenario.pass(minutes);
        }
        let answer = scenario
            .send(Method::GET, "/api/families", &cookie, b"")
            .await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }

    #[tokio::test]
    async fn a_session_ends_after_an_hour_without_a_request() {
        let scenario = Scenario::new().await;
        let cookie = scenario.sign_in("amira").await;
        for (minutes, status) in [
            (59, StatusCode::OK),
            (59, StatusCode::OK),
            (60, StatusCode::UNAUTHORIZED),
        ] {
            scenario.pass(minutes * 60_000);
            let answer = scenario
                .send(Method::GET, "/api/families", &cookie, b"")
                .await;
            assert_eq!(answer.status, status, "{minutes}");
        }
    }

    #[tokio::test]
    async fn signing_in_again_ends_the_session_before() {
        let scenario = Scenario::new().await;
        let old = scenario.sign_in("amira").await;
        let mut headers = vec![("content-type", "application/json".to_owned())];
        headers.extend(old.clone());
        let body = json!({"sign_in": "marcus", "password": PASSWORD}).to_string();
        let answer = scenario
            .send(Method::POST, "/api/sessions", &headers, body.as_bytes())
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        let answer = scenario.send(Method::GET, "/api/families", &old, b"").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }

    #[tokio::test]
    async fn a_form_from_another_site_can_not_sign_in() {
        let scenario = Scenario::new().await;
        let form = [("content-type", "text/plain".to_owned())];
        let body = json!({"sign_in": "amira", "password": PASSWORD}).to_string();
        let answer = scenario
            .send(Method::POST, "/api/sessions", &form, body.as_bytes())
            .await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
}
