//! Stories of open streams: who hears of what, and when a stream ends.

use axum::http::{Method, StatusCode};
use record::{Change, ids::PersonId};
use serde_json::json;

use crate::{
    admin,
    events::{self, MOST_STREAMS},
    scenario::{Enrolled, Heard, Pen, Scenario},
};

const PATH: &str = "/api/sync/events";
const CATCH_UP: &str = "event: catch-up\ndata: {}\n\n";
const ALIVE: &str = ":\n\n";

/// Opens a stream and reads what is told first.
async fn listen(scenario: &Scenario, device: &Enrolled) -> Heard {
    let mut heard = opened(scenario, device).await;
    assert_eq!(heard.next().await.as_deref(), Some(CATCH_UP));
    heard
}

async fn opened(scenario: &Scenario, device: &Enrolled) -> Heard {
    let headers = device.headers(scenario, "GET", PATH, b"");
    scenario.hear(PATH, &headers).await
}

/// Amira's device, and Marcus's of the same family, whose stream is told after hers.
struct Story {
    scenario: Scenario,
    amira: Enrolled,
    marcus: Enrolled,
    pen: Pen,
    child: PersonId,
    head: u64,
}

impl Story {
    async fn new() -> Self {
        let scenario = Scenario::new().await;
        let store = &*scenario.store;
        admin::allocate(store, "marcus", scenario.family, 1)
            .await
            .unwrap();
        let (amira, mut pen) = scenario.worker_with_pen().await;
        let (child, first) = pen.add_child();
        scenario.push(&amira, &[&first]).await;
        let marcus = scenario.manager_device().await;
        let mut other = Pen::new(record::ids::mint(1, [4; 10]).into(), marcus.id);
        other.writer.discipline = record::terms::Discipline::TeamManager;
        other.copy = pen.copy.clone();
        Self {
            scenario,
            amira,
            marcus,
            pen: other,
            child,
            head: 1,
        }
    }

    /// Marcus pushes a change; what listeners are told of it.
    async fn grow(&mut self) -> String {
        let change: Change = self.pen.name(self.child, &format!("Name {}", self.head));
        let answers = self.scenario.push(&self.marcus, &[&change]).await;
        self.head += 1;
        assert_eq!(answers[0], json!({"answer": "accepted", "seq": self.head}));
        let (document, seq) = (self.scenario.document, self.head);
        format!("event: grown\ndata: {{\"document\":\"{document}\",\"seq\":{seq}}}\n\n")
    }
}

#[tokio::test]
async fn a_push_is_told_to_the_others_and_nothing_but_where_and_how_far() {
    let mut story = Story::new().await;
    let mut amira = listen(&story.scenario, &story.amira).await;
    for _ in 0..2 {
        let told = story.grow().await;
        assert_eq!(amira.next().await, Some(told));
    }
    events::look(&story.scenario.state()).await;
    assert_eq!(amira.next().await.as_deref(), Some(ALIVE));
    assert_eq!(
        amira.header("content-type").as_deref(),
        Some("text/event-stream")
    );
    assert_eq!(amira.header("cache-control").as_deref(), Some("no-store"));
}

#[tokio::test]
async fn whoever_may_not_reach_it_hears_nothing_from_that_moment_on() {
    let mut story = Story::new().await;
    story.scenario.add_service_manager().await;
    let sofia = story.scenario.enrol("sofia", 5).await;
    let mut stranger = listen(&story.scenario, &sofia).await;
    let mut amira = listen(&story.scenario, &story.amira).await;
    let mut marcus = listen(&story.scenario, &story.marcus).await;
    let told = story.grow().await;
    assert_eq!(marcus.next().await, Some(told.clone()));
    assert_eq!(amira.next().await, Some(told));
    let (database, family) = (&*story.scenario.store, story.scenario.family);
    admin::deallocate(database, "amira", family, 2)
        .await
        .unwrap();
    let told = story.grow().await;
    assert_eq!(marcus.next().await, Some(told));
    events::look(&story.scenario.state()).await;
    // The next that either hears is a sign of life.
    assert_eq!(amira.next().await.as_deref(), Some(ALIVE));
    assert_eq!(stranger.next().await.as_deref(), Some(ALIVE));
}

#[tokio::test]
async fn a_stream_ends_with_its_device() {
    let mut story = Story::new().await;
    let second = story.scenario.enrol("amira", 3).await;
    let mut by_look = listen(&story.scenario, &story.amira).await;
    let mut by_news = listen(&story.scenario, &second).await;
    let mut marcus = listen(&story.scenario, &story.marcus).await;
    story.scenario.revoke(&second).await;
    let told = story.grow().await;
    assert_eq!(marcus.next().await, Some(told.clone()));
    assert_eq!(by_news.next().await, None);
    assert_eq!(by_look.next().await, Some(told));
    story.scenario.revoke(&story.amira).await;

    events::look(&story.scenario.state()).await;
    assert_eq!(by_look.next().await, None);
    assert_eq!(marcus.next().await.as_deref(), Some(ALIVE));
}

#[tokio::test]
async fn a_slow_reader_is_told_to_catch_up() {
    let mut story = Story::new().await;
    let mut slow = opened(&story.scenario, &story.amira).await;
    let mut quick = listen(&story.scenario, &story.marcus).await;
    let mut told = vec![CATCH_UP.to_owned()];
    for _ in 0..20 {
        told.push(story.grow().await);
        assert_eq!(quick.next().await.as_ref(), told.last());
    }
    for expected in &told[..16] {
        assert_eq!(slow.next().await.as_ref(), Some(expected));
    }
    let next = story.grow().await;
    assert_eq!(quick.next().await, Some(next));
    assert_eq!(slow.next().await.as_deref(), Some(CATCH_UP));
    let next = story.grow().await;
    assert_eq!(slow.next().await, Some(next));
}

#[tokio::test]
async fn a_caller_has_a_few_streams_and_the_newest_stay() {
    let story = Story::new().await;
    let mut streams = Vec::new();
    for _ in 0..=MOST_STREAMS {
        streams.push(listen(&story.scenario, &story.amira).await);
    }
    assert_eq!(streams[0].next().await, None);
    events::look(&story.scenario.state()).await;
    for heard in &mut streams[1..] {
        assert_eq!(heard.next().await.as_deref(), Some(ALIVE));
    }
    // A reader that is gone makes room at the next look; one that stays ends after 20 minutes.
    streams.truncate(2);
    for _ in 0..60 {
        events::look(&story.scenario.state()).await;
    }
    while let Some(piece) = streams[1].next().await {
        assert_eq!(piece, ALIVE);
    }
}

#[tokio::test]
async fn streams_end_when_the_server_stops_and_strangers_get_none() {
    let story = Story::new().await;
    let nobody = story.scenario.get(PATH).await;
    assert_eq!(nobody.problem(), "urn:workbook:problem:not-signed-in");
    let cookie = story.scenario.sign_in("amira").await;
    let browser = story.scenario.send(Method::GET, PATH, &cookie, b"").await;
    assert_eq!(browser.problem(), "urn:workbook:problem:not-signed");
    let mut amira = listen(&story.scenario, &story.amira).await;
    story.scenario.state().events().end();
    assert_eq!(amira.next().await, None);
    let refused = story.scenario.get_signed(&story.amira, PATH).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.problem(), "urn:workbook:problem:stopping");
}
