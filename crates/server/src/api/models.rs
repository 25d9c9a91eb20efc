//! `GET /api/models` and `GET /api/models/{name}`: speech models, for devices to fetch once and keep.
//!
//! They hold nothing about anybody, so nobody need sign in for them. A device checks the hash of what
//! it fetched; a file that was changed or removed under a running server can't deceive it.

use axum::{
    Json,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Serialize;
use tower_http::services::ServeFile;
use utoipa::ToSchema;

use crate::{AppState, edge::Surface, problem::Problem, settings};

/// One name stands for one content for ever, as far as the catalogue goes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Why there is no model.
#[derive(Debug, thiserror::Error)]
enum ModelError {
    #[error("this server has no speech model of that name: see /api/models")]
    Missing,
}

impl From<ModelError> for Problem {
    fn from(error: ModelError) -> Self {
        Self::new(StatusCode::NOT_FOUND, "no-such-model", error.to_string())
    }
}

/// A speech model that this server gives out.
#[derive(Serialize, ToSchema)]
pub(crate) struct ModelListed {
    /// Its name, for `/api/models/{name}`.
    name: String,
    /// The name of its file.
    file: String,
    /// SHA-256 of the file, lower-case hex. Also its `ETag`, in quotes.
    sha256: String,
    /// Length of the file.
    bytes: u64,
}

/// Lists the speech models that devices may fetch.
#[utoipa::path(
    get, path = "/api/models", operation_id = "listModels", tag = "models",
    responses((status = 200, description = "The models, by name", body = Vec<ModelListed>))
)]
pub(crate) async fn list(State(state): State<AppState>) -> Response {
    let models: Vec<_> = state.settings().models.iter().map(listed).collect();
    public(Json(models).into_response(), "no-cache")
}

/// Gives a speech model's file, in parts where `Range` asks for one.
///
/// Check what arrives against the listed `sha256`; when it differs, the file was replaced under
/// its name: fetch it again past the cache.
#[utoipa::path(
    get, path = "/api/models/{name}", operation_id = "readModel", tag = "models",
    params(("name" = String, Path, description = "The model's name")),
    responses(
        (status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, description = "The part that Range asked for", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 304, description = "If-None-Match names the file that the caller has"),
        (status = 404, description = "No such model", body = Problem, content_type = "application/problem+json"),
        (status = 416, description = "No such part", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let models = &state.settings().models;
    let model = models.iter().find(|model| model.name == name);
    let model = model.ok_or(ModelError::Missing)?;
    let tag = HeaderValue::try_from(format!("\"{}\"", model.sha256));
    let tag = tag.map_err(|_| ModelError::Missing)?;
    let mut response = if names(request.headers(), &header::IF_NONE_MATCH, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut file = ServeFile::new(&model.path);
        let served = file.try_call(plain(&request, &tag)).await;
        served.map_err(|_| ModelError::Missing)?.map(Body::new)
    };
    if response.status() == StatusCode::NOT_FOUND {
        return Err(ModelError::Missing.into());
    }
    response.headers_mut().insert(header::ETAG, tag);
    response.headers_mut().remove(header::LAST_MODIFIED);
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    Ok(public(response, FOR_EVER))
}

fn listed(model: &settings::Model) -> ModelListed {
    ModelListed {
        name: model.name.clone(),
        file: model.file.clone(),
        sha256: model.sha256.clone(),
        bytes: model.bytes,
    }
}

fn public(mut response: Response, cache: &'static str) -> Response {
    response.extensions_mut().insert(Surface::Public { cache });
    response
}

/// Whether a list of tags holds this one, or all.
fn names(headers: &HeaderMap, header: &header::HeaderName, tag: &HeaderValue) -> bool {
    headers
        .get_all(header)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == "*" || tag == one)
}

/// The request without conditions on tags and dates that are not ours. A part of another file than
/// the caller began with is no use to them: then all of it goes.
fn plain(request: &Request, tag: &HeaderValue) -> Request {
    let continues = request.headers().get(header::IF_RANGE);
    let range = request.headers().get(header::RANGE);
    let range = range
        .filter(|_| continues.is_none_or(|it| it == tag))
        .cloned();
    let mut plain = Request::new(Body::empty());
    *plain.method_mut() = request.method().clone();
    if let Some(range) = range {
        plain.headers_mut().insert(header::RANGE, range);
    }
    plain
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};
    use serde_json::json;

    use crate::{
        Model, Settings,
        scenario::{Answer, Scenario},
    };

    const SHA256: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    async fn scenario() -> (Scenario, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ggml-tiny.bin");
        std::fs::write(&path, "0123456789").unwrap();
        let model = Model {
            name: "tiny".into(),
            file: "ggml-tiny.bin".into(),
            sha256: SHA256.into(),
            bytes: 10,
            path,
        };
        let settings = Settings {
            models: vec![model],
            ..Settings::default()
        };
        (Scenario::with(settings).await, folder)
    }

    async fn get(scenario: &Scenario, headers: &[(&'static str, &str)]) -> Answer {
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        scenario
            .send(Method::GET, "/api/models/tiny", &headers, b"")
            .await
    }

    #[tokio::test]
    async fn models_are_listed_with_what_a_device_checks() {
        let (scenario, _folder) = scenario().await;
        let listed = scenario.get("/api/models").await;
        assert_eq!(
            listed.json(),
            json!([{"name": "tiny", "file": "ggml-tiny.bin", "sha256": SHA256, "bytes": 10}])
        );
        let none = Scenario::new().await.get("/api/models").await;
        assert_eq!(none.json(), json!([]));
    }

    #[tokio::test]
    async fn a_model_comes_whole_in_parts_or_not_again() {
        let (scenario, _folder) = scenario().await;
        let tag = format!("\"{SHA256}\"");
        let whole = get(&scenario, &[]).await;
        assert_eq!(
            (whole.status, whole.text().as_str()),
            (StatusCode::OK, "0123456789")
        );
        assert_eq!(whole.header("etag").as_deref(), Some(tag.as_str()));
        assert_eq!(
            whole.header("cache-control").as_deref(),
            Some(super::FOR_EVER)
        );
        assert_eq!(
            whole.header("content-type").as_deref(),
            Some("application/octet-stream")
        );
        assert_eq!(whole.header("content-length").as_deref(), Some("10"));

        let part = get(&scenario, &[("range", "bytes=4-"), ("if-range", &tag)]).await;
        assert_eq!(
            (part.status, part.text().as_str()),
            (StatusCode::PARTIAL_CONTENT, "456789")
        );
        assert_eq!(
            part.header("content-range").as_deref(),
            Some("bytes 4-9/10")
        );
        let replaced = get(&scenario, &[("range", "bytes=4-"), ("if-range", "\"old\"")]).await;
        assert_eq!(
            (replaced.status, replaced.text().len()),
            (StatusCode::OK, 10)
        );

        let listed = format!("\"other\", W/{tag}");
        let held = get(&scenario, &[("if-none-match", &listed)]).await;
        assert_eq!(
            (held.status, held.text().len()),
            (StatusCode::NOT_MODIFIED, 0)
        );
    }

    #[tokio::test]
    async fn parts_and_names_that_make_no_sense_are_problems() {
        let (scenario, folder) = scenario().await;
        for range in [
            "bytes=10-",
            "bytes=9-3",
            "bytes=-0",
            "nonsense",
            "bytes=0-1,3-4",
        ] {
            let answer = get(&scenario, &[("range", range)]).await;
            assert_eq!(answer.status, StatusCode::RANGE_NOT_SATISFIABLE, "{range}");
            assert_eq!(answer.problem(), "urn:workbook:problem:bad-range");
        }
        for name in [
            "other",
            "ggml-tiny.bin",
            "..%2fggml-tiny.bin",
            "tiny%00",
            "%FF",
            "TINY",
        ] {
            let answer = scenario.get(&format!("/api/models/{name}")).await;
            assert!(answer.status.is_client_error(), "{name}");
            answer.problem();
        }
        std::fs::remove_file(folder.path().join("ggml-tiny.bin")).unwrap();
        let gone = get(&scenario, &[]).await;
        assert_eq!(gone.problem(), "urn:workbook:problem:no-such-model");
    }
}
