//! `GET /api/oidc/start` and `GET /api/oidc/callback`: a browser signs in at the council's identity
//! provider and comes back.

use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use serde::Deserialize;
use store::audit::kind;
use utoipa::IntoParams;

use crate::{
    AppState,
    auth::{self, NewSession},
    oidc::{Answer, Attempt, OidcError},
    problem::Problem,
};

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
enum SignInError {
    #[error("this server has no identity provider: sign in with name and password")]
    NotSetUp,
    #[error("sign in again: this was not begun in this browser, or more than ten minutes ago")]
    NotBegunHere,
    #[error("the identity provider did not sign you in")]
    Refused,
    #[error("you signed in, but no account here is linked to you: ask this server's administrator")]
    NotLinked,
    #[error("the identity provider can't be reached: try again in a few minutes")]
    Unreachable,
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        let (status, code) = match error {
            SignInError::NotSetUp => (StatusCode::NOT_FOUND, "no-identity-provider"),
            SignInError::NotBegunHere => (StatusCode::BAD_REQUEST, "not-begun-here"),
            SignInError::Refused => (StatusCode::UNAUTHORIZED, "provider-refused"),
            SignInError::NotLinked => (StatusCode::FORBIDDEN, "not-linked"),
            SignInError::Unreachable => (StatusCode::SERVICE_UNAVAILABLE, "provider-unreachable"),
        };
        Self::new(status, code, error.to_string())
    }
}

impl From<OidcError> for SignInError {
    fn from(error: OidcError) -> Self {
        // For the operator: kinds of errors, no person's claims.
        tracing::warn!(cause = %error, "sign-in at the identity provider failed");
        match error {
            OidcError::Unreachable(_) | OidcError::Settings(_) | OidcError::Busy => {
                Self::Unreachable
            }
            OidcError::CodeRefused(_)
            | OidcError::OtherIssuer
            | OidcError::BadToken(_)
            | OidcError::NoClaim => Self::Refused,
        }
    }
}

/// Sends a browser to the identity provider.
#[utoipa::path(
    get, path = "/api/oidc/start", operation_id = "startOidc", tag = "sign-in",
    responses(
        (status = 303, description = "To the identity provider"),
        (status = 404, description = "There is no identity provider", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "It can't be reached", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn start(State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let provider = state.provider().ok_or(SignInError::NotSetUp)?;
    let attempt = Attempt::begin(state.ambient())?;
    let cookie = attempt.cookie();
    let now = state.ambient().now();
    let turn = provider.turn().map_err(SignInError::from)?;
    let address = tokio::task::spawn_blocking(move || {
        // Held to the end of the work, whoever still waits for it.
        let _turn = turn;
        provider.address(&attempt, now)
    })
    .await?
    .map_err(SignInError::from)?;
    Ok(to(&address, [(header::SET_COOKIE, cookie)]))
}

/// What the identity provider sends back.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Returned {
    /// The code, good for one use.
    code: Option<String>,
    /// What was sent there.
    state: Option<String>,
    /// The provider, where it says so in its answers (RFC 9207).
    iss: Option<String>,
}

/// Takes a browser back from the identity provider, signs it in and shows the app.
#[utoipa::path(
    get, path = "/api/oidc/callback", operation_id = "finishOidc", tag = "sign-in",
    params(Returned),
    responses(
        (status = 303, description = "To the app: signed in, or, where a browser shows a page, with `?sign-in=` and the problem's code"),
        (status = 400, description = "Not begun in this browser", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The provider refused", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "No account is linked", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no identity provider", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "It can't be reached", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn callback(
    State(state): State<AppState>,
    query: Result<Query<Returned>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Response {
    match take_back(&state, query, &headers).await {
        Ok(cookies) => to("/", cookies).into_response(),
        // Somebody looks at this: the app tells them what happened, and what to do.
        Err(problem) if shows_pages(&headers) => {
            let address = format!("/?sign-in={}", problem.code());
            to(&address, [(header::SET_COOKIE, Attempt::clearing())]).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

/// Whether the answer is for somebody's eyes: what browsers say when they go to another page.
fn shows_pages(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
    accept.is_some_and(|it| it.contains("text/html"))
}

/// The cookies of a session for who signed in.
async fn take_back(
    state: &AppState,
    query: Result<Query<Returned>, axum::extract::rejection::QueryRejection>,
    headers: &HeaderMap,
) -> Result<[(HeaderName, HeaderValue); 2], Problem> {
    let provider = state.provider().ok_or(SignInError::NotSetUp)?;
    let now = state.ambient().now();
    let Query(returned) = query.map_err(|_| SignInError::NotBegunHere)?;
    let attempt = Attempt::of(headers, now).ok_or(SignInError::NotBegunHere)?;
    if returned.state.is_none_or(|state| state != attempt.state()) {
        return Err(SignInError::NotBegunHere.into());
    }
    let answer = Answer {
        code: returned.code.ok_or(SignInError::Refused)?,
        issuer: returned.iss,
    };
    let issuer = provider.issuer().to_owned();
    let turn = provider.turn().map_err(SignInError::from)?;
    let subject = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        provider.redeem(answer, &attempt, now)
    })
    .await?
    .map_err(SignInError::from)?;
    let mut passage = state.gate().enter().await?;
    let account = match passage.account_by_identity(&issuer, &subject).await? {
        Some(account) if !passage.is_closed(account.id).await? => account,
        _ => return Err(SignInError::NotLinked.into()),
    };
    let new = NewSession::start(state.ambient())?;
    passage
        .start_session(&new, account.id, auth::token_hash_of(headers))
        .await?;
    passage
        .record_person(kind::SIGNED_IN, account.id, None, None)
        .await?;
    passage.commit().await?;
    Ok([
        (header::SET_COOKIE, new.cookie),
        (header::SET_COOKIE, Attempt::clearing()),
    ])
}

fn to<const N: usize>(
    address: &str,
    cookies: [(HeaderName, HeaderValue); N],
) -> impl IntoResponse + use<N> {
    // The address is ASCII: it comes from a URL that was parsed.
    let location = HeaderValue::try_from(address).unwrap_or(HeaderValue::from_static("/"));
    (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, location)],
        AppendHeaders(cookies),
    )
}
