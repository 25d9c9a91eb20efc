//! The sync frames as the API's description shows them. They mirror [`sync::wire`], which derives
//! no schema of its own; a test sends every frame through its mirror and back.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Changes that the server has not acknowledged yet. At most 500 in one push.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct PushRequest {
    /// One part for each document.
    documents: Vec<PushDocument>,
}

/// The unacknowledged changes of one document, oldest first.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct PushDocument {
    /// The document's id.
    #[schema(format = Uuid)]
    document: String,
    /// Encoded Automerge changes, base64.
    changes: Vec<String>,
    /// How far the device has got. A server that has been restored since answers `blocked` to
    /// everything: pull first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    known: Option<Known>,
    /// Where a restored server gets back what it lost: proofs that it had accepted some of them. With
    /// any, one push may carry 5,000 changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    proofs: Vec<Proof>,
}

/// A place in a document's log.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Known {
    /// The epoch in which the sequence number was given.
    epoch: u64,
    /// The last sequence number applied; 0 for none.
    seq: u64,
}

/// The server's word that it had accepted everything below these heads of a document.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Proof {
    /// Automerge hashes, 32 bytes each one behind the other, base64.
    #[schema(format = Byte)]
    heads: String,
    /// The server's code over them, base64.
    #[schema(format = Byte)]
    code: String,
}

/// What became of a push. Every accepted change is durable when this arrives.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct PushResponse {
    /// One part for each document of the request, in its order.
    documents: Vec<PushedDocument>,
}

/// What became of one document's changes.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct PushedDocument {
    /// The document's id.
    #[schema(format = Uuid)]
    document: String,
    /// The answers, one for each change, in the request's order.
    answers: Vec<Answer>,
}

/// The server's word on one change.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub(crate) enum Answer {
    /// In the workbook, durable.
    Accepted {
        /// Its place in the document's log.
        seq: u64,
    },
    /// Not in the workbook, and it never will be as it is.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// Not looked at, because it builds on a refused change of the same push.
    Blocked,
    /// It had been accepted and has since been erased or written anew: keep nothing of it.
    Forgotten,
}

/// Why a change was refused.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Refusal {
    /// The code of the rule that was broken, such as `complete-entry-immutable`.
    rule: String,
    /// The record concerned, as `collection/id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    record: Option<String>,
    /// The field concerned, as a path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    field: Option<String>,
    /// What happened and what to do, in plain English.
    message: String,
}

/// Asks for everything after the device's cursors.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct PullRequest {
    /// The documents that the device holds already.
    documents: Vec<Cursor>,
}

/// How far a device has got with one document.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Cursor {
    /// The document's id.
    #[schema(format = Uuid)]
    document: String,
    /// The epoch in which the sequence number was given.
    epoch: u64,
    /// The last sequence number applied; 0 for none.
    seq: u64,
}

/// One part for each document that the caller may reach and that has news.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct PullResponse {
    /// News.
    documents: Vec<PulledDocument>,
    /// Documents of the request that the caller can't reach any more: drop the copy.
    gone: Vec<String>,
    /// Documents of the request that were erased with their family: drop everything of that family.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    erased: Vec<String>,
}

/// News of one document.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct PulledDocument {
    /// The document's id.
    #[schema(format = Uuid)]
    document: String,
    /// Its family's id.
    #[schema(format = Uuid)]
    family: String,
    /// The family's name as the board shows it.
    family_name: String,
    /// The compartment's code.
    compartment: String,
    /// The server's epoch. Where it differs from the cursor's, this part starts from the beginning.
    epoch: u64,
    /// In a part that starts from the beginning: a number that a restore keeps and an erasure ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    lineage: Option<u64>,
    /// In a part that starts from the beginning: ids of records that were erased or lost a part, ever.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    forgotten: Vec<String>,
    /// The sequence number of the server's newest change.
    head: u64,
    /// The whole document as of its `seq`, when that is cheaper than all changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    snapshot: Option<Snapshot>,
    /// Changes after the cursor, or after the snapshot, in order and without gaps.
    changes: Vec<Numbered>,
    /// There is more: pull again from the last sequence number received.
    more: bool,
    /// Where there is no more: the server's word on it, to be kept beside the copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    proof: Option<Proof>,
}

/// A saved document.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Snapshot {
    /// The last change that it contains.
    seq: u64,
    /// The saved Automerge document, base64.
    #[schema(format = Byte)]
    bytes: String,
}

/// A change with its place in the log.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Numbered {
    /// Its sequence number.
    seq: u64,
    /// The encoded Automerge change, base64.
    #[schema(format = Byte)]
    bytes: String,
}

#[cfg(test)]
mod tests {
    use ::record::{
        Refusal, Rule,
        ids::{DocumentId, FamilyId, mint},
    };
    use serde::{Serialize, de::DeserializeOwned};
    use sync::wire::{self, Answer, Bytes};

    /// The frame's JSON must survive its mirror: a field that the mirror lacks would be lost.
    fn mirrors<M: Serialize + DeserializeOwned>(frame: &impl Serialize) {
        let sent = serde_json::to_value(frame).unwrap();
        let mirror: M = serde_json::from_value(sent.clone()).unwrap();
        assert_eq!(serde_json::to_value(mirror).unwrap(), sent);
    }

    #[test]
    fn every_frame_looks_as_described() {
        let document = DocumentId::from(mint(1, [1; 10]));
        let bytes = || Bytes(vec![1, 2, 3]);
        let proof = || ::sync::proof::Proof {
            heads: bytes(),
            code: bytes(),
        };
        mirrors::<super::PushRequest>(&wire::PushRequest {
            documents: vec![wire::PushDocument {
                document,
                changes: vec![bytes()],
                known: Some(wire::Known { epoch: 1, seq: 2 }),
                proofs: vec![proof()],
            }],
        });
        let full = Refusal::new(Rule::AppendOnly, "why")
            .on("entries/1")
            .at("views/0");
        let bare = Refusal::new(Rule::NotAllocated, "why");
        let answers = vec![
            Answer::Accepted { seq: 1 },
            Answer::Refused { refusal: full },
            Answer::Refused { refusal: bare },
            Answer::Blocked,
            Answer::Forgotten,
        ];
        mirrors::<super::PushResponse>(&wire::PushResponse {
            documents: vec![wire::PushedDocument { document, answers }],
        });
        mirrors::<super::PullRequest>(&wire::PullRequest {
            documents: vec![wire::Cursor {
                document,
                epoch: 1,
                seq: 2,
            }],
        });
        let part = |snapshot| wire::PulledDocument {
            document,
            family: FamilyId::from(mint(1, [2; 10])),
            family_name: "Brennan".into(),
            compartment: "team".into(),
            epoch: 1,
            lineage: Some(1),
            forgotten: vec![mint(1, [3; 10])],
            head: 2,
            snapshot,
            changes: vec![wire::Numbered {
                seq: 2,
                bytes: bytes(),
            }],
            more: false,
            proof: Some(proof()),
        };
        mirrors::<super::PullResponse>(&wire::PullResponse {
            documents: vec![
                part(None),
                part(Some(wire::Snapshot {
                    seq: 1,
                    bytes: bytes(),
                })),
            ],
            gone: vec![document],
            erased: vec![document],
        });
    }
}
