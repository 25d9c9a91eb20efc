//! The API's description, generated from the handlers and committed as `crates/server/openapi.json`.

pub(crate) mod frames;
pub(crate) mod record;

use serde_json::Value;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, SecurityScheme},
};

use crate::api;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Family Workbook",
        description = "The council's server of the Family Workbook. Errors are problem+json (RFC 9457). \
            A device that was taken out of use gets 403 with the problem type \
            urn:workbook:problem:device-revoked and `wipe: true` to each of its signed requests, \
            before anything else, and deletes its copies. A device whose clock is off gets 401 with \
            urn:workbook:problem:clock-skew and `server_time`, and signs again with the difference. \
            Answers to signed requests carry `x-lease-days`: how many days the device may open its \
            copies from then on without reaching the server."
    ),
    paths(
        api::devices::enrol,
        api::devices::list,
        api::devices::revoke,
        api::me::read,
        api::sessions::start,
        api::sessions::end,
        api::oidc::start,
        api::oidc::callback,
        api::push::push,
        api::events::listen,
        api::pull::pull,
        api::families::list,
        api::search::find,
        api::break_glass::open,
        api::notices::seen,
        api::board::read,
        api::summary::read,
        api::entries::read,
        api::models::list,
        api::models::read,
        api::health::read,
        api::health::live,
        api::health::ready,
        api::openapi::read,
    ),
    modifiers(&Security)
)]
struct Api;

struct Security;

impl Modify for Security {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        let described = |name: &str, text: &str| ApiKeyValue::with_description(name, text);
        components.add_security_scheme(
            "device",
            SecurityScheme::ApiKey(ApiKey::Header(described(
                "x-signature",
                "Base64 of the device's Ed25519 signature over four lines joined by a newline: the \
                 method, the path with its query, the value of the header x-time (milliseconds \
                 since 1970, at most 5 minutes off), and the body's SHA-256 in lower-case hex. The \
                 header x-device holds the device's id.",
            ))),
        );
        components.add_security_scheme(
            "session",
            SecurityScheme::ApiKey(ApiKey::Cookie(described(
                "__Host-workbook_session",
                "Set by POST /api/sessions or GET /api/oidc/callback for at most 12 hours, ended after \
                 an hour without a request; HttpOnly, Secure, SameSite=Strict.",
            ))),
        );
    }
}

/// The description as JSON.
pub(crate) fn document() -> Value {
    // Serialising plain data can't fail; an empty document would fail the test below.
    serde_json::to_value(Api::openapi()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");

    #[test]
    fn openapi_as_committed_is_up_to_date() {
        let current = format!("{}\n", serde_json::to_string_pretty(&document()).unwrap());
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(COMMITTED, &current).unwrap();
        }
        let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
        assert!(
            committed == current,
            "crates/server/openapi.json is stale: run `UPDATE=1 cargo test -p server openapi` and commit it"
        );
    }

    #[test]
    fn openapi_describes_every_route() {
        let described = document();
        let paths = described["paths"].as_object().unwrap();
        let routes = include_str!("../api/mod.rs")
            .split(".route(")
            .filter_map(|rest| rest.trim_start().strip_prefix('"'))
            .filter_map(|rest| rest.split('"').next());
        let mut count = 0;
        for route in routes {
            assert!(paths.contains_key(route), "{route} is not described");
            count += 1;
        }
        assert_eq!(count, paths.len());
    }

    #[test]
    fn openapi_names_each_operation_once() {
        let described = document();
        let operations = described["paths"].as_object().unwrap().values();
        let names: Vec<_> = operations
            .flat_map(|path| path.as_object().unwrap().values())
            .map(|operation| operation["operationId"].as_str().unwrap().to_owned())
            .collect();
        let unique: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(unique.len(), names.len(), "{names:?}");
    }
}
