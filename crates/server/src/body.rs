//! Request bodies: how much is taken, and JSON with errors that say what is wrong.

use std::io::Read as _;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
};
use serde::de::DeserializeOwned;

use crate::{AppState, problem::Problem};

/// A JSON body.
pub(crate) struct JsonBody<T>(pub(crate) T);

/// Why a body can't be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyError {
    #[error(
        "the request is larger than {} bytes: send fewer changes at once",
        sync::wire::MAX_FRAME_BYTES
    )]
    TooLarge,
    #[error("the request broke off: send it again")]
    BrokenOff,
    #[error("the request can't be unpacked: pack it with gzip, or send it as it is")]
    NotPacked,
    #[error("send the request packed with gzip or not at all: this packing is not known here")]
    UnknownPacking,
    #[error("send the request as application/json")]
    NotJsonType,
    #[error("the request is not JSON: {0}")]
    NotJson(serde_json::Error),
    #[error("the request has the wrong shape: {0}")]
    WrongShape(serde_json::Error),
}

impl From<BodyError> for Problem {
    fn from(error: BodyError) -> Self {
        let (status, code) = match &error {
            BodyError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            BodyError::BrokenOff => (StatusCode::BAD_REQUEST, "broken-off"),
            BodyError::NotPacked => (StatusCode::BAD_REQUEST, "not-packed"),
            BodyError::UnknownPacking => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "packing"),
            BodyError::NotJsonType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type"),
            BodyError::NotJson(_) => (StatusCode::BAD_REQUEST, "not-json"),
            BodyError::WrongShape(_) => (StatusCode::UNPROCESSABLE_ENTITY, "wrong-shape"),
        };
        Self::new(status, code, error.to_string())
    }
}

/// Reads a whole body, up to the limit that the router sets.
pub(crate) async fn read(request: Request, state: &AppState) -> Result<Bytes, BodyError> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                BodyError::TooLarge
            } else {
                BodyError::BrokenOff
            }
        })
}

/// Unpacks a body that was packed for the wire, within the limit that holds for an unpacked one: what a
/// few bytes blow up to is never made. Who calls this knows already who sent it.
pub(crate) fn unpack(headers: &HeaderMap, body: Bytes) -> Result<Bytes, BodyError> {
    let Some(packing) = headers.get(header::CONTENT_ENCODING) else {
        return Ok(body);
    };
    if packing != "gzip" {
        return Err(BodyError::UnknownPacking);
    }
    let most = sync::wire::MAX_FRAME_BYTES;
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&body[..])
        .take(most as u64 + 1)
        .read_to_end(&mut unpacked)
        .map_err(|_| BodyError::NotPacked)?;
    if unpacked.len() > most {
        return Err(BodyError::TooLarge);
    }
    Ok(unpacked.into())
}

/// Reads JSON of a given shape.
pub(crate) fn parse<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, BodyError> {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    // Asking for the type also keeps out cross-site forms, which can't send it.
    if !is_json {
        return Err(BodyError::NotJsonType);
    }
    serde_json::from_slice(body).map_err(|error| {
        if error.is_data() {
            BodyError::WrongShape(error)
        } else {
            BodyError::NotJson(error)
        }
    })
}

impl<T: DeserializeOwned> FromRequest<AppState> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let headers = request.headers().clone();
        if headers.contains_key(header::CONTENT_ENCODING) {
            return Err(BodyError::UnknownPacking.into());
        }
        let body = read(request, state).await?;
        Ok(Self(parse(&headers, &body)?))
    }
}
