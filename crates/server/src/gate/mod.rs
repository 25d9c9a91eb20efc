//! The only way from a request to the store. **Invariant**: no method here hands out anything of a
//! family without an [`access::Granted`], and the store itself never leaves this folder.
//!
//! A [`Passage`] is one transaction. [`identity`] answers who is asking, before anything can be
//! decided; [`families`] and [`documents`] gather the facts, ask `access`, and lead to the data.

mod documents;
mod emergency;
mod families;
mod identity;

use std::sync::Arc;

use access::Denied;
use axum::http::StatusCode;
use store::{
    StoreError,
    server::{Store, Txn},
};

pub(crate) use documents::{Locked, Opened};
pub(crate) use emergency::Notice;
pub(crate) use families::Reachable;

use crate::{ambient::Clock, problem::Problem};

/// Holds the store.
pub(crate) struct Gate {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

impl Gate {
    /// A gate before this store.
    pub(crate) fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Starts a transaction. Dropped without [`Passage::commit`], it leaves nothing behind.
    pub(crate) async fn enter(&self) -> Result<Passage, StoreError> {
        Ok(Passage {
            txn: self.store.begin().await?,
            // After the wait for the transaction: what ran out meanwhile has run out.
            now: self.clock.unix_millis(),
        })
    }
}

/// One transaction.
pub(crate) struct Passage {
    txn: Box<dyn Txn>,
    /// When it began, in milliseconds since 1970: what is decided in it is decided as of then.
    now: i64,
}

impl Passage {
    /// Makes everything of this transaction durable and visible.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.txn.commit().await
    }
}

/// Why someone did not get through.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stopped {
    /// The rules say no.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Stopped> for Problem {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Denied(reason) => Self::new(
                StatusCode::FORBIDDEN,
                "denied",
                format!("the server may not do this for you: {reason}"),
            ),
            Stopped::Store(error) => error.into(),
        }
    }
}
