//! Where a request comes from, to share out the slow part of signing in. Never logged, never stored.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};

use crate::AppState;

/// The header in which a proxy says for whom it asks.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address that asks; none when the connection does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Peer(pub(crate) Option<IpAddr>);

impl FromRequestParts<AppState> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let connected = connected.map(|ConnectInfo(address)| address.ip());
        // Only a proxy that the operator named may speak for others; the last address is the one that
        // it added itself, whatever its client claimed before.
        let forwarded = state.settings().behind_proxy.then(|| {
            let values = parts.headers.get_all(FORWARDED_FOR).iter();
            let last = values.filter_map(|value| value.to_str().ok()).next_back()?;
            last.rsplit(',').next()?.trim().parse().ok()
        });
        Ok(Self(forwarded.flatten().or(connected)))
    }
}
