//! The authenticated caller, as handlers take it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use access::{Subject, Way};
use axum::{
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode},
};
use record::{Writer, terms::Discipline};
use serde::de::DeserializeOwned;
use store::{
    StoreError,
    server::{Account, Device},
};
use sync::signing;

use super::{device, session};
use crate::{AppState, body, problem::Problem};

/// Who asks: for reading, by a device's signature or a browser's cookie.
#[derive(Debug)]
pub(crate) struct Caller {
    /// As `access` sees them.
    pub(crate) subject: Subject,
    /// Their account.
    pub(crate) account: Account,
    /// The device that signed; none for a browser.
    pub(crate) device: Option<Device>,
}

/// Put into a request by `edge`, and set here once a device's signature was believed: its answer then
/// carries the lease.
#[derive(Debug, Clone, Default)]
pub(crate) struct Believed(Arc<AtomicBool>);

impl Believed {
    /// Whether a device's signature was believed.
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A request with a JSON body, of a device or a browser.
pub(crate) struct CallerWith<T> {
    /// Who asks.
    pub(crate) caller: Caller,
    /// The body.
    pub(crate) body: T,
}

/// A device's request with a JSON body: the signature covers the body, so both are taken together.
pub(crate) struct Signed<T> {
    /// Who asks.
    pub(crate) caller: Caller,
    /// Under whose name changes are checked.
    pub(crate) writer: Writer,
    /// The body.
    pub(crate) body: T,
}

/// Why nobody is behind a request.
#[derive(Debug, thiserror::Error)]
enum CallerError {
    #[error("sign in first")]
    NotSignedIn,
    #[error("sign in again: a device is enrolled within ten minutes of signing in")]
    NotFresh,
    #[error("this address is for enrolled devices: sign the request with the device's key")]
    NotSigned,
    #[error("your account's discipline is not known to this server: ask its administrator")]
    NoDiscipline,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<CallerError> for Problem {
    fn from(error: CallerError) -> Self {
        let text = error.to_string();
        match error {
            CallerError::NotSignedIn => Self::new(StatusCode::UNAUTHORIZED, "not-signed-in", text),
            CallerError::NotFresh => Self::new(StatusCode::UNAUTHORIZED, "not-fresh", text),
            CallerError::NotSigned => Self::new(StatusCode::UNAUTHORIZED, "not-signed", text),
            CallerError::NoDiscipline => Self::new(StatusCode::FORBIDDEN, "no-discipline", text),
            CallerError::Store(cause) => cause.into(),
        }
    }
}

impl FromRequest<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        if request.headers().contains_key(signing::DEVICE) {
            let (caller, _, _, _) = signed(request, state).await?;
            return Ok(caller);
        }
        by_session(request.headers(), state).await
    }
}

impl<T: DeserializeOwned> FromRequest<AppState> for CallerWith<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let (caller, headers, bytes) = if request.headers().contains_key(signing::DEVICE) {
            let (caller, _, headers, bytes) = signed(request, state).await?;
            (caller, headers, bytes)
        } else {
            let headers = request.headers().clone();
            // Who asks comes first: a stranger's body is not even read.
            let caller = by_session(&headers, state).await?;
            let bytes = body::read(request, state).await?;
            (caller, headers, bytes)
        };
        let body = body::parse(&headers, &bytes)?;
        Ok(Self { caller, body })
    }
}

async fn by_session(headers: &HeaderMap, state: &AppState) -> Result<Caller, Problem> {
    let token = session::token_hash_of(headers).ok_or(CallerError::NotSignedIn)?;
    let mut passage = state.gate().enter().await?;
    let idle = i64::from(state.settings().idle_minutes) * 60_000;
    let live = passage.live_session(token, idle).await?;
    let (session, noted) = live.ok_or(CallerError::NotSignedIn)?;
    let professional = session.professional;
    let account = passage
        .account(professional)
        .await?
        .ok_or(CallerError::NotSignedIn)?;
    if passage.is_closed(professional).await? {
        return Err(CallerError::NotSignedIn.into());
    }
    if noted {
        passage.commit().await?;
    }
    let discipline = discipline_of(&account)?;
    Ok(Caller {
        subject: subject(&account, &discipline, Way::Browser),
        account,
        device: None,
    })
}

impl<T: DeserializeOwned> FromRequest<AppState> for Signed<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        if !request.headers().contains_key(signing::DEVICE) {
            return Err(CallerError::NotSigned.into());
        }
        let (caller, writer, headers, bytes) = signed(request, state).await?;
        // Only now: nobody but an enrolled device makes the server unpack anything.
        let packed = headers.clone();
        let bytes = tokio::task::spawn_blocking(move || body::unpack(&packed, bytes)).await??;
        Ok(Self {
            caller,
            writer,
            body: body::parse(&headers, &bytes)?,
        })
    }
}

/// How fresh a session must be to enrol a device, in milliseconds: a forgotten browser must not give
/// away a key that lasts.
const FRESH_MILLIS: i64 = 10 * 60 * 1000;

/// The account of a browser that has just signed in.
pub(crate) async fn just_signed_in(
    state: &AppState,
    headers: &HeaderMap,
) -> Result<Account, Problem> {
    let caller = by_session(headers, state).await?;
    let token = session::token_hash_of(headers).ok_or(CallerError::NotSignedIn)?;
    let now = state.ambient().now();
    let mut passage = state.gate().enter().await?;
    let began = passage.session_began(token).await?;
    if began.is_none_or(|began| now.saturating_sub(began) >= FRESH_MILLIS) {
        return Err(CallerError::NotFresh.into());
    }
    Ok(caller.account)
}

async fn signed(
    request: Request,
    state: &AppState,
) -> Result<(Caller, Writer, HeaderMap, axum::body::Bytes), Problem> {
    let method = request.method().clone();
    let uri = request.uri().clone();
    let headers = request.headers().clone();
    let believed = request.extensions().get::<Believed>().cloned();
    let bytes = body::read(request, state).await?;
    let device = device::verify(state, &method, &uri, &headers, &bytes).await?;
    believed
        .unwrap_or_default()
        .0
        .store(true, Ordering::Relaxed);
    let account = state
        .gate()
        .enter()
        .await?
        .account(device.professional)
        .await?;
    let account = account.ok_or(CallerError::NotSignedIn)?;
    let discipline = discipline_of(&account)?;
    let way = Way::Device {
        id: *device.id.as_uuid(),
        revoked: device.revoked.is_some(),
    };
    let subject = subject(&account, &discipline, way);
    let writer = Writer {
        professional: account.id,
        discipline,
        device: device.id,
    };
    let caller = Caller {
        subject,
        account,
        device: Some(device),
    };
    Ok((caller, writer, headers, bytes))
}

fn discipline_of(account: &Account) -> Result<Discipline, CallerError> {
    Discipline::from_code(&account.discipline).ok_or(CallerError::NoDiscipline)
}

fn subject(account: &Account, discipline: &Discipline, way: Way) -> Subject {
    Subject {
        professional: *account.id.as_uuid(),
        discipline: Some(discipline.code().to_owned()),
        way,
    }
}
