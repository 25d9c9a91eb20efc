//! What one request has been given of families and has not answered for in the audit log yet.
//!
//! Whoever opens family data through a [`super::Passage`] owes a row; the row is written in the same
//! transaction, and the debt is paid when that transaction is committed. `edge` asks at the end: an
//! answer that goes out while something is owed is held back. So a route that forgets its row, or
//! the commit, gives out nothing, in the first test that calls it.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// A request's debts. Clones share one count.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger(Arc<AtomicU64>);

tokio::task_local! {
    static REQUEST: Ledger;
}

impl Ledger {
    /// The running request's; a fresh one outside of any.
    pub(super) fn of_request() -> Self {
        REQUEST.try_with(Self::clone).unwrap_or_default()
    }

    pub(super) fn owe(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn pay(&self, debts: u64) {
        self.0.fetch_sub(debts, Ordering::Relaxed);
    }
}

/// Runs a request and says beside its answer whether all that it was given is in the audit log.
pub(crate) async fn watched<T>(request: impl Future<Output = T>) -> (T, bool) {
    let ledger = Ledger::default();
    let answer = REQUEST.scope(ledger.clone(), request).await;
    (answer, ledger.0.load(Ordering::Relaxed) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_owed_by_a_request_is_seen_at_its_end() {
        let ((), settled) = watched(async { Ledger::of_request().owe() }).await;
        assert!(!settled);
        let ((), settled) = watched(async {
            Ledger::of_request().owe();
            Ledger::of_request().pay(1);
        })
        .await;
        assert!(settled);
        // Another request owes nothing.
        assert!(watched(async {}).await.1);
    }
}
