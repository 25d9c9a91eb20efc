//! Stories of erasure as devices see it: what was erased is told, and is taken from nobody again.

use record::{Change, Document, Remove, ids::DocumentId};
use serde_json::json;
use store::server::{ForgetTxn as _, NewChange, Rewriting, Store as _, Txn as _};
use sync::wire::{Bytes, Cursor, Known, PullRequest, PushDocument, PushRequest};

use crate::scenario::{Enrolled, Scenario};

/// Writes the family's document anew without something, as the operator's command does.
async fn erase(scenario: &Scenario, copy: &Document, remove: Remove, epoch: u64) -> Document {
    let fresh = |old: &[u8]| [old, &epoch.to_be_bytes()].concat();
    let rewritten = record::rewrite(copy, remove, fresh).unwrap();
    let old = {
        let mut txn = scenario.store.begin().await.unwrap();
        txn.changes_after(scenario.document, 0, 100).await.unwrap()
    };
    let stood_for = &old[0].change;
    let changes = rewritten.document.changes().into_iter().map(|change| {
        let new = NewChange {
            hash: change.hash(),
            bytes: change.bytes().to_vec(),
            ..stood_for.clone()
        };
        (new, change.actor().to_vec())
    });
    let paths = rewritten.dropped.iter().chain(&rewritten.altered);
    let rewriting = Rewriting {
        epoch,
        changes: changes.collect(),
        forgotten: paths
            .filter_map(|it| it.split_once('/')?.1.parse().ok())
            .collect(),
        at: scenario.now(),
    };
    let mut txn = scenario.store.begin().await.unwrap();
    txn.lock_document(scenario.document).await.unwrap();
    txn.rewrite_log(scenario.document, &rewriting)
        .await
        .unwrap();
    txn.commit().await.unwrap();
    rewritten.document
}

async fn push_knowing(
    scenario: &Scenario,
    device: &Enrolled,
    known: Option<Known>,
    changes: &[&Change],
) -> serde_json::Value {
    let part = PushDocument {
        document: scenario.document,
        changes: changes
            .iter()
            .map(|it| Bytes(it.bytes().to_vec()))
            .collect(),
        known,
        proofs: vec![],
    };
    let request = PushRequest {
        documents: vec![part],
    };
    let body = serde_json::to_vec(&request).unwrap();
    let answer = scenario.post_signed(device, "/api/sync/push", &body).await;
    answer.json()["documents"][0]["answers"].clone()
}

#[tokio::test]
async fn what_was_erased_is_taken_from_nobody_again() {
    let scenario = Scenario::new().await;
    let (device, mut pen) = scenario.worker_with_pen().await;
    let (child, first) = pen.add_child();
    let (entry, visit) = pen.visit(child);
    scenario.push(&device, &[&first, &visit]).await;
    let before = scenario.pull_anew(&device).await;
    assert_eq!(before.lineage, Some(42));
    assert_eq!(before.forgotten, []);
    let later = pen.name(child, "Kayleigh");

    let new = erase(&scenario, &pen.copy, Remove::Entry(entry), 43).await;
    let forgotten = json!({"answer": "forgotten"});
    let blocked = json!({"answer": "blocked"});
    // A device that has not noticed, one of before cursors were sent, and one that has pulled.
    for known in [
        Some(Known { epoch: 42, seq: 2 }),
        None,
        Some(Known { epoch: 43, seq: 1 }),
    ] {
        let answers = push_knowing(&scenario, &device, known, &[&first, &visit, &later]).await;
        assert_eq!(answers, json!([forgotten, forgotten, blocked]));
    }
    // Nor with a proof of before.
    let part = PushDocument {
        document: scenario.document,
        changes: vec![Bytes(visit.bytes().to_vec())],
        known: None,
        proofs: before.proof.into_iter().collect(),
    };
    let request = PushRequest {
        documents: vec![part],
    };
    let body = serde_json::to_vec(&request).unwrap();
    let answer = scenario.post_signed(&device, "/api/sync/push", &body).await;
    assert_eq!(answer.json()["documents"][0]["answers"], json!([forgotten]));

    let after = scenario.pull_anew(&device).await;
    assert_eq!((after.epoch, after.lineage, after.head), (43, Some(43), 1));
    assert_eq!(after.forgotten, [*entry.as_uuid()]);
    let stands: Vec<_> = new.changes().iter().map(|it| it.bytes().to_vec()).collect();
    let told: Vec<_> = after.changes.into_iter().map(|it| it.bytes.0).collect();
    assert_eq!(told, stands);
    // Who goes on from there is not told again.
    let request = PullRequest {
        documents: vec![Cursor {
            document: scenario.document,
            epoch: 43,
            seq: 0,
        }],
    };
    let part = scenario.pull(&device, &request).await.documents.remove(0);
    assert_eq!((part.lineage, part.forgotten), (None, vec![]));
}

#[tokio::test]
async fn the_next_push_is_judged_by_what_stands_now() {
    let scenario = Scenario::new().await;
    let (device, mut pen) = scenario.worker_with_pen().await;
    let (child, first) = pen.add_child();
    let (entry, visit) = pen.visit(child);
    scenario.push(&device, &[&first, &visit]).await;
    let new = erase(&scenario, &pen.copy, Remove::Entry(entry), 43).await;
    // The documents and pages that the server keeps are those of before: they are not used.
    pen.copy = new;
    let mut other = crate::scenario::Pen::new(scenario.worker, scenario.enrol("amira", 3).await.id);
    other.copy = pen.copy.clone();
    let name = other.name(child, "Kayleigh");
    let laptop = scenario.enrol("amira", 5).await;
    let answers = push_knowing(&scenario, &laptop, None, &[&name]).await;
    assert_eq!(answers[0], json!({"answer": "accepted", "seq": 2}));
    let cookie = scenario.sign_in("amira").await;
    let path = format!("/api/families/{}/summary", scenario.family);
    let summary = scenario
        .send(axum::http::Method::GET, &path, &cookie, b"")
        .await;
    assert!(summary.text().contains("Kayleigh"));
    assert!(!summary.text().contains(&entry.to_string()));
}

#[tokio::test]
async fn an_erased_family_is_told_to_whoever_asks_for_its_document() {
    let scenario = Scenario::new().await;
    let (device, mut pen) = scenario.worker_with_pen().await;
    let (_, first) = pen.add_child();
    scenario.push(&device, &[&first]).await;
    let former = scenario.manager_device().await;
    let unknown = DocumentId::from(record::ids::mint(9, [9; 10]));
    let cursor = |document| Cursor {
        document,
        epoch: 42,
        seq: 1,
    };
    let request = PullRequest {
        documents: vec![cursor(scenario.document), cursor(unknown)],
    };
    let mut txn = scenario.store.begin().await.unwrap();
    txn.erase_family(scenario.family, scenario.now())
        .await
        .unwrap();
    txn.commit().await.unwrap();
    for device in [&device, &former] {
        let answer = scenario.pull(device, &request).await;
        assert_eq!(answer.erased, [scenario.document]);
        assert_eq!(answer.gone, [unknown]);
        assert!(answer.documents.is_empty());
        let empty = PullRequest { documents: vec![] };
        assert_eq!(scenario.pull(device, &empty).await.erased, []);
    }
    let answers = scenario.push(&device, &[&first]).await;
    assert_eq!(answers[0]["refusal"]["rule"], "not-allocated");
}
