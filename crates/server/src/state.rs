//! What all requests share.

use std::sync::Arc;

use store::{StoreError, server::Store};

use crate::{
    ambient::{Ambient, NoRandomness},
    auth::{Hashing, Throttle},
    documents::{Cache, Pages},
    events::Events,
    gate::Gate,
    metrics::Metrics,
    oidc::Provider,
    settings::Settings,
};

/// The server's state: cheap to clone, all parts shared.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

struct Parts {
    gate: Gate,
    ambient: Ambient,
    began: i64,
    cache: Cache,
    pages: Pages,
    events: Events,
    throttle: Throttle,
    hashing: Hashing,
    provider: Option<Arc<Provider>>,
    settings: Settings,
    metrics: Metrics,
    proof_key: tokio::sync::OnceCell<[u8; 32]>,
}

/// Why there is no key to prove with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl AppState {
    /// A server on this store, with this clock and randomness and the default settings.
    pub fn new(store: Arc<dyn Store>, ambient: Ambient) -> Self {
        Self::with(store, ambient, Settings::default())
    }

    /// As [`AppState::new`], with settings.
    pub fn with(store: Arc<dyn Store>, ambient: Ambient, settings: Settings) -> Self {
        Self(Arc::new(Parts {
            gate: Gate::new(store, Arc::clone(&ambient.clock)),
            began: ambient.now(),
            ambient,
            cache: Cache::default(),
            pages: Pages::default(),
            events: Events::default(),
            throttle: Throttle::default(),
            hashing: Hashing::default(),
            provider: settings.oidc.clone().map(Provider::new).map(Arc::new),
            settings,
            metrics: Metrics::default(),
            proof_key: tokio::sync::OnceCell::new(),
        }))
    }

    /// What is counted.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The key under which this server proves what it has accepted; made at its first use. Takes a
    /// transaction of its own.
    pub(crate) async fn proof_key(&self) -> Result<[u8; 32], KeyError> {
        let made = self.0.proof_key.get_or_try_init(|| async {
            let fresh = self.ambient().random()?;
            let mut passage = self.gate().enter().await?;
            let key = passage.proof_key(fresh).await?;
            passage.commit().await?;
            Ok(key)
        });
        made.await.copied()
    }

    /// The only way to the store.
    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    /// Clock and randomness.
    pub(crate) fn ambient(&self) -> &Ambient {
        &self.0.ambient
    }

    /// When this process began, in milliseconds since 1970.
    pub(crate) fn began(&self) -> i64 {
        self.0.began
    }

    /// The council's identity provider, where there is one.
    pub(crate) fn provider(&self) -> Option<Arc<Provider>> {
        self.0.provider.clone()
    }

    /// What the one who started the server decided.
    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Documents kept open.
    pub(crate) fn cache(&self) -> &Cache {
        &self.0.cache
    }

    /// Pages of documents, for boards.
    pub(crate) fn pages(&self) -> &Pages {
        &self.0.pages
    }

    /// Who listens to news.
    pub(crate) fn events(&self) -> &Events {
        &self.0.events
    }

    /// Failed sign-ins.
    pub(crate) fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    /// Password hashing.
    pub(crate) fn hashing(&self) -> &Hashing {
        &self.0.hashing
    }
}
