//! What the test of the built core (`tests/wasm`, run by Node) reads: a profile and the server's first
//! answer, written by the same world as here.

use std::{env, fs, path::PathBuf};

use serde_json::{Value, json};

use crate::world::{Phone, Server, VISIT, family, now, social_worker};

#[test]
fn the_built_cores_fixture_is_not_stale() {
    let phone = Phone::new(social_worker());
    let request = serde_json::to_string(&phone.device.pull_request()).unwrap();
    let pulled = Server::new().pull(&phone.profile, &request);
    let pulled: Value = serde_json::from_slice(&pulled).unwrap();
    let fixture = json!({
        "profile": phone.profile,
        "family": family(),
        "now": now().as_millisecond(),
        "visit": VISIT,
        "pulled": pulled,
    });
    let fixture = format!("{}\n", serde_json::to_string_pretty(&fixture).unwrap());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/wasm/family.json");
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &fixture).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == fixture,
        "family.json is stale: run `UPDATE=1 cargo test -p device fixture`"
    );
}
