//! Sign-in name and password, the same way for a device and a browser.

use axum::http::StatusCode;
use serde::Deserialize;
use store::{StoreError, server::Account};
use utoipa::ToSchema;

use super::{
    password::{HashingError, MAX_PASSWORD_BYTES},
    peer::Peer,
};
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
    /// The password was not looked at.
    #[error(transparent)]
    Hashing(#[from] HashingError),
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
            SignInError::Hashing(HashingError::Busy) => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, "busy", error.to_string())
                    .with_retry_after(2)
            }
            SignInError::Hashing(HashingError::Task(cause)) => cause.into(),
        }
    }
}

/// The account that these credentials open.
pub(crate) async fn sign_in(
    state: &AppState,
    credentials: Credentials,
    peer: Peer,
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
    let mut passage = state.gate().enter().await?;
    let account = match passage.account_by_name(&sign_in).await? {
        // Who has left is nobody here, and is told so in the same time.
        Some(account) if passage.is_closed(account.id).await? => None,
        other => other,
    };
    drop(passage);
    let hash = account
        .as_ref()
        .map(|account| account.password_hash.clone());
    let hashed = state
        .hashing()
        .verify(credentials.password, hash, peer)
        .await;
    let fits = match hashed {
        // It was never tried.
        Err(error @ HashingError::Busy) => {
            state.throttle().forgive(&sign_in);
            return Err(error.into());
        }
        other => other?,
    };
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

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;
    use crate::scenario::{PASSWORD, Scenario};

    fn attempt(sign_in: &str, password: &str) -> Credentials {
        Credentials {
            sign_in: sign_in.to_owned(),
            password: password.to_owned(),
        }
    }

    fn from(last: u8) -> Peer {
        Peer(Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))))
    }

    /// A flood from one address: most of it is turned away before it costs anything, and Amira, who
    /// comes from elsewhere in the middle of it, signs in.
    #[tokio::test]
    async fn ten_thousand_wrong_passwords_keep_nobody_else_out() {
        let scenario = Scenario::new().await;
        let state = scenario.state();
        let flood = (0..10_000).map(|n| {
            let state = state.clone();
            tokio::spawn(async move {
                let guess = attempt(&format!("nobody{n}"), "a wrong password");
                sign_in(&state, guess, from(1)).await.map(|_| ())
            })
        });
        let flood: Vec<_> = flood.collect();
        tokio::task::yield_now().await;
        let amira = sign_in(&state, attempt("amira", PASSWORD), from(2)).await;
        assert_eq!(amira.unwrap().sign_in, "amira");
        let (mut tried, mut turned_away) = (0, 0);
        for guess in flood {
            match guess.await.unwrap() {
                Err(SignInError::Wrong) => tried += 1,
                Err(SignInError::Hashing(HashingError::Busy)) => turned_away += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(tried + turned_away, 10_000);
        assert!(turned_away > 9_000, "{tried} were hashed");
    }

    /// Guessing at one account locks that account for a while, and no other.
    #[tokio::test]
    async fn guessing_at_one_account_locks_that_one_alone() {
        let scenario = Scenario::new().await;
        let state = scenario.state();
        let (mut wrong, mut wait) = (0, 0);
        for n in 0..200 {
            match sign_in(&state, attempt("amira", "a wrong password"), from(n)).await {
                Err(SignInError::Wrong) => wrong += 1,
                Err(SignInError::Wait(seconds)) => {
                    assert!(seconds > 0);
                    wait += 1;
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((wrong, wait), (5, 195));
        let amira = sign_in(&state, attempt("amira", PASSWORD), from(9)).await;
        assert!(matches!(amira, Err(SignInError::Wait(_))), "{amira:?}");
        let marcus = sign_in(&state, attempt("marcus", PASSWORD), from(1)).await;
        assert_eq!(marcus.unwrap().sign_in, "marcus");
        scenario.pass(15 * 60_000);
        let amira = sign_in(&state, attempt("amira", PASSWORD), from(9)).await;
        assert_eq!(amira.unwrap().sign_in, "amira");
    }
}
