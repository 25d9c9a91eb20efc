//! `POST /api/sync/pull`: everything after the device's cursors.

use std::collections::{HashMap, HashSet};

use axum::{Json, extract::State};
use record::ids::DocumentId;
use store::StoreError;
use sync::wire::{PullRequest, PullResponse};

use crate::{
    AppState,
    auth::Signed,
    documents::{Budget, Start, news},
    gate::{Reachable, Stopped},
    openapi::frames,
    problem::Problem,
    state::KeyError,
};

/// Why a pull fails.
#[derive(Debug, thiserror::Error)]
enum PullError {
    #[error(transparent)]
    Stopped(#[from] Stopped),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl From<PullError> for Problem {
    fn from(error: PullError) -> Self {
        // Nobody is denied their own list once authenticated, so either is a fault of the server.
        Self::internal(&error)
    }
}

/// Gives every reachable document's news after the device's cursors, a page at a time.
#[utoipa::path(
    post, path = "/api/sync/pull", operation_id = "pull", tag = "sync",
    request_body = frames::PullRequest,
    responses(
        (status = 200, description = "News, and which documents to drop", body = frames::PullResponse),
        (status = 401, description = "The signature does not fit, or the clock is off", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The device was revoked: `wipe` is true", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []))
)]
pub(crate) async fn pull(
    State(state): State<AppState>,
    Signed { caller, body, .. }: Signed<PullRequest>,
) -> Result<Json<PullResponse>, Problem> {
    let key = state.proof_key().await.map_err(PullError::from)?;
    let reachable = reachable(&state, &caller.subject).await?;
    let ids: HashSet<_> = reachable.iter().map(|one| one.opened.id()).collect();
    let held: HashMap<_, _> = body.documents.iter().map(|it| (it.document, *it)).collect();
    let gone: Vec<_> = body
        .documents
        .iter()
        .map(|it| it.document)
        .filter(|id| !ids.contains(id))
        .collect();
    let (erased, gone) = sorted(&state, gone).await?;
    let mut budget = Budget::default();
    let mut documents = Vec::new();
    for one in reachable {
        let from = Start::of(&one.opened, held.get(&one.opened.id()));
        if from.has_news(&one.opened) {
            documents.push(news(&state, one, from, &mut budget, &key).await?);
        }
    }
    Ok(Json(PullResponse {
        documents,
        gone,
        erased,
    }))
}

/// Those that were erased with their family, and the others.
async fn sorted(
    state: &AppState,
    gone: Vec<DocumentId>,
) -> Result<(Vec<DocumentId>, Vec<DocumentId>), PullError> {
    if gone.is_empty() {
        return Ok((gone.clone(), gone));
    }
    let mut passage = state.gate().enter().await?;
    let erased = passage.erased(&gone).await?;
    drop(passage);
    for id in &erased {
        // Erased by another process, perhaps: nothing of it stays in the memory of this one.
        state.cache().let_go(*id);
        state.pages().let_go(*id);
    }
    Ok(gone.into_iter().partition(|id| erased.contains(id)))
}

async fn reachable(
    state: &AppState,
    subject: &access::Subject,
) -> Result<Vec<Reachable>, PullError> {
    let mut passage = state.gate().enter().await?;
    let granted = passage.ask_families(subject).await?;
    Ok(passage.reachable(&granted).await?)
}

#[cfg(test)]
mod tests {
    use record::{Change, Document, ids::mint};
    use sync::wire::{Cursor, PullRequest, PulledDocument};

    use crate::{admin, scenario::Scenario};

    /// What a device has after applying a part to its copy.
    fn applied(copy: Option<Document>, part: &PulledDocument) -> Document {
        let mut copy = match &part.snapshot {
            Some(snapshot) => Document::load(&snapshot.bytes.0).unwrap(),
            None => copy.unwrap_or_default(),
        };
        for change in &part.changes {
            copy.apply(&Change::decode(&change.bytes.0).unwrap())
                .unwrap();
        }
        copy
    }

    #[tokio::test]
    async fn a_new_device_gets_everything_and_then_only_news() {
        let scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let empty = scenario.pull_anew(&device).await;
        assert_eq!((empty.head, empty.changes.len(), empty.more), (0, 0, false));

        let (child, first) = pen.add_child();
        scenario.push(&device, &[&first]).await;
        let other = scenario.enrol("amira", 3).await;
        let part = scenario.pull_anew(&other).await;
        assert_eq!(part.family_name, "Brennan");
        assert_eq!(part.compartment, "team");
        let copy = applied(None, &part);
        assert_eq!(copy.heads(), pen.copy.heads());

        let second = pen.name(child, "Kayleigh");
        scenario.push(&device, &[&second]).await;
        let cursor = Cursor {
            document: part.document,
            epoch: part.epoch,
            seq: 1,
        };
        let news = scenario
            .pull(
                &other,
                &PullRequest {
                    documents: vec![cursor],
                },
            )
            .await;
        assert_eq!(
            news.documents[0]
                .changes
                .iter()
                .map(|it| it.seq)
                .collect::<Vec<_>>(),
            [2]
        );
        assert_eq!(
            applied(Some(copy), &news.documents[0]).heads(),
            pen.copy.heads()
        );
        let cursor = Cursor { seq: 2, ..cursor };
        let nothing = scenario
            .pull(
                &other,
                &PullRequest {
                    documents: vec![cursor],
                },
            )
            .await;
        assert!(nothing.documents.is_empty() && nothing.gone.is_empty());
    }

    #[tokio::test]
    async fn another_epoch_or_a_lost_future_starts_from_the_beginning() {
        let scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (_, change) = pen.add_child();
        scenario.push(&device, &[&change]).await;
        let document = scenario.document;
        for cursor in [
            Cursor {
                document,
                epoch: 41,
                seq: 1,
            },
            Cursor {
                document,
                epoch: 42,
                seq: 2,
            },
            Cursor {
                document,
                epoch: u64::MAX,
                seq: u64::MAX,
            },
        ] {
            let response = scenario
                .pull(
                    &device,
                    &PullRequest {
                        documents: vec![cursor],
                    },
                )
                .await;
            let part = &response.documents[0];
            assert_eq!((part.epoch, part.head, part.changes[0].seq), (42, 1, 1));
        }
    }

    #[tokio::test]
    async fn documents_out_of_reach_are_gone() {
        let scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        let unknown = mint(9, [9; 10]).into();
        let cursor = |document| Cursor {
            document,
            epoch: 42,
            seq: 0,
        };
        let request = PullRequest {
            documents: vec![cursor(scenario.document), cursor(unknown)],
        };
        assert_eq!(scenario.pull(&device, &request).await.gone, [unknown]);
        admin::deallocate(&*scenario.store, "amira", scenario.family, 1)
            .await
            .unwrap();
        let response = scenario.pull(&device, &request).await;
        assert_eq!(response.gone, [scenario.document, unknown]);
        assert!(response.documents.is_empty());
    }

    #[tokio::test]
    async fn who_is_far_behind_gets_a_snapshot_and_what_came_after() {
        let scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (child, first) = pen.add_child();
        let mut changes = vec![first];
        changes.extend((1..230).map(|at| pen.name(child, &format!("Name {at}"))));
        for part in changes.chunks(64) {
            scenario
                .push(&device, &part.iter().collect::<Vec<_>>())
                .await;
        }
        let part = scenario.pull_anew(&device).await;
        assert_eq!(part.snapshot.as_ref().unwrap().seq, 192);
        assert_eq!(part.changes.len(), 38);
        assert_eq!(applied(None, &part).heads(), pen.copy.heads());

        let cursor = Cursor {
            document: part.document,
            epoch: part.epoch,
            seq: 100,
        };
        let near = scenario
            .pull(
                &device,
                &PullRequest {
                    documents: vec![cursor],
                },
            )
            .await;
        assert!(near.documents[0].snapshot.is_none());
        assert_eq!(near.documents[0].changes.len(), 130);
    }

    #[tokio::test]
    async fn a_big_answer_comes_in_pages() {
        let scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (child, first) = pen.add_child();
        scenario.push(&device, &[&first]).await;
        // Text that does not compress: 63 kB each, some 6 MB together.
        let mut state = 1_u64;
        for _ in 0..10 {
            let changes: Vec<_> = (0..10)
                .map(|_| {
                    let text: String = (0..63_000)
                        .map(|_| {
                            state = state
                                .wrapping_mul(6_364_136_223_846_793_005)
                                .wrapping_add(1);
                            char::from(33 + u8::try_from((state >> 33) % 90).unwrap())
                        })
                        .collect();
                    pen.name(child, &text)
                })
                .collect();
            scenario
                .push(&device, &changes.iter().collect::<Vec<_>>())
                .await;
        }
        let mut part = scenario.pull_anew(&device).await;
        assert!(part.more);
        let mut copy = applied(None, &part);
        let mut pages = 1;
        while part.more {
            let seq = part.changes.last().unwrap().seq;
            let cursor = Cursor {
                document: part.document,
                epoch: part.epoch,
                seq,
            };
            let mut response = scenario
                .pull(
                    &device,
                    &PullRequest {
                        documents: vec![cursor],
                    },
                )
                .await;
            part = response.documents.remove(0);
            copy = applied(Some(copy), &part);
            pages += 1;
        }
        assert_eq!(pages, 2);
        assert_eq!(copy.heads(), pen.copy.heads());
    }
}
