//! The only way from a request to the store. **Invariant**: no method here hands out anything of a
//! family without an [`access::Granted`], and the store itself never leaves this folder.
//!
//! A [`Passage`] is one transaction. [`identity`] answers who is asking, before anything can be
//! decided; [`families`] and [`documents`] gather the facts, ask `access`, and lead to the data;
//! [`audit`] writes down what passed, and [`ledger`] holds back the answer of whoever forgot it.

mod audit;
mod boards;
mod documents;
mod emergency;
mod families;
mod identity;
mod ledger;
mod listening;

use std::sync::Arc;

use access::Denied;
use axum::http::StatusCode;
use store::{
    StoreError,
    server::{Store, Txn},
};

pub(crate) use audit::Reading;
pub(crate) use boards::OnBoard;
pub(crate) use documents::{Locked, Opened};
pub(crate) use emergency::Notice;
pub(crate) use families::Reachable;
pub(crate) use ledger::watched;
pub(crate) use listening::Listening;

use crate::{ambient::Clock, problem::Problem};
use ledger::Ledger;

/// Holds the store.
pub(crate) struct Gate {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

impl Gate {
    /// A gate before this store. The clock dates what passes.
    pub(crate) fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Whether a request comes for the first time ([`Store::is_first`]).
    pub(crate) async fn is_first(
        &self,
        mark: [u8; 32],
        until: i64,
        now: i64,
    ) -> Result<bool, StoreError> {
        self.store.is_first(mark, until, now).await
    }

    /// Starts a transaction. Dropped without [`Passage::commit`], it leaves nothing behind.
    pub(crate) async fn enter(&self) -> Result<Passage, StoreError> {
        Ok(Passage {
            txn: Some(self.store.begin().await?),
            // After the wait for the transaction: what ran out meanwhile has run out.
            now: self.clock.unix_millis(),
            store: Arc::clone(&self.store),
            clock: Arc::clone(&self.clock),
            ledger: Ledger::of_request(),
            owed: 0,
            paid: 0,
        })
    }
}

/// One transaction.
pub(crate) struct Passage {
    /// None between a commit and the next use.
    txn: Option<Box<dyn Txn>>,
    /// When it began, in milliseconds since 1970: what is decided in it is decided as of then.
    now: i64,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ledger: Ledger,
    /// How much was opened or written here that needs a row in the audit log.
    owed: u64,
    /// How many of those rows are written.
    paid: u64,
}

impl Passage {
    /// Makes everything of this transaction durable and visible.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.commit_and_go_on().await
    }

    /// As [`Passage::commit`]; what follows is another transaction.
    async fn commit_and_go_on(&mut self) -> Result<(), StoreError> {
        if let Some(txn) = self.txn.take() {
            txn.commit().await?;
        }
        self.ledger.pay(self.paid.min(self.owed));
        (self.owed, self.paid) = (self.owed.saturating_sub(self.paid), 0);
        Ok(())
    }

    /// Takes back all of this transaction; what follows is another one. Nothing that it gave out may be
    /// answered with.
    pub(crate) fn roll_back(&mut self) {
        self.txn = None;
        self.paid = 0;
    }

    /// Notes that something was opened or written that needs a row in the audit log.
    fn owe(&mut self) {
        self.owed += 1;
        self.ledger.owe();
    }

    /// As [`Passage::owe`], once for all changes of a push.
    fn owes_push(&mut self) {
        if self.owed == 0 {
            self.owe();
        }
    }

    async fn txn(&mut self) -> Result<&mut dyn Txn, StoreError> {
        let txn = if let Some(txn) = self.txn.take() {
            txn
        } else {
            let txn = self.store.begin().await?;
            self.now = self.clock.unix_millis();
            txn
        };
        Ok(&mut **self.txn.insert(txn))
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
