//! How the server listens: with TLS when it has a certificate, with limits on slow clients, and an
//! end that lets running requests finish.

use std::{future::Future, io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum_server::{Handle, tls_rustls::RustlsConfig};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use tokio::net::TcpListener;

use crate::{AppState, app, metrics};

/// How long a client may take to send its headers; slower ones only hold connections.
const HEADER_TIME: Duration = Duration::from_secs(15);
/// How long requests may take to finish after the server was asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// A certificate and its key, ready to serve.
#[derive(Clone)]
pub struct Certificate(Arc<ServerConfig>);

/// Why a certificate can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file can't be read as PEM.
    #[error("{0} can't be read as PEM ({1}): check the path and that it is not DER")]
    Unreadable(&'static str, rustls::pki_types::pem::Error),
    /// The certificate's file holds none.
    #[error("the certificate's file holds no certificate: give the whole chain as PEM")]
    Empty,
    /// The two don't belong together or can't be used.
    #[error("certificate and key can't be used ({0}): check that they belong together")]
    Unusable(#[from] rustls::Error),
}

impl Certificate {
    /// Reads a certificate's chain and its key, both PEM.
    pub fn read(chain: &Path, key: &Path) -> Result<Self, CertificateError> {
        let unreadable = |what| move |error| CertificateError::Unreadable(what, error);
        let chain: Vec<_> = CertificateDer::pem_file_iter(chain)
            .and_then(Iterator::collect)
            .map_err(unreadable("the certificate's file"))?;
        if chain.is_empty() {
            return Err(CertificateError::Empty);
        }
        let key = PrivateKeyDer::from_pem_file(key).map_err(unreadable("the key's file"))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }
}

/// Serves until `shutdown` ends, then lets the running requests finish for up to ten seconds. What
/// still hangs then is rolled back; nothing of it was acknowledged.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    certificate: Option<Certificate>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let events = state.clone();
    let app = app(state).into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    let stop = tokio::spawn({
        let handle = handle.clone();
        async move {
            shutdown.await;
            // Open streams never finish by themselves.
            events.events().end();
            handle.graceful_shutdown(Some(LAST_REQUESTS));
        }
    });
    let listener = listener.into_std()?;
    let served = if let Some(Certificate(config)) = certificate {
        let config = RustlsConfig::from_config(config);
        let mut server = axum_server::from_tcp_rustls(listener, config)?.handle(handle);
        patience(server.http_builder());
        server.serve(app).await
    } else {
        let mut server = axum_server::from_tcp(listener)?.handle(handle);
        patience(server.http_builder());
        server.serve(app).await
    };
    stop.abort();
    served
}

fn patience(builder: &mut hyper_util::server::conn::auto::Builder<hyper_util::rt::TokioExecutor>) {
    builder
        .http1()
        .timer(hyper_util::rt::TokioTimer::new())
        .header_read_timeout(HEADER_TIME);
}

/// Serves `GET /metrics` on an address of its own until `shutdown` ends.
pub async fn serve_metrics(
    listener: TcpListener,
    metrics: metrics::Metrics,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, metrics::metrics_app(metrics))
        .with_graceful_shutdown(shutdown)
        .await
}
