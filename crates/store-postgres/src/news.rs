//! News across processes: NOTIFY in the committing transaction, LISTEN on one connection of each
//! process, told on to all listeners of that process.

use std::{collections::BTreeMap, time::Duration};

use record::ids::DocumentId;
use sqlx::{
    PgConnection,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use store::{
    StoreError,
    server::{Feed, News, Told},
};
use tokio::{sync::OnceCell, task::AbortHandle, time::timeout};
use uuid::Uuid;

use crate::values::driver;

/// Channels belong to one database, so this name meets nobody else's.
const CHANNEL: &str = "family_workbook_news";

/// After so long without news, the connection is asked whether it is still there: a network that has
/// dropped it tells nobody.
const QUIET: Duration = Duration::from_secs(30);

/// How long that answer, or a new connection, may take.
const ANSWER: Duration = Duration::from_secs(10);

/// The pauses between attempts to connect again grow from the first to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(5));

/// What one process hears.
#[derive(Debug)]
pub(crate) struct Ear {
    options: PgConnectOptions,
    feed: Feed,
    hearing: OnceCell<AbortHandle>,
}

impl Ear {
    /// One that hears nothing before somebody listens.
    pub(crate) fn new(options: PgConnectOptions) -> Self {
        Self {
            options,
            feed: Feed::default(),
            hearing: OnceCell::new(),
        }
    }

    /// A new listener. The first one opens the connection.
    pub(crate) async fn listen(&self) -> Result<Box<dyn News>, StoreError> {
        self.hearing
            .get_or_try_init(|| async {
                let listener = connect(&self.options).await?;
                let hearing = hear(listener, self.options.clone(), self.feed.clone());
                Ok(tokio::spawn(hearing).abort_handle())
            })
            .await
            .map_err(driver("listening for changes"))?;
        Ok(self.feed.listen())
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        if let Some(hearing) = self.hearing.get() {
            hearing.abort();
        }
    }
}

/// Sends what a transaction has appended, when it commits and only then. Fails in a transaction that
/// has failed before, which PostgreSQL would roll back at COMMIT without calling it an error.
pub(crate) async fn send(
    db: &mut PgConnection,
    grown: &BTreeMap<DocumentId, u64>,
) -> Result<(), StoreError> {
    let payloads: Vec<String> = grown
        .iter()
        .map(|(document, seq)| format!("{document} {seq}"))
        .collect();
    sqlx::query!(
        "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload",
        CHANNEL,
        &payloads,
    )
    .execute(db)
    .await
    .map_err(driver("committing"))?;
    Ok(())
}

/// What a payload says. One that can't be read was sent by something newer: look everywhere.
fn read(payload: &str) -> Told {
    let grown = payload.split_once(' ').and_then(|(document, seq)| {
        let document = Uuid::try_parse(document).ok()?.into();
        let seq = seq.parse().ok()?;
        Some(Told::Grown { document, seq })
    });
    grown.unwrap_or(Told::CatchUp)
}

/// A connection of its own, outside the pool of those that write.
async fn connect(options: &PgConnectOptions) -> Result<PgListener, sqlx::Error> {
    let own = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(ANSWER)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(options.clone());
    let mut listener = PgListener::connect_with(&own).await?;
    listener.ignore_pool_close_event(true);
    // We make the new connection, since whoever listens is to be told to catch up after it.
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Until the ear is dropped.
async fn hear(mut listener: PgListener, options: PgConnectOptions, feed: Feed) {
    loop {
        while let Some(told) = next(&mut listener).await {
            feed.tell(told);
        }
        tracing::warn!("lost the database's news of changes: connecting again");
        let mut pause = PAUSES.0;
        listener = loop {
            if let Ok(Ok(connected)) = timeout(ANSWER, connect(&options)).await {
                break connected;
            }
            tokio::time::sleep(pause).await;
            pause = PAUSES.1.min(pause * 2);
        };
        tracing::info!("hearing of changes again");
        feed.tell(Told::CatchUp);
    }
}

/// The next piece of news; none when the connection is lost.
async fn next(listener: &mut PgListener) -> Option<Told> {
    loop {
        if let Ok(received) = timeout(QUIET, listener.try_recv()).await {
            return Some(read(received.ok()??.payload()));
        }
        let asked = sqlx::query("SELECT 1").execute(&mut *listener);
        timeout(ANSWER, asked).await.ok()?.ok()?;
    }
}

#[cfg(test)]
mod tests {
    use record::ids::mint;

    use super::*;

    #[test]
    fn a_payload_that_nobody_can_read_has_everyone_look() {
        let document = DocumentId::from(mint(1, [1; 10]));
        let seq = u64::MAX;
        let told = read(&format!("{document} {seq}"));
        assert_eq!(told, Told::Grown { document, seq });
        for payload in ["", "x 1", &format!("{document}"), &format!("{document} -1")] {
            assert_eq!(read(payload), Told::CatchUp, "{payload}");
        }
    }
}
