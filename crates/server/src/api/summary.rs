//! `GET /api/families/{family}/summary`: the whole-family summary as of a day.

use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use jiff::civil::Date;
use record::Summary;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{AppState, auth::Caller, gate::Reading, problem::Problem, reading, today};

/// Why there is no summary.
#[derive(Debug, thiserror::Error)]
enum SummaryError {
    #[error("as_of must be a date between 1900 and 2199 such as 2026-03-09")]
    BadDate,
}

impl From<SummaryError> for Problem {
    fn from(error: SummaryError) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-date", error.to_string())
    }
}

/// What can be asked of the summary.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SummaryQuery {
    /// The day as of which it is drawn up, such as 2026-03-09. Today in London when left out.
    #[param(format = Date)]
    as_of: Option<String>,
}

/// Draws up the whole-family summary as of a day. Each of its lines cites the entries that it
/// comes from.
#[utoipa::path(
    get, path = "/api/families/{family}/summary", operation_id = "readSummary", tag = "families",
    params(("family" = String, Path, format = Uuid, description = "The family's id"), SummaryQuery),
    responses(
        (status = 200, description = "The summary", body = serde_json::Value),
        (status = 400, description = "Not an id or a date", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such family among the caller's", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []), ("session" = []))
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    Path(family): Path<String>,
    query: Result<Query<SummaryQuery>, QueryRejection>,
    caller: Caller,
) -> Result<Json<Summary>, Problem> {
    let Query(query) = query.map_err(|_| SummaryError::BadDate)?;
    let as_of = match query.as_of {
        Some(text) => date(&text)?,
        None => today::in_london(state.ambient().now()),
    };
    let document =
        reading::team_document(&state, &caller.subject, &family, Reading::Summary).await?;
    let summary =
        tokio::task::spawn_blocking(move || record::summary(&document.read(), as_of)).await?;
    Ok(Json(summary))
}

fn date(text: &str) -> Result<Date, SummaryError> {
    // Far-off years are typing errors, and would only carry date arithmetic to its limits.
    text.parse::<Date>()
        .ok()
        .filter(|date| (1900..2200).contains(&date.year()))
        .ok_or(SummaryError::BadDate)
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};

    use crate::scenario::Scenario;

    #[tokio::test]
    async fn a_summary_cites_entries_that_open() {
        let scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (child, added) = pen.add_child();
        let named = pen.name(child, "Kayleigh");
        let (entry, visit) = pen.visit(child);
        scenario.push(&device, &[&added, &named, &visit]).await;

        let cookie = scenario.sign_in("amira").await;
        let path = format!("/api/families/{}/summary?as_of=2026-03-01", scenario.family);
        let answer = scenario.send(Method::GET, &path, &cookie, b"").await;
        assert_eq!(answer.status, StatusCode::OK);
        let summary = answer.json();
        assert_eq!(summary["asOf"], "2026-03-01");
        assert_eq!(summary["children"][0]["lastSeenAlone"], "2026-02-20");
        let cited = summary["contacts"][0]["citations"][0]["entry"]
            .as_str()
            .unwrap();
        assert_eq!(cited, entry.to_string());

        let path = format!("/api/families/{}/entries/{cited}", scenario.family);
        let answer = scenario.send(Method::GET, &path, &cookie, b"").await;
        assert_eq!(answer.json()["entry"]["kind"], "home-visit");
        assert_eq!(answer.json()["names"][child.to_string()], "Kayleigh");
    }

    #[tokio::test]
    async fn an_empty_workbook_has_an_empty_summary_of_today() {
        let scenario = Scenario::new().await;
        let cookie = scenario.sign_in("amira").await;
        let path = format!("/api/families/{}/summary", scenario.family);
        let answer = scenario.send(Method::GET, &path, &cookie, b"").await;
        assert_eq!(answer.json()["asOf"], "2026-02-25");
        assert_eq!(answer.json()["contacts"], serde_json::json!([]));
    }

    #[tokio::test]
    async fn a_strangers_family_is_not_there_for_me() {
        let scenario = Scenario::new().await;
        let cookie = scenario.sign_in("marcus").await;
        let get = async |path: String| scenario.send(Method::GET, &path, &cookie, b"").await;
        let unknown = "00000000-0000-7000-8000-000000000009";
        let mine_not = get(format!("/api/families/{}/summary", scenario.family)).await;
        let none = get(format!("/api/families/{unknown}/summary")).await;
        assert_eq!(mine_not.status, StatusCode::NOT_FOUND);
        assert_eq!(mine_not.json(), none.json());
        let entry = get(format!(
            "/api/families/{}/entries/{unknown}",
            scenario.family
        ))
        .await;
        assert_eq!(entry.json(), none.json());
    }

    #[tokio::test]
    async fn bad_ids_and_dates_are_problems() {
        let scenario = Scenario::new().await;
        let cookie = scenario.sign_in("amira").await;
        let family = scenario.family;
        for path in [
            "/api/families/x/summary".to_owned(),
            "/api/families/%FF/summary".to_owned(),
            format!("/api/families/{family}/summary?as_of="),
            format!("/api/families/{family}/summary?as_of=yesterday"),
            format!("/api/families/{family}/summary?as_of=9999-12-31"),
            format!("/api/families/{family}/summary?as_of=-009999-01-01"),
            format!("/api/families/{family}/summary?as_of=%FF"),
            format!("/api/families/{family}/summary?as_of=2026-01-01&as_of=2026-01-02"),
            format!("/api/families/{family}/entries/x"),
        ] {
            let answer = scenario.send(Method::GET, &path, &cookie, b"").await;
            answer.problem();
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        }
        let unknown =
            format!("/api/families/{family}/entries/00000000-0000-7000-8000-000000000009");
        let answer = scenario.send(Method::GET, &unknown, &cookie, b"").await;
        assert_eq!(answer.problem(), "urn:workbook:problem:no-such-entry");
    }
}
