//! Sign-in name and password, the same way for a device and a browser.

use axum::http::StatusCode;
use serde::Deserialize;
use store::{StoreError, server::Account};
use utoipa::ToSchema;

use super::password::MAX_PASSWORD_BYTES;
use crate::{AppState, admin, problem::Problem};

/// What someone types to sign in.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Credentials {
    /// The sign-in name; capitals and spaces around it don't matter.
    pub(crate) sign_in: String,
    /// The password.
    #[schema(format = Password)]
    pub(crate) password: String,
}

/// Why someone can't sign in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignInError {
    /// One message for a wrong name and a wrong password, so that neither can be found out.
    #[error("the sign-in name or the password is wrong: check both")]
    Wrong,
    /// Too many attempts.
    #[error("too many attempts: wait {0} seconds and try again")]
    Wait(u64),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The hashing task failed.
    #[error(transparent)]
    Task(#[from] tokio::task::JoinError),
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => Self::new(
                StatusCode::UNAUTHORIZED,
                "wrong-credentials",
                error.to_string(),
            ),
            SignInError::Wait(seconds) => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-attempts",
                error.to_string(),
            )
            .with_retry_after(seconds),
            SignInError::Store(cause) => cause.into(),
            SignInError::Task(cause) => cause.into(),
        }
    }
}

/// The account that these credentials open.
pub(crate) async fn sign_in(
    state: &AppState,
    credentials: Credentials,
) -> Result<Account, SignInError> {
    let sign_in = admin::sign_in_name(&credentials.sign_in);
    if credentials.password.len() > MAX_PASSWORD_BYTES {
        return Err(SignInError::Wrong);
    }
    state
        .throttle()
        .attempt(&sign_in, state.ambient().now())
        .map_err(|millis| SignInError::Wait(u64::try_from(millis).unwrap_or(0).div_ceil(1_000)))?;
    // The transaction ends before the slow part, so that hashing never holds the store's lock.
    let account = state
        .gate()
        .enter()
        .await?
        .account_by_name(&sign_in)
        .await?;
    let hash = account
        .as_ref()
        .map(|account| account.password_hash.clone());
    let fits = state.hashing().verify(credentials.password, hash).await?;
    match account {
        Some(account) if fits => {
            state.throttle().succeeded(&sign_in);
            Ok(account)
        }
        account => {
            let mut passage = state.gate().enter().await?;
            let known = account.map(|it| it.id);
            passage.record_failed_sign_in(known).await?;
            passage.commit().await?;
            Err(SignInError::Wrong)
        }
    }
}
