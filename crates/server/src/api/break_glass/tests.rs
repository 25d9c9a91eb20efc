//! Managers' reach, restricted families, broken glass and leavers, as they bite at the next request.

use access::TeamRole;
use axum::http::{Method, StatusCode};
use record::ids::{FamilyId, TeamId, mint};
use serde_json::{Value, json};

use crate::{
    admin,
    api::audited::{during, kinds},
    scenario::{Answer, Enrolled, PASSWORD, Pen, Scenario},
};

const REASON: &str = "On duty tonight: the police ask about this family's children.";

type Cookie = [(&'static str, String); 1];

/// Sofia manages the service, Marcus the team "North", to which nothing is allocated yet; Amira is
/// allocated to the family.
async fn council() -> Scenario {
    let scenario = Scenario::new().await;
    scenario.add_service_manager().await;
    let new = admin::NewTeam {
        id: TeamId::from(mint(1, [8; 10])),
        name: "North".into(),
        at: scenario.now(),
    };
    admin::create_team(&*scenario.store, new).await.unwrap();
    join(&scenario, "marcus", TeamRole::Manager).await;
    scenario
}

async fn join(scenario: &Scenario, who: &str, role: TeamRole) {
    admin::join_team(&*scenario.store, who, "North", role, scenario.now())
        .await
        .unwrap();
}

async fn assign(scenario: &Scenario) {
    admin::assign_family(&*scenario.store, scenario.family, "North", scenario.now())
        .await
        .unwrap();
}

async fn restrict(scenario: &Scenario) {
    admin::restrict_family(&*scenario.store, scenario.family, scenario.now())
        .await
        .unwrap();
}

async fn get(scenario: &Scenario, cookie: &Cookie, path: &str) -> Answer {
    scenario.send(Method::GET, path, cookie, b"").await
}

async fn post(scenario: &Scenario, cookie: &Cookie, path: &str, body: &Value) -> Answer {
    let headers = [
        cookie[0].clone(),
        ("content-type", "application/json".to_owned()),
    ];
    let body = body.to_string();
    scenario
        .send(Method::POST, path, &headers, body.as_bytes())
        .await
}

async fn reads(scenario: &Scenario, cookie: &Cookie) -> bool {
    let path = format!("/api/families/{}/summary", scenario.family);
    let answer = get(scenario, cookie, &path).await;
    let listed = get(scenario, cookie, "/api/families").await.json();
    let listed = !listed["families"].as_array().unwrap().is_empty();
    let opens = answer.status == StatusCode::OK;
    assert_eq!(opens, listed, "the list and the page say the same");
    opens
}

async fn breaks(scenario: &Scenario, cookie: &Cookie, family: FamilyId) -> Answer {
    let path = format!("/api/families/{family}/break-glass");
    post(scenario, cookie, &path, &json!({"reason": REASON})).await
}

async fn finds(scenario: &Scenario, cookie: &Cookie, name: &str) -> usize {
    let answer = post(
        scenario,
        cookie,
        "/api/families/search",
        &json!({"name": name}),
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.json()["families"].as_array().unwrap().len()
}

async fn notices(scenario: &Scenario, cookie: &Cookie) -> Vec<Value> {
    let me = get(scenario, cookie, "/api/me").await.json();
    me["notices"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_managers_reach_follows_the_team_at_the_next_request() {
    let scenario = council().await;
    let marcus = scenario.sign_in("marcus").await;
    assert!(!reads(&scenario, &marcus).await);
    assign(&scenario).await;
    assert!(reads(&scenario, &marcus).await);
    // A member has to be allocated, a supervisor reaches, unless it is restricted.
    join(&scenario, "marcus", TeamRole::Member).await;
    assert!(!reads(&scenario, &marcus).await);
    join(&scenario, "marcus", TeamRole::Supervisor).await;
    assert!(reads(&scenario, &marcus).await);
    restrict(&scenario).await;
    assert!(!reads(&scenario, &marcus).await);
    join(&scenario, "marcus", TeamRole::Manager).await;
    assert!(reads(&scenario, &marcus).await);
    admin::unassign_family(&*scenario.store, scenario.family, scenario.now())
        .await
        .unwrap();
    assert!(!reads(&scenario, &marcus).await);
}

#[tokio::test]
async fn broken_glass_its_notice_and_who_saw_it_stand_in_the_audit_log() {
    let scenario = council().await;
    assign(&scenario).await;
    let (sofia, marcus) = (
        scenario.sign_in("sofia").await,
        scenario.sign_in("marcus").await,
    );
    let (answer, rows) = during(&scenario, breaks(&scenario, &sofia, scenario.family)).await;
    assert!(answer.status.is_success(), "{}", answer.text());
    assert_eq!(kinds(&rows), ["glass-broken"]);
    assert_eq!(rows[0].event.family, Some(scenario.family));
    let (told, rows) = during(&scenario, notices(&scenario, &marcus)).await;
    assert_eq!(kinds(&rows), ["notices-read"]);
    let path = format!("/api/notices/{}/seen", told[0]["id"].as_str().unwrap());
    let seeing = async || post(&scenario, &marcus, &path, &json!({})).await;
    let (answer, rows) = during(&scenario, seeing()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(kinds(&rows), ["notice-seen"]);
    // Nobody else's: a no is written down like any other.
    let path = format!(
        "/api/families/{}/break-glass",
        FamilyId::from(mint(1, [77; 10]))
    );
    let asking = async || post(&scenario, &sofia, &path, &json!({"reason": REASON})).await;
    let (answer, rows) = during(&scenario, asking()).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(kinds(&rows), ["denied"]);
}

#[tokio::test]
async fn a_managers_device_holds_the_teams_document_and_drops_it() {
    let scenario = council().await;
    let device = scenario.manager_device().await;
    let pulled = async || {
        let body = json!({"documents": []}).to_string();
        let answer = scenario
            .post_signed(&device, "/api/sync/pull", body.as_bytes())
            .await;
        answer.json()["documents"].as_array().unwrap().len()
    };
    assert_eq!(pulled().await, 0);
    assign(&scenario).await;
    assert_eq!(pulled().await, 1);
    admin::leave_team(&*scenario.store, "marcus", "North", scenario.now())
        .await
        .unwrap();
    assert_eq!(pulled().await, 0);
}

#[tokio::test]
async fn broken_glass_reads_for_a_while_and_takes_no_copy() {
    let scenario = council().await;
    let device = scenario.manager_device().await;
    let marcus = scenario.sign_in("marcus").await;
    assert_eq!(finds(&scenario, &marcus, "bRENn").await, 1);
    assert!(!reads(&scenario, &marcus).await);
    let answer = breaks(&scenario, &marcus, scenario.family).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let until = answer.json()["until"].as_i64().unwrap();
    assert_eq!(until, scenario.now() + 240 * 60_000);
    assert!(reads(&scenario, &marcus).await);
    let list = get(&scenario, &marcus, "/api/families").await.json();
    assert_eq!(list["families"][0]["until"], until);

    let nothing = json!({"documents": [], "gone": []});
    let body = json!({"documents": []}).to_string();
    let pulled = scenario
        .post_signed(&device, "/api/sync/pull", body.as_bytes())
        .await;
    assert_eq!(pulled.json(), nothing);
    let mut pen = Pen::new(mint(1, [4; 10]).into(), device.id);
    let (_, change) = pen.add_child();
    let refused = scenario.push(&device, &[&change]).await;
    assert_eq!(
        refused[0]["refusal"]["rule"],
        json!(record::Rule::NotAllocated)
    );

    scenario.pass(240 * 60_000 - 1);
    let marcus = scenario.sign_in("marcus").await;
    assert!(reads(&scenario, &marcus).await);
    scenario.pass(1);
    assert!(!reads(&scenario, &marcus).await);
}

#[tokio::test]
async fn the_teams_manager_is_told_who_and_why_until_they_confirm() {
    let scenario = council().await;
    assign(&scenario).await;
    let sofia = scenario.sign_in("sofia").await;
    let marcus = scenario.sign_in("marcus").await;
    let amira = scenario.sign_in("amira").await;
    assert_eq!(
        breaks(&scenario, &sofia, scenario.family).await.status,
        StatusCode::CREATED
    );
    let told = notices(&scenario, &marcus).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["by"], "Sofia Lind");
    assert_eq!(told[0]["reason"], REASON);
    assert_eq!(told[0]["family_name"], "Brennan");
    for other in [&sofia, &amira] {
        assert!(notices(&scenario, other).await.is_empty());
    }
    let seen = format!("/api/notices/{}/seen", told[0]["id"].as_str().unwrap());
    for other in [&sofia, &amira] {
        let answer = scenario.send(Method::POST, &seen, other, b"").await;
        assert_eq!(answer.problem(), "urn:workbook:problem:no-such-notice");
    }
    for _ in 0..2 {
        let answer = scenario.send(Method::POST, &seen, &marcus, b"").await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
    }
    assert!(notices(&scenario, &marcus).await.is_empty());
}

#[tokio::test]
async fn without_another_manager_the_service_manager_is_told() {
    let scenario = council().await;
    let sofia = scenario.sign_in("sofia").await;
    let marcus = scenario.sign_in("marcus").await;
    breaks(&scenario, &marcus, scenario.family).await;
    assert_eq!(notices(&scenario, &sofia).await.len(), 1);
    assert!(notices(&scenario, &marcus).await.is_empty());
}

#[tokio::test]
async fn a_restricted_family_is_not_there_for_other_teams() {
    let scenario = council().await;
    let marcus = scenario.sign_in("marcus").await;
    breaks(&scenario, &marcus, scenario.family).await;
    assert!(reads(&scenario, &marcus).await);
    restrict(&scenario).await;
    // Not even glass that was broken before.
    assert!(!reads(&scenario, &marcus).await);
    assert_eq!(finds(&scenario, &marcus, "brennan").await, 0);
    let unknown = FamilyId::from(mint(9, [9; 10]));
    let hidden = breaks(&scenario, &marcus, scenario.family).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    assert_eq!(
        hidden.json(),
        breaks(&scenario, &marcus, unknown).await.json()
    );
    let amira = scenario.sign_in("amira").await;
    assert!(reads(&scenario, &amira).await);
    assert_eq!(finds(&scenario, &amira, "brennan").await, 1);
    let sofia = scenario.sign_in("sofia").await;
    assert!(!reads(&scenario, &sofia).await);
    assert_eq!(finds(&scenario, &sofia, "brennan").await, 1);
    breaks(&scenario, &sofia, scenario.family).await;
    assert!(reads(&scenario, &sofia).await);
    admin::lift_restriction(&*scenario.store, scenario.family, scenario.now())
        .await
        .unwrap();
    assert_eq!(finds(&scenario, &marcus, "brennan").await, 1);
}

#[tokio::test]
async fn bad_reasons_names_and_ids_are_problems() {
    let scenario = council().await;
    let marcus = scenario.sign_in("marcus").await;
    let path = format!("/api/families/{}/break-glass", scenario.family);
    for reason in ["", "too short", &" ".repeat(50), &"x".repeat(2_001)] {
        let answer = post(&scenario, &marcus, &path, &json!({"reason": reason})).await;
        assert_eq!(answer.problem(), "urn:workbook:problem:bad-reason");
    }
    let amira = scenario.sign_in("amira").await;
    let answer = breaks(&scenario, &amira, scenario.family).await;
    assert_eq!(answer.problem(), "urn:workbook:problem:not-needed");
    for name in ["", "br", "  br  ", &"x".repeat(101)] {
        let path = "/api/families/search";
        let answer = post(&scenario, &marcus, path, &json!({"name": name})).await;
        assert_eq!(answer.problem(), "urn:workbook:problem:bad-name");
    }
    for path in ["/api/families/x/break-glass", "/api/notices/x/seen"] {
        let answer = post(&scenario, &marcus, path, &json!({"reason": REASON})).await;
        assert_eq!(answer.problem(), "urn:workbook:problem:bad-id");
    }
    let nobody = [("cookie", String::new())];
    let answer = breaks(&scenario, &nobody, scenario.family).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn nobody_breaks_glass_by_the_dozen() {
    let scenario = council().await;
    let marcus = scenario.sign_in("marcus").await;
    for _ in 0..5 {
        let answer = breaks(&scenario, &marcus, scenario.family).await;
        assert_eq!(answer.status, StatusCode::CREATED);
    }
    let answer = breaks(&scenario, &marcus, scenario.family).await;
    assert_eq!(answer.problem(), "urn:workbook:problem:too-many-at-once");
    scenario.pass(240 * 60_000);
    let marcus = scenario.sign_in("marcus").await;
    let answer = breaks(&scenario, &marcus, scenario.family).await;
    assert_eq!(answer.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_leaver_is_out_at_the_next_request_and_their_device_is_wiped() {
    let scenario = council().await;
    let device = scenario.worker_device().await;
    let amira = scenario.sign_in("amira").await;
    let store = &*scenario.store;
    let closed = admin::close_account(store, "amira", scenario.now(), scenario.now()).await;
    assert!(closed.unwrap());
    assert_out(&scenario, &device, &amira).await;
    // Back again, with nothing of what was.
    admin::reopen_account(store, "amira").await.unwrap();
    let amira = scenario.sign_in("amira").await;
    assert!(!reads(&scenario, &amira).await);
}

#[tokio::test]
async fn a_planned_leaver_is_out_at_that_moment_whether_or_not_anything_ran() {
    let scenario = council().await;
    let device = scenario.worker_device().await;
    let amira = scenario.sign_in("amira").await;
    let store = &*scenario.store;
    let at = scenario.now() + 1_000;
    let closed = admin::close_account(store, "amira", at, scenario.now()).await;
    assert!(!closed.unwrap());
    scenario.pass(999);
    assert!(reads(&scenario, &amira).await);
    assert_eq!(
        admin::close_due_accounts(store, scenario.now())
            .await
            .unwrap(),
        0
    );
    scenario.pass(1);
    assert_out(&scenario, &device, &amira).await;
    for done in [1, 0] {
        let now = scenario.now();
        assert_eq!(admin::close_due_accounts(store, now).await.unwrap(), done);
    }
    assert_out(&scenario, &device, &amira).await;
}

async fn assert_out(scenario: &Scenario, device: &Enrolled, cookie: &Cookie) {
    let answer = get(scenario, cookie, "/api/families").await;
    assert_eq!(answer.problem(), "urn:workbook:problem:not-signed-in");
    let answer = scenario.get_signed(device, "/api/families").await;
    assert_eq!(answer.problem(), "urn:workbook:problem:device-revoked");
    assert_eq!(answer.json()["wipe"], true);
    let body = json!({"sign_in": "amira", "password": PASSWORD});
    let answer = scenario.post("/api/sessions", &body).await;
    assert_eq!(answer.problem(), "urn:workbook:problem:wrong-credentials");
}
