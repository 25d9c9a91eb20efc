//! What somebody hostile, or a broken network, does to the sync addresses. Each is refused, and the
//! next honest request works as before.

use std::io::Write as _;

use axum::http::{Method, StatusCode};
use flate2::{Compression, write::GzEncoder};
use serde_json::json;
use sync::wire::{Bytes, MAX_FRAME_BYTES, PullRequest, PushDocument, PushRequest};

use crate::scenario::{Enrolled, Scenario};

const PUSH: &str = "/api/sync/push";
const PULL: &str = "/api/sync/pull";

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A signed request's headers, with the encoding of its body.
fn headers(
    scenario: &Scenario,
    device: &Enrolled,
    path: &str,
    body: &[u8],
    encoding: &str,
) -> Vec<(&'static str, String)> {
    let mut headers = device.headers(scenario, "POST", path, body);
    headers.push(("content-type", "application/json".to_owned()));
    headers.push(("content-encoding", encoding.to_owned()));
    headers
}

async fn push_packed(
    scenario: &Scenario,
    device: &Enrolled,
    body: &[u8],
    encoding: &str,
) -> (StatusCode, String) {
    let headers = headers(scenario, device, PUSH, body, encoding);
    let answer = scenario.send(Method::POST, PUSH, &headers, body).await;
    let problem = if answer.status.is_success() {
        String::new()
    } else {
        answer.problem()
    };
    (answer.status, problem)
}

#[tokio::test]
async fn a_packed_push_counts_as_it_is_and_as_it_was_signed() {
    let scenario = Scenario::new().await;
    let (device, mut pen) = scenario.worker_with_pen().await;
    let (_, change) = pen.add_child();
    let frame = PushRequest {
        documents: vec![PushDocument {
            document: scenario.document,
            changes: vec![Bytes(change.bytes().to_vec())],
            known: None,
            proofs: vec![],
        }],
    };
    let plain = serde_json::to_vec(&frame).unwrap();
    let body = packed(&plain);
    // Signed as if it went unpacked.
    let mut wrong = headers(&scenario, &device, PUSH, &plain, "gzip");
    let answer = scenario.send(Method::POST, PUSH, &wrong, &body).await;
    assert_eq!(answer.problem(), "urn:workbook:problem:device-not-enrolled");
    let (status, _) = push_packed(&scenario, &device, &body, "gzip").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(scenario.pull_anew(&device).await.head, 1);
    // Sent again, byte for byte, by somebody who listened: nothing happens.
    wrong = headers(&scenario, &device, PUSH, &body, "gzip");
    for _ in 0..2 {
        let again = scenario.send(Method::POST, PUSH, &wrong, &body).await;
        let answers = &again.json()["documents"][0]["answers"];
        assert_eq!(answers, &json!([{"answer": "accepted", "seq": 1}]));
    }
    assert_eq!(scenario.pull_anew(&device).await.head, 1);
}

#[tokio::test]
async fn a_bomb_is_not_unpacked_further_than_a_frame() {
    let scenario = Scenario::new().await;
    let device = scenario.worker_device().await;
    let bomb = packed(&vec![b' '; 20 * MAX_FRAME_BYTES]);
    assert!(bomb.len() < MAX_FRAME_BYTES / 20, "{}", bomb.len());
    let (status, problem) = push_packed(&scenario, &device, &bomb, "gzip").await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(problem, "urn:workbook:problem:too-large");
    // Unsigned, it is not looked at at all.
    let json = [
        ("content-type", "application/json".to_owned()),
        ("content-encoding", "gzip".to_owned()),
    ];
    let answer = scenario.send(Method::POST, PUSH, &json, &bomb).await;
    assert_eq!(answer.problem(), "urn:workbook:problem:not-signed");
    let answer = scenario
        .send(Method::POST, "/api/devices", &json, &bomb)
        .await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(
        scenario
            .pull(&device, &PullRequest { documents: vec![] })
            .await
            .documents
            .len(),
        1
    );
}

#[tokio::test]
async fn what_can_not_be_unpacked_is_a_problem() {
    let scenario = Scenario::new().await;
    let device = scenario.worker_device().await;
    let whole = packed(br#"{"documents":[]}"#);
    for (body, encoding, status) in [
        (&whole[..], "br", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (&whole[..], "gzip, gzip", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (&whole[..whole.len() - 9], "gzip", StatusCode::BAD_REQUEST),
        (br#"{"documents":[]}"#, "gzip", StatusCode::BAD_REQUEST),
        (b"", "gzip", StatusCode::BAD_REQUEST),
        (&whole[..], "gzip", StatusCode::OK),
    ] {
        let (found, _) = push_packed(&scenario, &device, body, encoding).await;
        assert_eq!(found, status, "{encoding}");
    }
}

#[tokio::test]
async fn an_answer_is_packed_where_the_device_takes_that() {
    let scenario = Scenario::new().await;
    let (device, mut pen) = scenario.worker_with_pen().await;
    let (child, first) = pen.add_child();
    scenario.push(&device, &[&first]).await;
    for round in 0..20 {
        let change = pen.name(child, &format!("Name {round}"));
        scenario.push(&device, &[&change]).await;
    }
    let body = br#"{"documents":[]}"#;
    let sign = || {
        let mut signed = device.headers(&scenario, "POST", PULL, body);
        signed.push(("content-type", "application/json".to_owned()));
        signed
    };
    let plain = scenario.send(Method::POST, PULL, &sign(), body).await;
    assert_eq!(plain.header("content-encoding"), None);
    let mut signed = sign();
    signed.push(("accept-encoding", "gzip".to_owned()));
    let packed = scenario.send(Method::POST, PULL, &signed, body).await;
    assert_eq!(packed.header("content-encoding").as_deref(), Some("gzip"));
    assert!(packed.bytes().len() < plain.bytes().len() * 9 / 10);
}

#[tokio::test]
async fn a_device_of_before_a_restore_is_told_to_pull_first() {
    let scenario = Scenario::new().await;
    let (device, mut pen) = scenario.worker_with_pen().await;
    let (_, change) = pen.add_child();
    let mut part = PushDocument {
        document: scenario.document,
        changes: vec![Bytes(change.bytes().to_vec())],
        known: Some(sync::wire::Known { epoch: 41, seq: 0 }),
        proofs: vec![],
    };
    for (epoch, seq, answer) in [(41, 0, "blocked"), (42, 7, "blocked"), (42, 0, "accepted")] {
        part.known = Some(sync::wire::Known { epoch, seq });
        let frame = PushRequest {
            documents: vec![part.clone()],
        };
        let body = serde_json::to_vec(&frame).unwrap();
        let found = scenario.post_signed(&device, PUSH, &body).await;
        assert_eq!(found.json()["documents"][0]["answers"][0]["answer"], answer);
    }
}
