//! `GET /api/families`: the caller's own families.

use axum::{Json, extract::State};
use record::ids::FamilyId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{AppState, auth::Caller, problem::Problem};

/// The caller's families.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyFamilies {
    /// By name.
    families: Vec<MyFamily>,
}

/// A family on the caller's board.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyFamily {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: FamilyId,
    /// Its name as the board shows it.
    name: String,
    /// Until when it may be read, in milliseconds since 1970, where the caller has broken the glass
    /// on it; left out where they work with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
}

/// Lists the families that the caller may read now: by allocation, by managing or supervising their
/// team, or by broken glass.
#[utoipa::path(
    get, path = "/api/families", operation_id = "listFamilies", tag = "families",
    responses(
        (status = 200, description = "The caller's families", body = MyFamilies),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []), ("session" = []))
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Json<MyFamilies>, Problem> {
    let mut passage = state.gate().enter().await?;
    let granted = passage.ask_families(&caller.subject).await?;
    let families = passage.families(&granted).await?;
    passage.commit().await?;
    let families = families
        .into_iter()
        .map(|it| MyFamily {
            id: it.family.id,
            name: it.family.name,
            until: it.until,
        })
        .collect();
    Ok(Json(MyFamilies { families }))
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};
    use serde_json::json;

    use crate::scenario::Scenario;

    #[tokio::test]
    async fn only_families_that_i_am_allocated_to_are_listed() {
        let scenario = Scenario::new().await;
        let worker = scenario.worker_device().await;
        let answer = scenario.get_signed(&worker, "/api/families").await;
        assert_eq!(
            answer.json(),
            json!({"families": [{"id": scenario.family.to_string(), "name": "Brennan"}]})
        );
        // The manager is allocated to nothing: rank alone opens no family.
        let manager = scenario.manager_device().await;
        let answer = scenario.get_signed(&manager, "/api/families").await;
        assert_eq!(answer.json(), json!({"families": []}));
    }

    #[tokio::test]
    async fn without_signing_in_there_is_nothing() {
        let scenario = Scenario::new().await;
        for cookie in [
            "",
            "__Host-workbook_session=00",
            "__Host-workbook_session=zz",
        ] {
            let headers = [("cookie", cookie.to_owned())];
            let answer = scenario
                .send(Method::GET, "/api/families", &headers, b"")
                .await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        }
    }
}
