//! The golden bytes of every frame: what another client must send and will get.
//!
//! `UPDATE=1 cargo test -p sync frames` writes them anew, after a change of the protocol only.

use std::{fs, path::Path};

use record::{Refusal, Rule, ids::EntryId};
use serde::{Serialize, de::DeserializeOwned};
use sync::{
    proof::Proof,
    wire::{
        Answer, Bytes, Cursor, Known, Numbered, PullRequest, PullResponse, PulledDocument,
        PushDocument, PushRequest, PushResponse, PushedDocument, Snapshot,
    },
};

use crate::{family::id, network::document_id};

/// The frame is written as the file says, and the file is read as the frame.
fn golden<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(name: &str, frame: &T) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let path = folder.join(format!("{name}.json"));
    let bytes = serde_json::to_vec(frame).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &bytes).unwrap();
    }
    let stored = fs::read(&path).unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        String::from_utf8(stored.clone()).unwrap(),
        "{name}"
    );
    assert_eq!(&serde_json::from_slice::<T>(&stored).unwrap(), frame);
}

fn proof() -> Proof {
    Proof::of(&[7; 32], document_id(), 5, &[[2; 32], [1; 32]]).unwrap()
}

#[test]
fn each_frame_is_byte_for_byte_as_written_down() {
    let bytes = || Bytes(vec![0x85, 0x6f, 0x4a, 0x83]);
    let document = document_id();
    golden(
        "push-request",
        &PushRequest {
            documents: vec![PushDocument {
                document,
                changes: vec![bytes()],
                known: Some(Known { epoch: 1, seq: 2 }),
                proofs: vec![proof()],
            }],
        },
    );
    let refusal = Refusal::new(Rule::AppendOnly, "why, and what to do").on("entries/1");
    golden(
        "push-response",
        &PushResponse {
            documents: vec![PushedDocument {
                document,
                answers: vec![
                    Answer::Accepted { seq: 3 },
                    Answer::Refused { refusal },
                    Answer::Blocked,
                    Answer::Forgotten,
                ],
            }],
        },
    );
    golden(
        "pull-request",
        &PullRequest {
            documents: vec![Cursor {
                document,
                epoch: 1,
                seq: 2,
            }],
        },
    );
    golden(
        "pull-response",
        &PullResponse {
            documents: vec![PulledDocument {
                document,
                family: id(200),
                family_name: "Brennan".into(),
                compartment: "team".into(),
                epoch: 1,
                lineage: Some(5),
                forgotten: vec![*id::<EntryId>(21).as_uuid()],
                head: 4,
                snapshot: Some(Snapshot {
                    seq: 3,
                    bytes: bytes(),
                }),
                changes: vec![Numbered {
                    seq: 4,
                    bytes: bytes(),
                }],
                more: false,
                proof: Some(proof()),
            }],
            gone: vec![id(202)],
            erased: vec![id(203)],
        },
    );
}

/// What older devices and servers send lacks what came later.
#[test]
fn frames_without_what_came_later_are_read() {
    let old = format!(
        r#"{{"documents":[{{"document":"{}","changes":[]}}]}}"#,
        document_id()
    );
    let read: PushRequest = serde_json::from_str(&old).unwrap();
    assert_eq!(read.documents[0].known, None);
    assert_eq!(serde_json::to_string(&read).unwrap(), old);
    let old = r#"{"documents":[],"gone":[]}"#;
    let read: PullResponse = serde_json::from_str(old).unwrap();
    assert_eq!(read.erased, []);
    assert_eq!(serde_json::to_string(&read).unwrap(), old);
}
