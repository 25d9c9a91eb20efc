//! News of accepted changes: which document has grown, and to where. Never what was written.
//!
//! An engine keeps a [`Feed`] for the listeners of its own process and tells it what a commit has
//! added. What is told is a hint to look: the log is the truth, and whoever has missed something is
//! told to look at everything.

use std::collections::BTreeMap;

use async_trait::async_trait;
use record::ids::DocumentId;
use tokio::sync::broadcast::{Receiver, Sender, channel, error::RecvError};

/// How much a listener may lag behind before it is told to catch up instead.
pub const LAG: usize = 256;

/// One piece of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// A committed transaction has brought a document to this sequence number. One transaction tells
    /// of a document once, however many changes it appended.
    Grown {
        /// The document.
        document: DocumentId,
        /// Its newest change as of that transaction.
        seq: u64,
    },
    /// Something may have been missed: this listener was slow, the database was out of reach, or the
    /// end of a commit is unknown. Look at every document again.
    CatchUp,
}

/// A listener's end of the news.
#[async_trait]
pub trait News: Send {
    /// Waits for the next piece of news; none when the store was closed. Dropped while it waits, it
    /// has taken nothing.
    async fn next(&mut self) -> Option<Told>;
}

/// Tells the listeners of one process; for engines. Clones tell the same listeners.
#[derive(Debug, Clone)]
pub struct Feed {
    listeners: Sender<Told>,
}

impl Default for Feed {
    fn default() -> Self {
        Self {
            listeners: channel(LAG).0,
        }
    }
}

impl Feed {
    /// Tells everyone who listens now. Never waits: a slow listener is told to catch up.
    pub fn tell(&self, news: Told) {
        // An error says that nobody listens.
        let _ = self.listeners.send(news);
    }

    /// A new listener: it is told of everything that is told from now on.
    pub fn listen(&self) -> Box<dyn News> {
        Box::new(Listener(self.listeners.subscribe()))
    }

    /// Promises news of what a transaction is about to commit.
    pub fn promise(&self, grown: BTreeMap<DocumentId, u64>) -> Promise {
        Promise {
            feed: self.clone(),
            grown,
        }
    }
}

struct Listener(Receiver<Told>);

#[async_trait]
impl News for Listener {
    async fn next(&mut self) -> Option<Told> {
        match self.0.recv().await {
            Ok(told) => Some(told),
            Err(RecvError::Lagged(_)) => Some(Told::CatchUp),
            Err(RecvError::Closed) => None,
        }
    }
}

/// News that waits for its commit. When the commit fails, or is given up half-way, nobody knows
/// whether the changes are there: dropping the promise has everyone look.
#[derive(Debug)]
pub struct Promise {
    feed: Feed,
    grown: BTreeMap<DocumentId, u64>,
}

impl Promise {
    /// The commit is done: tells what it added.
    pub fn keep(mut self) {
        for (document, seq) in std::mem::take(&mut self.grown) {
            self.feed.tell(Told::Grown { document, seq });
        }
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        if !self.grown.is_empty() {
            self.feed.tell(Told::CatchUp);
        }
    }
}

#[cfg(test)]
mod tests {
    use record::ids::mint;

    use super::*;

    #[tokio::test]
    async fn a_promise_that_is_given_up_has_everyone_look() {
        let feed = Feed::default();
        let mut news = feed.listen();
        let document = DocumentId::from(mint(1, [1; 10]));
        drop(feed.promise(BTreeMap::from([(document, 1)])));
        drop(feed.promise(BTreeMap::new()));
        feed.promise(BTreeMap::from([(document, 2)])).keep();
        assert_eq!(news.next().await, Some(Told::CatchUp));
        let grown = Told::Grown { document, seq: 2 };
        assert_eq!(news.next().await, Some(grown));
        drop(feed);
        assert_eq!(news.next().await, None);
    }
}
