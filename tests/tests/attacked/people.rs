//! Who asks is not who they say, or may not.

use anyhow::{Context as _, Result, ensure};
use cli::ambient;
use ed25519_dalek::SigningKey;
use record::terms::Compartment;
use serde_json::{Value, json};
use server::admin;
use sha2::{Digest as _, Sha256};
use store::server::{Session, Store as _};
use tests::root;

use crate::siege::{Key, Request, STRANGER, Siege};

const PULL: &str = "/api/sync/pull";
const PUSH: &str = "/api/sync/push";
const SUMMARY: &str = "/api/families/{family}/summary";
const NOTHING: &[u8] = br#"{"documents":[]}"#;

/// Every route that wants to know who asks, as the committed contract has them.
fn guarded() -> Result<Vec<Request>> {
    let contract = std::fs::read(root().join("crates/server/openapi.json"))?;
    let contract: Value = serde_json::from_slice(&contract)?;
    let mut found = Vec::new();
    for (path, operations) in contract["paths"].as_object().context("paths")? {
        for (method, operation) in operations.as_object().context("operations")? {
            if operation["security"].is_array() {
                let method = if method == "get" { "GET" } else { "POST" };
                let id = ambient::new_id()?.to_string();
                let request = Request::new(method, path).at(&id).at(&id);
                found.push(if method == "POST" {
                    request.json(NOTHING)
                } else {
                    request
                });
            }
        }
    }
    ensure!(found.len() >= 12, "{} routes are guarded", found.len());
    Ok(found)
}

fn stranger_code(request: &Request) -> &'static str {
    match request.path.as_str() {
        PULL | PUSH | "/api/sync/events" => "not-signed",
        _ => "not-signed-in",
    }
}

pub(crate) fn without_a_session(siege: &mut Siege) -> Result<()> {
    for request in guarded()? {
        let code = stranger_code(&request);
        siege.refused(&request, 401, code)?;
        // Made up, cut short, and another cookie's.
        for cookie in [
            format!("__Host-workbook_session={}", "0f".repeat(32)),
            "__Host-workbook_session=0f".to_owned(),
            format!("workbook_session={}", "0f".repeat(32)),
        ] {
            siege.refused(&request.clone().header("cookie", cookie), 401, code)?;
        }
    }
    Ok(())
}

/// One that ran out, and one that was signed out of.
pub(crate) async fn with_a_session_that_is_over(siege: &mut Siege) -> Result<()> {
    let store = siege.town.open().await?;
    let amira = admin::account(&store, "amira").await?.id;
    let now = ambient::now().as_millisecond();
    let families = Request::new("GET", "/api/families");
    let mut cookies = Vec::new();
    for expires in [now - 1, now + 60_000] {
        let token: [u8; 32] = ambient::random_bytes()?;
        let mut txn = store.begin().await?;
        txn.create_session(&Session {
            token_sha256: Sha256::digest(token).into(),
            professional: amira,
            expires,
        })
        .await?;
        txn.commit().await?;
        let token: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
        cookies.push(
            families
                .clone()
                .header("cookie", format!("__Host-workbook_session={token}")),
        );
    }
    store.close().await;
    siege.refused(&cookies[0], 401, "not-signed-in")?;
    // Nothing but the time is wrong with it.
    ensure!(siege.send(&cookies[1])?.status == 200);

    let cookie = siege.cookie("amira")?;
    let mut out = Request::new("DELETE", "/api/sessions").header("cookie", cookie.clone());
    ensure!(siege.send(&out)?.status == 204);
    out = families.header("cookie", cookie);
    siege.refused(&out, 401, "not-signed-in")?;
    Ok(())
}

pub(crate) fn with_a_forged_signature(siege: &mut Siege) -> Result<()> {
    let real = siege.enrol("joe")?;
    let pull = Request::new("POST", PULL).json(NOTHING);
    let forged = Key {
        key: SigningKey::from_bytes(&ambient::random_bytes()?),
        ..real.clone()
    };
    let request = siege.sign(pull.clone(), &forged);
    siege.refused(&request, 401, "device-not-enrolled")?;
    // Another device's name over a real signature.
    let other = siege.enrol("pat")?;
    let swapped = Key {
        device: other.device,
        key: real.key.clone(),
    };
    let request = siege.sign(pull.clone(), &swapped);
    siege.refused(&request, 401, "device-not-enrolled")?;
    // A real one over something else: the body, the path, the time.
    let signed = siege.sign(pull, &real);
    let mut changed = signed.clone();
    changed.body = br#"{"documents":[ ]}"#.to_vec();
    siege.refused(&changed, 401, "device-not-enrolled")?;
    let mut changed = signed.clone();
    changed.path = "/api/sync/pull?again".to_owned();
    siege.refused(&changed, 401, "device-not-enrolled")?;
    let mut changed = signed.clone();
    let (_, time) = changed
        .headers
        .iter_mut()
        .find(|(name, _)| *name == sync::signing::TIME)
        .context("a time")?;
    *time = (time.parse::<i64>()? + 1).to_string();
    siege.refused(&changed, 401, "device-not-enrolled")?;
    let mut nobody = signed.clone();
    nobody.headers[1].1 = ambient::new_id()?.to_string();
    siege.refused(&nobody, 401, "device-not-enrolled")?;
    ensure!(siege.send(&signed)?.status == 200, "as it was signed");
    Ok(())
}

/// Whoever has seen a request on its way asks with it again, here and at the other process.
pub(crate) fn with_a_copy_of_a_request(siege: &mut Siege) -> Result<()> {
    let key = siege.enrol("joe")?;
    let request = siege.sign(Request::new("POST", PULL).json(NOTHING), &key);
    ensure!(siege.send(&request)?.status == 200);
    for _ in 0..4 {
        siege.refused(&request, 401, "replayed")?;
    }
    let again = siege.sign(Request::new("POST", PULL).json(NOTHING), &key);
    ensure!(siege.send(&again)?.status == 200, "its owner goes on");
    Ok(())
}

/// A colleague whom the family is no business of learns nothing, not even which ids there are.
pub(crate) fn to_anothers_family(siege: &mut Siege) -> Result<()> {
    let key = siege.enrol(STRANGER)?;
    let cookie = siege.cookie(STRANGER)?;
    let (family, team) = (siege.town.prepared.family, siege.team);
    let guess = ambient::new_id()?.to_string();
    for route in [SUMMARY, "/api/families/{family}/entries/{entry}"] {
        let mut answers = Vec::new();
        for id in [&family.to_string(), &guess] {
            let request = Request::new("GET", route).at(id).at(&guess);
            let by_cookie = request.clone().header("cookie", cookie.clone());
            let signed = siege.sign(request, &key);
            for request in [by_cookie, signed] {
                answers.push(siege.refused(&request, 404, "no-such-family")?.body);
            }
        }
        ensure!(
            answers.iter().all(|it| *it == answers[0]),
            "ids can be guessed at"
        );
    }
    let pulled = pull(siege, &key, &[team.to_string(), guess.clone()])?;
    ensure!(pulled["documents"] == json!([]), "{pulled}");
    ensure!(
        pulled["gone"] == json!([team.to_string(), guess]),
        "{pulled}"
    );
    let refusals = [&team.to_string(), &guess].map(|id| push(siege, &key, id, b"anything"));
    for refusal in refusals {
        ensure!(refusal? == "not-allocated");
    }
    Ok(())
}

/// Who works with the family, and not with this side of it.
pub(crate) fn to_the_other_sides_compartment(siege: &mut Siege) -> Result<()> {
    let compartment = siege.compartment.to_string();
    let key = siege.enrol("joe")?;
    let pulled = pull(siege, &key, std::slice::from_ref(&compartment))?;
    ensure!(pulled["gone"] == json!([compartment]), "{pulled}");
    let got = pulled["documents"].as_array().context("documents")?;
    ensure!(
        got.len() == 1 && got[0]["compartment"] == "team",
        "{pulled}"
    );
    ensure!(push(siege, &key, &compartment, b"anything")? == "not-allocated");
    // Its member gets it.
    let key = siege.enrol("sam")?;
    let pulled = pull(siege, &key, &[])?;
    let got = pulled["documents"].as_array().context("documents")?;
    let code = Compartment::PerpetratorWork.code().to_owned();
    ensure!(
        got.iter().any(|it| it["compartment"] == json!(code)),
        "{pulled}"
    );
    Ok(())
}

/// Guessing locks the account that is guessed at, and nobody else's.
pub(crate) fn with_guessed_passwords(siege: &mut Siege) -> Result<()> {
    let (mut wrong, mut waiting) = (0, 0);
    for guess in 0..200 {
        let body = json!({"sign_in": "pat", "password": format!("guess {guess}")});
        let request = Request::new("POST", "/api/sessions").json(body.to_string());
        let answer = siege.send(&request)?;
        match (answer.status, answer.code().as_str()) {
            (401, "wrong-credentials") => wrong += 1,
            (429, "too-many-attempts") => waiting += 1,
            other => anyhow::bail!("{other:?}"),
        }
        siege.logged("/api/sessions", answer.status);
    }
    ensure!(wrong <= 12 && waiting >= 188, "{wrong} were tried");
    siege.cookie("amira")?;
    Ok(())
}

/// A lost phone: refused, and told to delete its copies, with the very next request, wherever it comes.
pub(crate) fn with_a_revoked_device(siege: &mut Siege) -> Result<()> {
    let key = siege.enrol("joe")?;
    pull(siege, &key, &[])?;
    let cookie = siege.cookie("joe")?;
    let revoke = Request::new("POST", "/api/devices/{device}/revoke")
        .at(&key.device)
        .header("cookie", cookie);
    ensure!(siege.send(&revoke)?.status == 204);
    for _ in 0..2 {
        let request = siege.sign(Request::new("POST", PULL).json(NOTHING), &key);
        let answer = siege.refused(&request, 403, "device-revoked")?;
        ensure!(answer.json()["wipe"] == true);
    }
    Ok(())
}

/// Taken off the family: the very next request gets nothing of it, at either process.
pub(crate) async fn whose_work_with_the_family_has_ended(siege: &mut Siege) -> Result<()> {
    let key = siege.enrol("sam")?;
    let family = siege.town.prepared.family;
    let summary = || Request::new("GET", SUMMARY).at(&family.to_string());
    for _ in 0..2 {
        let request = siege.sign(summary(), &key);
        ensure!(siege.send(&request)?.status == 200);
    }
    let store = siege.town.open().await?;
    let now = ambient::now().as_millisecond();
    admin::deallocate(&store, "sam", family, now).await?;
    store.close().await;
    for _ in 0..2 {
        let request = siege.sign(summary(), &key);
        siege.refused(&request, 404, "no-such-family")?;
    }
    let both = [siege.team.to_string(), siege.compartment.to_string()];
    let pulled = pull(siege, &key, &both)?;
    ensure!(
        pulled["documents"] == json!([]) && pulled["gone"] == json!(both),
        "{pulled}"
    );
    Ok(())
}

/// Pulls with cursors at the beginning of these documents.
fn pull(siege: &mut Siege, key: &Key, documents: &[String]) -> Result<Value> {
    let cursors: Vec<_> = documents
        .iter()
        .map(|id| json!({"document": id, "epoch": 7, "seq": 0}))
        .collect();
    let body = json!({ "documents": cursors }).to_string();
    let request = siege.sign(Request::new("POST", PULL).json(body), key);
    let answer = siege.send(&request)?;
    ensure!(answer.status == 200, "{}", answer.json());
    Ok(answer.json())
}

/// Pushes one change to a document; the rule by which it is refused.
fn push(siege: &mut Siege, key: &Key, document: &str, change: &[u8]) -> Result<String> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let part = json!({"document": document, "changes": [STANDARD.encode(change)]});
    let body = json!({ "documents": [part] }).to_string();
    let request = siege.sign(Request::new("POST", PUSH).json(body), key);
    let answer = siege.send(&request)?.json();
    let rule = answer["documents"][0]["answers"][0]["refusal"]["rule"].as_str();
    Ok(rule.with_context(|| format!("{answer}"))?.to_owned())
}
