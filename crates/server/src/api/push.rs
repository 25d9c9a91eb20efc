//! `POST /api/sync/push`: changes from a device, accepted or refused one by one.

use axum::{Json, extract::State, http::StatusCode};
use sync::{
    proof::MAX_RETURNED_CHANGES,
    wire::{MAX_PUSHED_CHANGES, PushRequest, PushResponse, PushedDocument},
};

use crate::{AppState, auth::Signed, documents, openapi::frames, problem::Problem};

/// Why a push is not looked at.
#[derive(Debug, thiserror::Error)]
enum PushError {
    #[error(
        "{0} changes in one push and at most {MAX_PUSHED_CHANGES} are taken: send fewer at once"
    )]
    TooMany(usize),
}

impl From<PushError> for Problem {
    fn from(error: PushError) -> Self {
        match error {
            PushError::TooMany(_) => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-many-changes",
                error.to_string(),
            ),
        }
    }
}

/// Takes changes that the server has not acknowledged yet. Sending one again is harmless. Each
/// document is one transaction, and everything answered as accepted is durable.
#[utoipa::path(
    post, path = "/api/sync/push", operation_id = "push", tag = "sync",
    request_body = frames::PushRequest,
    responses(
        (status = 200, description = "An answer for each change", body = frames::PushResponse),
        (status = 401, description = "The signature does not fit, or the clock is off", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The device was revoked: `wipe` is true", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too much at once", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []))
)]
pub(crate) async fn push(
    State(state): State<AppState>,
    Signed {
        caller,
        writer,
        body,
    }: Signed<PushRequest>,
) -> Result<Json<PushResponse>, Problem> {
    let count = body.documents.iter().map(|part| part.changes.len()).sum();
    let gives_back = body.documents.iter().any(|part| !part.proofs.is_empty());
    let most = if gives_back {
        MAX_RETURNED_CHANGES
    } else {
        MAX_PUSHED_CHANGES
    };
    if count > most {
        return Err(PushError::TooMany(count).into());
    }
    let mut documents = Vec::with_capacity(body.documents.len());
    for part in body.documents {
        let document = part.document;
        let answers = documents::accept(&state, &caller.subject, &writer, part).await?;
        documents.push(PushedDocument { document, answers });
    }
    Ok(Json(PushResponse { documents }))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use proptest::prelude::*;
    use record::{Rule, ids::ProfessionalId, ids::mint};
    use serde_json::json;

    use crate::{
        admin,
        scenario::{Pen, Scenario},
    };

    #[tokio::test]
    async fn changes_are_numbered_and_sending_them_again_gives_the_same_numbers() {
        let scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (child, first) = pen.add_child();
        let second = pen.name(child, "Kayleigh");
        let numbered = json!([{"answer": "accepted", "seq": 1}, {"answer": "accepted", "seq": 2}]);
        assert_eq!(scenario.push(&device, &[&first, &second]).await, numbered);
        assert_eq!(scenario.push(&device, &[&first, &second]).await, numbered);
        let third = pen.name(child, "Kayleigh Brennan");
        assert_eq!(
            scenario.push(&device, &[&second, &third, &third]).await,
            json!([
                {"answer": "accepted", "seq": 2},
                {"answer": "accepted", "seq": 3},
                {"answer": "accepted", "seq": 3},
            ])
        );
    }

    #[tokio::test]
    async fn who_is_not_allocated_is_told_so_whether_the_document_exists_or_not() {
        let mut scenario = Scenario::new().await;
        let manager = scenario.manager_device().await;
        let mut pen = Pen::new(ProfessionalId::from(mint(1, [4; 10])), manager.id);
        let (_, change) = pen.add_child();
        let refused = scenario.push(&manager, &[&change]).await;
        assert_eq!(refused[0]["refusal"]["rule"], json!(Rule::NotAllocated));
        assert!(
            refused[0]["refusal"]["message"]
                .as_str()
                .unwrap()
                .contains("stays on your device")
        );
        let known = std::mem::replace(&mut scenario.document, mint(9, [9; 10]).into());
        assert_eq!(scenario.push(&manager, &[&change]).await, refused);
        scenario.document = known;

        let (worker, mut pen) = scenario.worker_with_pen().await;
        let (_, change) = pen.add_child();
        admin::deallocate(&*scenario.store, "amira", scenario.family, 1)
            .await
            .unwrap();
        assert_eq!(scenario.push(&worker, &[&change]).await, refused);
    }

    #[tokio::test]
    async fn a_refused_change_blocks_what_builds_on_it_and_nothing_else() {
        let scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (child, good) = pen.add_child();
        // Written under another's name: well-formed, and against the rules.
        let mut impostor = Pen::new(ProfessionalId::from(mint(1, [4; 10])), device.id);
        impostor.copy = pen.copy.clone();
        let forged = impostor.name(child, "Somebody else");
        pen.copy.apply(&forged).unwrap();
        let on_top = pen.name(child, "Kayleigh");
        let answers = scenario.push(&device, &[&good, &forged, &on_top]).await;
        assert_eq!(answers[0], json!({"answer": "accepted", "seq": 1}));
        assert_eq!(answers[1]["refusal"]["rule"], json!(Rule::AuthorIsNotYou));
        assert_eq!(answers[2], json!({"answer": "blocked"}));
        // On its own, the blocked one builds on something that the log does not hold.
        let answers = scenario.push(&device, &[&on_top]).await;
        assert_eq!(
            answers[0]["refusal"]["rule"],
            json!(Rule::MissingDependencies)
        );
        assert_eq!(scenario.pull_anew(&device).await.head, 1);
    }

    #[tokio::test]
    async fn an_actor_belongs_to_the_first_device_whose_change_was_accepted() {
        let scenario = Scenario::new().await;
        let (first, mut pen) = scenario.worker_with_pen().await;
        let second = scenario.enrol("amira", 3).await;
        // A refused push binds nothing: the second device can't take the actor with garbage.
        let mut impostor = Pen::new(ProfessionalId::from(mint(1, [4; 10])), first.id);
        let (_, forged) = impostor.add_child();
        let refused = scenario.push(&second, &[&forged]).await;
        assert_eq!(refused[0]["refusal"]["rule"], json!(Rule::AuthorIsNotYou));

        let (child, change) = pen.add_child();
        assert_eq!(
            scenario.push(&first, &[&change]).await[0]["answer"],
            "accepted"
        );
        let foreign = pen.name(child, "Kayleigh");
        let on_top = pen.name(child, "Kay");
        let answers = scenario.push(&second, &[&foreign, &on_top]).await;
        assert_eq!(answers[0]["refusal"]["rule"], json!(Rule::ActorIsNotYours));
        assert_eq!(answers[1]["refusal"]["rule"], json!(Rule::ActorIsNotYours));
    }

    #[tokio::test]
    async fn another_process_takes_over_where_this_one_stopped() {
        let mut scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (child, change) = pen.add_child();
        scenario.push(&device, &[&change]).await;
        for round in 0..70 {
            let change = pen.name(child, &format!("Name {round}"));
            let answers = scenario.push(&device, &[&change]).await;
            assert_eq!(answers, json!([{"answer": "accepted", "seq": round + 2}]));
            if round % 30 == 0 {
                scenario.restart();
            }
        }
    }

    #[tokio::test]
    async fn frames_of_the_wrong_shape_or_size_are_problems() {
        let scenario = Scenario::new().await;
        let device = scenario.worker_device().await;
        let id = scenario.document;
        let part = |changes: &str| {
            format!(r#"{{"documents":[{{"document":"{id}","changes":{changes}}}]}}"#)
        };
        let too_many = part(&format!("[{}]", vec![r#""AA==""#; 501].join(",")));
        let cases = [
            (String::new(), StatusCode::BAD_REQUEST),
            ("{".into(), StatusCode::BAD_REQUEST),
            ("[".repeat(10_000), StatusCode::UNPROCESSABLE_ENTITY),
            ("null".into(), StatusCode::UNPROCESSABLE_ENTITY),
            (
                r#"{"documents":7}"#.into(),
                StatusCode::UNPROCESSABLE_ENTITY,
            ),
            (
                r#"{"documents":[{"document":"x","changes":[]}]}"#.into(),
                StatusCode::UNPROCESSABLE_ENTITY,
            ),
            (part(r#"["not base64!"]"#), StatusCode::UNPROCESSABLE_ENTITY),
            (part("[1]"), StatusCode::UNPROCESSABLE_ENTITY),
            (too_many, StatusCode::PAYLOAD_TOO_LARGE),
            (
                " ".repeat(sync::wire::MAX_FRAME_BYTES + 1),
                StatusCode::PAYLOAD_TOO_LARGE,
            ),
        ];
        for (body, status) in cases {
            let answer = scenario
                .post_signed(&device, "/api/sync/push", body.as_bytes())
                .await;
            answer.problem();
            assert_eq!(answer.status, status, "{}", &body[..body.len().min(80)]);
        }
        let unsigned = scenario
            .post("/api/sync/push", &json!({"documents": []}))
            .await;
        assert_eq!(unsigned.problem(), "urn:workbook:problem:not-signed");
    }

    /// Some valid change, to be damaged.
    fn sample() -> Vec<u8> {
        let mut pen = Pen::new(mint(1, [3; 10]).into(), mint(1, [8; 10]).into());
        pen.add_child().1.bytes().to_vec()
    }

    fn chunk() -> impl Strategy<Value = Vec<u8>> {
        let damaged = (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| {
            let mut bytes = sample();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes
        });
        prop_oneof![prop::collection::vec(any::<u8>(), 0..300), damaged]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn random_bytes_are_refused_with_a_reason(chunks in prop::collection::vec(chunk(), 1..20)) {
            let valid = sample();
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let scenario = Scenario::new().await;
                let device = scenario.worker_device().await;
                let answers = scenario.push_bytes(&device, chunks.clone()).await;
                for (bytes, answer) in chunks.iter().zip(answers.as_array().unwrap()) {
                    if *bytes != valid {
                        assert_eq!(answer["answer"], "refused", "{bytes:?}");
                        assert!(!answer["refusal"]["message"].as_str().unwrap().is_empty());
                    }
                }
            });
        }

        #[test]
        fn random_json_is_a_problem_and_never_a_fault(value in json_value()) {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let scenario = Scenario::new().await;
                let device = scenario.worker_device().await;
                let body = serde_json::to_vec(&value).unwrap();
                for path in ["/api/sync/push", "/api/sync/pull"] {
                    let answer = scenario.post_signed(&device, path, &body).await;
                    assert!(answer.status.is_client_error() || answer.status.is_success());
                }
                for path in ["/api/devices", "/api/sessions"] {
                    assert!(scenario.post(path, &value).await.status.is_client_error());
                }
            });
        }
    }

    fn json_value() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(json!(null)),
            any::<bool>().prop_map(|it| json!(it)),
            any::<i64>().prop_map(|it| json!(it)),
            ".{0,12}".prop_map(|it| json!(it)),
        ];
        let key = prop_oneof![
            Just("documents"),
            Just("document"),
            Just("changes"),
            Just("epoch"),
            Just("seq"),
            Just("sign_in"),
            Just("password"),
            Just("public_key"),
        ];
        leaf.prop_recursive(4, 32, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(|it| json!(it)),
                prop::collection::btree_map(key.clone().prop_map(String::from), inner, 0..5)
                    .prop_map(|it| json!(it)),
            ]
        })
    }
}
