//! News to devices that listen: which document has grown. Never what was written.
//!
//! One task of the process listens to the store and tells the open streams; it runs while there are
//! any. A stream is a short queue that its connection's own task empties, so that an idle one costs
//! little more than the connection. **Invariants**: whether a listener may know is asked at each piece
//! of news, in the store; a stream ends with the device that opened it; whoever reads too
//! slowly misses details and is told to catch up.

mod stream;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::body::Bytes;
use record::ids::DocumentId;
use store::{
    StoreError,
    server::{News, Told},
};
use tokio::sync::{Mutex as Turn, mpsc};

use crate::{AppState, gate::Listening};
pub(crate) use stream::Stream;

/// How often an open stream is looked after: a sign of life for proxies in between, and whether its
/// device still stands.
#[cfg(not(test))]
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// In tests they look by themselves: a slow machine must not look in between.
#[cfg(test)]
const LOOK_EVERY: Duration = Duration::from_hours(1);
/// A stream ends after so many looks, and its reader opens another one: 20 minutes. So families that
/// came to the reader since are heard of, too.
const MOST_LOOKS: u32 = 60;
/// How many pieces of news wait for a slow reader.
const QUEUE: usize = 16;
/// The most streams of one device: a phone that lost its signal opens another before the
/// server notices. The oldest one ends.
pub(crate) const MOST_STREAMS: usize = 3;
/// How many listeners are asked about in one transaction, so that writers need not wait for long.
const AT_ONCE: usize = 100;

const CATCH_UP: Bytes = Bytes::from_static(b"event: catch-up\ndata: {}\n\n");
const ALIVE: Bytes = Bytes::from_static(b":\n\n");

/// One open stream, as the teller sees it.
struct Open {
    listening: Arc<Listening>,
    /// What the reader could reach when the stream was opened, sorted: others are not even asked about.
    documents: Box<[DocumentId]>,
    queue: mpsc::Sender<Bytes>,
    /// Something did not fit in the queue.
    behind: bool,
    looks: u32,
}

impl Open {
    /// Tells without waiting.
    fn tell(&mut self, news: Bytes) {
        let news = if self.behind { CATCH_UP } else { news };
        self.behind = self.queue.try_send(news).is_err();
    }

    fn is(&self, other: &Arc<Listening>) -> bool {
        Arc::ptr_eq(&self.listening, other)
    }
}

/// Every open stream of this process.
#[derive(Default)]
pub(crate) struct Events {
    streams: Mutex<Streams>,
    /// Held while the teller is started, so that there is one.
    starting: Turn<()>,
}

#[derive(Default)]
struct Streams {
    open: VecDeque<Open>,
    /// Somebody tells.
    told: bool,
    /// How many are about to open a stream: the teller waits for them.
    coming: usize,
    /// The server stops: no more.
    over: bool,
}

/// The server is about to stop.
#[derive(Debug, thiserror::Error)]
#[error("the server is about to stop: open the stream again in a minute")]
pub(crate) struct Stopping;

impl Events {
    /// Opens a stream. Its first piece of news is to catch up: what has happened before is not told.
    pub(crate) fn open(
        &self,
        _place: &Place<'_>,
        listening: Listening,
        mut documents: Vec<DocumentId>,
    ) -> Result<Stream, Stopping> {
        documents.sort_unstable();
        let (queue, read) = mpsc::channel(QUEUE);
        let mut open = Open {
            listening: Arc::new(listening),
            documents: documents.into_boxed_slice(),
            queue,
            behind: false,
            looks: 0,
        };
        open.tell(CATCH_UP);
        let mut streams = self.streams();
        if streams.over {
            return Err(Stopping);
        }
        let device = open.listening.device();
        let same = |it: &Open| it.listening.device() == device;
        if streams.open.iter().filter(|it| same(it)).count() >= MOST_STREAMS {
            let oldest = streams.open.iter().position(same);
            oldest.and_then(|at| streams.open.remove(at));
        }
        streams.open.push_back(open);
        Ok(Stream::new(read))
    }

    /// Ends every stream, and lets nobody open another: the server stops.
    pub(crate) fn end(&self) {
        let mut streams = self.streams();
        streams.over = true;
        streams.open.clear();
    }

    fn streams(&self) -> std::sync::MutexGuard<'_, Streams> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those who might be told, without holding anybody up meanwhile.
    fn listeners(&self, about: impl Fn(&Open) -> bool) -> Vec<Arc<Listening>> {
        let streams = self.streams();
        let open = streams.open.iter().filter(|it| about(it));
        open.map(|it| Arc::clone(&it.listening)).collect()
    }

    fn with(&self, listening: &Arc<Listening>, then: impl FnOnce(&mut Open)) {
        let mut streams = self.streams();
        if let Some(open) = streams.open.iter_mut().find(|it| it.is(listening)) {
            then(open);
        }
    }

    fn drop_stream(&self, listening: &Arc<Listening>) {
        self.streams().open.retain(|it| !it.is(listening));
    }

    fn tell_all(&self, news: &Bytes) {
        for open in &mut self.streams().open {
            open.tell(news.clone());
        }
    }
}

/// Somebody is about to open a stream. While this lives, the teller does.
pub(crate) struct Place<'a>(&'a Events);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.streams().coming -= 1;
    }
}

/// Makes sure that somebody tells. Once this has returned, whatever is committed is told.
pub(crate) async fn start(state: &AppState) -> Result<Place<'_>, StoreError> {
    let events = state.events();
    let _turn = events.starting.lock().await;
    events.streams().coming += 1;
    let place = Place(events);
    if !events.streams().told {
        let news = state.gate().listen().await?;
        events.streams().told = true;
        tokio::spawn(teller(state.clone(), news));
    }
    Ok(place)
}

/// Tells until nobody listens any more.
async fn teller(state: AppState, mut news: Box<dyn News>) {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    // The first tick is at once: whoever starts the teller opens a stream a moment later.
    looks.tick().await;
    loop {
        tokio::select! {
            told = news.next() => match told {
                Some(told) => tell(&state, told).await,
                None => state.events().end(),
            },
            _ = looks.tick() => look(&state).await,
        }
        let mut streams = state.events().streams();
        if streams.over || (streams.open.is_empty() && streams.coming == 0) {
            streams.told = false;
            return;
        }
    }
}

/// Passes one piece of news on to those who may know.
async fn tell(state: &AppState, told: Told) {
    let events = state.events();
    let (document, news) = match told {
        Told::CatchUp => return events.tell_all(&CATCH_UP),
        Told::Grown { document, seq } => {
            let news =
                format!("event: grown\ndata: {{\"document\":\"{document}\",\"seq\":{seq}}}\n\n");
            (document, Bytes::from(news))
        }
    };
    let about = |it: &Open| it.documents.binary_search(&document).is_ok();
    for some in events.listeners(about).chunks(AT_ONCE) {
        if let Err(error) = tell_some(state, some, document, &news).await {
            tracing::error!(%error, "who may hear of a change could not be found out");
            // To catch up gives away nothing: each asks for what it may see.
            events.tell_all(&CATCH_UP);
            return;
        }
    }
}

async fn tell_some(
    state: &AppState,
    listeners: &[Arc<Listening>],
    document: DocumentId,
    news: &Bytes,
) -> Result<(), StoreError> {
    let mut passage = state.gate().enter().await?;
    for listening in listeners {
        if !passage.still_listens(listening).await? {
            state.events().drop_stream(listening);
        } else if passage.may_hear_of(listening, document).await? {
            state
                .events()
                .with(listening, |open| open.tell(news.clone()));
        }
    }
    Ok(())
}

/// Looks after every stream: ends those whose device does not stand any more, whose reader
/// is gone or whose time is up, and gives the others a sign of life.
pub(crate) async fn look(state: &AppState) {
    let events = state.events();
    events.streams().open.retain_mut(|open| {
        open.looks += 1;
        open.looks <= MOST_LOOKS && !open.queue.is_closed()
    });
    for some in events.listeners(|_| true).chunks(AT_ONCE) {
        if let Err(error) = look_at(state, some).await {
            // Who still may listen is not known: nobody does, and all of them ask again.
            tracing::error!(%error, "open streams could not be looked after and are ended");
            events.streams().open.clear();
            return;
        }
    }
}

async fn look_at(state: &AppState, listeners: &[Arc<Listening>]) -> Result<(), StoreError> {
    let mut passage = state.gate().enter().await?;
    for listening in listeners {
        if passage.still_listens(listening).await? {
            state.events().with(listening, |open| open.tell(ALIVE));
        } else {
            state.events().drop_stream(listening);
        }
    }
    Ok(())
}
