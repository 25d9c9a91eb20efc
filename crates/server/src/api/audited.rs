//! Stories of the audit log: what each route leaves in it, that no route is forgotten, and that
//! nobody's words get in.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use record::ids::{DocumentId, EntryId, PersonId, ProfessionalId, mint};
use serde_json::json;
use store::{
    audit::{Chain, Code, Row, kind},
    server::Store as _,
};
use sync::wire::{Cursor, PullRequest};

use crate::{
    admin,
    scenario::{Enrolled, PASSWORD, Pen, Scenario, public_key_text},
};

/// What stands in the audit log, chain by chain.
async fn log(scenario: &Scenario) -> Vec<Row> {
    let mut txn = scenario.store.begin().await.unwrap();
    let mut rows = Vec::new();
    for chain in txn.audit_chains(None).await.unwrap() {
        rows.extend(txn.audit_after(chain.chain, 0, 1_000).await.unwrap());
    }
    rows
}

/// The rows that were written during something.
pub(crate) async fn during<T>(scenario: &Scenario, work: impl Future<Output = T>) -> (T, Vec<Row>) {
    let before: BTreeSet<_> = log(scenario).await.iter().map(|it| it.hash).collect();
    let done = work.await;
    let mut rows = log(scenario).await;
    rows.retain(|row| !before.contains(&row.hash));
    (done, rows)
}

pub(crate) fn kinds(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| row.event.kind.as_str()).collect()
}

struct Council {
    scenario: Scenario,
    device: Enrolled,
    pen: Pen,
    child: PersonId,
    entry: EntryId,
}

/// Amira's device has pushed a child and a visit.
async fn council() -> Council {
    let scenario = Scenario::new().await;
    let (device, mut pen) = scenario.worker_with_pen().await;
    let (child, first) = pen.add_child();
    let (entry, second) = pen.visit(child);
    scenario.push(&device, &[&first, &second]).await;
    Council {
        scenario,
        device,
        pen,
        child,
        entry,
    }
}

/// The row of each route; none for routes that reach nothing of a family and change nobody's access.
fn left_by_each_route() -> BTreeMap<(&'static str, &'static str), Option<Code>> {
    BTreeMap::from([
        (("post", "/api/devices"), Some(kind::DEVICE_ENROLLED)),
        (("get", "/api/devices"), None),
        (
            ("post", "/api/devices/{device}/revoke"),
            Some(kind::DEVICE_REVOKED),
        ),
        (("get", "/api/me"), None),
        (("post", "/api/sessions"), Some(kind::SIGNED_IN)),
        (("delete", "/api/sessions"), Some(kind::SIGNED_OUT)),
        (("post", "/api/sync/push"), Some(kind::PUSHED)),
        (("post", "/api/sync/pull"), Some(kind::PULLED)),
        // Says that a document has grown; what stands in it goes out with the pull that follows.
        (("get", "/api/sync/events"), None),
        (("get", "/api/families"), Some(kind::FAMILIES_LISTED)),
        (
            ("get", "/api/families/{family}/summary"),
            Some(kind::SUMMARY_READ),
        ),
        (
            ("get", "/api/families/{family}/entries/{entry}"),
            Some(kind::ENTRY_READ),
        ),
        (("get", "/api/models"), None),
        (("get", "/api/models/{name}"), None),
        (("get", "/api/health"), None),
        (("get", "/api/openapi.json"), None),
        (("get", "/healthz"), None),
        (("get", "/readyz"), None),
        // Here without a provider: who signs in by one is in the stories of `tests/tests/oidc.rs`.
        (("get", "/api/oidc/start"), None),
        (("get", "/api/oidc/callback"), None),
        (("get", "/api/board"), Some(kind::BOARD_READ)),
        (
            ("post", "/api/families/search"),
            Some(kind::FAMILIES_SEARCHED),
        ),
    ])
}

/// Each route as a caller who may, and the one row that it leaves. A route that is added stands here, or this fails.
#[tokio::test]
async fn every_route_leaves_its_row() {
    let rows = left_by_each_route();
    // Their callers need a team around them: `break_glass/tests.rs` looks at their rows.
    let elsewhere = [
        ("post", "/api/families/{family}/break-glass"),
        ("post", "/api/notices/{notice}/seen"),
    ];
    let described = crate::openapi::document();
    let mut routes = BTreeSet::new();
    for (path, methods) in described["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            routes.insert((method.clone(), path.clone()));
        }
    }
    let named: BTreeSet<_> = rows
        .keys()
        .chain(&elsewhere)
        .map(|(method, path)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(
        named, routes,
        "say of each route what it leaves in the audit log"
    );

    for ((method, path), expected) in rows {
        let mut council = council().await;
        let other = council.scenario.enrol("amira", 7).await;
        let cookie = council.scenario.sign_in("amira").await;
        let body = match (method, path) {
            ("post", "/api/devices") => {
                json!({"sign_in": "amira", "password": PASSWORD, "public_key": public_key_text(9)})
            }
            ("post", "/api/sessions") => json!({"sign_in": "amira", "password": PASSWORD}),
            ("post", "/api/families/search") => json!({"name": "Brennan"}),
            ("post", "/api/sync/pull") => json!({"documents": []}),
            ("post", "/api/sync/push") => {
                let (_, change) = council.pen.add_child();
                let change = sync::wire::Bytes(change.bytes().to_vec());
                json!({"documents": [{"document": council.scenario.document, "changes": [change]}]})
            }
            _ => json!({}),
        };
        let called = path
            .replace("{device}", &other.id.to_string())
            .replace("{family}", &council.scenario.family.to_string())
            .replace("{entry}", &council.entry.to_string())
            .replace("{name}", "none");
        let text = body.to_string();
        let mut headers = council.device.headers(
            &council.scenario,
            &method.to_uppercase(),
            &called,
            text.as_bytes(),
        );
        headers.push(("content-type", "application/json".to_owned()));
        if path == "/api/sessions" {
            headers.extend(cookie);
        }
        let verb = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        let request = council
            .scenario
            .send(verb, &called, &headers, text.as_bytes());
        let (answer, rows) = during(&council.scenario, request).await;
        assert!(
            answer.status.is_success()
                || path == "/api/models/{name}"
                || path.starts_with("/api/oidc/"),
            "{method} {path}: {}",
            answer.text()
        );
        let expected: Vec<_> = expected.iter().map(Code::as_str).collect();
        assert_eq!(kinds(&rows), expected, "{method} {path}");
        for row in &rows {
            assert_eq!(
                row.event.who,
                Some(council.scenario.worker),
                "{method} {path}"
            );
            assert_eq!(row.event.at, council.scenario.now(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_familys_rows_stand_in_its_documents_chain_and_say_what_exactly() {
    let council = council().await;
    let scenario = &council.scenario;
    let (_, rows) = during(scenario, async {
        scenario.pull_anew(&council.device).await;
        let path = format!(
            "/api/families/{}/entries/{}",
            scenario.family, council.entry
        );
        scenario.get_signed(&council.device, &path).await
    })
    .await;
    for row in &rows {
        assert_eq!(row.chain, Chain::of_document(scenario.document));
        assert_eq!(row.event.family, Some(scenario.family));
        assert_eq!(row.event.device, Some(council.device.id));
    }
    assert_eq!(kinds(&rows), ["pulled", "entry-read"]);
    assert_eq!(
        (rows[0].event.first, rows[0].event.last),
        (Some(1), Some(2))
    );
    assert_eq!(rows[1].event.about, Some(*council.entry.as_uuid()));
    // Nothing new went out: there is nothing to write down.
    let held = Cursor {
        document: scenario.document,
        epoch: 42,
        seq: 2,
    };
    let request = PullRequest {
        documents: vec![held],
    };
    let (_, rows) = during(scenario, scenario.pull(&council.device, &request)).await;
    assert_eq!(kinds(&rows), [""; 0]);
}

#[tokio::test]
async fn a_push_says_how_many_and_a_refusal_stays_although_nothing_else_does() {
    let mut council = council().await;
    let scenario = &council.scenario;
    let (_, good) = council.pen.add_child();
    let stranger = ProfessionalId::from(mint(1, [4; 10]));
    let mut impostor = Pen::new(stranger, council.device.id);
    impostor.copy = council.pen.copy.clone();
    let forged = impostor.name(council.child, "Somebody else");
    let (_, rows) = during(scenario, scenario.push(&council.device, &[&good, &forged])).await;
    assert_eq!(kinds(&rows), ["pushed", "push-refused"]);
    let pushed = &rows[0].event;
    assert_eq!(
        (pushed.first, pushed.last, pushed.count),
        (Some(3), Some(3), Some(1))
    );
    let why = rows[1].event.why.as_ref().map(Code::as_str);
    assert_eq!(
        (why, rows[1].event.count),
        (Some("author-is-not-you"), Some(1))
    );

    let garbage = vec![b"nonsense".to_vec(), b"more of it".to_vec()];
    let (_, rows) = during(scenario, scenario.push_bytes(&council.device, garbage)).await;
    assert_eq!(kinds(&rows), ["push-refused"]);
    let (_, rows) = during(scenario, scenario.push(&council.device, &[&forged])).await;
    assert_eq!(kinds(&rows), ["push-refused"]);
    // Sent again, already accepted: nothing happens.
    let (_, rows) = during(scenario, scenario.push(&council.device, &[&good])).await;
    assert_eq!(kinds(&rows), [""; 0]);
}

#[tokio::test]
async fn who_is_not_let_through_stands_in_their_own_chain() {
    let council = council().await;
    let scenario = &council.scenario;
    let manager = scenario.manager_device().await;
    let summary = format!("/api/families/{}/summary", scenario.family);
    let unknown = DocumentId::from(mint(9, [9; 10]));
    let (_, rows) = during(scenario, async {
        scenario.get_signed(&manager, &summary).await;
        scenario
            .push_to(&manager, scenario.document, vec![b"x".to_vec()])
            .await;
        scenario
            .push_to(&manager, unknown, vec![b"x".to_vec()])
            .await;
        let path = format!("/api/devices/{}/revoke", council.device.id);
        scenario.post_signed(&manager, &path, b"").await
    })
    .await;
    assert_eq!(kinds(&rows), ["denied"; 4]);
    let marcus = ProfessionalId::from(mint(1, [4; 10]));
    for row in &rows {
        assert_eq!(row.chain, Chain::of_person(marcus));
        assert_eq!(row.event.who, Some(marcus));
    }
    let why: Vec<_> = rows
        .iter()
        .map(|it| it.event.why.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(
        why,
        [
            "not-allocated",
            "not-allocated",
            "not-allocated",
            "not-theirs"
        ]
    );
    assert_eq!(rows[0].event.family, Some(scenario.family));
    assert_eq!(rows[2].event.about, Some(*unknown.as_uuid()));
}

#[tokio::test]
async fn failed_sign_ins_and_lost_phones_are_written_down_without_what_was_typed() {
    let council = council().await;
    let scenario = &council.scenario;
    let attempt = |name: &str| json!({"sign_in": name, "password": "guess"});
    let (_, rows) = during(scenario, async {
        scenario.post("/api/sessions", &attempt("amira")).await;
        scenario.post("/api/sessions", &attempt("mallory")).await
    })
    .await;
    assert_eq!(kinds(&rows), ["sign-in-failed"; 2]);
    // By chain: the house's first.
    assert_eq!((rows[0].chain, rows[0].event.about), (Chain::HOUSE, None));
    assert_eq!(rows[1].event.about, Some(*scenario.worker.as_uuid()));
    assert_eq!(rows[1].event.who, None, "whoever it was");

    scenario.revoke(&council.device).await;
    let knock = scenario.get_signed(&council.device, "/api/families");
    let (answer, rows) = during(scenario, knock).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(kinds(&rows), ["revoked-device"]);
    assert_eq!(rows[0].event.device, Some(council.device.id));
}

#[tokio::test]
async fn what_operators_do_is_written_down() {
    let scenario = Scenario::new().await;
    let store = &*scenario.store;
    let ((), rows) = during(&scenario, async {
        admin::allocate(store, "marcus", scenario.family, 5)
            .await
            .unwrap();
        let new = admin::NewCompartment {
            family: scenario.family,
            compartment: record::terms::Compartment::Health,
            sign_in: "marcus".into(),
            document: mint(1, [20; 10]).into(),
            epoch: 42,
            actor: [20; 16],
            at: 6,
        };
        admin::open_compartment(store, new).await.unwrap();
        let health = record::terms::Compartment::Health;
        admin::add_member(store, "amira", scenario.family, &health, 7)
            .await
            .unwrap();
        admin::deallocate(store, "amira", scenario.family, 8)
            .await
            .unwrap();
    })
    .await;
    let mut found: Vec<_> = rows
        .iter()
        .map(|row| (row.event.at, row.event.kind.as_str()))
        .collect();
    found.sort_unstable();
    let expected = [
        (5, "allocated"),
        (6, "compartment-opened"),
        (7, "member-added"),
        (8, "deallocated"),
        (8, "member-removed"),
    ];
    assert_eq!(found, expected);
    assert!(rows.iter().all(|row| row.event.who.is_none()));
    let mut txn = store.begin().await.unwrap();
    let of_family = txn.audit_chains(Some(scenario.family)).await.unwrap();
    assert_eq!(of_family.len(), 2, "the team's and the compartment's");
}
